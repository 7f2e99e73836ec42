/// Writes canonical JSON straight into bytes.
///
/// The caller gives the members of an object in the order of their keys; in debug builds a key out of order stops the
/// program, so that a test of any event type finds the mistake.
package struct JSONWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8]
    private var needsComma = false
    #if DEBUG
        private var lastKeys: [String?] = []
    #endif

    /// A writer with room for `capacity` bytes before it has to grow.
    package init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    // MARK: Structure

    /// Opens an object; close it with `endObject`.
    package mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        #if DEBUG
            lastKeys.append(nil)
        #endif
    }

    /// Closes the object opened last.
    package mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
        #if DEBUG
            lastKeys.removeLast()
        #endif
    }

    /// Opens a list; close it with `endArray`.
    package mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Closes the list opened last.
    package mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes the key of the next member.
    @_disfavoredOverload
    package mutating func key(_ key: String) {
        #if DEBUG
            if let last = lastKeys.last, let last {
                precondition(
                    last.utf16.lexicographicallyPrecedes(key.utf16), "key “\(key)” must stand before “\(last)”")
            }
            lastKeys[lastKeys.count - 1] = key
        #endif
        separate()
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes the key of the next member; a key of the program's own is written without making a string.
    package mutating func key(_ key: StaticString) {
        #if DEBUG
            self.key("\(key)")
        #else
            separate()
            key.withUTF8Buffer { quoted($0) }
            bytes.append(UInt8(ascii: ":"))
            needsComma = false
        #endif
    }

    // MARK: Values

    /// Writes a text.
    package mutating func string(_ text: String) {
        separate()
        quoted(text)
        needsComma = true
    }

    /// Writes a whole number.
    package mutating func int(_ number: Int64) {
        separate()
        digits(number)
        needsComma = true
    }

    /// Writes a whole number.
    package mutating func int(_ number: Int) { int(Int64(number)) }

    /// Writes a truth value.
    package mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: value ? [116, 114, 117, 101] : [102, 97, 108, 115, 101])
        needsComma = true
    }

    /// Writes `null`.
    package mutating func null() {
        separate()
        bytes.append(contentsOf: [110, 117, 108, 108])
        needsComma = true
    }

    /// Writes bytes that are canonical JSON already.
    package mutating func canonical(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// Writes a value.
    package mutating func value(_ value: JSON) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .int(let number): int(number)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for name in members.keys.sorted(by: { $0.utf16.lexicographicallyPrecedes($1.utf16) }) {
                guard let member = members[name] else { continue }
                key(name)
                self.value(member)
            }
            endObject()
        }
    }

    // MARK: Members

    /// Writes a member with a text, or nothing where there is none.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    /// Writes a member with a whole number, or nothing where there is none.
    package mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        key(name)
        int(number)
    }

    /// Writes a member with a truth value, or nothing where there is none.
    package mutating func member(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }

    /// Writes a member whose name is not known beforehand, or nothing where there is no number.
    @_disfavoredOverload
    package mutating func member(_ name: String, _ number: Int?) {
        guard let number else { return }
        key(name)
        int(number)
    }

    /// Writes a member whose name is not known beforehand, or nothing where there is no text.
    @_disfavoredOverload
    package mutating func member(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    // MARK: Bytes

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quoted(_ text: String) {
        var copy = text
        copy.withUTF8 { utf8 in quoted(utf8) }
    }

    private mutating func quoted(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<utf8.count {
            let byte = utf8[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
            escape(byte)
            start = index + 1
        }
        bytes.append(contentsOf: start == 0 ? utf8 : UnsafeBufferPointer(rebasing: utf8[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let hex = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: [UInt8(ascii: "u"), 48, 48, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
        }
    }

    private mutating func digits(_ number: Int64) {
        guard number >= 0 else {
            bytes.append(UInt8(ascii: "-"))
            return magnitude(number.magnitude)
        }
        magnitude(UInt64(number))
    }

    private mutating func magnitude(_ number: UInt64) {
        if number >= 10 { magnitude(number / 10) }
        bytes.append(48 + UInt8(number % 10))
    }
}
