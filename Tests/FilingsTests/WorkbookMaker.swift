import CZlib
import Foundation

/// What stands in a cell of a made workbook.
enum MadeCell: Hashable {
    case text(String)
    case number(Double, format: String? = nil)
    case formula(String, value: String?)
    case boolean(Bool)
    case error(String)

    var shown: String {
        switch self {
        case .text(let text): text
        case .number(let value, let format):
            format.map { $0.contains(".00") ? String(format: "%.2f", value) : String(format: "%g", value) }
                ?? (value == value.rounded() ? "\(Int(value))" : "\(value)")
        case .formula(_, let value): value ?? ""
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .error(let text): text
        }
    }
}

/// A sheet of a made workbook.
struct MadeSheet {
    var name = "Лист1"
    var isHidden = false
    /// By row and column, both from 0.
    var cells: [Int: [Int: MadeCell]] = [:]
    var merges: [String] = []
    /// The column of the numbers of the rows.
    var left = 0
}

/// Writes workbooks as the usual programs do, so that reading them is tested without those programs.
struct WorkbookMaker {
    /// Whose habits the file has.
    enum Dialect: String, CaseIterable {
        /// Shared texts, packed, formats by number.
        case excel
        /// Shared texts with spaces kept, `t="n"` at numbers, a prefix nowhere, absolute targets.
        case libreOffice
        /// Texts within their cells, rows and cells without addresses, stored and not packed.
        case google
        /// Every name with a prefix, texts in several runs with a reading beside them.
        case prefixed
    }

    var dialect = Dialect.excel
    var sheets: [MadeSheet] = []
    var isFrom1904 = false
    /// Rows that are written below those of a sheet as they are, by its place.
    var raw: [Int: String] = [:]

    /// The bytes of the workbook.
    var bytes: [UInt8] {
        var shared = Shared()
        var formats: [String] = []
        let parts = sheets.indices.map { index in
            let xml = sheetXML(sheets[index], &shared, &formats)
            return raw[index].map { xml.replacing("</sheetData>", with: $0 + "</sheetData>") } ?? xml
        }
        var files: [(String, String)] = [("[Content_Types].xml", contentTypes), ("_rels/.rels", rootRelations)]
        files.append(("xl/workbook.xml", workbookXML))
        files.append(("xl/_rels/workbook.xml.rels", relations))
        files.append(("xl/styles.xml", styles(formats)))
        for (index, part) in parts.enumerated() { files.append(("xl/worksheets/sheet\(index + 1).xml", part)) }
        if dialect != .google { files.append(("xl/sharedStrings.xml", shared.xml(dialect))) }
        return ZipMaker.archive(files.map { ($0.0, Array($0.1.utf8)) }, isPacked: dialect != .google)
    }

    private struct Shared {
        var texts: [String] = []
        var places: [String: Int] = [:]

        mutating func place(_ text: String) -> Int {
            if let place = places[text] { return place }
            texts.append(text)
            places[text] = texts.count - 1
            return texts.count - 1
        }

        func xml(_ dialect: Dialect) -> String {
            let p = dialect == .prefixed ? "x:" : ""
            let items = texts.map { text -> String in
                guard dialect == .prefixed, text.count > 3 else {
                    return "<\(p)si><\(p)t xml:space=\"preserve\">\(WorkbookMaker.escaped(text))</\(p)t></\(p)si>"
                }
                let middle = text.index(text.startIndex, offsetBy: text.count / 2)
                let runs = [String(text[..<middle]), String(text[middle...])].map {
                    "<x:r><x:rPr><x:b/></x:rPr><x:t xml:space=\"preserve\">\(WorkbookMaker.escaped($0))</x:t></x:r>"
                }
                return "<x:si>\(runs.joined())<x:rPh sb=\"0\" eb=\"1\"><x:t>оқылуы</x:t></x:rPh></x:si>"
            }
            let name = p.isEmpty ? "xmlns" : "xmlns:x"
            return WorkbookMaker.header
                + "<\(p)sst \(name)=\"\(WorkbookMaker.main)\" count=\"\(texts.count)\">\(items.joined())</\(p)sst>"
        }
    }

    fileprivate static let header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    fileprivate static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    static func address(_ row: Int, _ column: Int) -> String {
        let letters = column < 26 ? "" : String(UnicodeScalar(UInt8(64 + column / 26)))
        return letters + String(UnicodeScalar(UInt8(65 + column % 26))) + "\(row + 1)"
    }

    private func sheetXML(_ sheet: MadeSheet, _ shared: inout Shared, _ formats: inout [String]) -> String {
        let p = dialect == .prefixed ? "x:" : ""
        var rows = ""
        var last = -1
        for (row, cells) in sheet.cells.sorted(by: { $0.key < $1.key }) {
            // Without addresses the rows and cells between are written too.
            if dialect == .google { while last + 1 < row { rows += "<row/>"; last += 1 } }
            last = row
            rows += dialect == .google ? "<row>" : "<\(p)row r=\"\(row + 1)\" spans=\"1:20\">"
            var before = -1
            for (column, cell) in cells.sorted(by: { $0.key < $1.key }) {
                if dialect == .google { while before + 1 < column { rows += "<c/>"; before += 1 } }
                before = column
                let place = dialect == .google ? "" : " r=\"\(Self.address(row, column))\""
                rows += cellXML(cell, place, p, &shared, &formats)
            }
            rows += "</\(p)row>"
        }
        let merges = sheet.merges.map { "<\(p)mergeCell ref=\"\($0)\"/>" }.joined()
        let name = p.isEmpty ? "xmlns" : "xmlns:x"
        return Self.header + "<\(p)worksheet \(name)=\"\(Self.main)\"><\(p)sheetData>\(rows)</\(p)sheetData>"
            + (merges.isEmpty ? "" : "<\(p)mergeCells>\(merges)</\(p)mergeCells>") + "</\(p)worksheet>"
    }

    private func cellXML(
        _ cell: MadeCell, _ place: String, _ p: String, _ shared: inout Shared, _ formats: inout [String]
    ) -> String {
        switch cell {
        case .text(let text):
            if dialect == .google {
                return "<c\(place) t=\"inlineStr\"><is><t xml:space=\"preserve\">\(Self.escaped(text))</t></is></c>"
            }
            return "<\(p)c\(place) t=\"s\"><\(p)v>\(shared.place(text))</\(p)v></\(p)c>"
        case .number(let value, let format):
            var style = ""
            if let format {
                if !formats.contains(format) { formats.append(format) }
                style = " s=\"\((formats.firstIndex(of: format) ?? 0) + 1)\""
            }
            let type = dialect == .libreOffice ? " t=\"n\"" : ""
            let text = value == value.rounded() ? "\(Int(value))" : "\(value)"
            return "<\(p)c\(place)\(style)\(type)><\(p)v>\(text)</\(p)v></\(p)c>"
        case .formula(let formula, let value):
            let kept = value.map { "<\(p)v>\($0)</\(p)v>" } ?? ""
            let calculated = dialect == .libreOffice ? " aca=\"false\"" : ""
            return "<\(p)c\(place)><\(p)f\(calculated)>\(Self.escaped(formula))</\(p)f>\(kept)</\(p)c>"
        case .boolean(let value): return "<\(p)c\(place) t=\"b\"><\(p)v>\(value ? 1 : 0)</\(p)v></\(p)c>"
        case .error(let text): return "<\(p)c\(place) t=\"e\"><\(p)v>\(Self.escaped(text))</\(p)v></\(p)c>"
        }
    }

    private var workbookXML: String {
        let p = dialect == .prefixed ? "x:" : ""
        let name = p.isEmpty ? "xmlns" : "xmlns:x"
        let list = sheets.enumerated().map { index, sheet in
            "<\(p)sheet name=\"\(Self.escaped(sheet.name))\" sheetId=\"\(index + 1)\""
                + (sheet.isHidden ? " state=\"hidden\"" : "") + " r:id=\"rId\(index + 1)\"/>"
        }
        let days = isFrom1904 ? "<\(p)workbookPr date1904=\"1\"/>" : ""
        return Self.header
            + "<\(p)workbook \(name)=\"\(Self.main)\" xmlns:r=\"\(Self.relation)\">\(days)<\(p)sheets>\(list.joined())</\(p)sheets></\(p)workbook>"
    }

    private var relations: String {
        let start = dialect == .libreOffice ? "/xl/" : ""
        var list = sheets.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.relation)/worksheet\" Target=\"\(start)worksheets/sheet\($0 + 1).xml\"/>"
        }
        list.append("<Relationship Id=\"rIdS\" Type=\"\(Self.relation)/styles\" Target=\"\(start)styles.xml\"/>")
        list.append(
            "<Relationship Id=\"rIdT\" Type=\"\(Self.relation)/sharedStrings\" Target=\"\(start)sharedStrings.xml\"/>")
        return Self.header
            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(list.joined())</Relationships>"
    }

    private var rootRelations: String {
        Self.header
            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"\(Self.relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    }

    private var contentTypes: String {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return Self.header
            + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/></Types>"
    }

    private func styles(_ formats: [String]) -> String {
        let declared = formats.enumerated().map {
            "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\(Self.escaped($1))\"/>"
        }
        let used = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\" fontId=\"0\" applyNumberFormat=\"1\"/>" }
        return Self.header
            + "<styleSheet xmlns=\"\(Self.main)\"><numFmts count=\"\(formats.count)\">\(declared.joined())</numFmts><cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\(used.joined())</cellXfs></styleSheet>"
    }
}

/// Writes zip archives.
enum ZipMaker {
    /// An archive of these files.
    static func archive(_ files: [(name: String, bytes: [UInt8])], isPacked: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let sum = UInt32(
                truncatingIfNeeded: file.bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) })
            let content = isPacked ? deflated(file.bytes) : file.bytes
            let name = Array(file.name.utf8)
            let common =
                number16(20) + number16(0x800) + number16(isPacked ? 8 : 0) + number32(0) + number32(sum)
                + number32(UInt32(content.count)) + number32(UInt32(file.bytes.count)) + number16(UInt16(name.count))
                + number16(0)
            directory += [0x50, 0x4B, 1, 2] + number16(20) + common + number16(0) + number16(0) + number16(0)
            directory += number32(0) + number32(UInt32(bytes.count)) + name
            bytes += [0x50, 0x4B, 3, 4] + common + name + content
        }
        let start = bytes.count
        bytes += directory
        bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + number16(UInt16(files.count)) + number16(UInt16(files.count))
        return bytes + number32(UInt32(directory.count)) + number32(UInt32(start)) + number16(0)
    }

    /// The bytes packed as zip archives hold them: zlib's without its header and its sum.
    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        _ = bytes.withUnsafeBufferPointer { compress(&packed, &length, $0.baseAddress, uLong(bytes.count)) }
        return Array(packed[2..<(Int(length) - 4)])
    }

    private static func number16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
    private static func number32(_ value: UInt32) -> [UInt8] {
        number16(UInt16(value & 0xFFFF)) + number16(UInt16(value >> 16))
    }
}
