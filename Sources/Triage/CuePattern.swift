import TextAnalysis

/// Words to look for, as the files of cues write them.
///
///     не выда*            two words, at most one other between them
///     отказ*|бас тарт*    no: alternatives are single words, so write two lines
///     жду|ждем|жд* ответ* one of several words, then another
///     через ... цон*      up to five other words between
///     # недел*|апта*      a number, in figures or as a word of the line `numbers`, then …
///     отказ* & справк*    both in the same sentence, in any order
///
/// A word ending in * stands for all that begin so. Case, ё and the Kazakh letters do not matter.
struct CuePattern: Hashable, Sendable {
    /// A word, or the beginning of words.
    struct Atom: Hashable, Sendable {
        let letters: Letters
        let isPrefix: Bool

        /// Any number.
        static let number = Atom(letters: [0x23], isPrefix: false)
    }

    /// Words that are numbers.
    static let numbers = Set(
        "два две три четыре пять шесть семь восемь девять десять пол полтора полторы несколько екі үш төрт бес алты жеті сегіз тоғыз он бір бірнеше eki ush bes"
            .split(separator: " ").map { Folding.fold($0.letters) })

    /// One place of a pattern.
    struct Step: Hashable, Sendable {
        /// The words that may stand there.
        let atoms: [Atom]
        /// How many other words may stand before it.
        let gap: Int
    }

    /// The parts that must all stand in one sentence; each is a row of steps.
    let parts: [[Step]]

    /// Reads a pattern; nil where it has no words.
    init?(_ text: String) {
        var parts: [[Step]] = []
        for part in text.split(separator: "&") {
            var steps: [Step] = []
            var gap = 1
            for word in part.split(whereSeparator: \.isWhitespace) {
                if word == "..." {
                    gap = 5
                    continue
                }
                let atoms = word.split(separator: "|").flatMap(Self.atoms)
                guard !atoms.isEmpty else { continue }
                // What a hyphen or a dot parts in the pattern is parted in the text as well.
                let pieces = atoms.count == 1 && word != "#" ? Self.pieces(word) : [atoms]
                for piece in pieces {
                    steps.append(Step(atoms: piece, gap: steps.isEmpty ? 0 : gap))
                    gap = 0
                }
                gap = 1
            }
            if !steps.isEmpty { parts.append(steps) }
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    private static func atoms(_ text: Substring) -> [Atom] {
        if text == "#" { return [.number] }
        let isPrefix = text.hasSuffix("*")
        guard let word = TextWords.scan(text, limit: 1).first else { return [] }
        return [Atom(letters: Folding.fold(word.letters), isPrefix: isPrefix)]
    }

    private static func pieces(_ text: Substring) -> [[Atom]] {
        let words = TextWords.scan(text)
        return words.enumerated().map { index, word in
            [
                Atom(
                    letters: Folding.fold(word.letters),
                    isPrefix: index == words.count - 1 && text.hasSuffix("*"))
            ]
        }
    }
}
