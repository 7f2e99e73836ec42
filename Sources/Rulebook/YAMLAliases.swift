/// Finds anchors and aliases (`&name`, `*name`) in YAML before it is read.
///
/// A few lines of them can stand for billions of nodes, and no file of ours needs them; so they are refused. A name counts
/// only where both its anchor and its alias stand at the beginning of a word, which prose does not do by chance.
package enum YAMLAliases {
    /// The line of the first alias, from 1; nil where there is none.
    package static func firstLine(in text: String) -> Int? {
        var anchors: Set<Substring> = []
        var line = 1
        let bytes = text.utf8
        var index = bytes.startIndex
        var isBeginning = true
        while index < bytes.endIndex {
            let byte = bytes[index]
            if isBeginning, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
                let start = bytes.index(after: index)
                let name = text[start...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                if !name.isEmpty {
                    if byte == UInt8(ascii: "&") {
                        anchors.insert(name)
                    } else if anchors.contains(name) {
                        return line
                    }
                }
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            isBeginning = " \t\r\n,[{:?-".utf8.contains(byte)
            index = bytes.index(after: index)
        }
        return nil
    }
}
