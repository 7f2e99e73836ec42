import CanonicalJSON
import Journal
import WorkingDays

/// What happens to a delivery; stream `delivery/<id>`.
package enum DeliveryEvent: Hashable, Sendable {
    /// It was put into the outbox.
    case deliveryQueued(Queued)
    /// An attempt has begun. If no end of it follows, the program was stopped in between.
    case deliveryStarted(Started)
    /// An attempt has failed, and what was decided then.
    case deliveryAttempted(Attempted)
    /// The other side has confirmed it.
    case deliveryReceived(Received)
    /// It was given up; somebody must look.
    case deliveryDied(Died)
    /// A person has put it back into the outbox.
    case deliveryRequeued(Requeued)

    /// What was queued.
    package struct Queued: Hashable, Sendable, Codable {
        /// The kind of subject, which finds the ``DeliverySubject``.
        package var kind: String
        /// What is delivered, in the words of its module, for instance "report/2026-03/1".
        package var subject: String
        /// The name of the destination in the configuration.
        package var destination: String
        /// Where at the destination, for instance "monthly/2026-03".
        package var path: String
        /// The media type of the document.
        package var mediaType: String
        /// The SHA-256 of the document, in hexadecimal digits.
        package var digest: String
        /// The size of the document, in bytes.
        package var size: Int64
        /// The key that every attempt carries.
        package var idempotencyKey: String
    }

    /// The beginning of an attempt.
    package struct Started: Hashable, Sendable, Codable {
        /// The number of the attempt, from 1.
        package var attempt: Int
    }

    /// The end of a failed attempt.
    package struct Attempted: Hashable, Sendable, Codable {
        /// The number of the attempt, from 1.
        package var attempt: Int
        /// What went wrong.
        package var failure: AttemptFailure
        /// When it is tried again; nil if it is given up.
        package var nextAttemptAt: Moment?
    }

    /// The confirmation.
    package struct Received: Hashable, Sendable, Codable {
        /// The number of the attempt, from 1.
        package var attempt: Int
        /// What the other side has given.
        package var receipt: DeliveryReceipt
    }

    /// The end without success.
    package struct Died: Hashable, Sendable, Codable {
        /// A sentence that says why.
        package var reason: String
    }

    /// A person's decision to try again.
    package struct Requeued: Hashable, Sendable, Codable {
        /// The person's reason.
        package var reason: String
    }
}

extension DeliveryEvent {
    /// The name in the journal.
    package var name: String {
        switch self {
        case .deliveryQueued: "deliveryQueued"
        case .deliveryStarted: "deliveryStarted"
        case .deliveryAttempted: "deliveryAttempted"
        case .deliveryReceived: "deliveryReceived"
        case .deliveryDied: "deliveryDied"
        case .deliveryRequeued: "deliveryRequeued"
        }
    }

    /// Every name, for rulebooks and tests.
    package static let names: Set<String> = [
        "deliveryQueued", "deliveryStarted", "deliveryAttempted", "deliveryReceived", "deliveryDied",
        "deliveryRequeued",
    ]

    /// The event as the journal takes it.
    func new(at now: Moment) throws -> NewEvent {
        NewEvent(name: name, occurredAt: now, payload: try payload(), content: self)
    }

    private func payload() throws -> [UInt8] {
        switch self {
        case .deliveryQueued(let content): try CanonicalCoding.encode(content)
        case .deliveryStarted(let content): try CanonicalCoding.encode(content)
        case .deliveryAttempted(let content): try CanonicalCoding.encode(content)
        case .deliveryReceived(let content): try CanonicalCoding.encode(content)
        case .deliveryDied(let content): try CanonicalCoding.encode(content)
        case .deliveryRequeued(let content): try CanonicalCoding.encode(content)
        }
    }

    /// Reads an event of the journal; nil where its name is none of ours.
    ///
    /// - Throws: `DecodingError` where the payload is not what this edition of the program wrote.
    package init?(_ event: RecordedEvent) throws {
        if let content = event.content as? DeliveryEvent {
            self = content
            return
        }
        func decode<Content: Decodable>(_ type: Content.Type) throws -> Content {
            try CanonicalCoding.decode(type, from: event.payload)
        }
        switch event.name {
        case "deliveryQueued": self = .deliveryQueued(try decode(Queued.self))
        case "deliveryStarted": self = .deliveryStarted(try decode(Started.self))
        case "deliveryAttempted": self = .deliveryAttempted(try decode(Attempted.self))
        case "deliveryReceived": self = .deliveryReceived(try decode(Received.self))
        case "deliveryDied": self = .deliveryDied(try decode(Died.self))
        case "deliveryRequeued": self = .deliveryRequeued(try decode(Requeued.self))
        default: return nil
        }
    }
}
