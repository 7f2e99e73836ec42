import Accounts
import CanonicalJSON
import ContactCentre
import Freshness
import Journal
import WorkingDays

/// Campaigns by which bodies confirm their cards, and what bodies say is not right; no name of a person stands in any answer.
enum CampaignAPI {
    private static let selectionFields = ["kind", "months", "sphere", "body", "until"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let (after, limit) = (try page.number, page.limit + 1)
        let campaigns = try await api.centre.journal.read {
            try CampaignRecord.fetch(after: after, limit: limit, in: $0)
        }
        return page.answer(campaigns, next: { [$0.id] }) { $0.json }
    }

    /// What a campaign would ask and of whom; records nothing.
    static func preview(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(selectionFields)
        let plan = try await api.centre.campaigns.preview(
            try selection(fields), until: try fields.date("until"), at: api.now)
        return APIAnswer(plan.json)
    }

    static func begin(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(selectionFields + ["digest"])
        let id = try await api.centre.campaigns.begin(
            try selection(fields), until: try fields.date("until"), expecting: try fields.optionalText("digest"),
            by: api.actor, at: api.now, once: try api.key())
        return .created(try await record(id, api).json, at: "card-campaigns/\(id)")
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let record = try await record(try api.parameter("id"), api)
        return .versioned(record.json, record.version)
    }

    static func bodies(_ api: APIRequest) async throws -> APIAnswer {
        let id = try await record(try api.parameter("id"), api).id
        let page = try APIPage(api)
        let standing = try api.queryChoices("standing", CampaignBodyRecord.Standing.self).first
        let (limit, offset) = (page.limit + 1, try page.offset)
        let rows = try await api.centre.journal.read {
            try CampaignBodyRecord.fetch(campaign: id, standing, in: $0)
        }
        return try page.answer(Array(rows.dropFirst(offset).prefix(limit))) { $0.json }
    }

    static func body(_ api: APIRequest) async throws -> APIAnswer {
        let (id, body) = (try api.parameter("id"), try api.parameter("body"))
        let found = try await api.centre.journal.read { db in
            try CampaignBodyRecord.fetch(campaign: id, body: body, in: db).map { asked in
                (asked, try CampaignCardRecord.fetch(campaign: id, body: body, in: db))
            }
        }
        guard let (asked, cards) = found else { throw APIProblem.missing("body “\(body)” in the campaign “\(id)”") }
        var members = asked.json.object ?? [:]
        members["items"] = .array(cards.map(\.json))
        return APIAnswer(.object(members))
    }

    static func end(_ api: APIRequest) async throws -> APIAnswer {
        let id = try api.parameter("id")
        let fields = try api.fields(["reason"])
        try await api.centre.campaigns.end(
            id, reason: try fields.text("reason"), by: api.actor, at: api.now, once: try api.key())
        let record = try await record(id, api)
        return .versioned(record.json, record.version)
    }

    /// What bodies say is not right and waits for the centre, the oldest first.
    static func remarks(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let (after, limit) = (try page.number, page.limit + 1)
        let remarks = try await api.centre.journal.read {
            try ObjectionRecord.waiting(after: after, limit: limit, in: $0)
        }
        return page.answer(remarks, next: { [$0.id] }) { $0.json }
    }

    private static func selection(_ fields: APIFields) throws -> CardSelection {
        CardSelection(
            try fields.choice("kind", CardSelection.Kind.self), months: try fields.optionalInt("months"),
            sphere: try fields.optionalText("sphere"), body: try fields.optionalText("body"))
    }

    private static func record(_ id: String, _ api: APIRequest) async throws -> CampaignRecord {
        guard let record = try await api.centre.journal.read({ try CampaignRecord.fetch(id, in: $0) }) else {
            throw APIProblem.missing("campaign “\(id)”")
        }
        return record
    }
}
