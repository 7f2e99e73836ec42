import KnowledgeBase
import Spreadsheets
import WorkingDays

/// A filled workbook, or the same as a text table: what stands at each place of the form, and what could not be read.
package struct CardBlankReading: Sendable {
    /// Why something could not be read.
    package enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
        /// The first column names no place of the form.
        case unknownPlace
        /// The cell is none of the values that can be chosen.
        case unknownChoice
        /// The cell holds the error of a formula, or a formula without a value.
        case formula
        /// Words stand where the form has no field.
        case outside
        /// The same place stands there twice.
        case twice
    }

    /// Something that could not be read.
    package struct Unread: Codable, Hashable, Sendable {
        /// The cell as the spreadsheet shows it, with its sheet where there is one: `Карточка!C7`.
        package let address: String
        /// What stands there.
        package let text: String
        /// Why it was not read.
        package let reason: Reason
    }

    /// The code of the card; nil where the file names none.
    package private(set) var code: String?
    /// The edition from which the form was made; nil where the file names none.
    package private(set) var edition: Int?
    /// What stands at each place of the form.
    package private(set) var values: [String: String] = [:]
    /// Where each place stands, as the spreadsheet shows it.
    package private(set) var addresses: [String: String] = [:]
    /// What could not be read, from the top.
    package private(set) var unread: [Unread] = []
    private var rows: [String: Int] = [:]

    /// Reads a file.
    /// - Throws: `SpreadsheetError` where it is no table.
    package init(_ source: ByteSource, _ words: CardBlankWords) throws {
        var grids: [SheetGrid] = []
        try Spreadsheet.read(source) { grids.append($0) }
        for grid in grids { read(grid, words) }
    }

    /// Whether the file is a form of a card at all.
    package var isForm: Bool { code != nil && !values.isEmpty }

    /// The form that the file says: what it does not hold stays as in `form`.
    package func form(over form: CardForm, fields: [CardFormField] = CardFormField.ofBody) -> CardForm {
        var form = form
        form.take(fields) { place in
            if place.hasSuffix(".rows"), let count = rows[String(place.dropLast(5))] { return "\(count)" }
            return values[place]
        }
        return form
    }

    private mutating func read(_ grid: SheetGrid, _ words: CardBlankWords) {
        var list: String?
        for row in grid.rows {
            let key = row[0].map { CardForm.trimmed($0.shown) } ?? ""
            switch CardBlank.Mark(rawValue: key) {
            case .note?, .facts?: continue
            case .code?: code = (row[2] ?? row[1]).map { CardForm.trimmed($0.shown) }
            case .edition?: edition = (row[2] ?? row[1]).flatMap { Int(CardForm.trimmed($0.shown)) }
            case nil:
                // A row that somebody put below the points of a list belongs to it.
                let isNew = key.isEmpty && list != nil
                let place = isNew ? list.map { "\($0).\(rows[$0] ?? 0)" } ?? "" : key
                guard let field = CardFormField(place: place) else {
                    outside(row, grid, from: 0, key.isEmpty ? .outside : .unknownPlace)
                    continue
                }
                list = field.kind == .list ? field.rawValue : nil
                if isNew, row[2]?.isBlank ?? true, row[3]?.isBlank ?? true { continue }
                take(row, at: place, field, grid, words)
            }
        }
    }

    private mutating func take(
        _ row: SheetGrid.Row, at place: String, _ field: CardFormField, _ grid: SheetGrid, _ words: CardBlankWords
    ) {
        let last = Int(place.split(separator: ".").last ?? "")
        switch field.kind {
        case .text, .list:
            guard (field.kind == .list) == (last != nil) else { return outside(row, grid, from: 0, .unknownPlace) }
            if let last, last >= CardForm.mostRows { return outside(row, grid, from: 0, .unknownPlace) }
            if let last { rows[field.rawValue] = max(rows[field.rawValue] ?? 0, last + 1) }
            put(row, 2, "\(place).kk", grid)
            put(row, 3, "\(place).ru", grid)
            outside(row, grid, from: 4, .outside)
        case .word:
            put(row, 2, place, grid)
            outside(row, grid, from: 3, .outside)
        case .channels:
            rows[field.rawValue] = 1
            guard CardFormFact.channels.contains(where: { "\(field.rawValue).\($0)" == place }) else {
                return outside(row, grid, from: 0, .unknownPlace)
            }
            let isTicked = !(row[2]?.isBlank ?? true) || !(row[3]?.isBlank ?? true)
            if isTicked { put(row, row[2]?.isBlank ?? true ? 3 : 2, place, grid) }
        case .facts:
            guard let last, last < CardForm.mostRows else { return outside(row, grid, from: 0, .unknownPlace) }
            rows[field.rawValue] = max(rows[field.rawValue] ?? 0, last + 1)
            for (column, part) in CardFormFact.Part.allCases.enumerated() {
                put(row, column + 1, "\(place).\(part.rawValue)", grid, part, words)
            }
            outside(row, grid, from: CardFormFact.Part.allCases.count + 1, .outside)
        }
    }

    /// Takes what stands in a cell to its place.
    private mutating func put(
        _ row: SheetGrid.Row, _ column: Int, _ place: String, _ grid: SheetGrid, _ part: CardFormFact.Part? = nil,
        _ words: CardBlankWords? = nil
    ) {
        let address = Self.address(grid, row.number, column)
        if addresses[place] == nil { addresses[place] = address }
        guard let cell = row[column], !cell.isBlank else {
            if values[place] == nil { values[place] = "" }
            return
        }
        func miss(_ reason: Reason) { unread.append(Unread(address: address, text: cell.shown, reason: reason)) }
        if case .error = cell { return miss(.formula) }
        if case .formula = cell { return miss(.formula) }
        if let old = values[place], !old.isEmpty { return miss(.twice) }
        var text = CardForm.trimmed(cell.shown)
        if part == .since || part == .until { text = Self.day(text) }
        if part == .amount { text = String(text.filter { !$0.isWhitespace }) }
        if let part, part.choices != nil {
            guard let code = words?.code(part, text) else { return miss(.unknownChoice) }
            text = code
        }
        values[place] = text
        addresses[place] = address
    }

    private mutating func outside(_ row: SheetGrid.Row, _ grid: SheetGrid, from column: Int, _ reason: Reason) {
        for (place, cell) in row.cells where place >= column && !cell.isBlank {
            unread.append(
                Unread(address: Self.address(grid, row.number, place), text: cell.shown, reason: reason))
            if reason == .unknownPlace { return }
        }
    }

    private static func address(_ grid: SheetGrid, _ row: Int, _ column: Int) -> String {
        let cell = SheetGrid.address(row: row, column: column)
        return grid.name.map { "\($0)!\(cell)" } ?? cell
    }

    /// A day as spreadsheets show it, `31.12.2026`, in the way of the form; anything else as it is.
    private static func day(_ text: String) -> String {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 3, parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4 else { return text }
        func two(_ text: String) -> String { text.count == 1 ? "0" + text : text }
        return "\(parts[2])-\(two(parts[1]))-\(two(parts[0]))"
    }
}
