import Filings
import Forms
import Languages
import Testing
import WorkingDays

@Suite("The fewest cells whose change would do")
struct RepairTests {
    private func repairs(_ filled: FilledForm) throws -> [[FilingRepair.Change]] {
        try filled.report(FilledForm.workbook(filled.sheet().sheet)).repairs.map(\.changes)
    }

    @Test("Swapped digits in one cell are told as the one cell, with what stood there before")
    func swapped() throws {
        var filled = try FilledForm("78-1mk")
        for (row, month) in [("3.4", 14), ("3", 14)] {
            filled[row, [], "2"] = .count(month)
            filled[row, [], "4"] = .count(month)
        }
        #expect(try repairs(filled).isEmpty)
        filled["3", [], "2"] = .count(41)
        let repair = try #require(try repairs(filled).first?.first)
        #expect(repair.place == FormPlace(row: "3", column: "2") && repair.found == 41 && repair.wanted == 14)
        #expect(repair.text[.ru].contains("41 → 14") && repair.cell == filled.sheet().places[repair.place])
    }

    @Test("Two slips in two places are two repairs, and one change of a whole mends its parts")
    func apart() throws {
        var filled = try FilledForm("78-2mk")
        filled["1.1", [], "1"] = .count(5)
        filled["9.2", [], "3"] = .count(7)
        let found = try repairs(filled)
        #expect(found.count == 2 && found.allSatisfy { $0.count == 1 }, "\(found)")
        #expect(Set(found.flatMap { $0 }.map(\.place.row)) == ["1.1", "9.2"])
    }

    @Test("A repair is never larger than the slips that were made, and it mends everything", arguments: FilledForm.all)
    func smallest(code: String) throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = Seeded(seed)
            let whole = try FilledForm(code).filled(seed)
            var filled = whole
            let slips = Int.random(in: 1...2, using: &random)
            let places = filled.cells.keys.filter { $0.line.isEmpty }.sorted { $0.row + $0.column < $1.row + $1.column }
            for _ in 0..<slips {
                if let place = places.randomElement(using: &random) {
                    filled.cells[place] = .count(filled.amount(place) + 17)
                }
            }
            guard filled.faults.contains(where: { $0.level == .fault }) else { continue }
            let changes = try repairs(filled).flatMap { $0 }
            #expect(!changes.isEmpty && changes.count <= slips, "\(seed): \(changes)")
            for change in changes { filled.cells[change.place] = .count(change.wanted) }
            #expect(!filled.faults.contains { $0.level == .fault }, "\(seed): \(filled.faults)")
        }
    }
}
