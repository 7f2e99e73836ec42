import Forms
import Languages
import Spreadsheets

/// Which row of the form a number and a label together are.
struct RowMatch {
    /// A row of the form with its labels, folded.
    private struct Known {
        let row: FormRow
        let labels: [String]
        var isWhole: Bool { row.source == .table }
    }

    /// What a number and a label are.
    enum Result: Hashable {
        /// This row.
        case row(String)
        /// This row, but one of the two is that of another row, or of none: the number where it says so, else the label.
        case mixed(String, isNumberWrong: Bool)
        /// A number that the form does not have; the row whose label stands there.
        case unknown(meant: String?)
    }

    private let known: [Known]
    private let byCode: [String: Known]
    private let codesByLabel: [String: [String]]

    init(_ form: StatutoryForm) {
        known = form.numbers.map { row in
            let labels = [row.label.kk, row.label.ru].map { Self.label($0) }.filter { !$0.isEmpty }
            return Known(row: row, labels: labels)
        }
        byCode = Dictionary(known.map { ($0.row.code, $0) }, uniquingKeysWith: { first, _ in first })
        var codes: [String: [String]] = [:]
        for known in known { for label in Set(known.labels) { codes[label, default: []].append(known.row.code) } }
        codesByLabel = codes
    }

    /// A label as it is compared; one whose beginning is lost without the sign of it.
    private static func label(_ text: String) -> String {
        let folded = Folding.fold(text)
        return folded.hasPrefix("…") ? String(folded.dropFirst()) : folded
    }

    /// Number and words of a heading in one cell: `2.3. Информация о …`; nil for anything else.
    static func heading(_ text: String) -> (number: String, words: String)? {
        let text = text.trimmedSpaces
        let number = text.prefix { $0.isNumber || $0 == "." }
        let words = text.dropFirst(number.count).trimmedSpaces
        var code = String(number)
        while code.hasSuffix(".") { code.removeLast() }
        guard !code.isEmpty, code.count <= 5, code.first?.isNumber == true, words.count(where: \.isLetter) >= 3 else {
            return nil
        }
        return (code, words)
    }

    /// The rows that have exactly this label.
    func rows(labelled text: String) -> [String] { codesByLabel[Self.label(text)] ?? [] }

    /// What a number and a label are.
    /// - Parameter expected: the row that would come next, which decides where number and label name two rows.
    func match(_ number: RowNumber, _ text: String, expected: String?) -> Result {
        let label = Self.label(text)
        let numbered = number.codes.filter { byCode[$0]?.row.number != nil }
        if let code = numbered.first(where: { accepts(label, $0) }) { return .row(code) }
        let others = codesByLabel[label] ?? nearest(label).map { [$0] } ?? []
        if number.isDay {
            // A day is the number of a row only where the label says so.
            return others.first.map { .mixed($0, isNumberWrong: true) } ?? .unknown(meant: nil)
        }
        guard let code = numbered.first else { return .unknown(meant: others.count == 1 ? others[0] : nil) }
        if let expected, others.contains(expected), code != expected { return .mixed(expected, isNumberWrong: true) }
        return .mixed(code, isNumberWrong: false)
    }

    /// Whether a label is that of a row: letter by letter where the act prints it, or so near that no other is nearer. A label of a
    /// lost page is ours, so any label stands for it that is not another row's.
    private func accepts(_ label: String, _ code: String) -> Bool {
        guard let own = byCode[code] else { return false }
        if own.labels.contains(label) { return true }
        guard !label.isEmpty else { return own.row.source == .cut }
        if codesByLabel[label] != nil { return false }
        if own.labels.contains(where: { own.row.source == .tableEnd && label.hasSuffix($0) }) { return true }
        let likeness = likeness(label, own)
        let other = known.filter { $0.row.code != code }.map { self.likeness(label, $0) }.max() ?? 0
        return own.isWhole ? likeness >= 0.85 && likeness >= other : other < 0.95 || likeness >= other
    }

    private func likeness(_ label: String, _ known: Known) -> Double {
        known.labels.map { Folding.likeness(label, $0) }.max() ?? 0
    }

    private func nearest(_ label: String) -> String? {
        guard label.count > 3 else { return nil }
        let best = known.map { (code: $0.row.code, likeness: likeness(label, $0)) }.max { $0.likeness < $1.likeness }
        return best.flatMap { $0.likeness >= 0.9 ? $0.code : nil }
    }
}
