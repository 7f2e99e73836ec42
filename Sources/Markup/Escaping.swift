/// How text becomes part of a page without becoming markup.
///
/// Every character that can end a text, a tag or a quoted attribute is ASCII, and in UTF-8 an ASCII byte is never part of
/// another character. So the scan goes byte by byte over the UTF-8 of the string, which is the same as scalar by scalar:
/// a `<` with a combining mark after it is found like any other. One rule serves texts and attributes alike, so nobody
/// has to choose the right one.
enum Escaping {
    /// Appends `text` with `& < > " '` written as references and control characters as U+FFFD.
    ///
    /// Control characters other than tab, line feed and carriage return are not allowed in HTML at all.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &bytes) }
        if done == nil {
            // A bridged or lazily built string has no storage of its own; copy it once.
            Array(text.utf8).withUnsafeBufferPointer { append($0, to: &bytes) }
        }
    }

    private static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        for index in source.indices where isSpecial(source[index]) {
            if start < index { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index])) }
            let reference = reference(for: source[index])
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: reference.utf8Start, count: reference.utf8CodeUnitCount))
            start = index + 1
        }
        if start < source.count { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...])) }
    }

    /// The bytes below 64 that cannot stand as they are, one bit each: `" & ' < >` and the control characters but three.
    private static let special: UInt64 =
        0x0000_0000_FFFF_D9FF | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 64 ? special &>> UInt64(byte) & 1 == 1 : byte == 0x7F
    }

    private static func reference(for byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: "\u{FFFD}"
        }
    }
}
