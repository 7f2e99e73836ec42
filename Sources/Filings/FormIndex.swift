import Forms
import Languages

/// The index of a form as it stands in a file, and what its letters look like.
struct FormIndex {
    /// What stands there, without spaces, quotation marks and final punctuation.
    let text: String

    /// The index in the value of a line: its first word.
    init(_ value: String) {
        var scalars: [Unicode.Scalar] = []
        for scalar in value.unicodeScalars {
            if ",;(".unicodeScalars.contains(scalar), !scalars.isEmpty { break }
            if "«»\"“”„'".unicodeScalars.contains(scalar) || (scalar.properties.isWhitespace && scalars.isEmpty) {
                continue
            }
            scalars.append(scalar)
        }
        // A space beside the hyphen belongs to the index; any other ends it.
        var kept: [Unicode.Scalar] = []
        for (place, scalar) in scalars.enumerated() {
            guard scalar.properties.isWhitespace else {
                kept.append(scalar)
                continue
            }
            let next = scalars[place...].first { !$0.properties.isWhitespace }
            if kept.last.map(Self.isDash) != true, next.map(Self.isDash) != true { break }
        }
        while let last = kept.last, ".:".unicodeScalars.contains(last) { kept.removeLast() }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: kept)
        text = String(view)
    }

    private static func isDash(_ scalar: Unicode.Scalar) -> Bool { "-‐‑‒–—−_".unicodeScalars.contains(scalar) }

    /// Whether letters that the encoding did not have stand in it as question marks.
    var lostLetters: Bool { !text.isEmpty && text.unicodeScalars.contains { $0 == "?" || $0 == "\u{FFFD}" } }

    /// The index by what its letters look like: `1мк` for 1-мк, 1-мқ, 1-mk and l-МК.
    var skeleton: String { Self.skeleton(text) }

    static func skeleton(_ text: String) -> String {
        var shape = ""
        for scalar in text.lowercased().unicodeScalars where !isDash(scalar) && !scalar.properties.isWhitespace {
            switch scalar {
            case "k", "κ", "қ", "ҡ", "ҝ", "ҟ", "ӄ", "ĸ", "ķ": shape += "к"
            case "m", "μ", "µ", "ӎ": shape += "м"
            case "з", "ӡ": shape += "3"
            case "l", "i", "і", "ӏ", "|", "!": shape += "1"
            case "z": shape += "2"
            default: shape.unicodeScalars.append(scalar)
            }
        }
        return shape
    }

    /// The first character that is another one than in this index, and the one that stands there; nil where one of them ends.
    func difference(from index: String) -> (found: Unicode.Scalar, wanted: Unicode.Scalar)? {
        zip(text.unicodeScalars, index.unicodeScalars).first { $0 != $1 }.map { (found: $0.0, wanted: $0.1) }
    }
}
