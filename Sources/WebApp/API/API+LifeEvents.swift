import CanonicalJSON
import ContactCentre
import KnowledgeBase

/// Life events: the services that what happened in a life takes, in order.
enum LifeEventAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        APIAnswer(.object(["items": .array(api.centre.cards.events.all.map(\.json))]))
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let event = api.centre.cards.events[code] else { throw APIProblem.missing("life event “\(code)”") }
        return APIAnswer(event.json)
    }
}
