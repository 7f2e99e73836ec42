import Foundation

/// Canonical bytes for any `Codable` type; for the many events that are not written a million times.
package enum CanonicalCoding {
    /// The canonical bytes of a value.
    /// - Throws: what the value's own `encode(to:)` throws; `JSONParsingError` where it holds a fraction.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try JSON(parsing: Array(try encoder.encode(value))).bytes
    }

    /// The value that the bytes spell.
    /// - Throws: `DecodingError` that names the member which is missing or wrong.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Collection<UInt8>) throws -> Value
    {
        let json: JSON
        do {
            json = try JSON(parsing: Array(bytes))
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
        }
        return try decode(type, from: json)
    }

    /// The value of JSON that has been parsed.
    /// - Throws: `DecodingError` that names the member which is missing or wrong.
    package static func decode<Value: Decodable>(_ type: Value.Type, from json: JSON) throws -> Value {
        try Value(from: TreeDecoder(json))
    }
}
