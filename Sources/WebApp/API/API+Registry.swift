import CanonicalJSON
import ContactCentre
import Journal
import Languages
import Registry
import WorkingDays

/// Bodies and services of the registry.
enum RegistryAPI {
    static let bodyQueries = APIPage.queries + ["kind", "region", "parent", "text", "existsOn"]
    static let serviceQueries = APIPage.queries + ["owner", "sphere", "channel", "text"]

    static func bodies(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = BodyFilter(kinds: try api.queryChoices("kind", BodyKind.self))
        filter.region = api.site.query("region")
        filter.parent = api.site.query("parent")
        filter.text = api.site.query("text") ?? ""
        filter.existsOn = try api.queryDate("existsOn")
        (filter.limit, filter.offset) = (page.limit + 1, try page.offset)
        let chosen = filter
        let bodies = try await api.centre.journal.read { try Registry.bodies(chosen, in: $0) }
        return try page.answer(bodies) { $0.json(on: api.today) }
    }

    static func body(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let body = try await api.centre.journal.read({ try Registry.body(code, in: $0) }) else {
            throw APIProblem.missing("body “\(code)”")
        }
        return APIAnswer(body.json(on: api.today))
    }

    /// Who answers or answered for a body, by the numbers of the registrations; names are opened on the page only.
    static func persons(_ api: APIRequest) async throws -> APIAnswer {
        let (page, code) = (try APIPage(api), try api.parameter("code"))
        let persons = try await api.centre.journal.read { db in
            try Registry.body(code, in: db).map { try Registry.responsiblePersons(of: $0.code, in: db) }
        }
        guard let persons else { throw APIProblem.missing("body “\(code)”") }
        return try page.answer(Array(persons.dropFirst(page.offset).prefix(page.limit + 1))) { $0.json }
    }

    static func services(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = ServiceFilter()
        filter.owner = api.site.query("owner")
        filter.sphere = api.site.query("sphere")
        filter.channel = try api.queryChoices("channel", ServiceChannel.self).first
        filter.text = api.site.query("text") ?? ""
        (filter.limit, filter.offset) = (page.limit + 1, try page.offset)
        let chosen = filter
        let services = try await api.centre.journal.read { try Registry.services(chosen, in: $0) }
        return try page.answer(services) { $0.json }
    }

    static func service(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let service = try await api.centre.journal.read({ try Registry.service(code, in: $0) }) else {
            throw APIProblem.missing("service “\(code)”")
        }
        return APIAnswer(service.json)
    }
}
