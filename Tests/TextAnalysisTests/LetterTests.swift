import Testing
import TextAnalysis

@Suite struct LetterTests {
    @Test(
        "Kazakh letters fold to the Russian ones typed for them",
        arguments: [
            ("әңғүұқөһі", "ангуукохи"), ("ёлка", "елка"), ("объект", "обект"), ("май", "май"), ("сыр", "сыр"),
            ("эхо", "эхо"),
            ("cправка", "справка"), ("жәрдeмақы", "жардемакы"), ("egov", "egov"),
        ])
    func folds(word: String, folded: String) { #expect(Folding.fold(word.letters).text == folded) }

    @Test("Folding a folded word changes nothing, for every real word")
    func foldsOnce() {
        for word in RealWords.all {
            let folded = Folding.fold(word)
            #expect(Folding.fold(folded) == folded, "\(word.text)")
        }
    }

    @Test("A key is its own key: what the index holds is found by itself")
    func keyOfKey() {
        for word in RealWords.all {
            for key in WordKeys.standard.russian(word) {
                #expect(WordKeys.standard.russian(key) == [key], "\(word.text)")
            }
            let kazakh = WordKeys.standard.kazakh(word)[0]
            #expect(WordKeys.standard.kazakh(kazakh)[0] == kazakh, "\(word.text)")
        }
    }

    @Test("The keys of a query hold the keys under which the same word is indexed")
    func queryMeetsIndex() {
        for word in RealWords.all {
            let query = Set(WordKeys.standard.query(word))
            #expect(!query.isDisjoint(with: WordKeys.standard.russian(word)), "\(word.text)")
            #expect(query.contains(WordKeys.standard.kazakh(word)[0]), "\(word.text)")
        }
    }

    @Test(
        "Texts are cut into words",
        arguments: [
            ("Жеке куәлік, беру!", "жеке|куәлік|беру"), ("е-гов 1,5 лет", "е|гов|1|5|лет"), ("ЭЦҚ алу", "эцқ|алу"),
            ("и\u{306}од е\u{308}лка", "йод|ёлка"), ("со\u{ad}гласие", "согласие"), ("\u{0}\u{202e}\"*(", ""),
            ("👩‍👩‍👧 отбасы", "отбасы"),
        ])
    func cuts(text: String, words: String) {
        #expect(TextWords.scan(text).map(\.letters.text).joined(separator: "|") == words)
    }

    @Test("The bytes of a word are where it stands")
    func bytes() throws {
        let text = "«Үй» сату"
        let words = TextWords.scan(text)
        #expect(words.map { String(decoding: Array(text.utf8)[$0.bytes], as: UTF8.self) } == ["Үй", "сату"])
    }

    @Test(
        "Latin letters are read as Kazakh or Russian",
        arguments: [
            ("spravka", "справка"), ("qujat", "кужат"), ("zheke", "жеке"), ("kuälık", "куалик"), ("shchuka", "щука"),
            ("şaǵym", "шагым"), ("tūrǵyn", "тургын"), ("yurist", "юрист"), ("novyi", "новый"), ("joǵary", "жогары"),
            ("ñ", "н"), ("passport", "пасспорт"),
        ])
    func transliterates(latin: String, cyrillic: String) {
        #expect(Transliteration.variants(latin.letters).map(\.text).contains(cyrillic))
    }

    @Test(
        "Keys of the English layout are read as Russian",
        arguments: [
            ("ghfdf", "права"), ("cghfdrf j ytcelbvjcnb", "справка о несудимости"), (",bktn", "билет"),
            ("hj;ltybt", "рождение"),
        ])
    func russianLayout(keys: String, text: String) { #expect(KeyboardLayout.russian(fromEnglish: keys) == text) }

    @Test(
        "The number row is read as Kazakh letters",
        arguments: [
            ("ж8рг3зуш3 ку2л3г3", "жүргізуші куәлігі"), ("к-мек", "көмек"), ("0андас", "қандас"),
            ("2026 жыл", "2026 жыл"),
        ])
    func numberRow(keys: String, text: String) { #expect(KeyboardLayout.kazakhNumberRow(keys) == text) }

    @Test("Keys of the English layout are read as Kazakh", arguments: [("0fpf0", "қазақ"), ("rtktc3v", "келесім")])
    func kazakhLayout(keys: String, text: String) { #expect(KeyboardLayout.kazakh(fromEnglish: keys) == text) }

    @Test("Russian keys are read as English", arguments: [("упщм", "egov")])
    func englishLayout(keys: String, text: String) { #expect(KeyboardLayout.english(fromRussian: keys) == text) }
}
