/// Reads the cells of one sheet of a workbook.
final class SheetParser: XMLListener {
    /// The longest text of a cell in bytes: Excel allows 32,767 characters.
    static let textLimit = 1 << 17
    /// So many cells no form has; what is beyond is not read.
    static let cellLimit = 400_000
    private static let mergeLimit = 100_000
    /// Columns beyond it have no width of their own here.
    private static let widthLimit = 256

    private let shapes: [NumberShape]
    private let isFrom1904: Bool
    private(set) var rows: [SheetGrid.Row] = []
    private(set) var merges: [SheetGrid.Range] = []
    private(set) var isCut = false
    /// The widths of columns, in letters, by the column from 0.
    private(set) var widths: [Int: Double] = [:]
    /// The shared texts that its cells name: the places of the row and of the cell in it, and the place of the text.
    private(set) var shared: [(row: Int, cell: Int, text: Int)] = []
    private(set) var count = 0
    private var row = 0
    private var column = -1
    private var type = ""
    private var shape = NumberShape.general
    private var value: [UInt8]?
    private var formula: [UInt8]?
    private var target: Target?
    private var phonetic = 0

    private enum Target { case value, formula, inline }

    private let limit: Int

    /// - Parameter limit: how many cells are kept.
    init(shapes: [NumberShape], isFrom1904: Bool, limit: Int) {
        self.limit = limit
        self.shapes = shapes
        self.isFrom1904 = isFrom1904
    }

    var isDone: Bool { isCut }

    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        if name.equals("c") {
            // A writer may leave the address out: the cell stands behind the one before.
            if let place = attributes["r"].flatMap(SheetGrid.place) {
                (row, column) = (place.row, place.column)
            } else {
                column += 1
            }
            type = attributes["t"] ?? "n"
            shape =
                attributes["s"].flatMap { Int($0) }.flatMap { shapes.indices.contains($0) ? shapes[$0] : nil }
                ?? .general
            (value, formula) = (nil, nil)
        } else if name.equals("v") {
            target = .value
        } else if name.equals("f") {
            (formula, target) = ([], .formula)
        } else if name.equals("t") {
            if phonetic == 0 { target = .inline }
        } else if name.equals("rPh") {
            phonetic += 1
        } else if name.equals("row") {
            row = attributes["r"].flatMap { Int($0) } ?? row + 1
            column = -1
        } else if name.equals("col") {
            guard let width = attributes["width"].flatMap(Double.init), (0...255).contains(width),
                let first = attributes["min"].flatMap({ Int($0) }), let last = attributes["max"].flatMap({ Int($0) }),
                first >= 1, first <= last
            else { return }
            for column in stride(from: first - 1, to: min(last, Self.widthLimit), by: 1) { widths[column] = width }
        } else if name.equals("mergeCell") {
            guard merges.count < Self.mergeLimit else { return }
            if let range = attributes["ref"].flatMap({ SheetGrid.Range($0) }) { merges.append(range) }
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch target {
        case .value, .inline:
            if (value?.count ?? 0) < Self.textLimit { value = (value ?? []) + bytes }
        case .formula: if (formula?.count ?? 0) < 1024 { formula = (formula ?? []) + bytes }
        case nil: break
        }
    }

    func end(_ name: UnsafePointer<CChar>) {
        if name.equals("c") {
            if type == "s", let value, let place = Int(String(decoding: value, as: UTF8.self).trimmed) {
                keep(.text("?"), shared: place)
            } else if let cell {
                keep(cell, shared: nil)
            }
        } else if name.equals("v") || name.equals("f") || name.equals("t") {
            target = nil
        } else if name.equals("rPh") {
            phonetic -= 1
        }
    }

    /// What was read of the cell; nil where it holds nothing.
    private var cell: SheetCell? {
        let text = value.map { String(decoding: $0, as: UTF8.self) }
        guard let text else {
            return formula.map { .formula(String(decoding: $0, as: UTF8.self)) }
        }
        switch type {
        case "b": return .boolean(text.trimmed == "1" || text.trimmed == "true")
        case "e": return .error(text)
        case "d": return Self.day(text).map { .number($0, .date) } ?? .text(text)
        case "str", "inlineStr": return .text(text.unescapedXLSX)
        default:
            guard let number = Double(text.trimmed), number.isFinite else { return .text(text) }
            return .number(shape == .date && isFrom1904 ? number + 1462 : number, shape)
        }
    }

    /// Puts the shared texts in their cells; cells of blanks are taken away.
    func resolve(_ strings: [Int: String]) {
        for place in shared { rows[place.row].cells[place.cell].cell = .text(strings[place.text] ?? "") }
        shared = []
        for index in rows.indices { rows[index].cells.removeAll { $0.cell.isBlank } }
        rows.removeAll { $0.cells.isEmpty }
    }

    /// Of a sheet that is too long only the beginning is kept, by which it is told what it is.
    private func cut() {
        isCut = true
        rows.removeLast(max(0, rows.count - 300))
        for index in rows.indices { rows[index].cells.removeLast(max(0, rows[index].cells.count - 300)) }
        shared.removeAll { $0.row >= rows.count || $0.cell >= rows[$0.row].cells.count }
    }

    private func keep(_ cell: SheetCell, shared place: Int?) {
        guard !cell.isBlank else { return }
        count += 1
        guard count <= limit else { return cut() }
        if rows.last?.number == row {
            rows[rows.count - 1].cells.append((column, cell))
        } else {
            rows.append(SheetGrid.Row(number: row, cells: [(column, cell)]))
        }
        if let place { shared.append((rows.count - 1, rows[rows.count - 1].cells.count - 1, place)) }
    }

    /// The count of days of `2022-01-01` or `2022-01-01T00:00:00`.
    private static func day(_ text: String) -> Double? {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        let (year, month) = parts[1] > 2 ? (parts[0], parts[1] - 3) : (parts[0] - 1, parts[1] + 9)
        let era = year / 400
        let ofYear = (153 * month + 2) / 5 + parts[2] - 1
        let ofEra = (year - era * 400) * 365 + (year - era * 400) / 4 - (year - era * 400) / 100 + ofYear
        return Double(era * 146_097 + ofEra - 719_468 + 25_569)
    }
}

extension String {
    /// Without spaces at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
