/// A request that was sent to the body (797 §4).
package struct RequestSent: Codable, Hashable, Sendable {
    /// Why a request is sent once more.
    package enum Again: String, Codable, CaseIterable, Hashable, Sendable {
        /// The body lost it: the clock goes on.
        case lost
        /// We had sent it to a wrong address: the clock runs anew from the right receipt.
        case wrongAddress = "wrong-address"
        /// The sending failed: no clock has started yet.
        case failed
    }

    /// The outgoing number.
    package var number: String
    /// How it was sent: `documentolog`, `mail`, `courier`…
    package var channel: String
    /// Why it was sent again; nil for the first time.
    package var again: Again?
    /// The SHA-256 of the document.
    package var document: String?

    /// A value from its parts.
    package init(number: String, channel: String, again: Again? = nil, document: String? = nil) {
        self.number = number
        self.channel = channel
        self.again = again
        self.document = document
    }
}

/// Proof that the body has the request.
package struct RequestReceived: Codable, Hashable, Sendable {
    /// What proves it: the incoming number, the acknowledgement, the courier's receipt.
    package var proof: String
    /// Whether this is the receipt after our wrong address.
    package var sentAgain: RequestSent.Again?
    /// The SHA-256 of the document that proves it.
    package var document: String?

    /// A value from its parts.
    package init(proof: String, sentAgain: RequestSent.Again? = nil, document: String? = nil) {
        self.proof = proof
        self.sentAgain = sentAgain
        self.document = document
    }
}

/// The responsible person that the body appointed (797 §5); who he is stands sealed in the registry.
package struct ResponsiblePersonAppointed: Codable, Hashable, Sendable {
    /// The number of the registration in the registry.
    package var registration: String?
    /// The order of appointment.
    package var order: String?
    /// The SHA-256 of the order.
    package var document: String?

    /// A value from its parts.
    package init(registration: String? = nil, order: String? = nil, document: String? = nil) {
        self.registration = registration
        self.order = order
        self.document = document
    }
}
