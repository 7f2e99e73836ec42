import Accounts
import Complaints
import ContactCentre
import HTTPTypes

/// Who of the officers has a complaint, for programs.
extension ComplaintAPI {
    /// Gives a complaint into an officer's hands, or puts it back where nobody is named.
    static func assign(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["to"])
        let name = try fields.optionalText("to")
        var holder = ComplaintHolder.nobody
        if let name {
            guard let officer = try await officer(name, api) else {
                throw APIProblem.field("to", "There is no account “\(name)”.")
            }
            holder = officer
        }
        return try await step(api, fields) { [holder] number, _, expected, key in
            try await api.centre.complaints.assign(
                number, to: holder, by: api.actor, at: api.now, expecting: expected, once: key)
        }
    }

    /// In whose hands the complaints are that are asked for; nil where the query does not say.
    static func holder(_ api: APIRequest) async throws -> ComplaintHolder? {
        guard let name = api.site.query("assignee") else { return nil }
        if name == "none" { return .nobody }
        guard let officer = try await officer(name, api) else {
            throw APIProblem(.badRequest, "The query assignee takes me, none or an account; there is none “\(name)”.")
        }
        return officer
    }

    private static func officer(_ name: String, _ api: APIRequest) async throws -> ComplaintHolder? {
        if name == "me" { return api.site.user.map { .officer($0.number) } }
        return try await api.site.environment.accounts.colleague(named: name, who: .manageComplaints)
            .map { .officer($0.number) }
    }
}
