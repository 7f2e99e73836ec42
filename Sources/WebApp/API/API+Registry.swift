import CanonicalJSON
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
        return try page.answer(bodies) { json($0, on: api.today) }
    }

    static func body(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let body = try await api.centre.journal.read({ try Registry.body(code, in: $0) }) else {
            throw APIProblem.missing("body “\(code)”")
        }
        return APIAnswer(json(body, on: api.today))
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
        return try page.answer(services, json)
    }

    static func service(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let service = try await api.centre.journal.read({ try Registry.service(code, in: $0) }) else {
            throw APIProblem.missing("service “\(code)”")
        }
        return APIAnswer(json(service))
    }

    private static func json(_ body: PublicBody, on date: CivilDate) -> JSON {
        .members([
            "code": .string(body.code), "kind": .string(body.kind.rawValue), "name": .names(body.name(on: date)),
            "region": .string(body.region), "level": .text(body.level?.rawValue), "parent": .text(body.parent),
            "validFrom": .text(body.validFrom?.description), "validTo": .text(body.validTo?.description),
            "successor": .text(body.successor),
        ])
    }

    private static func json(_ service: PublicService) -> JSON {
        .members([
            "code": .string(service.code), "registerCode": .text(service.registerCode),
            "egovCode": .text(service.egovCode), "name": .names(service.name), "owner": .string(service.owner),
            "provider": .names(service.provider), "sphere": .string(service.sphere),
            "channels": .array(service.channels.map { .string($0.rawValue) }),
        ])
    }
}

extension JSON {
    /// An object without the members that are null: what is not known is left out.
    static func members(_ members: [String: JSON]) -> JSON { .object(members.filter { $0.value != .null }) }

    /// A text, or null.
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// A date, or null.
    static func date(_ date: CivilDate?) -> JSON { text(date?.description) }

    /// A moment in UTC, or null.
    static func moment(_ moment: Moment?) -> JSON { text(moment?.description) }

    /// A whole number.
    static func number(_ number: Int) -> JSON { .int(Int64(number)) }

    /// A name in the languages in which it is known.
    static func names(_ name: Localized) -> JSON {
        members(["kk": .string(name.kk), "ru": .string(name.ru), "en": text(name.en)])
    }
}
