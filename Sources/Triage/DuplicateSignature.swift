import TextAnalysis

/// What is kept of a complaint to know it again: numbers under a key, never words. With the key it is forgotten.
package struct DuplicateSignature: Sendable {
    /// Telephones, IIN, mail, numbers of documents.
    let identifiers: Set<UInt64>
    /// Names of persons.
    let names: Set<UInt64>
    /// Figures of the matter: places in a queue, sums, years.
    let figures: Set<UInt64>
    /// What the words come to.
    let words: Set<UInt64>
    /// The services, best first.
    let services: [UInt64]
    let region: UInt64?
    /// Towns and districts that are named.
    let places: Set<UInt64>
    /// Bodies that are named.
    let bodies: Set<UInt64>
    /// Whether he says that he wrote before.
    let again: Bool

    init(
        identifiers: Set<UInt64>, names: Set<UInt64>, figures: Set<UInt64>, words: Set<UInt64>, services: [UInt64],
        region: UInt64?, places: Set<UInt64>, bodies: Set<UInt64>, again: Bool
    ) {
        self.identifiers = identifiers
        self.names = names
        self.figures = figures
        self.words = words
        self.services = services
        self.region = region
        self.places = places
        self.bodies = bodies
        self.again = again
    }

    /// The signature of a text that was read.
    package init(_ text: String, _ reading: ComplaintReading, key: KeyedHash) {
        let read = ReadText(text, limit: Self.mostWords)
        var identifiers: Set<UInt64> = []
        var names: Set<UInt64> = []
        var hidden: [Range<Int>] = []
        for span in reading.personal {
            hidden.append(span.bytes)
            let piece = String(decoding: read.bytes[span.bytes], as: UTF8.self)
            switch span.kind {
            case .phone, .iin, .number:
                let digits = piece.filter(\.isNumber)
                identifiers.insert(key("n" + String(digits.suffix(10))))
            case .mail: identifiers.insert(key("m" + piece.lowercased()))
            case .name:
                for word in TextWords.scan(piece) where word.letters.count > 2 {
                    names.insert(
                        key("p" + Folding.fold(Transliteration.transliterate(word.letters)).prefix(5).map { $0 }.text))
                }
            case .address, .birth: break
            }
        }
        self.identifiers = identifiers
        self.names = names
        figures = Set(
            Self.shown(read, hidden).filter { $0.isNumber && $0.letters.count > 1 }.map { key("f" + $0.letters.text) })
        words = Self.words(of: read, hidden: hidden, key: key)
        services = reading.services.prefix(3).map { key("s" + $0.value) }
        region = reading.region.map { key("r" + $0.value) }
        places = Set(reading.placeCodes.map { key("d" + $0) })
        bodies = Set(reading.bodyCodes.map { key("b" + $0) })
        again = reading.again != nil
    }

    /// How many words of a text are looked at.
    private static let mostWords = 1_000

    private static func shown(_ read: ReadText, _ hidden: [Range<Int>]) -> [ReadText.Token] {
        read.tokens.prefix(mostWords).filter { token in !hidden.contains { $0.overlaps(token.bytes) } }
    }

    /// What the words of a text come to, without those that tell who somebody is.
    static func words(of read: ReadText, hidden: [Range<Int>], key: KeyedHash) -> Set<UInt64> {
        Set(
            shown(read, hidden).filter { !$0.isNumber && $0.letters.count > 3 }.map { token in
                key("w" + Folding.fold(Transliteration.transliterate(token.letters)).prefix(5).map { $0 }.text)
            })
    }

    /// What of two complaints is the same, and what is not.
    package struct Likeness: Sendable {
        /// How much speaks for one matter of one person.
        package let score: Double
        /// What speaks, by name.
        package let reasons: [String: Double]
    }

    /// From this score on two complaints are proposed as one.
    package static let threshold = 5.0

    /// How much a later complaint is like this one.
    package func likeness(to later: DuplicateSignature) -> Likeness {
        var reasons: [String: Double] = [:]
        let ids = !identifiers.isDisjoint(with: later.identifiers)
        if ids {
            reasons["identifier"] = 4
        } else if !identifiers.isEmpty, !later.identifiers.isEmpty {
            reasons["identifier"] = -1.5
        }
        if !names.isDisjoint(with: later.names) {
            reasons["name"] = 2.5
        } else if !names.isEmpty, !later.names.isEmpty, !ids {
            reasons["name"] = -2.5
        }
        if let region, let other = later.region { reasons["region"] = region == other ? 1 : -3 }
        if !places.isDisjoint(with: later.places) {
            reasons["place"] = 1
        } else if !places.isEmpty, !later.places.isEmpty {
            reasons["place"] = -1
        }
        if !bodies.isDisjoint(with: later.bodies) { reasons["body"] = 0.7 }
        if let first = services.first, let other = later.services.first, first == other {
            reasons["service"] = 1.7
        } else if !Set(services).isDisjoint(with: later.services) {
            reasons["service"] = 0.8
        } else if !services.isEmpty, !later.services.isEmpty {
            reasons["service"] = -1.2
        }
        let common = figures.intersection(later.figures).count
        if common > 0 { reasons["figures"] = min(2.5, 0.9 * Double(common)) }
        let shared = Double(words.intersection(later.words).count)
        if shared > 0 {
            reasons["words"] = min(3, 6 * shared / Double(max(6, min(words.count, later.words.count)) + 4))
        }
        if later.again { reasons["again"] = 1 }
        // A place and a service that many share are no sign of one person.
        let telling = ["identifier", "name", "figures", "again"].contains { (reasons[$0] ?? 0) > 0 }
        if !telling { reasons["nothing of one person"] = -1.5 }
        return Likeness(score: reasons.values.reduce(0, +), reasons: reasons)
    }
}
