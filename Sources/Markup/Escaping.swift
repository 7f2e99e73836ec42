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
        for index in source.indices {
            guard let reference = reference(for: source[index]) else { continue }
            if start < index { bytes.append(contentsOf: source[start..<index]) }
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: reference.utf8Start, count: reference.utf8CodeUnitCount))
            start = index + 1
        }
        if start < source.count { bytes.append(contentsOf: source[start...]) }
    }

    private static func reference(for byte: UInt8) -> StaticString? {
        // Almost every byte of a page is a letter, Cyrillic or not: leave first.
        if byte > UInt8(ascii: ">") { return byte == 0x7F ? "\u{FFFD}" : nil }
        switch byte {
        case UInt8(ascii: "&"): return "&amp;"
        case UInt8(ascii: "<"): return "&lt;"
        case UInt8(ascii: ">"): return "&gt;"
        case UInt8(ascii: "\""): return "&quot;"
        case UInt8(ascii: "'"): return "&#39;"
        case 0x09, 0x0A, 0x0D: return nil
        case 0..<0x20: return "\u{FFFD}"
        default: return nil
        }
    }
}
