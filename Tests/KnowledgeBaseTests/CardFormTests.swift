import CardSearch
import Foundation
import KnowledgeBase
import Languages
import TestSupport
import Testing
import WorkingDays

@Suite("The form of a card")
struct CardFormTests {
    private static func cards() throws -> [Card] {
        let folder = Repository.path + "/knowledge/services"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
            .map { name in
                try CardFile.read(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), file: name).card
            }
    }

    /// A card that says everything a form can hold.
    private static func full() throws -> Card {
        try CardFile.read(
            CardFolder.card(
                more: """
                    channels: [psc, portal]
                    facts:
                      - {fact: fee, mci: 0.25, case: lost, channel: portal, source: "Act, 5", since: 2026-01-01, until: 2026-12-31}
                      - {fact: fee, tenge: 1202.54, source: "Act, 6"}
                      - {fact: fee, percent: 3, text: {kk: "құнынан", ru: "от цены"}, source: "Act, 7"}
                      - {fact: fee, free: true, case: child, source: "Act, 8"}
                      - {fact: term, term: 5 working days, source: "Act, 9"}
                      - {fact: term, term: 10 calendar days, channel: psc, source: "Act, 10"}
                      - {fact: term, term: at once, channel: portal, source: "Act, 11"}
                      - {fact: validity, text: {ru: "10 лет"}, source: "Letter"}
                    """), file: "S0001.yaml"
        ).card
    }

    /// Everything that a browser sends of a form.
    private static func sent(_ form: CardForm) -> [String: String] {
        var sent: [String: String] = [:]
        for (name, pair) in form.texts { (sent["\(name).kk"], sent["\(name).ru"]) = (pair.kk, pair.ru) }
        for (name, rows) in form.lists {
            sent["\(name).rows"] = "\(rows.count)"
            for (row, pair) in rows.enumerated() {
                (sent["\(name).\(row).kk"], sent["\(name).\(row).ru"]) = (
                    pair.kk.replacing("\n", with: "\r\n"), pair.ru.replacing("\n", with: "\r\n")
                )
            }
        }
        for (name, word) in form.words { sent[name] = word }
        sent["channels.rows"] = "1"
        for channel in form.channels { sent["channels.\(channel)"] = "yes" }
        sent["facts.rows"] = "\(form.facts.count)"
        for (row, fact) in form.facts.enumerated() {
            for part in CardFormFact.Part.allCases { sent["facts.\(row).\(part.rawValue)"] = fact[part] }
        }
        return sent
    }

    @Test("Every card of the knowledge base goes through the form and comes back to the letter, its YAML too")
    func roundTrip() throws {
        let cards = try Self.cards() + [try Self.full()]
        #expect(cards.count > 400)
        for card in cards {
            var form = CardForm(card)
            form.take(CardFormField.allCases) { Self.sent(CardForm(card))[$0] }
            let (read, faults) = form.card(over: card)
            #expect(faults.isEmpty, "\(card.code) \(faults)")
            #expect(read == card, "\(card.code)")
            #expect(CardFile.write(read) == CardFile.write(card), "\(card.code)")
        }
    }

    @Test("A form that is typed from nothing says all that the card says")
    func fromNothing() throws {
        let card = try Self.full()
        var bare = try CardFile.read(CardFolder.empty, file: "S0001.yaml").card
        var form = CardForm(bare)
        form.take(CardFormField.allCases) { Self.sent(CardForm(card))[$0] }
        let (read, faults) = form.card(over: bare)
        #expect(faults.isEmpty)
        #expect(Set(read.channels ?? []) == Set(card.channels ?? []))
        bare = read
        bare.channels = card.channels
        bare.content = card.content
        #expect(bare == card)
    }

    @Test("What the form shows otherwise than it stands keeps its letters, and its neighbour is changed all the same")
    func untouched() throws {
        var card = try Self.full()
        card.term = CardText(kk: "  бес күн \n", ru: "пять\r\nдней ")
        card.documents?.ru?[0] = " Заявление "
        var form = CardForm(card)
        form.take([.term, .documents]) {
            [
                "term.kk": "алты күн", "term.ru": "пять\ndней".replacing("d", with: "д"), "documents.rows": "3",
                "documents.0.kk": "Өтініш", "documents.0.ru": "Заявление", "documents.1.kk": "Жеке куәлік",
                "documents.1.ru": "Удостоверение личности", "documents.2.kk": "Фото", "documents.2.ru": "Фото",
            ][$0]
        }
        let read = form.card(over: card).card
        #expect(read.term == CardText(kk: "алты күн", ru: "пять\r\nдней "))
        #expect(read.documents?.ru == [" Заявление ", "Удостоверение личности", "Фото"])
        #expect(read.documents?.kk == ["Өтініш", "Жеке куәлік", "Фото"])
        #expect(read.stated == card.stated)
    }

    @Test("A body changes its own fields only, whatever it sends")
    func ofBody() throws {
        let card = try Self.full()
        var form = CardForm(card)
        form.take(CardFormField.ofBody) { ["owner": "MIA", "content": "confirmed", "fee.ru": "5 МРП"][$0] }
        let read = form.card(over: card).card
        #expect(read.owner == card.owner && read.content == card.content)
        #expect(read.fee?.ru == "5 МРП")
    }

    @Test(
        "Each fault of a fact stands at its place",
        arguments: [
            (["fact": "", "source": "x", "amount": "1", "measure": "mci"], "fact", CardFormFault.Kind.missing),
            (["fact": "price", "source": "x", "amount": "1", "measure": "mci"], "fact", .unknown),
            (["fact": "fee", "amount": "1", "measure": "mci"], "source", .missing),
            (["fact": "fee", "source": "x"], "amount", .noValue),
            (["fact": "fee", "source": "x", "amount": "1"], "measure", .missing),
            (["fact": "fee", "source": "x", "measure": "mci"], "amount", .missing),
            (["fact": "fee", "source": "x", "measure": "mci", "amount": "много"], "amount", .noNumber),
            (["fact": "fee", "source": "x", "measure": "free", "amount": "5"], "amount", .noAmount),
            (["fact": "term", "source": "x", "measure": "tenge", "amount": "5"], "measure", .onlyFee),
            (["fact": "fee", "source": "x", "measure": "at-once"], "measure", .onlyTerm),
            (["fact": "term", "source": "x", "measure": "working-days", "amount": "2.5"], "amount", .noDays),
            (["fact": "fee", "source": "x", "measure": "free", "since": "вчера"], "since", .noDay),
            (
                ["fact": "fee", "source": "x", "measure": "free", "since": "2026-02-01", "until": "2026-01-01"],
                "until", .daysTurned
            ),
            (["fact": "fee", "source": "x", "measure": "free", "channel": "pigeon"], "channel", .unknown),
        ])
    func faults(_ typed: [String: String], _ part: String, _ kind: CardFormFault.Kind) throws {
        let card = try CardFile.read(CardFolder.card(), file: "S0001.yaml").card
        var form = CardForm(card)
        form.take([.stated]) { $0 == "facts.rows" ? "1" : typed[$0.replacing("facts.0.", with: "")] }
        let faults = form.card(over: card).faults
        #expect(faults == [CardFormFault(place: "facts.0.\(part)", kind: kind)])
        #expect(faults.first?.field == .stated)
    }

    @Test("Words without which there is no card, and those that are too long, are named")
    func needed() throws {
        let card = try CardFile.read(CardFolder.card(), file: "S0001.yaml").card
        var form = CardForm(card)
        form.take(CardFormField.allCases) {
            [
                "title.kk": " ", "title.ru": "", "owner": "", "content": "sure",
                "term.kk": String(repeating: "а", count: 4_001),
            ][$0]
        }
        let faults = form.card(over: card).faults
        #expect(
            Set(faults.map { "\($0.place) \($0.kind)" }) == [
                "title.kk missing", "title.ru missing", "owner missing", "content unknown", "term.kk tooLong",
            ])
    }

    @Test("What the appendix of 797 asks for and the form does not say is named in each language")
    func missing() throws {
        let card = try CardFile.read(CardFolder.card(), file: "S0001.yaml").card
        let missing = Set(CardForm(card).missing.map(\.place))
        #expect(missing.isSuperset(of: ["term.kk", "term.ru", "refusal-grounds.0.kk", "channels", "contacts.ru"]))
        #expect(missing.isDisjoint(with: ["title.kk", "fee.ru", "documents.0.kk", "summary.kk"]))
    }

    @Test("Rows are added, taken away, and no more than a form holds")
    func rows() throws {
        var form = CardForm(try CardFile.read(CardFolder.card(), file: "S0001.yaml").card)
        form.addRow(to: .documents)
        form.removeRow(0, of: .documents)
        form.removeRow(7, of: .documents)
        #expect(form.rows(of: .documents).map(\.kk) == ["Жеке куәлік", ""])
        for _ in 0..<100 { form.addRow(to: .stated) }
        #expect(form.facts.count == CardForm.mostRows)
        form.take([.documents]) { $0 == "documents.rows" ? "99999999" : nil }
        #expect(form.rows(of: .documents).count == CardForm.mostRows)
    }

    @Test("The form becomes an edition as the text does, is held against the register, and its draft is gone then")
    func edition() async throws {
        let world = try await World()
        let folder = CardFolder()
        try folder.write("S0001.yaml", CardFolder.card())
        _ = try world.take(folder)
        let now = try at("2026-03-27 11:00:00")
        var form = CardForm(try #require(try await world.cards.card("S0001")).card)
        form.take(CardFormField.allCases) { ["owner": "NOBODY", "fee.ru": "5 МРП"][$0] }
        let id = CardDrafts.id(of: world.coordinator, card: "S0001")
        try await world.cards.keep(CardDraft(form: form, edition: 1, savedAt: now), as: id, by: world.coordinator)
        #expect(try await world.cards.draft(id)?.form == form)
        let wrong = try #require(try await world.cards.check(form, of: "S0001", edition: 1))
        #expect(wrong.faults == [CardFormFault(place: "owner", kind: .notRegistered)])
        await #expect(throws: CardFormFaults.self) {
            try await world.cards.edit(
                "S0001", form: form, source: "letter", expecting: 1, by: world.coordinator, at: now)
        }
        form.take([.owner]) { ["owner": "MD"][$0] }
        let right = try #require(try await world.cards.check(form, of: "S0001", edition: 1))
        #expect(right.differences.map(\.new) == ["5 МРП"])
        #expect(right.uneven == ["fee"])
        let record = try await world.cards.edit(
            "S0001", form: form, source: "letter", expecting: 1, by: world.coordinator, at: now)
        #expect(record.edition == 2 && record.card.fee?.ru == "5 МРП" && record.origin == .coordinator)
        #expect(try await world.cards.draft(id) == nil)
        // Nobody undoes what another has done meanwhile.
        await #expect(throws: (any Error).self) {
            try await world.cards.edit(
                "S0001", form: form, source: "letter", expecting: 1, by: world.coordinator, at: now)
        }
    }

    @Test("A draft that nobody touches is forgotten, and no draft is larger than a card can be")
    func drafts() async throws {
        let world = try await World()
        let form = CardForm(try CardFile.read(CardFolder.card(), file: "S0001.yaml").card)
        let (old, later) = (try at("2026-01-05 10:00:00"), try at("2026-06-05 10:00:00"))
        try await world.cards.keep(CardDraft(form: form, edition: 1, savedAt: old), as: "a", by: world.coordinator)
        try await world.cards.keep(CardDraft(form: form, edition: 1, savedAt: later), as: "b", by: world.coordinator)
        #expect(try await world.cards.draft("a") == nil)
        #expect(try await world.cards.draft("b")?.savedAt == later)
        var large = form
        large.take([.contacts]) { $0 == "contacts.kk" ? String(repeating: "а", count: CardDrafts.largest) : nil }
        let tooLarge = large
        await #expect(throws: (any Error).self) {
            try await world.cards.keep(
                CardDraft(form: tooLarge, edition: 1, savedAt: later), as: "b", by: world.coordinator)
        }
        #expect(try await world.cards.draft("b")?.form == form)
        try await world.cards.forgetDraft("b", by: world.coordinator, at: later)
        #expect(try await world.cards.draft("b") == nil)
    }
}
