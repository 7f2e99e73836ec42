import ContactCentre
import Foundation
import TestSupport
import Testing
import Triage

@Suite struct TriageEvaluationTests {
    /// Reads one of the files of labelled texts of our own.
    private func evaluate(_ file: String) throws -> TriageEvaluation {
        let home = try TriageFixture.home.get()
        let date = try TriageFixture.date
        return try home.withSearch { search in
            try TriageEvaluation(
                file: Repository.path + "/Tests/Fixtures/" + file, reader: home.reader, on: date, search: search)
        }
    }

    @Test("67 texts of our own are read as their labels say, at least as often as they were when it was written")
    func own() throws {
        let evaluation = try evaluate("complaints.jsonl")
        let report = TriageReport(evaluation)
        let least = [
            "service, first": 0.85, "service, among three": 0.94, "kind, macro-F1": 0.9, "region": 0.95, "place": 0.8,
            "body, first": 0.9,
            "body, among three": 0.93, "not a complaint, precision": 0.9, "not a complaint, recall": 0.9,
            "duplicates, precision": 0.9,
            "duplicates, recall": 0.8, "personal data, letters found": 0.97,
        ]
        for (name, value) in report.measures {
            if let aim = least[name] { #expect(value ?? 0 >= aim, "\(name)") }
        }
        #expect(report.table.contains("confidence"))
        let lines = try evaluation.runLines().split(separator: "\n")
        #expect(lines.count == 67)
        for line in lines {
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(fields["id"] is String && fields["bodies"] is [String])
        }
    }

    @Test("680 messy texts of our own are read no worse than they were, and what is said to be sure is right as often")
    func messy() throws {
        let report = TriageReport(try evaluate("complaints-messy.jsonl"))
        let least: [String: Double] = [
            "service, first": 0.79, "service, among three": 0.89, "kind, macro-F1": 0.86, "region": 0.95,
            "place": 0.79, "body, first": 0.79, "body, among three": 0.88, "not a complaint, precision": 0.91,
            "not a complaint, recall": 0.86, "duplicates, recall": 0.8,
            "right on the surest 50 %": 0.9, "right on the surest 70 %": 0.87, "right on the surest 90 %": 0.83,
            "personal data, letters found": 0.95,
        ]
        for (name, value) in report.measures {
            if let aim = least[name] { #expect(value ?? 0 >= aim, "\(name): \(value ?? 0)") }
        }
        // Four pairs are no measure of precision: the set that has some is told in docs/routing.md. Below 0.8 nothing is sure.
        for bin in report.curve where bin.count >= 40 && bin.said >= 0.8 {
            #expect(abs(bin.said - bin.right) <= 0.1, "said \(bin.said), right \(bin.right) of \(bin.count)")
        }
    }

    @Test("A line that is no complaint stops the run with its number")
    func broken() throws {
        let folder = TemporaryFolder()
        let file = folder.file("broken.jsonl")
        try "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\n".write(toFile: file, atomically: true, encoding: .utf8)
        let home = try TriageFixture.home.get()
        let date = try TriageFixture.date
        let fault = #expect(throws: TriageEvaluation.Fault.self) {
            try home.withSearch { search in
                try TriageEvaluation(file: file, reader: home.reader, on: date, search: search)
            }
        }
        #expect(fault?.description.contains(":2:") == true)
    }
}
