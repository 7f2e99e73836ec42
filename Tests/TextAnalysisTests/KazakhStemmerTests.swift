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
            ("токта", "тоқтату тоқтатылған тоқта"), ("жогал", "жоғалту жоғалтып жоғалған"),
            ("сынып", "сынып сыныбына сыныптар"), ("уй", "үйге үйден"), ("су", "суға"), ("орын", "орны орын"),
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

    @Test("The root of a derived word is among its roots, in any form of it, and no short one is")
    func roots() {
        func roots(_ word: String) -> [String] { KazakhStemmer.roots(Folding.fold(word.letters)).map(\.text) }
        #expect(roots("шопырлық").contains("шопыр"))
        #expect(roots("шопырлығым").contains("шопыр"))
        #expect(roots("көліксіз").contains("колик"))
        #expect(roots("жолды").isEmpty)
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
