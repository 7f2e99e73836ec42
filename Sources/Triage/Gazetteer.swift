import CSV
import TextAnalysis

/// The names of places, old and new, and where they are: `knowledge/places.csv`.
package struct Gazetteer: Sendable {
    /// What a place is.
    enum Kind: String, Sendable {
        case region, city, district, town, village

        /// How much a name of the kind says of where something happened.
        var weight: Double {
            switch self {
            case .region: 1.0
            case .city: 2.0
            case .district: 2.2
            case .town, .village: 1.8
            }
        }
    }

    /// One way to write the name of one place.
    struct Entry: Sendable {
        let kind: Kind
        let region: String
        /// The akimat of the district or town, where it has a code.
        let body: String?
        /// The words of the name, folded, without words such as район.
        let words: [Letters]
        /// The first word as written, folded.
        let surface: Letters
        /// Whether the name alone is a name of the whole: Карагандинская, not Қарағанды of Қарағанды облысы.
        let isAdjective: Bool
        /// Whether the name is one only beside such a word: Қарағанды облысы.
        let needsMarker: Bool
        /// Whether it is an older name.
        let isFormer: Bool
    }

    let entries: [Entry]
    let byWord: [Letters: [Int]]
    /// Words of names by what stays of them before an ending.
    let beginnings: [Letters: [Letters]]
    private let table: WordTable
    private let spelling: SpellingIndex
    /// The beginnings of all names, for choosing among readings of Latin letters.
    let surfaces: Set<Letters>

    static let regionWords = Set(
        ["область", "обл", "облысы", "облыс", "республикасы"].map { Folding.fold($0.letters) })
    static let otherWords = Set(
        [
            "район", "ауданы", "аудан", "имени", "им", "атындағы", "город", "қаласы", "қала", "мкр", "шағын", "село",
            "поселок", "кент", "кенті", "ауылы", "г", "м", "т",
        ].map { Folding.fold($0.letters) })

    /// Reads the table.
    /// - Throws: `CSVError` with file and line.
    package init(csv bytes: [UInt8], name: String) throws(CSVError) {
        var reader = try CSVReader(name: name, columns: ["name", "kind", "region", "body", "note"], bytes: bytes)
        var entries: [Entry] = []
        while let row = try reader.next() {
            guard let kind = Kind(rawValue: row["kind"]) else {
                throw row.refusal(
                    "kind", "“\(row["kind"])” is no kind of place: use region, city, district, town or village.")
            }
            let words = TextWords.scan(row["name"]).map(\.letters)
            let telling = words.filter { word in
                let folded = Folding.fold(word)
                return !Self.regionWords.contains(folded) && !Self.otherWords.contains(folded)
            }
            guard let first = telling.first else { continue }
            let surface = Folding.fold(first)
            let endings = ["ская", "ский", "ское", "цкий", "цкая"].map(\.letters)
            entries.append(
                Entry(
                    kind: kind, region: row["region"], body: row["body"].isEmpty ? nil : row["body"],
                    words: telling.map(Folding.fold), surface: surface,
                    isAdjective: endings.contains { surface.suffix($0.count).elementsEqual($0) },
                    needsMarker: telling.count < words.count, isFormer: row["note"] == "former"))
        }
        var byWord: [Letters: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            byWord[entry.words[0], default: []].append(index)
        }
        var beginnings: [Letters: [Letters]] = [:]
        for word in Set(entries.flatMap(\.words)) {
            beginnings[word, default: []].append(word)
            let adjective = ["ский", "ская", "цкий", "цкая", "ское", "ный", "ный"].map(\.letters)
            if adjective.contains(where: { word.count > $0.count + 1 && word.suffix($0.count).elementsEqual($0) }) {
                beginnings[Array(word.dropLast(2)), default: []].append(word)
            } else if word.count > 3, !Self.everyday.contains(Array(word.dropLast())), let last = word.last,
                "аеиоуыэюяйь".letters.contains(last)
            {
                beginnings[Array(word.dropLast()), default: []].append(word)
            }
        }
        self.beginnings = beginnings
        table = WordTable(entries.map(\.surface).filter { $0.count >= 6 })
        spelling = SpellingIndex(table)
        self.entries = entries
        self.byWord = byWord
        surfaces = Set(entries.map(\.surface))
    }

    /// What a form of a word may be the form of: the words of names that it begins with, where an ending follows.
    func words(of form: Letters) -> [Letters] {
        var found: [Letters] = []
        var length = form.count
        while length >= 2, form.count - length <= 7 {
            let beginning = Array(form.prefix(length))
            if let words = beginnings[beginning],
                length == form.count || Self.endings.contains(Array(form.suffix(form.count - length)))
            {
                found += words.filter { !found.contains($0) }
            }
            length -= 1
        }
        return found
    }

    /// Words of every day that a name would leave without its last vowel: керек, needed, of Кереку.
    private static let everyday = Set(["керек"].map(\.letters))

    /// The name that a misspelt word is one letter off.
    func misspelt(_ form: Letters) -> [Letters] {
        guard form.count >= 6 else { return [] }
        return spelling.neighbours(of: form).filter { $0.distance <= 1 && table[$0.word].count >= 6 }.map {
            table[$0.word]
        }
    }

    /// What may follow a name of a place, in Russian and in Kazakh.
    static let endings = Set(
        ("а у ом е и ы ой ей ю я ого ому ым ом ем ую ая ий ие ое их им ых ами ах ский ская ского ском скому скую ское ские ских "
            + "да де та те дан ден тан тен нан нен га ге ка ке нын нин дын дин тын тин ны ни ды ди ты ти даги деги таги теги дагы "
            + "тагы лык лик дык дик тык тик мен бен пен ги гы сы си сында синде сына сине сынын синин ына ине ында инде ынан инен "
            + "нда нде ндагы ндеги сындагы синдеги ындагы индеги дагылар лыктар ликтер мын тан н ын ин").split(
                separator: " "
            ).map(\.letters))
}
