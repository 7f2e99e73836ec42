import Forms
import Languages
import Spreadsheets
import Workbooks
import WorkingDays

/// The file of a body as a workbook in which what was found is marked, cell by cell, and listed on a sheet of its own.
///
/// It is a new workbook, written with what was read: the visible sheets with their names, each value in its cell, merged blocks and
/// widths of columns. Colours, letters, pictures and hidden sheets of the file are not in it, and of a formula only its value; so it
/// can be made of every file that is read, also of a text. Corrected, it can be filed itself: its list is passed over.
package struct MarkedFiling: Sendable {
    /// The workbook.
    package let workbook: Workbook

    /// How many cells of the file are written at most; sheets beyond it are named on the list.
    package static let cellLimit = 150_000
    /// How many cells get a note; the list has all.
    static let commentLimit = 3_000
    /// With this the list begins, so that it is known for what it is when the workbook is filed again.
    static let sign = "Bailanys · "

    /// The workbook of a file.
    /// - Parameters:
    ///   - report: what was found in it.
    ///   - language: the language of the notes and of the list.
    ///   - day: the day that stands in the workbook as the one on which it was made.
    /// - Throws: `SpreadsheetError.unreadable` where the file cannot be opened.
    package init(_ source: ByteSource, _ report: FilingReport, in language: Language, on day: CivilDate) throws {
        let marks = CellMarks(report, language)
        var grids: [SheetGrid] = []
        var left: [String] = []
        var free = Self.cellLimit
        do {
            try Spreadsheet.read(source) { grid in
                guard !Self.isList(grid) else { return }
                let count = grid.rows.reduce(0) { $0 + $1.cells.count }
                // The sheet of the form comes whole, however much stands on others before it.
                if !grid.isCut, count <= free || (marks.sheets.contains(grid.name) && count <= Self.cellLimit) {
                    free = max(0, free - count)
                    grids.append(grid)
                } else {
                    left.append(grid.name ?? "")
                }
            }
        } catch let error as SpreadsheetError {
            // What is no table has no cells that could be marked: the list says what it is.
            if case .unreadable = error { throw error }
        }
        var list = FaultList(report, language, sheets: grids.compactMap(\.name))
        list.leftOut = left
        let title = FilingTexts.listTitle[language]
        workbook = Workbook(
            title: title, language: language.rawValue, day: day,
            sheets: [list.sheet] + grids.map { MarkedSheet($0, marks, language).sheet })
    }

    /// Whether a sheet is the list of an earlier check.
    static func isList(_ grid: SheetGrid) -> Bool {
        guard let first = grid.rows.first?.cells.first, case .text(let text) = first.cell else { return false }
        return text.hasPrefix(sign) && Language.allCases.contains { text == sign + FilingTexts.listTitle[$0] }
    }
}

/// What was found in each cell.
struct CellMarks {
    /// What a cell is marked as; what is worse goes before.
    enum Level: Int, Comparable {
        case repair, doubt, fault

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// What is told of a cell.
    struct Mark {
        var level: Level
        var notes: [String]
    }

    private var marks: [String?: [String: Mark]] = [:]

    /// The sheets in which something is marked.
    var sheets: Set<String?> { Set(marks.keys) }

    init(_ report: FilingReport, _ language: Language) {
        for fault in report.faults {
            guard let cell = fault.cell else { continue }
            add(
                fault.level == .fault ? .fault : .doubt, fault.sheet, cell,
                "\(FilingTexts.level(fault.level)[language]): \(fault.text[language])")
        }
        // Repairs are changes of numbers, and these stand on the sheet of the form.
        guard
            let sheet = report.faults.first(where: { $0.cell != nil && $0.rule != nil })?.sheet
                ?? report.faults.first(where: { $0.cell != nil })?.sheet ?? report.faults.first?.sheet
        else {
            add(report.repairs, on: nil, language)
            return
        }
        add(report.repairs, on: sheet, language)
    }

    private mutating func add(_ repairs: [FilingRepair], on sheet: String?, _ language: Language) {
        for repair in repairs {
            for change in repair.changes {
                guard let cell = change.cell else { continue }
                let others = repair.changes.filter { $0 != change }.compactMap { other in
                    other.cell.map { "\($0): \(other.found) → \(other.wanted)" }
                }
                let text = FilingTexts.repair("\(change.found) → \(change.wanted)", with: others)
                add(.repair, sheet, cell, text[language])
            }
        }
    }

    private mutating func add(_ level: Level, _ sheet: String?, _ cell: String, _ note: String) {
        var mark = marks[sheet]?[cell] ?? Mark(level: level, notes: [])
        mark.level = max(mark.level, level)
        if !mark.notes.contains(note) { mark.notes.append(note) }
        marks[sheet, default: [:]][cell] = mark
    }

    /// The marks of a sheet, by the address of the cell.
    subscript(sheet: String?) -> [String: Mark] { marks[sheet] ?? [:] }
}
