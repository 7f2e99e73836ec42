import Filings
import Forms
import Foundation
import Languages
import Rulebook
import WorkingDays

/// A source of numbers that gives the same ones for the same seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// A form as a body fills it in: its numbers, and the sheet on which they stand.
struct FilledForm {
    static let set: FormSet = {
        let folder =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/schedules/reports/"
        let names = ["106-1mq", "106-2mq", "78-1mk", "78-2mk", "78-3mk", "78-4mk"]
        do {
            return try FormSet.load(
                files: names.map { ("\($0).yaml", try String(contentsOfFile: "\(folder)\($0).yaml", encoding: .utf8)) },
                measures: [:])
        } catch { fatalError("\(error)") }
    }()

    static let internalControl = ["106-1mq", "106-2mq", "78-1mk", "78-2mk"]
    static let all = internalControl + ["78-3mk", "78-4mk"]

    let form: StatutoryForm
    let period: ReportPeriod
    /// The numbers.
    var cells: [FormPlace: FormCell] = [:]
    /// The names of the lines below a row, by their way.
    var lines: [String: [(way: [Int], name: String)]] = [:]

    var isCumulative: Bool { form.isCumulative }
    var month: Int { period.last.month }
    var moment: FilingMoment? { isCumulative ? FilingMoment(year: period.last.year, month: month) : nil }

    /// A filing in which nothing happened, with one line below each row that has lines.
    init(_ code: String, _ period: String? = nil) throws {
        let text = period ?? (code.hasPrefix("106") ? "2014-03" : "2022-Q1")
        guard let period = ReportPeriod(text), let form = Self.set.form(code, on: period.last) else { throw NoForm() }
        self.form = form
        self.period = period
        for row in form.numbers {
            var ways: [([Int], String)] = []
            if row.repeats {
                ways = [
                    ([0], "Министерство юстиции"), ([0, 0], "Выдача справки"), ([1], "Акимат города Астаны"),
                    ([1, 0], "Регистрация"),
                ]
            } else if row.lines.count > 1 {
                ways = [
                    ([0], "Министерство юстиции"), ([0, 0], "Выдача справки"), ([1], "Комитет казначейства"),
                    ([1, 0], "Регистрация"),
                ]
            } else if !row.lines.isEmpty {
                ways = [([0], "Вид \(row.code) первый"), ([1], "Вид \(row.code) второй")]
            }
            lines[row.code] = ways.map { ($0.0, $0.1) }
            for way in (row.repeats ? [] : [[]]) + ways.map(\.0) {
                for column in form.columns(of: row) where (column.month ?? 0) <= month {
                    self[row.code, way, column.code] = .count(0)
                }
            }
        }
        for rule in form.rules where rule.kind == .linesCounted {
            guard case .these(let rows) = rule.rows else { continue }
            for row in rows {
                for place in cells.keys where place.row == row {
                    cells[place] = .count(place.line.isEmpty ? lines[row]?.count ?? 0 : 1)
                }
            }
        }
    }

    struct NoForm: Error {}

    subscript(row: String, way: [Int], column: String) -> FormCell {
        get { cells[FormPlace(row: row, line: way, column: column)] ?? .empty }
        set { cells[FormPlace(row: row, line: way, column: column)] = newValue }
    }

    /// The numbers as the rules see them.
    var table: FormTable {
        var table = FormTable()
        for row in form.numbers {
            func cells(_ way: [Int]) -> [String: FormCell] {
                Dictionary(uniqueKeysWithValues: form.columns(of: row).map { ($0.code, self[row.code, way, $0.code]) })
            }
            let ways = lines[row.code] ?? []
            let outer = ways.filter { $0.way.count == 1 }.map { line in
                FormTable.Line(
                    name: line.name, cells: cells(line.way),
                    lines: ways.filter { $0.way.count == 2 && $0.way[0] == line.way[0] }.map {
                        FormTable.Line(name: $0.name, cells: cells($0.way))
                    })
            }
            table.add(row: row.code, cells: row.repeats ? [:] : cells([]), lines: outer)
        }
        return table
    }

    /// What the rules say to its numbers.
    var faults: [FormFault] { form.faults(in: table, at: moment) }

    func amount(_ place: FormPlace) -> Int { cells[place]?.amount ?? 0 }

    /// The same with numbers by chance, in which all rules hold, doubts too: cells are raised, and what that breaks is mended.
    func filled(_ seed: UInt64, raises: Int = 40) -> FilledForm {
        var filled = self
        var web = RuleWeb(self)
        var random = Seeded(seed)
        let places = cells.keys.filter { form.row($0.row)?.counting != .stock }
            .sorted { "\($0.row) \($0.line) \($0.column)" < "\($1.row) \($1.line) \($1.column)" }
        for _ in 0..<raises {
            guard let place = places.randomElement(using: &random) else { break }
            if let values = web.mended([place: web.value(place) + Int.random(in: 1...60, using: &random)]) {
                web.values = values
            }
        }
        for (place, value) in web.values { filled.cells[place] = .count(value) }
        return filled
    }
}

/// The rules of a form over its cells, all of them to be kept: one cell is changed, and the others follow.
struct RuleWeb {
    let constraints: [FormConstraint]
    private let byPlace: [FormPlace: [Int]]
    var values: [FormPlace: Int]
    private var steps = 0

    init(_ filled: FilledForm) {
        constraints = filled.form.constraints(on: filled.table, at: filled.moment)
        var byPlace: [FormPlace: [Int]] = [:]
        for (index, constraint) in constraints.enumerated() {
            for place in Set(constraint.terms.map(\.place)) { byPlace[place, default: []].append(index) }
        }
        self.byPlace = byPlace
        values = filled.cells.compactMapValues(\.amount)
    }

    func value(_ place: FormPlace) -> Int { values[place] ?? 0 }

    /// The values after a change in which all rules hold, but for those that may be broken; nil where few changes do not do.
    mutating func mended(_ changes: [FormPlace: Int], except rules: Set<String> = []) -> [FormPlace: Int]? {
        steps = 0
        var broken: Set<Int> = []
        for index in Set(changes.keys.flatMap { byPlace[$0] ?? [] }) where !rules.contains(constraints[index].rule.name)
        {
            if !constraints[index].holds({ changes[$0] ?? value($0) }) { broken.insert(index) }
        }
        return mend(changes, broken, rules, 24).map { values.merging($0) { $1 } }
    }

    private mutating func mend(
        _ changes: [FormPlace: Int], _ broken: Set<Int>, _ rules: Set<String>, _ depth: Int
    ) -> [FormPlace: Int]? {
        steps += 1
        guard let first = broken.min() else { return changes }
        guard depth > 0, steps < 400 else { return nil }
        let constraint = constraints[first]
        let cells = [constraint.subject] + constraint.terms.map(\.place).filter { $0 != constraint.subject }
        for cell in cells where changes[cell] == nil {
            guard let range = constraint.allowed(cell, { changes[$0] ?? value($0) }), range.upperBound >= 0 else {
                continue
            }
            var next = changes
            next[cell] = min(max(value(cell), range.lowerBound, 0), range.upperBound)
            var left = broken
            for index in byPlace[cell] ?? [] where !rules.contains(constraints[index].rule.name) {
                if constraints[index].holds({ next[$0] ?? value($0) }) {
                    left.remove(index)
                } else {
                    left.insert(index)
                }
            }
            if let mended = mend(next, left, rules, depth - 1) { return mended }
        }
        return nil
    }

    /// The doubts that are broken wherever a constraint is: those that hold more of the same cells.
    func entailed(_ constraint: FormConstraint) -> Set<String> {
        let cells = Set(constraint.terms.map(\.place))
        return Set(
            constraints.filter { $0.rule.level == .doubt && Set($0.terms.map(\.place)).isSuperset(of: cells) }.map(
                \.rule.name))
    }
}
