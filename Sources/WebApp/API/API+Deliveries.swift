import CanonicalJSON
import ContactCentre
import Delivery
import GRDB
import Journal

/// What leaves the house: the outbox and its attempts.
enum DeliveryAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let phases = try api.queryChoices("phase", DeliveryState.Phase.self)
        let (limit, offset) = (page.limit + 1, try page.offset)
        let deliveries = try await api.centre.journal.read { db in
            try DeliveryRecord.latest(
                phases.isEmpty ? DeliveryState.Phase.allCases : Array(phases), limit: offset + limit, in: db)
        }
        return try page.answer(Array(deliveries.dropFirst(offset))) { $0.json }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let id = DeliveryID(try api.parameter("id"))
        let (delivery, attempts) = try await api.centre.journal.read { db in
            (try DeliveryRecord.fetch(id, in: db), try DeliveryRecord.attempts(of: id, in: db))
        }
        guard let delivery else { throw APIProblem.missing("delivery “\(id.rawValue)”") }
        return APIAnswer(delivery.json(history: attempts))
    }

    static func requeue(_ api: APIRequest) async throws -> APIAnswer {
        let id = DeliveryID(try api.parameter("id"))
        let fields = try api.fields(["reason"])
        let (reason, centre) = (try fields.text("reason"), api.centre)
        _ = try await centre.journal.transact(by: api.actor, at: api.now, once: try api.key()) { transaction in
            try centre.outbox.requeue(id, reason: reason, in: transaction)
            return true
        }
        return APIAnswer(.object(["delivery": .string(id.rawValue)]))
    }
}
