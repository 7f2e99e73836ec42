import CanonicalJSON
import Delivery
import GRDB

/// What leaves the house: the outbox and its attempts.
enum DeliveryAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let phases = try api.queryChoices("phase", DeliveryState.Phase.self)
        let (limit, offset) = (page.limit + 1, try page.offset)
        let deliveries = try await api.centre.journal.read { db in
            // There are a few deliveries a month, so the phases are joined in memory.
            try DeliveryState.Phase.allCases.filter { phases.isEmpty || phases.contains($0) }
                .flatMap { try DeliveryRecord.fetchAll(in: $0, limit: offset + limit, in: db) }
                .sorted { ($0.queuedAt, $0.id.rawValue) > ($1.queuedAt, $1.id.rawValue) }
        }
        return try page.answer(Array(deliveries.dropFirst(offset).prefix(limit)), json)
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let id = DeliveryID(try api.parameter("id"))
        let (delivery, attempts) = try await api.centre.journal.read { db in
            (try DeliveryRecord.fetch(id, in: db), try DeliveryRecord.attempts(of: id, in: db))
        }
        guard let delivery, var members = json(delivery).object else {
            throw APIProblem.missing("delivery “\(id.rawValue)”")
        }
        members["history"] = .array(
            attempts.map { attempt in
                .members([
                    "number": .number(attempt.number), "startedAt": .moment(attempt.startedAt),
                    "endedAt": .moment(attempt.endedAt), "outcome": .text(attempt.outcome),
                    "status": attempt.status.map(JSON.number) ?? .null, "message": .text(attempt.message),
                    "nextAttemptAt": .moment(attempt.nextAttemptAt),
                ])
            })
        return APIAnswer(.object(members))
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

    private static func json(_ delivery: DeliveryRecord) -> JSON {
        .members([
            "id": .string(delivery.id.rawValue), "kind": .string(delivery.kind), "subject": .string(delivery.subject),
            "destination": .string(delivery.destination), "phase": .string(delivery.phase.rawValue),
            "digest": .string(delivery.digest), "size": .int(delivery.size), "queuedAt": .moment(delivery.queuedAt),
            "attempts": .number(delivery.attempts), "nextAttemptAt": .moment(delivery.nextAttemptAt),
            "lastError": .text(delivery.lastError), "deadReason": .text(delivery.deadReason),
            "receiptNumber": .text(delivery.receiptNumber), "deliveredAt": .moment(delivery.deliveredAt),
        ])
    }
}
