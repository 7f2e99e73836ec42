import Workbooks
import WorkingDays

extension Workbook {
    /// The sheets one after the other as PDF, each beginning on a page of its own, the heads of tables again on each page.
    /// - Parameter author: who made it.
    /// - Throws: `PDFFailure`.
    package func pdf(author: String) throws(PDFFailure) -> [UInt8] {
        let printed = sheets.filter { !$0.isHidden }.map { PrintedSheet($0, language: language) }
        return try PDFDocument.bytesNow(PDFDocument.Facts(title: title, author: author, day: day)) { page, total in
            let footer = printed.first?.sheet.print.footer ?? ""
            return "\(footer.prefix(140)) · \(page) / \(total)"
        } draw: { canvas in
            for (place, sheet) in printed.enumerated() {
                if place > 0 { canvas.nextPage() }
                sheet.draw(on: &canvas)
            }
        }
    }
}

/// A sheet as a table over pages: as wide as the page, each row as high as its words. A row is parted only where it is higher than
/// a page; no word of it is lost.
struct PrintedSheet: Sendable {
    let sheet: WorkbookSheet
    private let language: String
    /// The cells of each row, from the left; what a merged block covers is left out.
    private let rows: [Int: [Piece]]
    private let blocks: [Place: WorkbookBlock]
    /// The left edge of each column and, last, the right edge of the table, in points.
    private let edges: [Double]

    /// A cell, or the part of it that stands on one page.
    private struct Piece {
        let cell: WorkbookCell
        var text: String
    }

    private struct Place: Hashable {
        let row: Int
        let column: Int
    }

    /// How large letters of a sheet are printed.
    private static let scale = 0.86
    /// The white between the edge of a cell and its words, in points.
    private static let padding = (side: 3.0, top: 2.5)

    init(_ sheet: WorkbookSheet, language: String) {
        self.sheet = sheet
        self.language = language
        var covered: Set<Place> = []
        var blocks: [Place: WorkbookBlock] = [:]
        for block in sheet.merges {
            let first = Place(row: block.rows.lowerBound, column: block.columns.lowerBound)
            blocks[first] = block
            for row in block.rows {
                for column in block.columns { covered.insert(Place(row: row, column: column)) }
            }
            covered.remove(first)
        }
        // Of two cells at one place the later one stays, as in a workbook.
        var cells: [Place: WorkbookCell] = [:]
        for cell in sheet.cells where !covered.contains(Place(row: cell.row, column: cell.column)) {
            cells[Place(row: cell.row, column: cell.column)] = cell
        }
        self.blocks = blocks
        rows = Dictionary(grouping: cells.values, by: \.row).mapValues { row in
            row.sorted { $0.column < $1.column }.map {
                Piece(cell: $0, text: PrintedValue.text($0.value, $0.style.shape))
            }
        }
        let last = sheet.cells.map(\.column).max() ?? 0
        let widths = (0...last).map { sheet.widths[$0] ?? 9 }
        let all = widths.reduce(0, +)
        var edges = [PageCanvas.column.x]
        for width in widths { edges.append((edges.last ?? 0) + width / all * PageCanvas.column.width) }
        self.edges = edges
    }

    func draw(on canvas: inout PageCanvas) {
        for row in 0...(rows.keys.max() ?? 0) {
            guard let pieces = rows[row] else {
                canvas.y += 8
                continue
            }
            set(pieces, of: row, on: &canvas)
        }
    }

    private static let bottom = PageCanvas.height - PageCanvas.margin.bottom

    /// Sets a row, on the next page where it does not fit this one; in two parts where it fits none.
    private func set(_ pieces: [Piece], of row: Int, on canvas: inout PageCanvas) {
        let height = height(of: pieces, canvas)
        if canvas.y + height > Self.bottom, canvas.y > PageCanvas.margin.top { turn(before: row, on: &canvas) }
        guard canvas.y + height > Self.bottom, let halves = Self.halves(pieces) else {
            return put(pieces, height, on: &canvas)
        }
        set(halves.first, of: row, on: &canvas)
        set(halves.rest, of: row, on: &canvas)
    }

    /// Begins the next page with the heads of the table.
    private func turn(before row: Int, on canvas: inout PageCanvas) {
        canvas.nextPage()
        guard let heads = sheet.print.repeated, row > heads.upperBound else { return }
        for head in heads.compactMap({ rows[$0] }) { put(head, height(of: head, canvas), on: &canvas) }
    }

    /// A row in two: its longest words parted between two words near their middle; nil where there is nothing to part.
    private static func halves(_ pieces: [Piece]) -> (first: [Piece], rest: [Piece])? {
        guard let longest = pieces.map(\.text.count).max(), longest > 1 else { return nil }
        var (first, rest) = (pieces, pieces)
        for place in pieces.indices {
            let text = pieces[place].text
            // Short words stand in the first part alone.
            guard text.count * 2 > longest else {
                rest[place].text = ""
                continue
            }
            let middle = text.index(text.startIndex, offsetBy: text.count / 2)
            let cut = text[..<middle].lastIndex(where: \.isWhitespace).map { text.index(after: $0) } ?? middle
            first[place].text = String(text[..<cut])
            rest[place].text = String(text[cut...])
        }
        return (first, rest)
    }

    /// Where a cell stands, with its block.
    private func box(_ cell: WorkbookCell) -> PageCanvas.Box {
        let columns = blocks[Place(row: cell.row, column: cell.column)]?.columns ?? cell.column...cell.column
        let right = edges[min(columns.upperBound + 1, edges.count - 1)]
        return PageCanvas.Box(x: edges[cell.column], width: right - edges[cell.column])
    }

    private func style(_ cell: WorkbookCell) -> PageCanvas.Style {
        var style = PageCanvas.Style(size: cell.style.size * Self.scale, isBold: cell.style.isBold, language: language)
        style.font = "DejaVu Sans"
        switch (cell.style.alignment, cell.value) {
        case (.centre, _): style.alignment = .centre
        case (.right, _), (.usual, .count), (.usual, .number): style.alignment = .right
        default: style.alignment = .left
        }
        return style
    }

    private func words(_ cell: WorkbookCell) -> PageCanvas.Box {
        let box = box(cell)
        return PageCanvas.Box(x: box.x + Self.padding.side, width: box.width - 2 * Self.padding.side)
    }

    private func height(of pieces: [Piece], _ canvas: borrowing PageCanvas) -> Double {
        var highest = 10.0
        for piece in pieces where !piece.text.isEmpty {
            highest = max(highest, canvas.height(of: piece.text, in: words(piece.cell), style(piece.cell)))
        }
        return highest + 2 * Self.padding.top
    }

    private func put(_ pieces: [Piece], _ height: Double, on canvas: inout PageCanvas) {
        for piece in pieces {
            let cell = piece.cell
            canvas.panel(
                box(cell), at: canvas.y, height: height, fill: cell.style.fill, hasBorder: cell.style.hasBorder)
            guard !piece.text.isEmpty else { continue }
            canvas.put(piece.text, in: words(cell), at: canvas.y + Self.padding.top, style(cell))
        }
        canvas.y += height
    }
}

/// A value of a workbook in the letters in which a workbook would show it.
enum PrintedValue {
    static func text(_ value: WorkbookValue, _ shape: WorkbookStyle.Shape) -> String {
        switch value {
        case .blank: ""
        case .text(let text): text
        case .count(let number): whole(number)
        case .number(let number): decimal(number, shape)
        case .day(let day): self.day(day)
        case .time(let day, let minutes): "\(self.day(day)) \(two(minutes / 60)):\(two(minutes % 60))"
        case .boolean(let value): value ? "+" : "–"
        }
    }

    /// In groups of three: 12 345.
    static func whole(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append("\u{A0}") }
            text.append(digit)
        }
        return number < 0 ? "−" + text : text
    }

    private static func decimal(_ number: Double, _ shape: WorkbookStyle.Shape) -> String {
        let places: Int
        let value: Double
        switch shape {
        case .decimals(let count): (places, value) = (min(max(count, 0), 6), number)
        case .percent: (places, value) = (0, number * 100)
        default: (places, value) = (number == number.rounded() ? 0 : 2, number)
        }
        let scale = (0..<places).reduce(1.0) { sum, _ in sum * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled.isFinite, scaled < 1e15 else { return "\(number)" }
        let (high, low) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
        let digits = String(low)
        let rest = places == 0 ? "" : "," + String(repeating: "0", count: places - digits.count) + digits
        return (number < 0 && scaled > 0 ? "−" : "") + whole(high) + rest + (shape == .percent ? "\u{A0}%" : "")
    }

    private static func day(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        return "\(two(day)).\(two(month)).\(year)"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
