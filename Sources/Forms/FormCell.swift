/// What stands in a cell of a filled form.
package enum FormCell: Hashable, Sendable {
    /// Nothing at all; neither 0 nor "-".
    case empty
    /// The sign of nothing: "-".
    case nothing
    /// A whole number from 0 up.
    case count(Int)
    /// Anything else, as it stands there; never guessed.
    case other(String)

    /// The cell that a text is: digits, or digits in groups of three set apart by one kind of space, are a count; "-", "–"
    /// and "—" are the sign of nothing.
    package init(_ text: String) {
        let text = text.trimmingSpaces
        if text.isEmpty {
            self = .empty
        } else if ["-", "–", "—"].contains(text) {
            self = .nothing
        } else if let count = Self.count(text) {
            self = .count(count)
        } else {
            self = .other(text)
        }
    }

    /// What it adds to a sum: nothing counts as 0; nil where it is no number.
    package var amount: Int? {
        switch self {
        case .count(let count): count
        case .nothing: 0
        case .empty, .other: nil
        }
    }

    private static let spaces: Set<Unicode.Scalar> = [" ", "\u{00A0}", "\u{202F}", "\u{2009}"]

    private static func count(_ text: String) -> Int? {
        func isDigits(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } }
        let groups = text.split(omittingEmptySubsequences: false) { $0.unicodeScalars.allSatisfy(spaces.contains) }
        guard groups.allSatisfy(isDigits), let first = groups.first else { return nil }
        guard groups.count == 1 || ((1...3).contains(first.count) && groups.dropFirst().allSatisfy { $0.count == 3 })
        else { return nil }
        // No count has more digits, and sums of these always fit.
        let digits = groups.joined()
        return digits.count <= 15 ? Int(digits) : nil
    }
}

extension String {
    /// The text without spaces of any kind at its ends.
    fileprivate var trimmingSpaces: String {
        let start = self[...].drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension FormCell: CustomStringConvertible {
    /// As it stands in the cell.
    package var description: String {
        switch self {
        case .empty: ""
        case .nothing: "-"
        case .count(let count): "\(count)"
        case .other(let text): text
        }
    }
}
