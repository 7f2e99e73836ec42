/// Latin letters read as Kazakh or Russian in the folded alphabet: the 2018 and 2021 alphabets and everyday spelling.
///
/// Many letters have several readings (y is ы, й or ий), so a word has variants, the likeliest first; whoever has a
/// vocabulary picks the one that is in it.
package enum Transliteration {
    /// The likeliest reading.
    package static func transliterate(_ word: Letters) -> Letters { variants(word, limit: 1).first ?? word }

    /// Readings of a word in lower case, the likeliest first, at most `limit`. A word without Latin letters is its own.
    package static func variants(_ word: Letters, limit: Int = 48) -> [Letters] {
        guard Folding.hasLatin(word) else { return [Folding.fold(word)] }
        let parts = options(word)
        // Breadth first by the number of unlikely choices: all first choices, then each single other choice, then pairs.
        var variants = [parts.map { $0[0] }]
        var seen: Set<[Letters]> = [variants[0]]
        var next = 0
        while next < variants.count, variants.count < limit {
            let base = variants[next]
            next += 1
            for index in parts.indices where base[index] == parts[index][0] {
                for option in parts[index].dropFirst() where variants.count < limit {
                    var other = base
                    other[index] = option
                    if seen.insert(other).inserted { variants.append(other) }
                }
            }
        }
        return variants.map { Folding.fold($0.flatMap { $0 }) }
    }

    private static func options(_ word: Letters) -> [[Letters]] {
        var parts: [[Letters]] = []
        var index = 0
        while index < word.count {
            var length = min(4, word.count - index)
            var found: [Letters]?
            while length >= 2 {
                if let options = Tables.several[Array(word[index..<index + length])] {
                    found = options
                    break
                }
                length -= 1
            }
            if let found {
                parts.append(found)
                index += length
            } else {
                parts.append(single(word, index))
                index += 1
            }
        }
        return parts
    }

    private static func single(_ word: Letters, _ index: Int) -> [Letters] {
        let letter = word[index]
        let isFirst = index == 0
        let isLast = index == word.count - 1
        let afterVowel = index > 0 && Tables.vowels.contains(word[index - 1])
        let beforeVowel = index + 1 < word.count && Tables.vowels.contains(word[index + 1])
        switch letter {
        case 0x79 where isLast && !afterVowel: return Tables.finalY
        case 0x79 where afterVowel || beforeVowel: return Tables.yNearVowel
        case 0x69 where afterVowel, 0x131 where afterVowel, 0xED where afterVowel: return Tables.iAfterVowel
        case 0x65 where isFirst: return Tables.initialE
        default: return Tables.one[letter] ?? [[letter]]
        }
    }
}

/// The tables of transliteration: Latin letters and their readings, the likeliest first.
private enum Tables {
    static func readings(_ text: String) -> [Letters] { text.split(separator: "|").map(\.letters) }

    static let vowels = Set("aeiouyäöüūáóúýıáéí".letters)
    static let finalY = readings("ы|ий|ый|и|й")
    static let yNearVowel = readings("й|ы|и")
    static let iAfterVowel = readings("и|й")
    static let initialE = readings("е|э")

    static let several: [Letters: [Letters]] = table(
        """
        shch щ; sch щ|сч; zh ж; kh х|кх; ch ч; sh ш|сх; ts ц|тс; tc ц; ya я|йа|ыа; ia ия|я|иа; yu ю|йу|ыу; iu ю|иу; yo е|йо; \
        ye е|йе; gh г; ng н|нг; iya ия; iyu ию; iye ие; ija ия; iy ий; ii ий|ии; ij ий|иж; yi ый|йи; \
        yj ый; ja я|жа; ju ю|жу; jo е|жо; oo у|оо; ee и|ее; zs ж; cz ч; cs ч; qu ку|кв; ck к; ph ф
        """)

    static let one: [UInt16: [Letters]] = Dictionary(
        table(
            """
            a а|я; á а; ä а; à а; â а; b б; c ц|с|к; d д; e е|э; é е; ë е; è е; f ф; g г; ğ г; ǵ г; h х; x х|кс; i и|ы; ı и|ы|й; \
            ï и; í и; î и; j ж|й; k к; l л|ль; m м; n н; ñ н; ń н; ŋ н; o о; ó о; ö о; ô о; p п; q к|г; r р; s с|ш; t т; u у|ю; ú у; \
            ü у; ū у; ý у; û у; w у|ш|в; v в; y ы|и|й; z з|ж; ş ш; š ш; ç ч; č ч; ć ч; ž ж; ' ь; ` ь; 4 ч|4; 6 ш|6
            """
        ).compactMap { key, value in key.first.map { ($0, value) } }, uniquingKeysWith: { first, _ in first })

    static func table(_ text: String) -> [Letters: [Letters]] {
        var table: [Letters: [Letters]] = [:]
        for entry in text.split(separator: ";") {
            let halves = entry.split(separator: " ")
            if halves.count == 2 { table[halves[0].letters] = readings(String(halves[1])) }
        }
        return table
    }
}
