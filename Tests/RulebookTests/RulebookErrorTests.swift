import Foundation
import Rulebook
import Testing

@Suite("Rulebooks that do not load")
struct RulebookErrorTests {
    private static let events: Set<String> = ["asked", "answered", "stopped", "continued", "dropped", "extended"]

    private func problems(_ files: [(String, String)]) -> [String] {
        do {
            _ = try RulebookSet.load(files: files.map { (name: $0.0, text: $0.1) }, knownEvents: Self.events)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private var sound: String { suspendableBook.replacingOccurrences(of: "TERM", with: "5 working days") }

    @Test(
        "One mistake gives one message with its line and what to do",
        arguments: [
            ("from: asked", "from: askd", "test.yaml:15: \"askd\" in \"from\" of the clock reply is an unknown event"),
            ("owner: body", "owner: mayor", "test.yaml:13: \"mayor\" is an unknown owner"),
            ("        owner: body\n", "", "the clock reply has no \"owner\""),
            ("term: 5 working days", "term: 5 days", "test.yaml:20: \"5 days\" is not a term"),
            (
                "term: 5 working days", "term: after 5 working days",
                "test.yaml:14: the clock reply mixes the kind statutory"
            ),
            ("kind: statutory", "kind: legal", "test.yaml:14: \"legal\" is an unknown kind"),
            ("cite: \"§1\"", "paragraph: 1", "has the unknown key \"paragraph\""),
            (
                "explanation: {kk: а, ru: б, en: c}", "explanation: {kk: а, en: c}",
                "test.yaml:11: \"explanation\" of the clock reply has no \"ru\""
            ),
            ("        until: answered\n", "", "has no \"until\": name the event that stops it"),
            ("        resume: continued\n", "", "has only one of \"suspend\" and \"resume\""),
            ("by: [body]", "by: [king]", "\"king\" in \"extend\" of the clock reply is an unknown owner"),
            ("up-to: 4 working days", "up-to: four", "\"four\" in \"extend\" of the clock reply is not a limit"),
            ("by: [body]}", "by: [body], notice: tell}", "names the notice \"tell\", which is no clock"),
            (
                "in-force: {from: 2013-01-01}", "in-force: {from: 2013-13-01}",
                "test.yaml:4: \"2013-13-01\" is not a date"
            ),
            (
                "in-force: {from: 2013-01-01}", "zone: Europe/Paris\nin-force: {from: 2013-01-01}",
                "is not a zone of Kazakhstan"
            ),
            ("cite: \"§1\"", "cite: \"§1", "test.yaml:"),
            ("        cite: \"§1\"\n", "        cite: \"§1\"\n        cite: \"§2\"\n", "\"cite\" is given twice"),
        ])
    func mistakes(old: String, new: String, message: String) {
        #expect(problems([("test.yaml", sound)]).isEmpty)
        let broken = sound.replacingOccurrences(of: old, with: new)
        #expect(broken != sound, "The replacement found nothing.")
        let found = problems([("test.yaml", broken)])
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test(
        "Terms with an overlap, a gap or an early end do not load",
        arguments: [
            (
                "{from: 2013-01-01, to: 2015-01-31, term: 2 working days}, {from: 2015-01-31, term: 3 working days}",
                "overlaps"
            ),
            ("{from: 2013-01-01, term: 2 working days}, {from: 2015-01-31, term: 3 working days}", "overlaps"),
            (
                "{from: 2013-01-01, to: 2015-01-29, term: 2 working days}, {from: 2015-01-31, term: 3 working days}",
                "close the gap"
            ),
            ("{from: 2014-01-01, term: 2 working days}", "close the gap"),
            ("{from: 2013-01-01, to: 2016-01-01, term: 2 working days}", "close the gap"),
        ])
    func validity(terms: String, message: String) {
        let found = problems([
            ("test.yaml", sound.replacingOccurrences(of: "term: 5 working days", with: "terms: [\(terms)]"))
        ])
        #expect(found.count == 1)
        #expect(found.first?.contains(message) == true, "\(found)")
    }

    @Test("A clock of the same name in another procedure, and editions that overlap or leave a gap, do not load")
    func acrossBlocks() throws {
        let start = try #require(sound.range(of: "  answer:"))
        let second = sound[start.lowerBound...].replacingOccurrences(of: "  answer:", with: "  other:")
        let duplicate = problems([("test.yaml", sound + "\n" + second)])
        #expect(duplicate.contains { $0.contains("The clock reply already exists") }, "\(duplicate)")
        func edition(_ from: String, _ to: String?) -> String {
            sound.replacingOccurrences(
                of: "{from: 2013-01-01}", with: "{from: \(from)\(to.map { ", to: " + $0 } ?? "")}")
        }
        #expect(
            problems([("a.yaml", edition("2013-01-01", "2014-12-31")), ("b.yaml", edition("2015-01-01", nil))]).isEmpty)
        let overlap = problems([("a.yaml", sound), ("b.yaml", edition("2015-01-01", nil))])
        #expect(overlap.first?.contains("overlaps the edition test@2013-01-01") == true)
        let gap = problems([("a.yaml", edition("2013-01-01", "2014-12-30")), ("b.yaml", edition("2015-01-01", nil))])
        #expect(gap.first?.contains("close the gap") == true)
    }

    @Test("All problems are reported at once, in the order of files and lines")
    func all() {
        let broken = sound.replacingOccurrences(of: "from: asked", with: "from: askd")
            .replacingOccurrences(of: "owner: body", with: "owner: mayor")
            .replacingOccurrences(of: "term: 5 working days", with: "term: soon")
        let found = problems([("b.yaml", broken), ("a.yaml", "")])
        #expect(found.count == 4)
        #expect(found.first?.hasPrefix("a.yaml:1: The file is empty") == true)
    }
}
