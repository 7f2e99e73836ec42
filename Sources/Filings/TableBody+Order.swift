import Forms
import Languages
import Spreadsheets

/// The rows that are not there, and those that stand elsewhere.
extension TableBody {
    /// The rows that are not there, and those that stand elsewhere than the form has them.
    mutating func tellMissing() {
        guard shifted == nil, let rule else { return }
        let wanted = form.numbers.filter { rule.rows != .numbered || $0.number != nil }.map(\.code)
        for code in wanted where !seen.contains(code) {
            faults.append(
                fault(.rowMissing, row: code, at: nil, 0, found: "", wanted: form.row(code)?.label[form.language]))
        }
        let there = seen.compactMap { wanted.firstIndex(of: $0) }
        let kept = Set(Self.longestRising(there))
        for place in there where !kept.contains(place) {
            let code = wanted[place]
            var fault = fault(.rowMissing, row: code, at: nil, 0, found: code, wanted: code)
            let cell = places.first { $0.key.row == code && $0.key.line.isEmpty }?.value
            fault.cell = cell.flatMap { SheetGrid.place($0)?.row }.map {
                SheetGrid.address(row: $0, column: head.numberColumn)
            }
            faults.append(fault)
        }
    }

    /// A longest part of a list that rises.
    private static func longestRising(_ list: [Int]) -> [Int] {
        var best: [[Int]] = []
        for item in list {
            let before = best.filter { ($0.last ?? -1) < item }.max { $0.count < $1.count } ?? []
            best.append(before + [item])
        }
        return best.max { $0.count < $1.count } ?? []
    }
}
