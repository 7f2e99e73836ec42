/// Filters of LDAP (RFC 4515): what somebody types is a value in them and never a part of their form.
package enum DirectoryFilter {
    /// Bytes as a value in a filter: all but letters and digits of ASCII and `-._@` as `\` and two digits.
    package static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "@"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                text += "\\" + (digits.count == 1 ? "0" + digits : digits)
            }
        }
        return text
    }

    /// The filter of the settings with what somebody typed.
    static func filled(_ filter: String, name: String) -> String {
        filter.replacing("{name}", with: escaped(Array(name.utf8)))
    }

    /// The filter that finds a person by his key, where the filter of the settings would find him by any name.
    /// - Parameter key: as `DirectoryPerson` has it: escaped already.
    static func keyed(_ filter: String, attribute: String, key: String) -> String {
        "(&(\(attribute)=\(key))\(filter.replacing("{name}", with: "*")))"
    }

    /// Whether a text can be the filter of the settings: in brackets that close, with a place for the name.
    package static func isPattern(_ text: String) -> Bool {
        guard text.contains("{name}"), text.hasPrefix("("), text.hasSuffix(")") else { return false }
        var depth = 0
        for (index, character) in text.enumerated() {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            guard depth > 0 || index == text.count - 1 else { return false }
        }
        return depth == 0
    }
}
