import Testing
import TextAnalysis

@Suite struct QueryMaskTests {
    @Test(
        "Personal numbers and addresses are hidden",
        arguments: [
            ("иин 870512300123 справка", "иин ‹iin› справка"), ("звонил +7 701 123-45-67", "звонил ‹phone›"),
            ("8 (701) 123 45 67", "‹phone›"), ("карта 4400 4301 1234 5678", "карта ‹card›"),
            ("пишите Ivan.Petrov@mail.kz срочно", "пишите ‹email› срочно"),
            ("счет KZ86125KZT5004100100", "счет ‹account›"),
            ("номер 123456789", "номер ‹number›"), ("услуга 00101001", "услуга 00101001"),
            ("16 лет, 1,5 года", "16 лет 1 5 года"),
        ])
    func masks(query: String, kept: String) { #expect(QueryMask.normalise(query) == kept) }

    @Test("What is kept is short and in lower case")
    func short() {
        #expect(QueryMask.normalise(String(repeating: "Сөз ", count: 10_000)).count <= 200)
        #expect(QueryMask.normalise("  СПРАВКА,\n О  судимости ") == "справка о судимости")
    }
}
