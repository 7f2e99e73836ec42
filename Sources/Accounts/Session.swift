import Crypto
import Foundation
import WorkingDays

/// The secret that a browser or a program shows to be let in: 32 random bytes.
///
/// Only its SHA-256 is stored, so a stolen copy of the file opens nothing.
package struct SessionToken: Hashable, Sendable {
    private let bytes: [UInt8]

    /// A new token from random bytes fit for secrets.
    package init(randomBytes: (Int) -> [UInt8]) { bytes = randomBytes(32) }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// How it is sent: 43 characters that need no quoting in a cookie or a header.
    package var text: String { Base64URL.encode(bytes) }

    /// What is stored of it.
    package var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// A value that only the holder of the token can know, for one purpose, which does not give the token away.
    package func proof(of purpose: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: bytes))
        return Base64URL.encode(Array(code))
    }

    /// Whether `typed` is `proof(of: purpose)`; compared in constant time.
    package func confirms(_ typed: String, purpose: String) -> Bool {
        guard let code = Base64URL.decode(typed), code.count == 32 else { return false }
        let key = SymmetricKey(data: bytes)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(purpose.utf8), using: key)
    }
}

/// Base64 with `-` and `_` and without padding (RFC 4648 §5).
package enum Base64URL {
    /// The spelling of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The bytes that `text` spells; nil where it spells none.
    package static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") })
        else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding).map(Array.init)
    }
}

/// What lets somebody in, and until when.
package struct SessionPolicy: Hashable, Sendable {
    /// A session ends after so long without a request, in milliseconds.
    package var idleLimit: Int64
    /// A session ends so long after the sign-in whatever happens, in milliseconds.
    package var absoluteLimit: Int64
    /// A token for programs ends so long after it was issued, in milliseconds.
    package var tokenLimit: Int64
    /// So long a browser may take between the right password and the one-time code, in milliseconds.
    package var codeLimit: Int64
    /// Whom a directory vouches for stays signed in for so long while it does not answer, in milliseconds.
    package var vouchLimit: Int64
    /// Whether those whose role asks for a second factor must set one up before they do anything else.
    package var requiresSecondFactor: Bool

    /// A policy; by default two hours idle, twelve hours in all, a year for programs, ten minutes for a code,
    /// eight hours without a word of the directory.
    package init(
        idleLimit: Int64 = 2 * 3_600_000, absoluteLimit: Int64 = 12 * 3_600_000, tokenLimit: Int64 = 365 * 86_400_000,
        codeLimit: Int64 = 10 * 60_000, vouchLimit: Int64 = 8 * 3_600_000, requiresSecondFactor: Bool = false
    ) {
        self.codeLimit = codeLimit
        self.vouchLimit = vouchLimit
        self.requiresSecondFactor = requiresSecondFactor
        self.idleLimit = idleLimit
        self.absoluteLimit = absoluteLimit
        self.tokenLimit = tokenLimit
    }
}

/// What the holder of a session has to do before anything else.
package enum SessionStep: String, CaseIterable, Hashable, Sendable {
    /// Type the code that his telephone shows.
    case oneTimeCode
    /// Choose a password of his own in place of one that was given to him.
    case passwordChange
    /// Set up the second factor that his role asks for.
    case secondFactor
}

/// What kind of client holds a session.
package enum SessionKind: String, Hashable, Sendable {
    /// A browser, by cookie.
    case browser
    /// A program, by the `Authorization` header.
    case program
}

/// A session as it is stored.
struct StoredSession: Hashable, Sendable {
    let account: Int64
    let kind: SessionKind
    let label: String
    let createdAt: Moment
    let lastSeenAt: Moment
    /// The password was right, the one-time code has not come yet.
    let awaitsCode: Bool
    /// How it came to be, and what narrows it.
    var traits = SessionTraits()

    /// When a program's token ends by itself: at its own end, and never later than the policy says.
    func end(_ policy: SessionPolicy) -> Moment {
        let latest = createdAt.adding(milliseconds: policy.tokenLimit)
        return traits.endsAt.map { min($0, latest) } ?? latest
    }

    /// Whether the session has ended by itself.
    func isOver(at now: Moment, policy: SessionPolicy) -> Bool {
        let age = now.millisecondsSince1970 - createdAt.millisecondsSince1970
        let idle = now.millisecondsSince1970 - lastSeenAt.millisecondsSince1970
        // A session from the future was begun by a clock that has been set back since: a little of that is forgiven, a wrong
        // day or year must not keep the session alive until it comes.
        return switch kind {
        case .browser where awaitsCode: age >= policy.codeLimit || -age >= policy.codeLimit
        case .browser: age >= policy.absoluteLimit || idle >= policy.idleLimit || -age >= policy.idleLimit
        case .program: now >= end(policy)
        }
    }
}
