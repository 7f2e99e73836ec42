import Testing
import TextAnalysis

@Suite struct KazakhStemmerTests {
    @Test(
        "Forms of a word meet in one stem",
        arguments: [
            ("куалик", "куәлік куәлігі куәлігім куәлігімнің куәліктер куәлікті куәлікке куәлігіне"),
            ("жардемак", "жәрдемақысын жәрдемақылар жәрдемақыны жәрдемақының"),
            ("тирке", "тіркеу тіркеуге тіркелген тіркеймін тіркеуді тіркеуден"),
            ("жумыс", "жұмыс жұмысы жұмысқа жұмыстан жұмыстар"),
            ("мугедектик", "мүгедектік мүгедектігі мүгедектігіне"),
            ("бала", "бала балалар балаға балаларымызға баланың балам"),
            ("кала", "қала қалада қаласында қалалар қаладан"),
            ("мектеп", "мектеп мектебі мектебінің мектепке мектептер"),
            ("кужат", "құжат құжаттар құжаттарды құжаттың құжатты"),
            ("азамат", "азамат азаматтар азаматтардың азаматқа"),
            ("толем", "төлем төлемдер төлемдерді төлемге"),
            ("аныктама", "анықтама анықтамаға анықтаманы анықтамалар"),
            ("озгер", "өзгерту өзгерткім"), ("ауыс", "ауыстыру ауыстырғым"), ("кулак", "құлақ құлағым"),
            ("уй", "үйге үйден"), ("су", "суға"), ("орын", "орны орын"),
        ])
    func formsMeet(stem: String, forms: String) {
        for form in forms.split(separator: " ") {
            #expect(KazakhStemmer.stem(Folding.fold(form.letters)).text == stem, "\(form)")
        }
    }

    @Test(
        "Words that only look inflected stay", arguments: ["ақша", "жаңа", "сенім", "білім", "айып", "емхана", "орта"])
    func exceptionsStay(word: String) {
        let folded = Folding.fold(word.letters)
        #expect(KazakhStemmer.stem(folded) == folded)
    }

    @Test("Derivation is not inflection: -лық, -шы, -сыз are kept", arguments: ["азаматтық", "жүргізуші", "жұмыссыз"])
    func derivationStays(word: String) {
        #expect(KazakhStemmer.stem(Folding.fold(word.letters)).count >= word.count - 1)
    }

    @Test("The stem of a stem is the stem, for every real word")
    func stemOfStem() {
        #expect(RealWords.all.count > 5_000)
        for word in RealWords.all {
            let stem = KazakhStemmer.stem(Folding.fold(word))
            #expect(KazakhStemmer.stem(stem) == stem, "\(word.text)")
        }
    }
}
