import Filings
import Forms
import Foundation
import Languages
import Spreadsheets
import Testing
import WorkingDays

/// Valid filings changed by chance. `BAILANYS_MUTATIONS=1000` makes that many (scripts/check-filings); else a few hundred.
@Suite("Filings changed by chance")
struct MutationTests {
    /// A change, and what must be said of it: nothing, or one of these faults at this cell.
    struct Mutation: Sendable {
        let name: String
        let apply: @Sendable (inout MadeSheet, FilledForm, [FormPlace: String], inout Seeded) -> Expected
    }

    /// What must be said.
    enum Expected {
        /// Nothing: the filing is as good as before.
        case good
        /// One of these faults, at this cell where one is named.
        case bad(Set<FilingFault.Name>, cell: String?)
        /// The change could not be made on this form.
        case skip
    }

    static let mutations: [Mutation] = [
        Mutation(name: "value") { sheet, filled, places, random in
            guard
                let (place, address) = cell(filled, places, &random, where: { $0.line.isEmpty && !isLast($0, filled) })
            else { return .skip }
            var changed = filled
            changed.cells[place] = .count(filled.amount(place) + Int.random(in: 1...900, using: &random))
            guard changed.faults.contains(where: { $0.level == .fault }) else { return .skip }
            put(.number(Double(changed.amount(place))), address, &sheet)
            return .bad([.sum, .total, .fell], cell: address)
        },
        Mutation(name: "words") { sheet, filled, places, random in
            guard let (_, address) = cell(filled, places, &random, where: { _ in true }) else { return .skip }
            let words = ["нет", "1,5", "около 10", "12.5", "н/д", "-3", "1 2", "#ССЫЛКА!"]
            put(.text(words.randomElement(using: &random) ?? "нет"), address, &sheet)
            return .bad([.notACount], cell: address)
        },
        Mutation(name: "type") { sheet, filled, places, random in
            guard let (_, address) = cell(filled, places, &random, where: { _ in true }) else { return .skip }
            let cells: [MadeCell] = [
                .boolean(true), .error("#N/A"), .number(44_700, format: "dd.mm.yyyy"), .number(1.5),
                .formula("A1", value: nil),
            ]
            put(cells.randomElement(using: &random) ?? .boolean(true), address, &sheet)
            return .bad([.notACount], cell: address)
        },
        Mutation(name: "kept formula") { sheet, filled, places, random in
            guard let (place, address) = cell(filled, places, &random, where: { _ in true }) else { return .skip }
            put(.formula("SUM(A1:A2)", value: "\(filled.amount(place))"), address, &sheet)
            return .good
        },
        Mutation(name: "text") { sheet, filled, places, random in
            guard let (place, address) = cell(filled, places, &random, where: { _ in true }) else { return .skip }
            put(.text(" \(filled.amount(place))\u{A0}"), address, &sheet)
            return .good
        },
        Mutation(name: "empty") { sheet, filled, places, random in
            guard let (_, address) = cell(filled, places, &random, where: { $0.line.isEmpty }) else { return .skip }
            put(.text(""), address, &sheet)
            return .bad([.empty], cell: address)
        },
        Mutation(name: "row gone") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random) else { return .skip }
            sheet.cells[row.place] = nil
            return .bad([.rowMissing], cell: nil)
        },
        Mutation(name: "row twice") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random) else { return .skip }
            sheet.insert(sheet.cells[row.place] ?? [:], below: row.place)
            return .bad([.rowTwice], cell: nil)
        },
        Mutation(name: "row number") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random) else { return .skip }
            sheet.cells[row.place]?[sheet.left] = .text("77.7")
            return .bad([.rowUnknown], cell: WorkbookMaker.address(row.place, sheet.left))
        },
        Mutation(name: "row label") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random), let known = filled.form.row(row.code), known.source == .table
            else { return .skip }
            let others = filled.form.numbers.filter {
                $0.label[filled.form.language] != known.label[filled.form.language] && $0.source == .table
                    && $0.number != nil
            }
            guard let other = others.randomElement(using: &random) else { return .skip }
            sheet.cells[row.place]?[sheet.left + 1] = .text(other.label[filled.form.language])
            return .bad([.rowLabel], cell: nil)
        },
        Mutation(name: "label case") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random), case .text(let text) = sheet.cells[row.place]?[sheet.left + 1]
            else { return .skip }
            sheet.cells[row.place]?[sheet.left + 1] = .text("  " + text.uppercased() + " .")
            return .good
        },
        Mutation(name: "dot") { sheet, filled, _, random in
            guard let row = row(&sheet, filled, &random) else { return .skip }
            sheet.cells[row.place]?[sheet.left] = .text(row.code + ".")
            return .good
        },
        Mutation(name: "index") { sheet, filled, _, random in
            let index = filled.form.index ?? ""
            let letters = [
                ("м", "m"), ("к", "k"), ("қ", "к"), ("1", "l"), ("2", "1"), ("3", "З"), ("4", "3"), ("к", "қ"),
            ]
            guard let pair = letters.filter({ index.contains($0.0) }).randomElement(using: &random) else {
                return .skip
            }
            sheet.replaceWithin(index, by: index.replacing(pair.0, with: pair.1))
            return .bad([.formCode], cell: nil)
        },
        Mutation(name: "shift") { sheet, filled, _, random in
            guard filled.form.head.columnNumbers.count < 7 else { return .skip }
            let step = [-2, -1, 1, 2, 3].randomElement(using: &random) ?? 1
            sheet = sheet.shifted(by: step, from: sheet.left + 2)
            return .bad([.shifted], cell: nil)
        },
        Mutation(name: "head") { sheet, filled, _, random in
            guard filled.period.months.count == 3, filled.form.columns["months"] != nil else { return .skip }
            sheet.replace("ВСЕГО за 1 квартал", by: "ВСЕГО за \(Int.random(in: 2...4, using: &random)) квартал")
            return .bad([.period], cell: nil)
        },
        Mutation(name: "letterhead") { sheet, _, _, _ in
            sheet.cells[0, default: [:]][9] = .text("Приложение к письму № 15-2/117")
            return .good
        },
    ]

    static var count: Int { ProcessInfo.processInfo.environment["BAILANYS_MUTATIONS"].flatMap { Int($0) } ?? 240 }

    @Test(
        "None is wrongly taken, none wrongly refused, and the right cell is named in 99 of 100",
        .timeLimit(.minutes(60)))
    func changed() throws {
        var (made, wanted, named) = (0, 0, 0)
        var seed: UInt64 = 1
        var bases: [String: FilledForm] = [:]
        var wrong: [String] = []
        while made < Self.count {
            seed += 1
            var random = Seeded(seed)
            let code = FilledForm.all.randomElement(using: &random) ?? "78-1mk"
            let key = "\(code) \(seed % 5)"
            let filled = try bases[key] ?? FilledForm(code).filled(seed % 5 + 1)
            bases[key] = filled
            var layout = SheetLayout(
                top: Int.random(in: 0...4, using: &random), left: Int.random(in: 0...2, using: &random),
                isMerged: Bool.random(using: &random), isInLabel: Bool.random(using: &random))
            layout.hasSecondHead = Bool.random(using: &random)
            var (sheet, places) = filled.sheet(layout)
            guard let mutation = Self.mutations.randomElement(using: &random) else { continue }
            sheet.left = layout.left
            let expected = mutation.apply(&sheet, filled, places, &random)
            if case .skip = expected { continue }
            made += 1
            let report = try filled.report(Self.file(sheet, &random))
            let told =
                "\(seed) \(code) \(mutation.name): \(report.faults.prefix(3).map { "\($0.name) \($0.cell ?? "-") \($0.found ?? "")" })"
            switch expected {
            case .good: if !report.faults.isEmpty { wrong.append("refused " + told) }
            case .bad(let names, let cell):
                if !report.faults.contains(where: { names.contains($0.name) }) { wrong.append("taken " + told) }
                guard let cell else { continue }
                wanted += 1
                let cells = report.faults.compactMap(\.cell) + report.repairs.flatMap { $0.changes.compactMap(\.cell) }
                if cells.contains(cell) { named += 1 } else { wrong.append("unnamed \(cell) " + told) }
            case .skip: continue
            }
        }
        let unjust = wrong.filter { !$0.hasPrefix("unnamed") }
        #expect(unjust.isEmpty, "\(unjust.prefix(10))")
        #expect(wanted == 0 || named * 100 >= wanted * 99, "\(named) of \(wanted): \(wrong.prefix(10))")
    }

    /// A sheet as one of the usual programs writes it, or as text.
    private static func file(_ sheet: MadeSheet, _ random: inout Seeded) -> [UInt8] {
        let hasOnlyText = sheet.cells.values.allSatisfy {
            $0.values.allSatisfy { cell in
                switch cell {
                // What a text cannot hold: a formula without its value, a date that is a number.
                case .formula(_, nil), .number(44_700, _): false
                default: true
                }
            }
        }
        if hasOnlyText, Int.random(in: 0..<4, using: &random) == 0 {
            let sign = [";", "\t", ","].randomElement(using: &random) ?? ";"
            return (Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []) + Array(FilledForm.text(sheet, sign).utf8)
        }
        return FilledForm.workbook(sheet, WorkbookMaker.Dialect.allCases.randomElement(using: &random) ?? .excel)
    }

    private static func cell(
        _ filled: FilledForm, _ places: [FormPlace: String], _ random: inout Seeded, where isMeant: (FormPlace) -> Bool
    ) -> (FormPlace, String)? {
        let all = places.keys.filter { filled.cells[$0] != nil && isMeant($0) && !filled.isNamed($0) }
            .sorted { "\($0.row) \($0.line) \($0.column)" < "\($1.row) \($1.line) \($1.column)" }
        return all.randomElement(using: &random).flatMap { place in places[place].map { (place, $0) } }
    }

    /// Whether a cell is the last month of a cumulative form, which may grow as it likes.
    private static func isLast(_ place: FormPlace, _ filled: FilledForm) -> Bool {
        filled.isCumulative && Int(place.column) == filled.month
    }

    private static func row(_ sheet: inout MadeSheet, _ filled: FilledForm, _ random: inout Seeded) -> (
        place: Int, code: String
    )? {
        let codes = filled.form.numbers.filter { $0.number != nil && !$0.repeats && $0.lines.isEmpty }.map(\.code)
        guard let code = codes.randomElement(using: &random), let place = sheet.row(code, column: sheet.left) else {
            return nil
        }
        return (place, code)
    }

    static func put(_ cell: MadeCell, _ address: String, _ sheet: inout MadeSheet) {
        guard let place = SheetGrid.place(address) else { return }
        sheet.cells[place.row - 1, default: [:]][place.column] = cell == .text("") ? nil : cell
    }
}

extension FilledForm {
    /// Whether a cell is that of a line which only names something.
    func isNamed(_ place: FormPlace) -> Bool {
        !place.line.isEmpty && form.rules.contains { $0.kind == .linesCounted && $0.rows == .these([place.row]) }
    }
}
