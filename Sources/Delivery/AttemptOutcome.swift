import Journal
import WorkingDays

/// How one attempt ended.
package enum AttemptOutcome: Hashable, Sendable {
    /// The other side has it and says so.
    case received(DeliveryReceipt)
    /// It has not, or it is not known.
    case failed(AttemptFailure)
}

/// The proof that the other side has a document.
package struct DeliveryReceipt: Hashable, Sendable, Codable {
    /// The number that the other side gave.
    package var number: String
    /// When the other side received it, by its own clock.
    package var receivedAt: Moment
    /// The SHA-256 of what it received, in hexadecimal digits; always that of what was sent.
    package var digest: String
    /// The receipt as it came, with the signature that was checked; nil where no signature is asked for.
    package var proof: SignedReceipt?
    /// The bytes of the receipt as it came, in base64, where no signature of it was asked for; `proof` holds them otherwise.
    package var document: String?
    /// The head of the journal that the receiver was told when it took the document, as the receipt repeats it; nil where
    /// it says none.
    package var head: ToldHead?

    /// A receipt from its parts.
    package init(number: String, receivedAt: Moment, digest: String, proof: SignedReceipt? = nil) {
        self.number = number
        self.receivedAt = receivedAt
        self.digest = digest
        self.proof = proof
    }
}

/// A receipt that its giver cannot deny.
package struct SignedReceipt: Hashable, Sendable, Codable {
    /// The bytes of the receipt, in base64.
    package var document: String
    /// The detached CMS signature over them, DER in base64.
    package var cms: String
    /// Whom the certificate names.
    package var signer: String
    /// The SHA-256 of the certificate, in hexadecimal digits.
    package var certificate: String

    /// A signed receipt from its parts.
    package init(document: String, cms: String, signer: String, certificate: String) {
        self.document = document
        self.cms = cms
        self.signer = signer
        self.certificate = certificate
    }
}

/// Why an attempt did not end with a receipt.
package struct AttemptFailure: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What follows from the failure.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// It may pass: try again by itself.
        case transient
        /// It will not pass by itself: a person must change something.
        case permanent
        /// The program was stopped during the attempt: try again at once.
        case interrupted
    }

    /// What follows from the failure.
    package var kind: Kind
    /// A sentence for people: what went wrong and, where known, what to do.
    package var message: String
    /// The status that the other side answered with.
    package var status: Int?
    /// Whether the other side may have taken the document all the same.
    package var mayHaveHadEffect: Bool
    /// When the other side asked to be tried again.
    package var retryAfter: RetryAfter?

    /// A failure from its parts.
    package init(
        _ kind: Kind, _ message: String, status: Int? = nil, mayHaveHadEffect: Bool = false,
        retryAfter: RetryAfter? = nil
    ) {
        self.kind = kind
        self.message = message
        self.status = status
        self.mayHaveHadEffect = mayHaveHadEffect
        self.retryAfter = retryAfter
    }

    package var description: String { status.map { "\(message) (status \($0))" } ?? message }

    /// The failure of an attempt whose end was never recorded.
    package static let lost = AttemptFailure(
        .interrupted, "The program was stopped before the end of the attempt was recorded.", mayHaveHadEffect: true)
}
