import Forms

/// A number of a report: a row of its form, narrowed to keys of its groups.
package struct ReportNumber: Hashable, Sendable {
    /// The code of the row.
    package let row: String
    /// The keys, the outermost first; empty for the whole row.
    package let keys: [String]

    /// The number of a row, or the part of it with these keys.
    package init(_ row: String, _ keys: String...) {
        self.row = row
        self.keys = keys
    }

    /// The part of a row with these keys.
    package init(_ row: String, keys: [String]) {
        self.row = row
        self.keys = keys
    }

    /// A short name for addresses and programs: `received`, `violations.local.A15`.
    package var name: String { ([row] + keys).joined(separator: ".") }

    /// The number of a form with this name, nil where the form has none.
    package init?(name: String, in form: StatutoryForm) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let number = form.row(first)?.made else { return nil }
        guard parts.count - 1 <= number.finest?.keys.count ?? 0 else { return nil }
        row = first
        keys = Array(parts.dropFirst())
    }
}
