import Crypto
import Foundation
import WorkingDays

/// One-time codes from a telephone (TOTP, RFC 6238): six digits that change every 30 seconds.
package struct OneTimeCode: Hashable, Sendable {
    /// The hash under the code; telephones expect SHA-1.
    package enum Algorithm: String, Hashable, Sendable {
        case sha1 = "SHA1"
        case sha256 = "SHA256"
        case sha512 = "SHA512"
    }

    /// What the telephone and we share.
    package let secret: [UInt8]
    /// The hash under the code.
    package let algorithm: Algorithm
    /// How many digits a code has.
    package let digits: Int
    /// How long a code lasts, in seconds.
    package let period: Int64

    /// A code generator; the defaults are what telephones expect.
    package init(secret: [UInt8], algorithm: Algorithm = .sha1, digits: Int = 6, period: Int64 = 30) {
        self.secret = secret
        self.algorithm = algorithm
        self.digits = digits
        self.period = period
    }

    /// The number of the period that `moment` is in.
    package func step(at moment: Moment) -> Int64 { moment.millisecondsSince1970 / 1_000 / period }

    /// The code of a period.
    package func code(step: Int64) -> String {
        let message = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let key = SymmetricKey(data: secret)
        let digest: [UInt8] =
            switch algorithm {
            case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
            case .sha256: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
            case .sha512: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
            }
        let offset = Int(digest[digest.count - 1] & 0x0F)
        let number = digest[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// By how many periods a use may lie ahead before it is the clock that was wrong: ten minutes.
    private static let forgiven: Int64 = 20

    /// The period whose code `typed` is, or nil where it is wrong or used before.
    ///
    /// The period before and the one after count too, for clocks that go wrong and fingers that are slow. Keep the answer
    /// and give it as `lastUsed` the next time, so that a code seen over a shoulder is worth nothing.
    package func match(_ typed: String, at moment: Moment, lastUsed: Int64?) -> Int64? {
        let cleaned = typed.filter { !$0.isWhitespace }
        guard cleaned.utf8.count == digits else { return nil }
        let now = step(at: moment)
        // A use that lies far ahead was noted by a clock that has been set back since; it must not lock the person out
        // until that moment comes.
        let lastUsed = lastUsed.flatMap { $0 - now > Self.forgiven ? nil : $0 } ?? .min
        var found: Int64?
        for step in [now - 1, now, now + 1] where step > lastUsed {
            // No early exit: the time taken says nothing about which step it was.
            if Self.isEqual(code(step: step), cleaned) { found = step }
        }
        return found
    }

    /// What the telephone's camera reads from the QR code, or the person types.
    package func enrolmentAddress(account: String, issuer: String) -> String {
        func encode(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return "otpauth://totp/\(encode(issuer)):\(encode(account))?secret=\(Base32.encode(secret))"
            + "&issuer=\(encode(issuer))&algorithm=\(algorithm.rawValue)&digits=\(digits)&period=\(period)"
    }

    private static func isEqual(_ left: String, _ right: String) -> Bool {
        SymmetricKey(data: Array(left.utf8)) == SymmetricKey(data: Array(right.utf8))
    }
}

/// Base32 (RFC 4648) without padding, the spelling of secrets that people can type.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The spelling of `bytes`.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` spells; blanks and small letters are allowed; nil for anything else.
    package static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = 0
        var bits = 0
        for character in text.uppercased().utf8 where character != UInt8(ascii: " ") && character != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | value) & 0xFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 0xFF))
            }
        }
        return bytes
    }
}
