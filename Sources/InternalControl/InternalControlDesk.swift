import Casework
import Delivery
import Filings
import Forms
import GRDB
import Journal
import Languages
import Registry
import Reporting
import Spreadsheets
import WorkingDays

/// The door to the bodies' filings and to the discrepancies between their numbers and ours.
package struct InternalControlDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// What leaves the house.
    package let outbox: Outbox
    /// The forms of the law.
    package let forms: FormSet
    /// Which numbers are held against which.
    package let rules: ReconciliationRules
    /// The name of the destination of explanations.
    package let destination: String

    /// How many of our complaints an explanation lists at most.
    package static let listed = 1_000

    /// A desk from its parts.
    package init(
        casework: Casework, outbox: Outbox, forms: FormSet, rules: ReconciliationRules, destination: String
    ) {
        self.casework = casework
        self.outbox = outbox
        self.forms = forms
        self.rules = rules
        self.destination = destination
    }

    /// The forms that bodies file, in the order of their codes; each once, in its last edition.
    package var filed: [StatutoryForm] {
        var forms: [StatutoryForm] = []
        for form in self.forms.forms where form.making == nil && form.submission != nil {
            if forms.last?.code == form.code { forms.removeLast() }
            forms.append(form)
        }
        return forms
    }

    /// The form of a filing, in the edition of its period.
    /// - Throws: `Refusal` where no body files such a form, or not for such a period.
    package func form(of id: FilingID) throws -> StatutoryForm {
        guard let form = forms.form(id.form, on: id.period.last), form.submission != nil, form.making == nil else {
            throw InternalControlRefusal.formUnknown(
                "No body files a form “\(id.form)”: write one of \(filed.map(\.code).joined(separator: ", ")).",
                field: "form")
        }
        guard form.period(id.period.description) != nil else {
            throw InternalControlRefusal.periodWrong(
                "The form \(form.code) is filed for \(form.periodicity == .month ? "a month, as 2014-03" : "a quarter, as 2022-Q1"), not for “\(id.period)”.",
                field: "period")
        }
        return form
    }

    /// Reads a file as a filing, and tells all that is wrong with it. Nothing is kept.
    ///
    /// Reads a workbook of up to the limits of `Spreadsheet`: call it off the threads that answer people.
    /// - Parameter before: the file that was filed before: of an earlier month of a cumulative form.
    /// - Throws: `Refusal` where there is no such form, or where the file cannot be opened at all.
    package func check(_ id: FilingID, _ source: ByteSource, after before: ByteSource? = nil) throws -> FilingReport {
        let form = try form(of: id)
        do {
            return try FilingCheck(form, id.period, among: forms).report(source, after: before)
        } catch let error as SpreadsheetError {
            throw InternalControlRefusal.fileUnreadable("The file cannot be read: \(error).", field: "document")
        }
    }

    /// The digest of the file against which another one is read: what was taken for the same period before it; for a cumulative
    /// form else what was taken for the period before. Nil where there is none.
    package func earlier(_ id: FilingID, _ state: FilingState, than file: String) async throws -> String? {
        if let taken = state.entries.last(where: { $0.isTaken && $0.note.file != file }) { return taken.note.file }
        guard try form(of: id).isCumulative else { return nil }
        let before = FilingID(form: id.form, period: id.period.previous, body: id.body)
        return try await filing(before).state.taken?.note.file
    }

    /// What the journal keeps of a read file.
    package func note(
        _ id: FilingID, _ report: FilingReport, file: String, channel: FilingNote.Channel, reference: String? = nil,
        reason: String? = nil
    ) throws -> FilingNote {
        let form = try form(of: id)
        let faults = report.faults.count { $0.level == .fault }
        var numbers: [String: [String: String]] = [:]
        var places: [String: String] = [:]
        if faults == 0, let table = report.table {
            for row in form.numbers {
                let cells = form.columns(of: row).compactMap { column -> (String, String)? in
                    let cell = table[row.code, column.code]
                    return cell == .empty ? nil : (column.code, cell.description)
                }
                if let last = form.columns(of: row).last?.code {
                    places[row.code] = report.places[FormPlace(row: row.code, column: last)]
                }
                if !cells.isEmpty { numbers[row.code] = Dictionary(cells, uniquingKeysWith: { first, _ in first }) }
            }
        }
        return FilingNote(
            form: form.code, edition: form.from, period: id.period.description, body: id.body, file: file,
            channel: channel, reference: reference, faults: faults, doubts: report.faults.count - faults,
            numbers: numbers, cells: places, reason: reason)
    }

    /// Takes a filing, or sends it back where it has faults; each discrepancy with our numbers begins its case at once, in the same
    /// transaction (797 §20).
    /// - Returns: whether it was taken, and the numbers of the discrepancies that stand.
    /// - Throws: `Refusal`; `JournalError.conflict` where another was recorded after `expected`.
    package func take(
        _ id: FilingID, _ note: FilingNote, at moment: Moment, by actor: Actor, now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> FilingOutcome {
        let form = try form(of: id)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            try require(id, form, in: session.db)
            let canBeRevised = !form.bonds.contains { $0.kind == .noSecondFiling }
            let filing = try session.perform(
                .take(note, canBeRevised: canBeRevised, at: moment), on: Filing.self, id: id.description,
                expecting: expected)
            guard filing.state.last?.isTaken == true, filing.state.last?.note.file == note.file else {
                return FilingOutcome(isTaken: false, discrepancies: [])
            }
            return FilingOutcome(isTaken: true, discrepancies: try reconcile(id, filing.state, form, in: session))
        }
    }

    /// The answer of a body to a question about a number.
    package func answer(
        _ id: FilingID, _ answer: FilingAnswer, at moment: Moment, by actor: Actor, now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(
                .answer(answer, at: moment), on: Filing.self, id: id.description, expecting: expected
            ).version
        }
    }

    /// A filing as it stands.
    package func filing(_ id: FilingID) async throws -> LoadedCase<Filing> {
        try await casework.load(Filing.self, id: id.description)
    }

    /// The rows of the filing that counts beside our numbers as they are now; none where nothing was taken.
    package func comparison(_ id: FilingID, _ state: FilingState, in db: Database) throws -> [RowComparison] {
        guard let note = state.taken?.note, rules.forms.contains(id.form) else { return [] }
        return try compare(id, note, form(of: id), in: db)
    }

    /// Whether there is such a body, and files such a form.
    /// - Throws: `Refusal`.
    func require(_ id: FilingID, _ form: StatutoryForm, in db: Database) throws {
        guard let body = try Registry.body(id.body, in: db) else {
            throw InternalControlRefusal.bodyUnknown(
                "The register has no body “\(id.body)”: correct the code.", field: "body")
        }
        let tiers = Set(form.submission?.senders.map(\.tier) ?? [])
        guard let tier = FilingDuty.tier(of: body), tiers.contains(tier) || tiers.isEmpty else {
            throw InternalControlRefusal.notTheirs(
                "The form \(form.code) is filed by \(tiers.map(\.rawValue).sorted().joined(separator: ", ")), and “\(id.body)” is none of them.",
                field: "body")
        }
    }
}

/// What came of a filing.
package struct FilingOutcome: Codable, Hashable, Sendable {
    /// Whether it was taken; else it goes back.
    package let isTaken: Bool
    /// The numbers of the discrepancies of this filing that are not settled.
    package let discrepancies: [String]
}
