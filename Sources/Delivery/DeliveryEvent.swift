import Casework
import Journal
import WorkingDays

/// What happens to a delivery; stream `delivery/<id>`.
package enum DeliveryEvent: PlainEvent, Hashable {
    /// It was put into the outbox.
    case deliveryQueued(Queued)
    /// An attempt has begun. If no end of it follows, the program was stopped in between.
    case deliveryStarted(Started)
    /// The document was signed, before it was sent; every later attempt sends this signature.
    case deliverySigned(Signed)
    /// An authority has said when the signature was there; every later attempt keeps this stamp.
    case deliveryStamped(Stamped)
    /// No time stamp could be had; what is sent goes without one.
    case deliveryUnstamped(Unstamped)
    /// An attempt has failed, and what was decided then.
    case deliveryAttempted(Attempted)
    /// The other side has confirmed it.
    case deliveryReceived(Received)
    /// It was given up; somebody must look.
    case deliveryDied(Died)
    /// A person has put it back into the outbox.
    case deliveryRequeued(Requeued)
    /// A person has taken a copy of what was sent, with contacts opened, out of the house.
    case deliveryCopied(Copied)

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
        /// What is sent; only in the first attempt. The receiver is told the position and the hash of this event, so that
        /// its bytes alone prove that the journal held the sending when he was told.
        package var sending: Sending?

        /// The beginning of an attempt.
        package init(attempt: Int, sending: Sending? = nil) {
            self.attempt = attempt
            self.sending = sending
        }
    }

    /// What an attempt sends, and where.
    package struct Sending: Hashable, Sendable, Codable {
        /// The SHA-256 of the document, in hexadecimal digits.
        package var digest: String
        /// The key that every attempt carries.
        package var key: String
        /// Where at the destination.
        package var path: String
    }

    /// The signature that goes with the document.
    package struct Signed: Hashable, Sendable, Codable {
        /// The number of the attempt before which it was made, from 1.
        package var attempt: Int
        /// The detached CMS signature over the document, DER in base64.
        package var cms: String
        /// Whom the certificate names.
        package var signer: String
        /// The SHA-256 of the certificate, in hexadecimal digits.
        package var certificate: String
    }

    /// The time stamp over the signature.
    package struct Stamped: Hashable, Sendable, Codable {
        /// The number of the attempt before which it was given, from 1.
        package var attempt: Int
        /// The SHA-256 of the signature that it is over, in hexadecimal digits.
        package var over: String
        /// The time stamp token (RFC 3161), DER in base64.
        package var token: String
        /// When the signature was there, by the authority's clock.
        package var stampedAt: Moment
        /// Whom the certificate of the stamp names.
        package var authority: String
        /// The SHA-256 of that certificate, in hexadecimal digits.
        package var certificate: String
    }

    /// That there is no time stamp.
    package struct Unstamped: Hashable, Sendable, Codable {
        /// The number of the attempt, from 1.
        package var attempt: Int
        /// A sentence that says why.
        package var reason: String
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

    /// That what was sent was taken out as a copy.
    package struct Copied: Hashable, Sendable, Codable {
        /// What the person needs it for.
        package var reason: String
    }

    /// A person's decision to try again.
    package struct Requeued: Hashable, Sendable, Codable {
        /// The person's reason.
        package var reason: String
    }
}

extension DeliveryEvent {
    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case deliveryQueued, deliveryStarted, deliverySigned, deliveryStamped, deliveryUnstamped
        case deliveryAttempted, deliveryReceived, deliveryDied, deliveryRequeued, deliveryCopied
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .deliveryQueued(let content): Tagged(.deliveryQueued, content)
        case .deliveryStarted(let content): Tagged(.deliveryStarted, content)
        case .deliverySigned(let content): Tagged(.deliverySigned, content)
        case .deliveryStamped(let content): Tagged(.deliveryStamped, content)
        case .deliveryUnstamped(let content): Tagged(.deliveryUnstamped, content)
        case .deliveryAttempted(let content): Tagged(.deliveryAttempted, content)
        case .deliveryReceived(let content): Tagged(.deliveryReceived, content)
        case .deliveryDied(let content): Tagged(.deliveryDied, content)
        case .deliveryRequeued(let content): Tagged(.deliveryRequeued, content)
        case .deliveryCopied(let content): Tagged(.deliveryCopied, content)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .deliveryQueued: .deliveryQueued(try content())
        case .deliveryStarted: .deliveryStarted(try content())
        case .deliverySigned: .deliverySigned(try content())
        case .deliveryStamped: .deliveryStamped(try content())
        case .deliveryUnstamped: .deliveryUnstamped(try content())
        case .deliveryAttempted: .deliveryAttempted(try content())
        case .deliveryReceived: .deliveryReceived(try content())
        case .deliveryDied: .deliveryDied(try content())
        case .deliveryRequeued: .deliveryRequeued(try content())
        case .deliveryCopied: .deliveryCopied(try content())
        }
    }
}
