import CanonicalJSON
import Casework
import ContactCentre
import Filings
import Forms
import HTTPTypes
import Hummingbird
import InternalControl
import Journal
import Languages
import WorkingDays

/// The bodies' reports on internal control and the discrepancies between their numbers and ours (797 §20).
enum InternalControlAPI {
    static let queries = APIPage.queries + ["state", "body", "open"]

    /// A filing: what came, the rows beside our numbers.
    static func filing(_ api: APIRequest) async throws -> APIAnswer {
        let id = try filingID(api)
        let desk = api.centre.internalControl
        _ = try desk.form(of: id)
        let filing = try await desk.filing(id)
        let rows = try await api.centre.journal.read { db in try desk.comparison(id, filing.state, in: db) }
        return .versioned(
            .object([
                "form": .string(id.form), "period": .string("\(id.period)"), "body": .string(id.body),
                "version": .number(filing.version),
                "files": .array(filing.state.entries.map { $0.json(api.centre.casework.zone) }),
                "comparison": .array(rows.map(\.json)),
            ]), filing.version)
    }

    /// Takes a file that was attached before, or sends it back with its faults.
    static func take(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["document", "channel", "reference", "reason", "at"])
        let id = try filingID(api)
        guard let file = try fields.document("document", api) else {
            throw APIProblem.field("document", "Give the digest of the attached file.")
        }
        let (outcome, report) = try await api.centre.takeFiling(
            id, file: file, channel: try fields.choice("channel", FilingNote.Channel.self),
            reference: try fields.optionalText("reference"), reason: try fields.optionalText("reason"),
            at: try fields.moment("at", or: api.now), by: api.actor, now: api.now, expecting: try api.expected(),
            once: try api.key())
        return .created(
            .object([
                "taken": .bool(outcome.isTaken), "discrepancies": .array(outcome.discrepancies.map(JSON.string)),
                "faults": .array(report.faults.map { $0.json(api.site.context.language) }),
            ]), at: "filings/\(id)")
    }

    static func discrepancies(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = DiscrepancyRecord.Filter()
        filter.standing = try api.queryChoices("state", DiscrepancyStanding.self).first
        filter.body = api.site.query("body")
        let isOpen = api.site.query("open")
        guard isOpen == nil || isOpen == "true" else {
            throw APIProblem(.badRequest, "The query open is true or left out.")
        }
        filter.isOpen = isOpen != nil
        let (chosen, limit, offset) = (filter, page.limit + 1, try page.offset)
        let records = try await api.centre.journal.read { db in
            try DiscrepancyRecord.fetch(chosen, limit: limit, offset: offset, in: db)
        }
        return try page.answer(records) { $0.json }
    }

    static func discrepancy(_ api: APIRequest) async throws -> APIAnswer {
        let number = try api.parameter("id")
        let desk = api.centre.internalControl
        let found = try await desk.discrepancy(number)
        guard let figures = found.state.figures else { throw APIProblem.missing("discrepancy “\(number)”") }
        let (record, complaints) = try await api.centre.journal.read { db in
            (
                try DiscrepancyRecord.fetch(number, in: db),
                try desk.complaints(behind: figures, limit: InternalControlDesk.listed, in: db)
            )
        }
        guard var members = record?.json.object else { throw APIProblem.missing("discrepancy “\(number)”") }
        members["version"] = .number(found.version)
        members["numbers"] = .array(figures.figures.map(\.json))
        members["complaints"] = .array(complaints.map(JSON.string))
        members["causes"] = .array(
            found.state.causes.sorted { $0.key < $1.key }.map { entry, cause in cause.json(entry) })
        members["receipts"] = .array(found.state.receipts.map { .string($0.number) })
        return .versioned(.object(members), found.version)
    }

    /// Confirms a cause.
    static func confirm(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["cause", "units", "text", "complaints", "document"])
        let cause = DiscrepancyCause(
            cause: try fields.text("cause"), units: try fields.int("units"),
            text: try fields.text("text", most: 4_000), complaints: try fields.optionalTexts("complaints"),
            documents: try fields.document("document", api).map { [$0] } ?? [])
        return try await record(.confirm(cause, rules: api.centre.internalControl.rules), api)
    }

    /// Takes a cause back.
    static func withdraw(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["entry", "reason"])
        return try await record(
            .withdraw(entry: try fields.int("entry"), reason: try fields.text("reason", most: 4_000)), api)
    }

    /// Seals the explanation and puts it into the outbox.
    static func explain(_ api: APIRequest) async throws -> APIAnswer {
        _ = try api.fields([])
        let number = try api.parameter("id")
        let sealed = try await api.centre.internalControl.explain(
            number, by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
        return .created(
            .object([
                "revision": .number(sealed.revision), "digest": .string(sealed.digest),
                "unexplained": .number(sealed.unexplained),
            ]), at: "discrepancies/\(number)")
    }

    /// Settles what is explained and was told.
    static func settle(_ api: APIRequest) async throws -> APIAnswer {
        let reason = try api.fields(["reason"]).text("reason", most: 4_000)
        return try await record(.settle(reason: reason), api)
    }

    private static func record(_ command: DiscrepancyCommand, _ api: APIRequest) async throws -> APIAnswer {
        let number = try api.parameter("id")
        let desk = api.centre.internalControl
        try await desk.record(
            command, on: number, by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
        let version = try await desk.discrepancy(number).version
        return .versioned(.object(["number": .string(number), "version": .number(version)]), version)
    }

    private static func filingID(_ api: APIRequest) throws -> FilingID {
        let text = try api.parameter("id")
        guard let id = FilingID(text) else { throw APIProblem.missing("filing “\(text)”") }
        return id
    }
}
