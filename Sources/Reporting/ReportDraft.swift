import CanonicalJSON
import Crypto
import Forms
import GRDB
import Journal
import Rulebook
import WorkingDays

/// The report of a period as it is made at one position of the journal: its numbers and its document at rest.
struct ReportDraft: Sendable {
    /// 1 for the first, then counting up.
    let revision: Int
    /// The position of the journal from which it is made.
    let position: Int64
    /// The numbers.
    let figures: FormFigures
    /// The canonical document; contacts stand in it as tokens that only the vault can open.
    let bytes: [UInt8]

    /// Reads numbers and lists of a period in the snapshot of `db`.
    /// - Parameter clock: that of the delivery: the last day by law, and the working-day target.
    init(
        _ form: ReportForm, _ period: ReportPeriod, revision: Int, position: Int64, clock: Clock,
        calendar: WorkingCalendar, in db: Database
    ) throws {
        self.revision = revision
        self.position = position
        figures = try form.figures(period, calendar: calendar, in: db)
        let due = JSON.object([
            "legal": .string(clock.due.description), "target": .string((clock.target ?? clock.due).description),
        ])
        bytes = try form.document(
            period, figures,
            heading: [
                "calendar": .string(calendar.digest), "due": due, "period": .string(period.description),
                "position": .int(position), "revision": .int(Int64(revision)),
            ], in: db)
    }
}

/// The name of a document by its content.
enum ReportDigest {
    /// The SHA-256 of a document, in hexadecimal.
    static func of(_ document: [UInt8]) -> String { EventLink.hexadecimal(Array(SHA256.hash(data: document))) }
}
