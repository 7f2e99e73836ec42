import Testing
import Triage

@Suite struct PersonalDataTests {
    @Test(
        "What tells who somebody is, is found and hidden",
        arguments: [
            ("Пищухин Р.С., тел. 8 700 000 12 34", ["Пищухин Р.С", "8 700 000 12 34"]),
            ("ЖСН 000101500010, +7-700-000-12-34", ["000101500010", "+7-700-000-12-34"]),
            ("почта soika.lebed@example.kz", ["soika.lebed@example.kz"]),
            ("Қарлығаш Бүркітова, 1958 ж.т.", ["Қарлығаш Бүркітова", "1958 ж.т"]),
            ("Костанай, ул. Вымышленная, д. 5, кв. 20", ["Костанай, ул. Вымышленная, д. 5, кв. 20"]),
            ("Заявление № 101000000045 от 3 мая", ["101000000045"]), ("машина 123 TST 10 стоит", ["123 TST 10"]),
            ("оператор Мадинаға рақмет", ["Мадинаға"]),
            ("Дрозд Антон Ильич, участок 03-000-000-777", ["Дрозд Антон Ильич", "03-000-000-777"]),
        ])
    func spans(_ text: String, _ expected: [String]) throws {
        let reading = try TriageFixture.read(text)
        let bytes = Array(text.utf8)
        #expect(reading.personal.map { String(decoding: bytes[$0.bytes], as: UTF8.self) } == expected)
        for piece in expected { #expect(!reading.masked(text).contains(piece)) }
    }

    @Test(
        "Places, bodies, sums and dates of events are nobody's",
        arguments: [
            "В Костанае 3 мая 2026 года ждали 40 минут", "Акимат Бостандыкского района, окно 5, сумма 12 500 тенге",
            "ЕНПФ, форма 270, срок 15 рабочих дней", "Порталдағы «Тұрғын үй көмегін тағайындау» қызметі",
            "Аким района не отвечает на жалобу",
        ])
    func nobody(_ text: String) throws { #expect(try TriageFixture.read(text).personal.isEmpty) }

    @Test("An IIN is one only by its check digit; another number of twelve digits is hidden as a number")
    func checkDigit() throws {
        #expect(try TriageFixture.read("ИИН 000101500011").personal.map(\.kind) == [.iin])
        #expect(try TriageFixture.read("ИИН 000101500010").personal.map(\.kind) == [.number])
    }
}
