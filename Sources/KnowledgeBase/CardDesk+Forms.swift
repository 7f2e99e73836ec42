import Casework
import GRDB
import Journal
import WorkingDays

/// A form that came in a file, for one card.
package struct CardFormEntry: Sendable {
    /// Where it comes from: the name of the file.
    package let source: String
    /// The code of the card.
    package let code: String
    /// The edition from which the form was made; nil for the one in force.
    package let edition: Int?
    /// What the file says, put over the form of that edition.
    package let form: @Sendable (CardForm) -> CardForm

    /// A form from a file.
    package init(source: String, code: String, edition: Int?, form: @escaping @Sendable (CardForm) -> CardForm) {
        self.source = source
        self.code = code
        self.edition = edition
        self.form = form
    }
}

/// What came of forms that were to be taken in together.
package struct CardFormsReport: Sendable {
    /// Something that stands in the way.
    package struct Problem: Sendable {
        /// The file.
        package let source: String
        /// The fault; nil where it is about the whole file.
        package let fault: CardFormFault?
        /// Why the file is refused as a whole, in English.
        package let reason: String?
    }

    /// Cards with a new edition, or that would have one.
    package var changed = 0
    /// Files that say what the card says.
    package var unchanged = 0
    /// What stands in the way; where there is anything, nothing was recorded.
    package var problems: [Problem] = []
}

extension CardDesk {
    /// Makes new editions of forms that came in files: all of them, or where anything is wrong with one, none.
    /// - Parameters:
    ///   - isDone: false to look only.
    /// - Throws: `JournalError`; `DatabaseError`.
    package func take(
        _ entries: [CardFormEntry], origin: CardOrigin, isDone: Bool, by actor: Actor, at now: Moment
    ) throws -> CardFormsReport {
        struct Undone: Error { let report: CardFormsReport }
        let report: CardFormsReport
        do {
            var found = CardFormsReport()
            _ = try casework.transactNow(by: actor, at: now) { session in
                for entry in entries { try Self.take(entry, origin, &found, session) }
                // What was done is undone with the transaction.
                guard isDone, found.problems.isEmpty else { throw Undone(report: found) }
                return 0
            }
            report = found
        } catch let undone as Undone {
            report = undone.report
        }
        if isDone, report.problems.isEmpty, report.changed > 0 { try refresh() }
        return report
    }

    private static func take(
        _ entry: CardFormEntry, _ origin: CardOrigin, _ report: inout CardFormsReport, _ session: CaseSession
    ) throws {
        func problem(_ fault: CardFormFault?, _ reason: String?) {
            report.problems.append(CardFormsReport.Problem(source: entry.source, fault: fault, reason: reason))
        }
        guard let record = try CardRecord.fetch(entry.code, in: session.db) else {
            return problem(nil, "there is no card “\(entry.code)”: correct the code.")
        }
        let edition = entry.edition ?? record.edition
        guard let base = try CardRecord.edition(edition, of: entry.code, in: session.db)?.card,
            let checked = try check(entry.form(CardForm(base)), of: entry.code, edition: edition, in: session.db)
        else { return problem(nil, "the card \(entry.code) has no edition \(edition): take a new blank.") }
        for fault in checked.faults { problem(fault, nil) }
        guard checked.faults.isEmpty else { return }
        guard checked.card != record.card else {
            report.unchanged += 1
            return
        }
        do {
            try perform(
                .edit(checked.card, source: entry.source, origin: origin, expecting: edition, renews: false),
                on: entry.code, in: session)
            report.changed += 1
        } catch let refusal as Refusal {
            problem(nil, refusal.reason)
        }
    }
}
