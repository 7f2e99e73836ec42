import CanonicalJSON
import Complaints
import ContactCentre
import HTTPTypes
import Journal
import WorkingDays

/// Whose moment is put right.
enum CorrectedMoment: String, CaseIterable, Sendable {
    case filing, closing
}

/// Complaints: registration, lists and single ones without personal data, every step as a command.
enum ComplaintAPI {
    static let queries =
        APIPage.queries + [
            "status", "kind", "body", "service", "region", "assignee", "filedFrom", "filedThrough", "overdue",
        ]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = ComplaintFilter()
        filter.statuses = try api.queryChoices("status", ComplaintStatus.self)
        filter.kinds = try api.queryChoices("kind", ComplaintKind.self)
        filter.body = api.site.query("body")
        filter.service = api.site.query("service")
        filter.region = api.site.query("region")
        filter.holder = try await holder(api)
        filter.filedFrom = try api.queryDate("filedFrom")
        filter.filedThrough = try api.queryDate("filedThrough")
        if let overdue = api.site.query("overdue") {
            guard overdue == "true" else { throw APIProblem(.badRequest, "The query overdue is true or left out.") }
            filter.overdueOn = api.today
        }
        var after: ComplaintRecord.Cursor?
        if !page.place.isEmpty {
            guard page.place.count == 2, let filedOn = CivilDate(page.place[0]) else {
                throw APIProblem(.badRequest, "The cursor is not one that this list gave.")
            }
            after = ComplaintRecord.Cursor(filedOn: filedOn, id: page.place[1])
        }
        let (chosen, cursor, limit) = (filter, after, page.limit + 1)
        let records = try await api.centre.journal.read { db in
            try ComplaintRecord.fetch(chosen, after: cursor, limit: limit, in: db)
        }
        return page.answer(records, next: { [$0.cursor.filedOn.description, $0.cursor.id] }) { $0.json }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let number = try api.parameter("number")
        guard let document = try await CaseDocument.complaint(number, in: api.centre) else {
            throw APIProblem.missing("complaint “\(number)”")
        }
        return .versioned(document.json, document.version)
    }

    static func register(_ api: APIRequest) async throws -> APIAnswer {
        let filing = try ComplaintFiling(sent: try api.json(), at: api.now)
        let receipt = try await api.centre.complaints.register(
            filing, by: api.actor, at: api.now, once: try api.key())
        return receipt.isNew ? .created(receipt.json, at: "complaints/\(receipt.number)") : APIAnswer(receipt.json)
    }

    static func transfer(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["body", "reason", "at"])
        let (body, reason) = (try fields.text("body"), try fields.text("reason"))
        return try await step(api, fields) { number, at, expected, key in
            try await api.centre.complaints.transfer(
                number, to: body, reason: reason, happenedAt: at, by: api.actor, at: api.now, expecting: expected,
                once: key)
        }
    }

    static func extend(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["days", "reason", "at"])
        let (days, reason) = (try fields.int("days"), try fields.text("reason"))
        guard (1...1_000).contains(days) else { throw APIProblem.field("days", "A number of working days from 1.") }
        return try await step(api, fields) { number, at, expected, key in
            try await api.centre.complaints.extend(
                number, days: days, reason: reason, happenedAt: at, by: api.actor, at: api.now, expecting: expected,
                once: key)
        }
    }

    static func tell(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["by", "at"])
        let means = try fields.text("by")
        return try await step(api, fields) { number, at, expected, key in
            try await api.centre.complaints.tellApplicant(
                number, by: means, happenedAt: at, by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    static func answer(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["outcome", "text", "document", "measures", "at"])
        let outcome = try fields.choice("outcome", ComplaintOutcome.self)
        let (text, measures) = (try fields.optionalText("text"), try fields.optionalText("measures"))
        let document = try fields.document("document", api)
        return try await step(api, fields) { number, at, expected, key in
            try await api.centre.complaints.answer(
                number, outcome: outcome, text: text, attachment: document, measures: measures, happenedAt: at,
                by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    static func withdraw(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["reason", "at"])
        let reason = try fields.optionalText("reason")
        return try await step(api, fields) { number, at, expected, key in
            try await api.centre.complaints.withdraw(
                number, reason: reason, happenedAt: at, by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    static func correct(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["what", "reason", "at"])
        let (what, reason) = (try fields.choice("what", CorrectedMoment.self), try fields.text("reason"))
        _ = try fields.text("at")
        let moment = try fields.moment("at", or: api.now)
        return try await step(api, fields) { number, _, expected, key in
            switch what {
            case .filing:
                try await api.centre.complaints.correctFiling(
                    number, to: moment, reason: reason, by: api.actor, at: api.now, expecting: expected, once: key)
            case .closing:
                try await api.centre.complaints.correctClosing(
                    number, to: moment, reason: reason, by: api.actor, at: api.now, expecting: expected, once: key)
            }
        }
    }

    static func annul(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["ground", "duplicateOf", "reason"])
        let (ground, reason) = (try fields.choice("ground", AnnulmentGround.self), try fields.text("reason"))
        let original = try fields.optionalText("duplicateOf")
        return try await step(api, fields) { number, _, expected, key in
            try await api.centre.complaints.annul(
                number, as: ground, duplicateOf: original, reason: reason, by: api.actor, at: api.now,
                expecting: expected, once: key)
        }
    }

    static func classify(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["kind", "reason"])
        let (kind, reason) = (try fields.choice("kind", ComplaintKind.self), try fields.text("reason"))
        return try await step(api, fields) { number, _, expected, key in
            try await api.centre.complaints.classify(
                number, as: kind, reason: reason, by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    static func note(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["text"])
        let text = try fields.text("text")
        return try await step(api, fields) { number, _, expected, key in
            try await api.centre.complaints.note(
                number, text: text, by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    static func step(
        _ api: APIRequest, _ fields: APIFields,
        _ perform: (_ number: String, _ at: Moment, _ expected: Int?, _ key: CommandKey?) async throws -> Int
    ) async throws -> APIAnswer {
        let number = try await record(api).id
        let version = try await perform(
            number, try fields.moment("at", or: api.now), try api.expected(), try api.key())
        return .step(StreamID(kind: Complaint.streamKind, id: number), version)
    }

    static func record(_ api: APIRequest) async throws -> ComplaintRecord {
        let number = try api.parameter("number")
        guard let record = try await api.centre.journal.read({ try ComplaintRecord.fetch(id: number, in: $0) }) else {
            throw APIProblem.missing("complaint “\(number)”")
        }
        return record
    }
}
