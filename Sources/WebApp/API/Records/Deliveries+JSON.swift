import CanonicalJSON
import Delivery

extension DeliveryRecord {
    /// What leaves the house, for programs.
    package var json: JSON {
        .members([
            "id": .string(id.rawValue), "kind": .string(kind), "subject": .string(subject),
            "destination": .string(destination), "phase": .string(phase.rawValue), "digest": .string(digest),
            "size": .int(size), "queuedAt": .moment(queuedAt), "attempts": .number(attempts),
            "nextAttemptAt": .moment(nextAttemptAt), "lastError": .text(lastError), "deadReason": .text(deadReason),
            "receiptNumber": .text(receiptNumber), "deliveredAt": .moment(deliveredAt),
        ])
    }

    /// The delivery with its attempts.
    package func json(history: [DeliveryAttempt]) -> JSON {
        guard var members = json.object else { return json }
        members["history"] = .array(history.map(\.json))
        return .object(members)
    }
}

extension DeliveryAttempt {
    /// One attempt for programs.
    package var json: JSON {
        .members([
            "number": .number(number), "startedAt": .moment(startedAt), "endedAt": .moment(endedAt),
            "outcome": .text(outcome), "status": status.map(JSON.number) ?? .null, "message": .text(message),
            "nextAttemptAt": .moment(nextAttemptAt),
        ])
    }
}
