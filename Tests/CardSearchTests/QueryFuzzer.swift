import CardSearch

/// A generator of numbers that gives the same ones for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

/// Random queries: sayings, mutated sayings, sayings of the query language, and plain noise.
struct QueryFuzzer {
    private var random: SeededGenerator
    private let sayings: [String]
    private static let pieces = [
        "\"", "*", "(", ")", "NEAR", "AND", "OR", "NOT", ":", "^", "-", "+", "{", "}", "'", "\u{0}", "\u{301}",
        "\u{308}", "👨‍👩‍👧", "\u{202e}", "\u{200d}",
        "ә", "І", "Ғ", "ғ", "ß", "İ", "ﬀ", "漢", "ا", "٣", "５", "\n", "\t", "  ", "%", "_", "\\", "\u{FFFD}", "z", "q",
        "8", "0",
    ]

    init(seed: UInt64, sayings: [String]) {
        random = SeededGenerator(seed: seed)
        self.sayings = sayings
    }

    mutating func next() -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return noise(Int.random(in: 0...60, using: &random))
        case 1:
            return (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random) ?? ""
            }.joined(separator: " ")
        case 2: return saying() + " " + saying() + " " + saying()
        case 3 where Int.random(in: 0..<200, using: &random) == 0: return String(repeating: saying() + " ", count: 800)
        default: return mutated(saying())
        }
    }

    private mutating func saying() -> String { sayings.randomElement(using: &random) ?? "справка" }

    private mutating func noise(_ count: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<count {
            let limit: UInt32 = Bool.random(using: &random) ? 0x530 : 0x2_FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) { text.append(scalar) }
        }
        return String(text)
    }

    private mutating func mutated(_ text: String) -> String {
        var letters = Array(text)
        for _ in 0..<Int.random(in: 0...4, using: &random) where !letters.isEmpty {
            let place = Int.random(in: 0..<letters.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: letters.remove(at: place)
            case 1: letters.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? "", at: place)
            case 2: letters.swapAt(place, Int.random(in: 0..<letters.count, using: &random))
            case 3: letters = Array(letters.prefix(place))
            case 4: letters[place] = Character(String(letters[place]).uppercased().first.map(String.init) ?? "?")
            default: letters.insert(letters[place], at: place)
            }
        }
        return String(letters)
    }
}

/// Cards made of the glossary's phrases, for measuring and fuzzing: their words are real, their services are not.
enum SampleCards {
    static func make(count: Int, from knowledge: SearchKnowledge) -> [SearchableCard] {
        var random = SeededGenerator(seed: 42)
        let pairs = knowledge.glossary.pairs
        return (0..<count).map { number in
            func phrase(_ length: Int) -> (kk: String, ru: String) {
                let chosen = (0..<length).compactMap { _ in pairs.randomElement(using: &random) }
                return (chosen.map(\.kk).joined(separator: " "), chosen.map(\.ru).joined(separator: " "))
            }
            let title = phrase(4)
            let description = phrase(9)
            let documents = phrase(8)
            return SearchableCard(
                id: "sample\(number)", code: String(format8(number)), titleKK: title.kk, titleRU: title.ru,
                descriptionKK: description.kk, descriptionRU: description.ru, documentsKK: documents.kk,
                documentsRU: documents.ru, body: "body\(number % 40)", sphere: "sphere\(number % 12)",
                channels: number % 2 == 0 ? ["portal"] : ["centre"], state: number % 5 == 0 ? "draft" : "live")
        }
    }

    private static func format8(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
