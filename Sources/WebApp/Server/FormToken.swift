import Accounts
import Hummingbird

/// What a form sends to prove that it was drawn by us for this reader, so that no other site can send it in his name.
///
/// Before the sign-in the secret behind it is a cookie of its own, afterwards the session.
package enum FormToken {
    /// The name of the hidden field.
    package static let fieldName = "_token"
    private static let purpose = "form"
    static let guestCookie = "guest"

    /// The token of forms drawn for the holder of `secret`.
    static func make(for secret: SessionToken) -> String { secret.proof(of: purpose) }

    /// Whether `sent` was made for the holder of `secret`.
    static func isRight(_ sent: String?, for secret: SessionToken?) -> Bool {
        guard let sent, let secret else { return false }
        return secret.confirms(sent, purpose: purpose)
    }
}
