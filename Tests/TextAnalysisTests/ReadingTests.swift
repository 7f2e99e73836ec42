import Testing
import TextAnalysis

@Suite struct ReadingTests {
    @Test(
        "Everyday Latin spelling has the Cyrillic word among its readings",
        arguments: [
            ("registratsiya", "регистрация"), ("subsidiya", "субсидия"), ("lisenziyu", "лисензию"),
            ("jardemaqy", "жәрдемақы"),
            ("shchuchinsk", "щучинск"), ("tirkeý", "тіркеу"), ("ūlttyq", "ұлттық"), ("üy", "үй"),
        ])
    func latin(_ latin: String, _ word: String) throws {
        let typed = try #require(TextWords.scan(latin).first).letters
        #expect(Transliteration.variants(typed).map(\.text).contains(Folding.fold(word.letters).text))
    }

    @Test("Two numbers side by side are hidden as what each of them is")
    func numbersSideBySide() {
        #expect(QueryMask.normalise("870101300123 +7 701 123 45 67") == "‹iin› ‹phone›")
        #expect(QueryMask.normalise("87011234567 870101300123") == "‹phone› ‹iin›")
        #expect(QueryMask.normalise("4400 4301 1234 5678") == "‹card›")
        #expect(QueryMask.normalise("2026 год 500 000 тенге") == "2026 год 500 000 тенге")
    }
}
