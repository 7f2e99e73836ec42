import ContactCentre
import TestSupport
import Testing
import Triage
import WorkingDays

/// The reading with the repository's own schedules and knowledge, made once.
enum TriageFixture {
    static let home = Result { try TriageHome(home: Repository.path) }

    static var date: CivilDate { get throws { try #require(CivilDate("2026-05-04")) } }

    static func read(_ text: String) throws -> ComplaintReading {
        let home = try home.get()
        let date = try date
        return try home.withSearch { search in try home.reader.read(text, on: date, search: search) }
    }
}
