/// Reads the sheets of an XLSX workbook that a person sees, one after the other.
struct WorkbookReader {
    /// A part unpacks to this much at most, all of them together to four times it.
    static let partLimit = 256 << 20
    private static let smallLimit = 16 << 20
    private static let sheetLimit = 1000
    /// When so many cells are kept, later sheets may only have the cells of a form.
    private static let cellLimit = 600_000
    private static let lateLimit = 20_000

    private let archive: ZipArchive
    private let folder: String
    private let sheets: [SheetList.Sheet]
    private let targets: [String: String]
    private let isFrom1904: Bool
    private let strings: ZipArchive.Entry?
    private let shapes: [NumberShape]

    /// Reads what all sheets share.
    /// - Throws: `SpreadsheetError`.
    init(_ source: ByteSource) throws {
        let archive = try ZipArchive(source)
        guard let workbook = archive.entries.first(where: { $0.name.lowercased().hasSuffix("workbook.xml") }) else {
            throw SpreadsheetError.damaged(part: "workbook.xml", reason: "it is not there")
        }
        let folder = String(workbook.name.dropLast("workbook.xml".count))
        let list = SheetList()
        try archive.read(workbook, limit: Self.smallLimit, list)
        guard list.sheets.count <= Self.sheetLimit else {
            throw SpreadsheetError.tooLarge(what: "sheets", limit: Self.sheetLimit)
        }
        (sheets, isFrom1904) = (list.sheets, list.isFrom1904)
        let relations = Relations()
        if let entry = archive.entry(folder + "_rels/workbook.xml.rels") {
            try archive.read(entry, limit: Self.smallLimit, relations)
        }
        targets = relations.targets
        let styles = Styles()
        if let entry = relations.styles.flatMap({ Self.entry($0, in: archive, folder) })
            ?? archive.entry(folder + "styles.xml")
        {
            try archive.read(entry, limit: Self.partLimit, styles)
        }
        shapes = styles.shapes
        strings =
            relations.strings.flatMap { Self.entry($0, in: archive, folder) }
            ?? archive.entry(folder + "sharedStrings.xml")
        (self.archive, self.folder) = (archive, folder)
    }

    /// Reads the visible sheets in their order, and then the shared texts that their cells name, no others.
    /// - Parameter take: takes a sheet.
    /// - Throws: `SpreadsheetError`.
    func read(_ take: (SheetGrid) -> Void) throws {
        var left = 4 * Self.partLimit
        var parsers: [(name: String, parser: SheetParser)] = []
        for sheet in sheets where sheet.isVisible {
            // A sheet of charts or a macro sheet has no cells.
            guard let target = targets[sheet.relation], target.contains("worksheets"),
                let entry = Self.entry(target, in: archive, folder)
            else { continue }
            let kept = parsers.reduce(0) { $0 + ($1.parser.isCut ? 0 : $1.parser.count) }
            let parser = SheetParser(
                shapes: shapes, isFrom1904: isFrom1904,
                limit: kept < Self.cellLimit ? SheetParser.cellLimit : Self.lateLimit)
            left -= try archive.read(entry, limit: min(left, Self.partLimit), parser)
            parsers.append((sheet.name, parser))
        }
        let shared = SharedStringsParser(wanted: Set(parsers.flatMap { $0.parser.shared.map(\.text) }))
        if let strings { try archive.read(strings, limit: Self.partLimit, shared) }
        guard !shared.isFull else {
            throw SpreadsheetError.tooLarge(what: "shared texts, bytes", limit: SharedStringsParser.byteLimit)
        }
        for (name, parser) in parsers {
            parser.resolve(shared.strings)
            take(
                SheetGrid(
                    name: name, rows: Self.ordered(parser.rows), merges: parser.merges, isCut: parser.isCut,
                    widths: parser.widths))
        }
    }

    /// Rows and cells in their order, whatever the order in the file; of two that claim one place the first stays.
    private static func ordered(_ rows: [SheetGrid.Row]) -> [SheetGrid.Row] {
        let isOrdered =
            zip(rows, rows.dropFirst()).allSatisfy { $0.number < $1.number }
            && rows.allSatisfy { row in zip(row.cells, row.cells.dropFirst()).allSatisfy { $0.column < $1.column } }
        guard !isOrdered else { return rows }
        var cells: [Int: [Int: SheetCell]] = [:]
        for row in rows {
            for (column, cell) in row.cells where cells[row.number]?[column] == nil {
                cells[row.number, default: [:]][column] = cell
            }
        }
        return cells.sorted { $0.key < $1.key }.map { number, cells in
            SheetGrid.Row(number: number, cells: cells.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    /// The part that a relation names, from the root or beside the workbook.
    private static func entry(_ target: String, in archive: ZipArchive, _ folder: String) -> ZipArchive.Entry? {
        if target.hasPrefix("/") { return archive.entry(String(target.dropFirst())) }
        var path = folder.split(separator: "/").map(String.init)
        for step in target.split(separator: "/") {
            if step == ".." { _ = path.popLast() } else if step != "." { path.append(String(step)) }
        }
        return archive.entry(path.joined(separator: "/"))
    }
}
