/// An address that may stand in `href`, `src` or `action`.
///
/// Allowed are paths and fragments of this site and the schemes `https`, `http`, `mailto` and `tel`. Everything else
/// (`javascript:`, `data:`, an address that begins with `//` or holds a control character or a backslash, which browsers
/// repair into something else) is replaced by `refused`, which leads nowhere.
package struct SafeURL: Sendable, Hashable {
    /// The address as it is written.
    package let string: String

    /// What stands in place of an address that is not allowed.
    package static let refused = "#refused-address"

    private static let schemes = ["https", "http", "mailto", "tel"]

    /// Checks `address`.
    package init(_ address: String) {
        string = Self.isAllowed(address) ? address : Self.refused
    }

    private static func isAllowed(_ address: String) -> Bool {
        let bytes = address.utf8
        // Browsers drop tabs and line feeds inside an address and blanks around it before they look for the scheme.
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
        guard !bytes.starts(with: "//".utf8) else { return false }
        let delimiters: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")]
        guard let end = bytes.firstIndex(where: delimiters.contains), bytes[end] == UInt8(ascii: ":") else {
            return true
        }
        return schemes.contains(address[..<end].lowercased())
    }
}
