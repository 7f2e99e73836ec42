/// A table saved as text.
package struct TextTable: Sendable {
    /// How its characters are written.
    package enum Encoding: String, Hashable, Sendable {
        /// UTF-8, with or without a byte order mark.
        case utf8
        /// UTF-16 with its byte order mark, as spreadsheets write «Unicode text».
        case utf16
        /// Windows-1251, which has no letters of Kazakh.
        case windows1251
    }

    /// How its characters were written.
    package let encoding: Encoding
    /// What stands between the cells.
    package let separator: Character
    /// Its cells.
    package let grid: SheetGrid

    /// Reads a text: a byte order mark decides about the encoding, else it is UTF-8 if it is valid, else Windows-1251; the table
    /// itself tells what separates its cells. Nil where it is no text.
    package init?(_ bytes: [UInt8]) {
        guard let (encoding, text) = Self.decoded(bytes) else { return nil }
        self.encoding = encoding
        var scalars = Array(text.unicodeScalars)
        var hint: UnicodeScalar?
        // A first line by which a spreadsheet tells its separator.
        let first = String(String.UnicodeScalarView(scalars.prefix { $0 != "\n" && $0 != "\r" }))
        if first.lowercased().hasPrefix("sep="), let sign = first.unicodeScalars.dropFirst(4).first {
            hint = sign
            let rest = scalars.drop { $0 != "\n" && $0 != "\r" }
            scalars = Array(rest.starts(with: ["\r", "\n"]) ? rest.dropFirst(2) : rest.dropFirst())
        }
        let signs: [UnicodeScalar] = hint.map { [$0] } ?? [";", "\t", ","]
        let tables = signs.map { (sign: $0, records: Self.records(scalars, $0)) }
        guard let best = tables.max(by: { Self.weight($0.records) < Self.weight($1.records) }) else { return nil }
        let chosen = tables.first { Self.weight($0.records) == Self.weight(best.records) } ?? best
        separator = Character(chosen.sign)
        var count = 0
        var isCut = false
        var rows: [SheetGrid.Row] = []
        for (index, record) in chosen.records.enumerated() {
            let cells = record.enumerated().compactMap { column, text -> (column: Int, cell: SheetCell)? in
                let cell = SheetCell.text(text)
                return cell.isBlank ? nil : (column, cell)
            }
            guard !cells.isEmpty else { continue }
            count += cells.count
            if count > SheetParser.cellLimit {
                isCut = true
                break
            }
            rows.append(SheetGrid.Row(number: index + 1, cells: cells))
        }
        grid = SheetGrid(name: nil, rows: rows, isCut: isCut)
    }

    /// In how many rows the cells of a table stand, those that agree in width weighing most.
    private static func weight(_ records: [[String]]) -> Int {
        var widths: [Int: Int] = [:]
        var filled = 0
        for record in records where record.count >= 4 {
            widths[record.count, default: 0] += 1
            if record.count(where: { !$0.isEmpty }) >= 4 { filled += 1 }
        }
        return (widths.values.max() ?? 0) + filled
    }

    private static func decoded(_ bytes: [UInt8]) -> (Encoding, String)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return String(validating: bytes.dropFirst(3), as: UTF8.self).map { (.utf8, $0) }
        }
        for (mark, isLittle) in [([0xFF, 0xFE] as [UInt8], true), ([0xFE, 0xFF], false)] where bytes.starts(with: mark)
        {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { at -> UInt16 in
                let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
                return isLittle ? first | second << 8 : second | first << 8
            }
            return String(validating: units, as: UTF16.self).map { (.utf16, $0) }
        }
        guard !bytes.contains(0) else { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return (.utf8, text) }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            guard let scalar = UnicodeScalar(byte < 0x80 ? UInt32(byte) : upper[Int(byte) - 0x80]) else { return nil }
            text.append(scalar)
        }
        return (.windows1251, String(text))
    }

    /// The upper half of Windows-1251.
    private static let upper: [UInt32] =
        [
            0x402, 0x403, 0x201A, 0x453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C,
            0x40B, 0x40F, 0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x459, 0x203A,
            0x45A, 0x45C, 0x45B, 0x45F, 0xA0, 0x40E, 0x45E, 0x408, 0xA4, 0x490, 0xA6, 0xA7, 0x401, 0xA9, 0x404, 0xAB,
            0xAC, 0xAD, 0xAE, 0x407, 0xB0, 0xB1, 0x406, 0x456, 0x491, 0xB5, 0xB6, 0xB7, 0x451, 0x2116, 0x454, 0xBB,
            0x458, 0x405, 0x455, 0x457,
        ] + (0x410...0x44F).map { UInt32($0) }

    /// The cells of a text. A quotation mark opens a cell only at its beginning; elsewhere it is a character like any other. Where
    /// a cell is never closed, its quotation mark and those after it are characters too.
    private static func records(_ text: [UnicodeScalar], _ separator: UnicodeScalar) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field = String.UnicodeScalarView()
        var position = 0
        var mayClose = true
        func endField() {
            record.append(String(field))
            field = String.UnicodeScalarView()
        }
        func endRecord() {
            endField()
            records.append(record)
            record = []
        }
        while position < text.count {
            let next = text[position]
            if next == "\"", field.isEmpty, mayClose {
                guard let close = closing(text, position, separator) else {
                    mayClose = false
                    continue
                }
                var inside = position + 1
                while inside < close {
                    field.append(text[inside])
                    inside += text[inside] == "\"" && text[inside + 1] == "\"" ? 2 : 1
                }
                position = close + 1
                continue
            }
            if next == separator {
                endField()
            } else if next == "\n" || next == "\r" {
                endRecord()
                if next == "\r", position + 1 < text.count, text[position + 1] == "\n" { position += 1 }
            } else {
                field.append(next)
            }
            position += 1
        }
        if !record.isEmpty || !field.isEmpty { endRecord() }
        return records
    }

    /// Where the quotation mark that closes a cell stands: not doubled, and before a separator, the end of a line or the end.
    private static func closing(_ text: [UnicodeScalar], _ open: Int, _ separator: UnicodeScalar) -> Int? {
        var position = open + 1
        while position < text.count {
            if text[position] == "\"" {
                if position + 1 < text.count, text[position + 1] == "\"" {
                    position += 2
                    continue
                }
                let after = position + 1 < text.count ? text[position + 1] : "\n"
                if after == separator || after == "\n" || after == "\r" { return position }
            }
            position += 1
        }
        return nil
    }
}
