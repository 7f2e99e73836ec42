import Foundation
import Languages
import WorkingDays

/// All editions of the routing table: the one of the day of filing decides, and each complaint keeps the one that did.
package struct RoutingBook: Hashable, Sendable {
    /// The editions, the earliest first.
    package let editions: [RoutingTable]
    /// The edition that decides whatever the day is; nil: the one of the day.
    package let chosen: RoutingTable?

    /// A book of editions.
    /// - Parameter chosen: the id of the edition that decides whatever the day is.
    /// - Throws: `RoutingFileError` where there is none, where two are in force on a day, or where the chosen one is missing.
    package init(_ editions: [RoutingTable], choosing chosen: String? = nil) throws(RoutingFileError) {
        let folder = "schedules/routing"
        let sorted = editions.sorted { $0.from < $1.from }
        guard !sorted.isEmpty else {
            throw RoutingFileError(
                file: folder, line: 0, message: "There is no routing table: restore complaints.yaml.")
        }
        for (earlier, later) in zip(sorted, sorted.dropFirst()) {
            guard let end = earlier.to, end.adding(days: 1) == later.from else {
                throw RoutingFileError(
                    file: folder, line: 0,
                    message:
                        "The edition \(earlier.edition) must end on \(later.from.adding(days: -1)), the day before \(later.edition)."
                )
            }
        }
        self.editions = sorted
        self.chosen = chosen.flatMap { id in sorted.first { $0.edition == id } }
        if let chosen, self.chosen == nil {
            throw RoutingFileError(
                file: folder, line: 0,
                message:
                    "There is no edition “\(chosen)”: choose one of \(sorted.map(\.edition).joined(separator: ", ")).")
        }
    }

    /// Reads all tables `complaints*.yaml` of a folder.
    /// - Throws: `RoutingFileError`.
    package static func load(folder: String, choosing chosen: String? = nil) throws -> RoutingBook {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw RoutingFileError(
                file: folder, line: 0, message: "The folder cannot be read (\(error)): restore it or its rights.")
        }
        let tables = try names.filter { $0.hasPrefix("complaints") && $0.hasSuffix(".yaml") }.sorted().map {
            try RoutingTable.load(path: folder + "/" + $0, name: "schedules/routing/" + $0)
        }
        return try RoutingBook(tables, choosing: chosen)
    }

    /// The table that decides on what was filed on a day; before the first edition that one.
    package func table(on date: CivilDate) -> RoutingTable {
        chosen ?? editions.last { $0.from <= date } ?? editions[0]
    }

    /// The edition with an id, for the reasons of complaints that it decided; nil where it is not kept.
    package func edition(_ id: String) -> RoutingTable? { editions.first { $0.edition == id } }

    /// Who must answer what was filed on the day of the question; pure.
    /// - Throws: `RoutingError`.
    package func route(_ question: RoutingQuestion, by facts: RoutingFacts) throws(RoutingError) -> RoutingAnswer {
        try table(on: question.date).route(question, by: facts)
    }
}
