/// What a file is that is no table in UTF-8, told by its first bytes: people send what Excel gave them.
extension CSVError.Problem {
    /// Workbooks: a zip archive (.xlsx, .ods), and the older form of Excel.
    private static let workbooks: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]

    /// What the bytes at the beginning of a file show it to be instead; nil where it may be a table in UTF-8.
    ///
    /// A row with a broken character is no other encoding: nearly all of what is not ASCII has to be no UTF-8, and Cyrillic
    /// letters of Windows-1251.
    static func foreign(_ head: [UInt8]) -> CSVError.Problem? {
        if workbooks.contains(where: { head.starts(with: $0) }) { return .workbook }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .notUTF8 }
        var (letters, characters, index) = (0, 0, 0)
        while index < head.count {
            let byte = head[index]
            let length = byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0
            let rest = head[index...].dropFirst().prefix(max(length - 1, 0))
            if length > 0, rest.count == length - 1, rest.allSatisfy({ $0 & 0xC0 == 0x80 }) {
                if length > 1 { characters += 1 }
                index += length
            } else {
                if byte >= 0xC0 { letters += 1 }
                index += 1
            }
        }
        return letters >= 4 && letters > 4 * characters ? .windows1251 : nil
    }
}
