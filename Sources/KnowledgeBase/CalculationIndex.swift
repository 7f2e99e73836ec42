import Foundation
import WorkingDays

/// The monthly calculation index (МРП) by the days on which it was in force, from `schedules/amounts/mci.csv`.
package struct CalculationIndex: Hashable, Sendable {
    /// The index of some days.
    package struct Value: Hashable, Sendable {
        /// The first day.
        package let from: CivilDate
        /// The last day.
        package let to: CivilDate
        /// So many tenge.
        package let tenge: Int
        /// The law that sets it.
        package let act: String
    }

    /// The values, by their days.
    package let values: [Value]

    /// No index: no fee in it is told in tenge.
    package static let unknown = CalculationIndex(values: [])

    /// The index of a day; nil where it is not known.
    package func value(on day: CivilDate) -> Value? { values.first { $0.from <= day && day <= $0.to } }

    /// Values in any order.
    package init(values: [Value]) { self.values = values.sorted { $0.from < $1.from } }

    /// The index of a folder's `mci.csv`; unknown where there is none.
    /// - Throws: `CardFileProblems` with every faulty line; `CocoaError` where the file cannot be read.
    package static func load(folder: String) throws -> CalculationIndex {
        let path = folder + "/mci.csv"
        guard FileManager.default.fileExists(atPath: path) else { return .unknown }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        return try load(name: "schedules/amounts/mci.csv", text: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads lines `from,to,tenge,act` under that heading; lines that begin with # are comments.
    ///
    /// - Throws: `CardFileProblems` with every faulty line.
    package static func load(name: String, text: String) throws(CardFileProblems) -> CalculationIndex {
        var values: [Value] = []
        var problems: [CardFileProblem] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") || line == "from,to,tenge,act" { continue }
            let fields = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4, let from = CivilDate(String(fields[0])), let to = CivilDate(String(fields[1])),
                from <= to, let tenge = Int(fields[2]), tenge > 0, !fields[3].isEmpty
            else {
                problems.append(
                    CardFileProblem(
                        file: name, line: index + 1,
                        message:
                            "a line has the first day, the last day, tenge and the law, parted by commas: correct it."))
                continue
            }
            let act = fields[3].filter { $0 != "\"" }
            if values.contains(where: { $0.from <= to && from <= $0.to }) {
                problems.append(
                    CardFileProblem(file: name, line: index + 1, message: "another line has these days: correct one."))
            }
            values.append(Value(from: from, to: to, tenge: tenge, act: act))
        }
        guard problems.isEmpty else { throw CardFileProblems(problems: problems) }
        return CalculationIndex(values: values)
    }
}
