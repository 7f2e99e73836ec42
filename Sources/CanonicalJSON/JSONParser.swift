/// Why a text is not JSON that Bailanys keeps.
package struct JSONParsingError: Error, Equatable, CustomStringConvertible {
    /// What was wrong.
    package let problem: String
    /// The byte at which it was found, from 0.
    package let offset: Int

    package var description: String { "Not valid JSON at byte \(offset): \(problem)." }
}

extension JSON {
    /// The deepest nesting that is read, so that hostile input cannot exhaust the stack.
    package static let deepest = 64

    /// Reads one JSON value and nothing after it.
    ///
    /// Strict: a key twice in an object, a fraction, a number beyond 64 bits, a broken UTF-8 sequence, a lone
    /// surrogate or nesting deeper than `deepest` is an error.
    /// - Throws: `JSONParsingError` with the place.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONParsingError) {
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.document()
    }

    /// Reads one JSON value from a text; see `init(parsing:)` for bytes.
    /// - Throws: `JSONParsingError` with the place.
    package init(parsing text: String) throws(JSONParsingError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var index = 0

    mutating func document() throws(JSONParsingError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw error("something follows the value") }
        return value
    }

    private func error(_ problem: String) -> JSONParsingError { JSONParsingError(problem: problem, offset: index) }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONParsingError) -> JSON {
        guard depth <= JSON.deepest else { throw error("nested deeper than \(JSON.deepest)") }
        skipSpace()
        guard index < bytes.count else { throw error("the text ends where a value should stand") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .int(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONParsingError) -> JSON {
        let end = index + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[index..<end].elementsEqual("\(word)".utf8) else {
            throw error("a value should stand here")
        }
        index = end
        return value
    }

    private mutating func object(depth: Int) throws(JSONParsingError) -> JSON {
        index += 1
        var members: [String: JSON] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw error("a key should stand here")
            }
            let key = try string()
            guard members[key] == nil else { throw error("the key “\(key)” stands twice in one object") }
            guard take(UInt8(ascii: ":")) else { throw error("a colon should follow the key “\(key)”") }
            members[key] = try value(depth: depth + 1)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("an object is not closed") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONParsingError) -> JSON {
        index += 1
        var elements: [JSON] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("a list is not closed") }
        return .array(elements)
    }

    private mutating func number() throws(JSONParsingError) -> Int64 {
        let start = index
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        let digits = index
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        guard index > digits else {
            index = start
            throw error("a value should stand here")
        }
        guard bytes[digits] != 48 || index == digits + 1 else { throw error("a number starts with 0") }
        if index < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[index]) {
            throw error("only whole numbers are kept")
        }
        guard let number = Int64(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw error("the number does not fit 64 bits")
        }
        return number
    }

    private mutating func string() throws(JSONParsingError) -> String {
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let valid = String(validating: text, as: UTF8.self) else { throw error("a text is not UTF-8") }
                return valid
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<0x20: throw error("a control character stands in a text")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw error("a text is not closed")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONParsingError) {
        guard index < bytes.count else { throw error("a text is not closed") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var units = [try unit()]
            if UTF16.isLeadSurrogate(units[0]) {
                guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
                else { throw error("half of a surrogate pair") }
                index += 2
                units.append(try unit())
            }
            guard let scalar = String(validating: units, as: UTF16.self) else {
                throw error("half of a surrogate pair")
            }
            text.append(contentsOf: scalar.utf8)
        default: throw error("an unknown escape")
        }
    }

    private mutating func unit() throws(JSONParsingError) -> UInt16 {
        guard index + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits should follow \\u") }
        index += 4
        return unit
    }
}
