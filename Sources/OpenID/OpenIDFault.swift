/// Why nobody is let in by what a provider said, or a browser brought.
package struct OpenIDFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was not as it must be.
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        /// The provider did not answer, or with something else than was asked for.
        case silent
        /// What the provider says of itself is not ours to use.
        case metadata
        /// The browser brings back what did not begin here, or too long ago.
        case state
        /// The provider itself says no.
        case refused
        /// It is no signed token.
        case malformed
        /// It is signed by another algorithm than RS256 or ES256, or by none.
        case algorithm
        /// No key of the provider has signed it.
        case key
        /// The signature is not over these bytes.
        case signature
        /// It comes of somebody else.
        case issuer
        /// It is meant for somebody else.
        case audience
        /// Its time is over, has not begun, or is long past.
        case time
        /// It answers another question than ours.
        case nonce
        /// It counted before.
        case replayed
        /// It does not say who.
        case subject
        /// It is no order to sign out.
        case event
    }

    /// What was not as it must be.
    package let cause: Cause
    /// More of it, for the log; nothing secret, nobody's name.
    package let detail: String

    /// A fault of a cause.
    package init(_ cause: Cause, _ detail: String = "") {
        self.cause = cause
        self.detail = detail
    }

    package var description: String {
        detail.isEmpty
            ? "The provider of identities: \(cause.rawValue)."
            : "The provider of identities: \(cause.rawValue) (\(detail))."
    }
}
