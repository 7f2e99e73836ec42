/// What telephony calls a call, and what of it may be kept.
///
/// A reference that could be a telephone number is dropped at once. Any other is kept only as a keyed hash, for one
/// purpose: that a screen popped twice for one call does not begin two contacts.
package struct CallReference: Hashable, Sendable {
    /// The text to be hashed; nil where nothing may be kept.
    package let opaque: String?

    /// The most characters that are looked at.
    static let longest = 200

    /// A reference as it came in the address.
    package init(_ text: String) {
        opaque = text.isEmpty || text.count > Self.longest || Self.couldBeNumber(text) ? nil : text
    }

    /// Whether a text could be a telephone number: ten or more digits in a row, but for what people put between them,
    /// and no letters around that would make it an identifier.
    static func couldBeNumber(_ text: String) -> Bool {
        let scheme = text.lowercased()
        for prefix in ["tel:", "sip:", "sips:", "callto:"] where scheme.hasPrefix(prefix) { return true }
        if text.contains("@") { return true }
        var digits = 0
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal {
                digits += 1
            } else if !" +-().".unicodeScalars.contains(scalar) {
                digits = 0
            }
            if digits >= 10, !isIdentifier(text) { return true }
        }
        // Short internal numbers too: nothing but digits and what stands between them.
        return !text.unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    /// A universally unique identifier, or a longer run of hexadecimal digits with letters among them.
    private static func isIdentifier(_ text: String) -> Bool {
        let digits = text.filter { $0 != "-" }
        return digits.count >= 20 && digits.allSatisfy(\.isHexDigit) && digits.contains(where: \.isLetter)
    }
}
