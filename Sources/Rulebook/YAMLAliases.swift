/// Finds anchors and aliases (`&name`, `*name`) in YAML before it is read.
///
/// A few lines of them can stand for billions of nodes, and no file of ours needs them; so they are refused. A name counts
/// only where both its anchor and its alias stand at the beginning of a word, which prose does not do by chance.
package enum YAMLAliases {
    /// The line of the first alias, from 1; nil where there is none.
    package static func firstLine(in text: String) -> Int? {
        // Every file is looked through before it is read: over its bytes, since few of them matter.
        var text = text
        return text.withUTF8 { firstLine(in: $0) }
    }

    private static func firstLine(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var anchors: Set<String> = []
        var line = 1
        var isBeginning = true
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                guard isBeginning else { break }
                let name = name(in: bytes, from: index)
                if byte == UInt8(ascii: "&") {
                    if !name.isEmpty { anchors.insert(name) }
                } else if anchors.contains(name) {
                    return line
                }
                isBeginning = false
            case 0x0A:
                line += 1
                isBeginning = true
            case 0x20, 0x09, 0x0D, 0x2C, 0x5B, 0x7B, 0x3A, 0x3F, 0x2D: isBeginning = true  // space, tab, CR , [ { : ? -
            default: isBeginning = false
            }
        }
        return nil
    }

    private static func name(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String {
        let line = bytes[start...].prefix { $0 != 0x0A }
        return String(
            String(decoding: line, as: UTF8.self).prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
    }
}
