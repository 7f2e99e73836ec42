import Forms
import Foundation
import Rulebook
import TestSupport

/// The files of `schedules/reports/` as they are installed.
enum FormFiles {
    static let measures: [String: MeasureShape] = [
        "things.come": MeasureShape(dimensions: ["kind", "body"], columns: ["number", "body"]),
        "things.go": MeasureShape(),
    ]

    /// Whether a file is of a report that the centre makes from stage data: its measures are none of this module's.
    static func isMadeFromStages(_ name: String) -> Bool { name.hasPrefix("452-") || name.hasPrefix("78-62-") }

    static func installed() throws -> [(name: String, text: String)] {
        let folder = Repository.path + "/schedules/reports"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted().map
        {
            ($0, try String(contentsOfFile: folder + "/" + $0, encoding: .utf8))
        }
    }

    /// A form of two rows and one rule, with a line changed.
    static func small(_ replaced: String = "", by line: String = "") -> String {
        let text = """
            form: 1-a
            act: "1"
            edition: {from: 2013-08-06}
            title: {kk: а, ru: б, en: c}
            periodicity: month
            making: {schema: s/1, law: 1 §1, procedure: p, clock: c, path: a}
            rows:
              - row: come
                measure: things.come
                at: come/total
                label: {kk: а, ru: б, en: c}
                by:
                  - {group: byKind, keys: [kind], at: come/byKind}
                  - {group: byBody, keys: [kind, body], at: come/byBody, as: list}
                list: {at: come/things, columns: [number, body]}
              - row: go
                measure: things.go
                at: go
                label: {kk: а, ru: б, en: c}
            rules:
              - {rule: most, kind: at-most, rows: [go], of: [come], founded: arithmetic-necessity, level: fault, cite: what goes came}

            """
        return replaced.isEmpty ? text : text.replacingOccurrences(of: replaced, with: line)
    }

    static func form(_ text: String = small()) throws -> StatutoryForm {
        let set = try FormSet.load(files: [("a.yaml", text)], measures: measures)
        return set.forms[0]
    }
}
