import Testing
import TextAnalysis

/// Analysing what analysis gave changes nothing: held over every word of the knowledge folder.
@Suite struct IdempotenceTests {
    @Test("There are words to hold it over")
    func words() { #expect(RealWords.all.count > 5_000) }

    @Test("Folding a folded word gives the word")
    func folding() {
        let changed = RealWords.all.filter { Folding.fold(Folding.fold($0)) != Folding.fold($0) }
        #expect(changed.isEmpty)
    }

    @Test("The Russian key of a key is the key")
    func russianKey() {
        let analysis = WordKeys.standard
        let changed = RealWords.all.filter { word in
            let key = analysis.russian(word)[0]
            return analysis.russian(key)[0] != key
        }
        #expect(changed.isEmpty)
    }

    @Test("The Kazakh stem of a stem is the stem")
    func kazakhStem() {
        let changed = RealWords.all.filter { word in
            let stem = KazakhStemmer.stem(Folding.fold(word))
            return KazakhStemmer.stem(stem) != stem
        }
        #expect(changed.isEmpty)
    }

    @Test("A key is asked for by itself")
    func keyAsksForItself() {
        let analysis = WordKeys.standard
        let lost = RealWords.all.filter { word in
            let key = analysis.russian(word)[0]
            return !analysis.query(key).contains(key)
        }
        #expect(lost.isEmpty)
    }

    @Test("Reading Cyrillic as Latin and scanning scanned words change nothing")
    func scanning() {
        let changed = RealWords.all.filter { word in
            TextWords.scan(word.text).map(\.letters) != [word]
                || Folding.hasLatin(word) == false && Transliteration.variants(word, limit: 1) != [Folding.fold(word)]
        }
        #expect(changed.isEmpty)
    }
}
