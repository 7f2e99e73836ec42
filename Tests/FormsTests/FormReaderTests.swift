import Forms
import Languages
import Rulebook
import Testing
import WorkingDays

struct FormReaderTests {
    @Test("Every form of the bodies in schedules/reports is read, with its exact index, rows, columns and rules")
    func installed() throws {
        let files = try FormFiles.installed().filter {
            !$0.name.hasPrefix("797") && !FormFiles.isMadeFromStages($0.name)
        }
        let set = try FormSet.load(files: files, measures: [:])
        #expect(set.forms.map(\.code) == ["106-1mq", "106-2mq", "78-1mk", "78-2mk", "78-3mk", "78-4mk"])
        let first = try #require(set.forms.first { $0.code == "78-1mk" })
        #expect(first.index?.unicodeScalars.last?.value == 0x43A)
        #expect(set.forms[0].index?.unicodeScalars.last?.value == 0x49B && set.forms[0].isCumulative)
        #expect(first.row("3.1") != nil && first.row("3.10") != nil && first.row("3.1") != first.row("3.10"))
        let row = try #require(first.row("12"))
        #expect(first.columns(of: row).count == 8)
        #expect(
            first.columns(of: try #require(first.row("1"))).map(\.part) == [.month(1), .month(2), .month(3), .total])
        #expect(first.rules.contains { $0.kind == .totalIsSum && $0.rows == .all(counting: [.flow]) })
        #expect(set.made.isEmpty)
        for form in set.forms {
            #expect(form.rules.allSatisfy { $0.ground != .ours || $0.level == .doubt }, "\(form.code)")
            // A ground that is read by a clerk in Kazakh or Russian is said in that language, quotations of the act apart.
            for cite in form.rules.map(\.cite) + form.bonds.map(\.cite) {
                let english = cite[.en].contains { $0.isASCII && $0.isLetter }
                #expect(!english || (cite[.kk] != cite[.en] && cite[.ru] != cite[.en]), "\(form.code): \(cite[.en])")
            }
        }
    }

    @Test(
        "A file that is wrong is refused with its line and what to do",
        arguments: [
            ("things.go", "things.gone", 17, "“things.gone” is no measure"), ("period", "Period", 5, "unknown key"),
            ("keys: [kind]", "keys: [colour]", 13, "is no dimension"),
            ("columns: [number, body]", "columns: [size]", 15, "is no column"),
            ("of: [come]", "of: [came]", 21, "names the row came"), ("level: fault", "level: bad", 21, "unknown level"),
            ("kind: at-most", "kind: most", 21, "unknown kind"), ("  - row: go", "  - row: come", 16, "already stands"),
            ("founded: arithmetic-necessity", "founded: ours", 21, "it is a doubt"),
            ("{kk: а, ru: б, en: c}\nperiodicity", "{kk: а, ru: б}\nperiodicity", 4, "in kk, ru and en"),
            ("keys: [kind, body]", "keys: [body, kind]", 13, "no part of the group"),
        ])
    func faults(old: String, new: String, line: Int, message: String) throws {
        let error = try #require(throws: RulebookLoadError.self) {
            _ = try FormFiles.form(FormFiles.small(old, by: new))
        }
        let wanted = message.replacing("“", with: "\"").replacing("”", with: "\"")
        #expect(
            error.problems.contains { $0.line == line && $0.message.contains(wanted) && $0.file == "a.yaml" },
            "\(error)")
    }

    @Test("Two files of one form and one day are refused; of two days, the edition of the day is taken")
    func editions() throws {
        let later = FormFiles.small("2013-08-06", by: "2027-01-01")
        #expect(throws: RulebookLoadError.self) {
            _ = try FormSet.load(
                files: [("a.yaml", FormFiles.small()), ("b.yaml", FormFiles.small())], measures: FormFiles.measures)
        }
        let set = try FormSet.load(
            files: [("b.yaml", later), ("a.yaml", FormFiles.small())], measures: FormFiles.measures)
        let day = try #require(CivilDate("2026-12-31"))
        #expect(set.form("1-a", on: day)?.from == CivilDate("2013-08-06"))
        #expect(set.form("1-a", on: day.adding(days: 1))?.from == CivilDate("2027-01-01"))
        #expect(set.form("none", on: day) == nil)
    }
}
