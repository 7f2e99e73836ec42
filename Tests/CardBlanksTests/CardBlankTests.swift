import CardBlanks
import Foundation
import KnowledgeBase
import Languages
import Spreadsheets
import TestSupport
import Testing
import Workbooks
import WorkingDays

@Suite("The form of a card as a workbook")
struct CardBlankTests {
    static let words = CardBlankWords(
        fields: [:], parts: [:],
        choices: [
            "fact": ["fee": Localized(kk: "Төлемі", ru: "Оплата", en: "Fee")],
            "measure": ["mci": Localized(kk: "АЕК", ru: "МРП", en: "MCI")],
        ], channels: [:], title: Localized(kk: "Карточка нысаны", ru: "Форма карточки"),
        facts: Localized(kk: "Фактілер", ru: "Факты"), help: [Localized(kk: "Толтырыңыз", ru: "Заполните")],
        edition: Localized(kk: "Редакция", ru: "Редакция"))

    private static func cards() throws -> [Card] {
        let folder = Repository.path + "/knowledge/services"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
        // Every seventh: a workbook takes a while to be written.
        return try names.enumerated().filter { $0.offset % 7 == 0 }.map { _, name in
            try CardFile.read(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), file: name).card
        }
    }

    private func day() throws -> CivilDate { try #require(CivilDate("2026-03-27")) }

    @Test("A blank that comes back as it went out is the card, to the letter")
    func roundTrip() throws {
        for card in try Self.cards() {
            let form = CardForm(card)
            let blank = CardBlank(form, of: card.code, edition: 3, Self.words, on: try day())
            let reading = try CardBlankReading(ByteSource(try blank.workbook.bytes()), Self.words)
            #expect(reading.code == card.code && reading.edition == 3)
            #expect(reading.unread.isEmpty, "\(card.code) \(reading.unread)")
            let (read, faults) = reading.form(over: form).card(over: card)
            #expect(faults.isEmpty && read == card, "\(card.code)")
        }
    }

    private func read(_ lines: [String]) throws -> CardBlankReading {
        try CardBlankReading(ByteSource(Array(lines.joined(separator: "\r\n").utf8)), Self.words)
    }

    @Test("A text table of the same columns is read, rows put below a list belong to it, what cannot be read is named")
    func text() throws {
        let card = try #require(try Self.cards().first)
        let reading = try read([
            "card;;\(card.code);", "edition;;2;", "fee;;Тегін;Бесплатно", "documents.0;;Өтініш;Заявление",
            ";;Жеке куәлік;Удостоверение личности", "channels.portal;;+;", "channels.psc;;;", "pigeon;;а;б",
            "facts.0;ОПЛАТА;;;0,25;мрп;;;Кодекс;01.02.2026;", "facts.1;price;;;1;МРП;;;Кодекс;;", "term;;;;и еще",
        ])
        #expect(reading.isForm && reading.code == card.code && reading.edition == 2)
        #expect(
            reading.unread.map { "\($0.address) \($0.reason)" } == [
                "A8 unknownPlace", "B10 unknownChoice", "E11 outside",
            ])
        let form = reading.form(over: CardForm(card))
        let read = form.card(over: card)
        #expect(
            read.card.documents
                == LocalizedList(kk: ["Өтініш", "Жеке куәлік"], ru: ["Заявление", "Удостоверение личности"]))
        #expect(read.card.fee == CardText(kk: "Тегін", ru: "Бесплатно"))
        #expect(read.card.channels == ["portal"])
        #expect(form.facts[0][.fact] == "fee" && form.facts[0][.since] == "2026-02-01")
        #expect(reading.addresses["facts.0.amount"] == "E9")
        #expect(read.faults.map(\.place) == ["facts.1.fact"])
        #expect(reading.form(over: CardForm(card)).word(of: .owner) == card.owner)
    }

    @Test("A table of something else is no form")
    func noForm() throws {
        #expect(!(try read(["a;b;c", "1;2;3"]).isForm))
        #expect(throws: SpreadsheetError.self) {
            try CardBlankReading(ByteSource([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31, 0x2E, 0x34]), Self.words)
        }
    }
}
