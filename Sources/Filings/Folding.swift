/// Words as they are compared: without case, spaces, quotation marks and final punctuation.
enum Folding {
    private static let quotes: Set<Unicode.Scalar> = ["\"", "'", "«", "»", "„", "“", "”", "‘", "’", "‚", "`", "´"]
    private static let dashes: Set<Unicode.Scalar> = ["‐", "‑", "‒", "–", "—", "−"]
    private static let unseen: Set<Unicode.Scalar> = [
        "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{2060}",
    ]
    private static let final: Set<Unicode.Scalar> = [".", ",", ":", ";", "!", "?", "…"]

    /// The words as they are compared.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isWhitespace || quotes.contains(scalar) || unseen.contains(scalar) { continue }
            folded.append(dashes.contains(scalar) ? "-" : scalar == "ё" ? "е" : scalar)
        }
        while let last = folded.last, final.contains(last) { folded.removeLast() }
        return String(folded)
    }

    /// How much two folded texts have in common, from 0 to 1: the share of the pairs of letters that both have.
    static func likeness(_ left: String, _ right: String) -> Double {
        if left == right { return 1 }
        let (left, right) = (pairs(left), pairs(right))
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        var counts: [UInt64: Int] = [:]
        for pair in left { counts[pair, default: 0] += 1 }
        var common = 0
        for pair in right where (counts[pair] ?? 0) > 0 {
            counts[pair, default: 0] -= 1
            common += 1
        }
        return 2 * Double(common) / Double(left.count + right.count)
    }

    private static func pairs(_ text: String) -> [UInt64] {
        let scalars = text.unicodeScalars.map { UInt64($0.value) }
        return zip(scalars, scalars.dropFirst()).map { $0 << 32 | $1 }
    }
}
