import Foundation

/// One part of an address: a value, or the name of a parameter in the pattern of a route.
package enum PathPart: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// A value; written percent-encoded.
    case value(String)
    /// The name of a parameter.
    case parameter(String)

    /// A value.
    package init(stringLiteral value: String) { self = .value(value) }

    package var description: String {
        switch self {
        case .value(let text): Self.encoded(text)
        case .parameter(let name): ":" + name
        }
    }

    /// Everything but unreserved characters of RFC 3986 percent-encoded.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// A path of this site that came from outside (a form field, a cookie) and is safe to redirect to.
package struct LocalPath: Hashable, Sendable {
    /// The path, with its query where it has one.
    package let string: String

    /// Takes `text` only where it is a plain path of this site: not another host in any of the spellings browsers
    /// mend (`//host`, `/\host`), no control characters, no blanks, not too long.
    package init?(_ text: String?) {
        guard let text, text.utf8.count <= 1_024, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isPlain else { return nil }
        string = text
    }
}
