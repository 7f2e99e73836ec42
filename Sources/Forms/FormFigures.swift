import CanonicalJSON

/// The numbers of a report that the centre makes, for one period.
package struct FormFigures: Hashable, Sendable {
    /// A part of a number.
    package struct Part: Hashable, Sendable {
        /// What it is about, one key a dimension, the outermost first; empty where it is not known.
        package let keys: [String]
        /// How many.
        package let count: Int

        /// A part of a number.
        package init(keys: [String], count: Int) {
            self.keys = keys
            self.count = count
        }
    }

    private var values: [String: Int] = [:]
    /// The rows whose whole is the largest of their parts.
    private var largest: Set<String> = []
    private var parts: [String: [Part]] = [:]

    /// Numbers that are not known yet.
    package init() {}

    /// The number of a row; nil where nothing can be said (an average of nothing).
    package subscript(row: String) -> Int? {
        get { values[row] }
        set { values[row] = newValue }
    }

    /// The parts of a row, by the keys of its finest group; the number becomes their sum, or the largest of them.
    package mutating func set(_ row: String, parts: [Part], _ counting: FormRow.Counting = .flow) {
        self.parts[row] = parts
        if counting == .longest { largest.insert(row) }
        values[row] = whole(of: row, parts)
    }

    /// What parts of a row make together.
    private func whole(of row: String, _ parts: some Sequence<Part>) -> Int {
        largest.contains(row)
            ? parts.reduce(0) { max($0, $1.count) } : parts.reduce(0) { $0 + $1.count }
    }

    /// The finest parts of a row, in the order in which they were counted.
    package func parts(of row: String) -> [Part] { parts[row] ?? [] }

    /// The parts of a row by the first `depth` keys, ordered by them.
    package func parts(of row: String, depth: Int) -> [Part] {
        var together: [[String]: [Part]] = [:]
        for part in parts(of: row) { together[Array(part.keys.prefix(depth)), default: []].append(part) }
        return together.map { Part(keys: $0.key, count: whole(of: row, $0.value)) }.sorted {
            $0.keys.lexicographicallyPrecedes($1.keys)
        }
    }

    /// How many of a row are about these keys; all of it where there are none.
    package func count(of row: String, keys: [String]) -> Int? {
        guard !keys.isEmpty else { return values[row] }
        return whole(of: row, parts(of: row).lazy.filter { $0.keys.starts(with: keys) })
    }

    /// The average of a row's whole, in hundredths, half up; nil where nothing was counted.
    package static func average(_ sum: Int?, _ count: Int?) -> Int? {
        guard let sum, let count, count > 0 else { return nil }
        return (sum * 200 + count) / (count * 2)
    }

    /// Where the numbers break the rules of their form.
    package func faults(of form: StatutoryForm) -> [FormFault] {
        form.rules.compactMap { rule in
            guard case .these(let rows) = rule.rows, let first = rows.first else { return nil }
            let (left, right) = (sum(rows), sum(rule.of))
            let isKept =
                switch rule.kind {
                case .sum, .equal: left == right
                case .atMost: left <= right
                case .atLeast: left >= right
                default: true
                }
            guard !isKept else { return nil }
            return FormFault(
                rule: rule.name, level: rule.level, row: first, column: nil, found: "\(left)", wanted: "\(right)",
                line: [], kind: rule.kind)
        }
    }

    private func sum(_ rows: [String]) -> Int { rows.reduce(0) { $0 + (values[$1] ?? 0) } }
}
