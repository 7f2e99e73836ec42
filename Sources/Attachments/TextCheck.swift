/// Whether what arrives in pieces is text in UTF-8 without control characters.
struct TextCheck: Sendable {
    private(set) var isText = true
    private var pending: [UInt8] = []

    mutating func take(_ bytes: [UInt8]) {
        guard isText else { return }
        var whole = pending + bytes
        pending = Self.cut(&whole)
        guard String(validating: whole, as: UTF8.self) != nil, !whole.contains(where: Self.isControl) else {
            isText = false
            pending = []
            return
        }
    }

    /// To be called at the end: a character that was cut off is no text.
    mutating func finish() {
        if !pending.isEmpty { isText = false }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0C && byte != 0x0D)
    }

    /// Takes the beginning of a character that is not whole yet off the end.
    private static func cut(_ bytes: inout [UInt8]) -> [UInt8] {
        for length in 1...3 where bytes.count >= length {
            let byte = bytes[bytes.count - length]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            guard needed > length else { return [] }
            let rest = Array(bytes.suffix(length))
            bytes.removeLast(length)
            return rest
        }
        return []
    }
}
