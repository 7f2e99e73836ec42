/// JSON whose bytes are always the same for the same value.
///
/// A journal that is hashed and a report that is sealed need one spelling of every value: members sorted by key, no
/// white space, the shortest escapes (RFC 8785), and whole numbers only, since two programs can disagree about the
/// digits of a fraction. Foundation's encoder gives sorted keys too, but takes 10-20 µs an event where a million of
/// them must be written; `JSONWriter` takes a fraction of one, and a test holds both to the same bytes.
///
/// Start with `JSON` (a value), `JSONWriter` (writing without building a value) and `CanonicalCoding` (for `Codable`).

/// A JSON value without fractions.
package enum JSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number of 64 bits.
    case int(Int64)
    /// A text.
    case string(String)
    /// An ordered list.
    case array([JSON])
    /// Members by key; the order is always that of the keys.
    case object([String: JSON])

    /// The canonical bytes of this value.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The canonical text of this value.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The member of an object, or nil where there is none or this is no object.
    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The text, or nil where this is none.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number, or nil where this is none.
    package var int: Int64? {
        guard case .int(let number) = self else { return nil }
        return number
    }

    /// The truth value, or nil where this is none.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, or nil where this is no list.
    package var array: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, or nil where this is no object.
    package var object: [String: JSON]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
