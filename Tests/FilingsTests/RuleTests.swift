import Filings
import Forms
import Languages
import Testing
import WorkingDays

@Suite("The rules of the bodies' forms")
struct RuleTests {
    @Test("A filing in which all rules hold has neither fault nor doubt", arguments: FilledForm.all)
    func valid(code: String) throws {
        let filled = try FilledForm(code).filled(7)
        #expect(filled.faults.isEmpty, "\(filled.faults)")
        let report = try filled.report(FilledForm.workbook(filled.sheet().sheet))
        #expect(report.faults.isEmpty, "\(report.faults)")
    }

    /// The rules that ask arithmetic within one filing.
    static let arithmetic: [(String, String)] = FilledForm.all.flatMap { code in
        (FilledForm.set.forms.first { $0.code == code }?.rules ?? []).filter { rule in
            ![.filled, .wholeNumber, .everyRowOnce, .emptyAfter, .notFallingSince, .sameAsFiled, .startsAnew].contains(
                rule.kind)
        }.map { (code, $0.name) }
    }

    @Test(
        "For every rule there is a filing that breaks it and nothing else, and it is told with its level",
        arguments: arithmetic)
    func alone(code: String, rule: String) throws {
        let base = try FilledForm(code).filled(11, raises: 25)
        let broken = try #require(Self.breaking(rule, base), "no filing breaks only \(rule)")
        let level = try #require(base.form.rules.first { $0.name == rule }?.level)
        let report = try broken.report(FilledForm.workbook(broken.sheet().sheet))
        #expect(!report.faults.isEmpty)
        // A fault may entail the doubt that asks more of the same cells: parts above the whole are no sum either.
        let told = level == .fault ? report.faults.filter { $0.level == .fault } : report.faults
        #expect(
            !told.isEmpty && told.allSatisfy { $0.rule == rule && $0.level == level && $0.cell != nil },
            "\(report.faults)")
        #expect(report.isTaken == (level == .doubt))
    }

    /// A filing that breaks one rule: a cell of it is raised, and everything else follows.
    static func breaking(_ rule: String, _ base: FilledForm) -> FilledForm? {
        var web = RuleWeb(base)
        for constraint in web.constraints where constraint.rule.name == rule {
            let free = constraint.rule.level == .fault ? web.entailed(constraint).union([rule]) : [rule]
            for term in constraint.terms {
                for step in [1, -1, 40, 500] where web.value(term.place) + step >= 0 {
                    guard let values = web.mended([term.place: web.value(term.place) + step], except: free) else {
                        continue
                    }
                    guard !constraint.holds({ values[$0] ?? 0 }) else { continue }
                    var broken = base
                    for (place, value) in values { broken.cells[place] = .count(value) }
                    if Set(broken.faults.map(\.rule)).isSubset(of: free) { return broken }
                }
            }
        }
        return nil
    }

    @Test(
        "An empty cell breaks the rule on empty cells alone: a fault in 1-мк and 2-мк, else a doubt",
        arguments: FilledForm.all)
    func empty(code: String) throws {
        var filled = try FilledForm(code)
        let place = try #require(
            filled.cells.keys.filter { $0.line.isEmpty }.min { $0.row + $0.column < $1.row + $1.column })
        filled.cells[place] = .empty
        let report = try filled.report(FilledForm.workbook(filled.sheet().sheet))
        let fault = try #require(report.faults.first)
        #expect(report.faults.count == 1, "\(report.faults)")
        #expect(
            fault.name == .empty && fault.rule == "filled" && fault.row == place.row && fault.column == place.column)
        #expect(fault.cell == filled.sheet().places[place])
        #expect(fault.level == (["78-1mk", "78-2mk"].contains(code) ? .fault : .doubt))
    }

    @Test("Words in a cell break the rule on counts alone", arguments: FilledForm.all)
    func words(code: String) throws {
        var filled = try FilledForm(code)
        let place = try #require(
            filled.cells.keys.filter { $0.line.isEmpty }.max { $0.row + $0.column < $1.row + $1.column })
        filled.cells[place] = .other("около 5000")
        let report = try filled.report(FilledForm.workbook(filled.sheet().sheet))
        #expect(report.faults.map(\.name) == [.notACount] && report.faults.first?.rule == "count", "\(report.faults)")
        #expect(report.faults.first?.found == "около 5000" && report.faults.first?.cell == filled.sheet().places[place])
    }

    @Test("A missing row breaks the rule on rows alone", arguments: FilledForm.internalControl)
    func rows(code: String) throws {
        let filled = try FilledForm(code)
        var sheet = filled.sheet().sheet
        let row = try #require(sheet.row("5"))
        sheet.cells[row] = nil
        let report = try filled.report(FilledForm.workbook(sheet))
        #expect(report.faults.map(\.name) == [.rowMissing], "\(report.faults)")
        #expect(report.faults.first?.rule == "rows" && report.faults.first?.row == "5")
    }

    @Test("A number in a month that is yet to come breaks the rule on it alone", arguments: ["106-1mq", "106-2mq"])
    func ahead(code: String) throws {
        var filled = try FilledForm(code)
        filled["5", [], "04"] = .count(3)
        let report = try filled.report(FilledForm.workbook(filled.sheet().sheet))
        #expect(report.faults.map(\.name) == [.ahead] && report.faults.first?.column == "04", "\(report.faults)")
        filled["5", [], "04"] = .nothing
        #expect(try filled.report(FilledForm.workbook(filled.sheet().sheet)).faults.isEmpty)
    }
}

extension MadeSheet {
    /// The row, from 0, whose number in the column of numbers this is.
    func row(_ number: String, column: Int = 0) -> Int? {
        cells.filter { $0.value[column] == .text(number) && $0.value[column + 1] != nil }.keys.min()
    }
}
