import Casework
import Contacts
import Journal
import Languages
import TestSupport
import Testing
import WorkingDays

@Suite("Contacts")
struct ContactsTests {
    private static let told = ContactCardTold(card: "S0288", edition: 3, language: .ru)

    @Test("a call from start to end keeps the card's edition and the language it was read in")
    func wholeCall() async throws {
        let world = try await World()
        let contact = try await world.start("2026-03-19 10:59:30")
        #expect(contact.id == "2026-000001")
        let closed = try await world.perform(
            .describe(ContactDescribed(topic: .service)), .tell(Self.told), .close(.answeredByCard, .person),
            on: contact.id, at: "2026-03-19 11:02:15")
        #expect(closed.card == "S0288" && closed.edition == 3 && closed.cardLanguage == .ru)
        #expect(closed.outcome == .answeredByCard && closed.seconds == 165 && closed.service == "S0288")
        #expect(try await world.desk.open(of: world.operatorSeven) == nil)
        try world.expectSameAfterRebuild()
    }

    @Test("the next call closes the one left open with the outcome that follows from it, and starts clean")
    func nextCall() async throws {
        let world = try await World()
        let first = try await world.start("2026-03-19 10:00:00")
        try await world.perform(.tell(Self.told), on: first.id, at: "2026-03-19 10:01:00")
        let second = try await world.start("2026-03-19 10:05:00")
        #expect(second.card == nil && second.topic == nil && second.outcome == nil)
        let third = try await world.start("2026-03-19 10:06:00")
        let outcomes = try world.journal.readNow { db in
            try [first.id, second.id, third.id].map { try ContactRecord.fetch($0, in: db)?.outcome }
        }
        #expect(outcomes == [.answeredByCard, .dropped, nil])
    }

    @Test("a screen popped twice for one call begins one contact; another operator's call another")
    func sameCall() async throws {
        let world = try await World()
        let first = try await world.start("2026-03-19 10:00:00", call: "abc")
        #expect(try await world.start("2026-03-19 10:00:01", call: "abc").id == first.id)
        #expect(try await world.start("2026-03-19 10:00:02", call: "abc", by: Actor("user:8")).id != first.id)
        #expect(try await world.start("2026-03-19 10:04:00", call: "def").id != first.id)
    }

    @Test("a contact belongs to its operator and ends once")
    func refusals() async throws {
        let world = try await World()
        let contact = try await world.start("2026-03-19 10:00:00")
        await #expect(throws: Refusal.self) {
            try await world.perform(
                .close(.dropped, .person), on: contact.id, at: "2026-03-19 10:01:00", by: Actor("user:8"))
        }
        await #expect(throws: Refusal.self) {
            try await world.perform(.close(.answeredByCard, .person), on: contact.id, at: "2026-03-19 10:01:00")
        }
        try await world.perform(.close(.dropped, .person), on: contact.id, at: "2026-03-19 10:01:00")
        await #expect(throws: Refusal.self) {
            try await world.perform(.tell(Self.told), on: contact.id, at: "2026-03-19 10:02:00")
        }
        await #expect(throws: Refusal.self) {
            try await world.perform(.close(.dropped, .person), on: "2026-000099", at: "2026-03-19 10:02:00")
        }
    }

    @Test(
        "what telephony says is kept only where it cannot be a number",
        arguments: [
            ("+7 701 123-45-67", false), ("77011234567", false), ("tel:+77011234567", false), ("1414", false),
            ("call-77011234567", false), ("sip:aigul@pbx", false), ("", false), ("701 1234567 ext", false),
            ("550e8400-e29b-41d4-a716-446655440000", true), ("PBX1-20260319-000042", false), ("PBX1-000042", true),
            ("abc", true),
        ])
    func references(text: String, isKept: Bool) {
        #expect((CallReference(text).opaque != nil) == isKept)
    }
}

@Suite("Statistics of contacts")
struct ContactStatisticsTests {
    @Test("closed contacts are counted by day, hour, outcome and service; open ones are not")
    func counts() async throws {
        let world = try await World()
        for (start, outcome) in [
            ("2026-03-19 09:10:00", ContactOutcome.answeredByCard), ("2026-03-19 09:50:00", .nothingFound),
            ("2026-03-20 23:59:30", .answeredWithoutCard),
        ] {
            let contact = try await world.start(start)
            if outcome == .answeredByCard {
                try await world.perform(
                    .tell(ContactCardTold(card: "S0288", edition: 1, language: .kk)), on: contact.id, at: start)
            }
            if outcome == .nothingFound {
                try await world.perform(.describe(ContactDescribed(service: "S0288")), on: contact.id, at: start)
            }
            let end = try at(start).adding(milliseconds: 60_000)
            try await world.desk.perform(
                [.close(outcome, .person)], on: contact.id, by: world.operatorSeven, at: end)
        }
        _ = try await world.start("2026-03-21 09:00:00")
        let figures = try world.statistics("2026-03-19", "2026-03-31")
        #expect(figures.total.contacts == 3 && figures.total.byCard == 1 && figures.total.answered == 2)
        #expect(figures.total.averageSeconds == 60)
        #expect(figures.byHour[9].contacts == 2 && figures.byHour[23].contacts == 1)
        #expect(figures.byDay[try day("2026-03-20")]?.contacts == 1)
        #expect(figures.outcomes == [.answeredByCard: 1, .nothingFound: 1, .answeredWithoutCard: 1])
        #expect(figures.services.map(\.contacts) == [2] && figures.services.map(\.answered) == [1])
        #expect(figures.languages == [.kk: 3] && figures.channels == [.phone: 3])
        #expect(try world.statistics("2026-03-20", "2026-03-20").total.contacts == 1)
        try world.expectSameAfterRebuild()
    }
}

@Suite("Stages of applications")
struct StageTests {
    private static func table(_ lines: String...) -> [UInt8] {
        Array((["number,service,stage,date,body"] + lines).joined(separator: "\n").utf8)
    }

    @Test("the latest stage is told, the number is kept as a hash only, and the same file again changes nothing")
    func latest() async throws {
        let world = try await World()
        try world.takeKnowledge()
        #expect(try await world.stages.find("1").hasData == false)
        let now = try at("2026-03-19 10:00:00")
        let bytes = Self.table(
            "AB-12 34,S0288,ready,2026-03-18,MIA", "AB-1234,S0288,accepted,2026-03-10,MIA",
            ",S0288,ready,2026-03-18,MIA", "1,S0288,lost,2026-03-18,MIA", "1,S9999,ready,2026-03-18,MIA",
            "1,S0288,ready,18.03.2026,MIA", "1,S0288,ready,2026-03-18,XX", "1,S0288,ready,2026-03-20,MIA")
        let report = try await world.stages.import(
            name: "stages.csv", bytes: bytes, by: world.operatorSeven, at: now)
        #expect(report.taken == 2 && report.refused.count == 6)
        #expect(report.refused.last == "line 9: 2026-03-20 lies in the future: correct the date.")
        #expect(report.refused.first?.hasPrefix("line 4:") == true)
        let found = try await world.stages.find("ab1234")
        #expect(found.record?.stage == .ready && found.hasData)
        #expect(try await world.stages.find("zz").record == nil)
        let again = try await world.stages.import(
            name: "stages.csv", bytes: bytes, by: world.operatorSeven, at: now)
        #expect(again.isKnown)
        try world.expectSameAfterRebuild()
    }
}

@Suite("Drafts of additional requests")
struct RequestDraftTests {
    @Test("a draft is kept without what looks like a person's number, waits, and is sent or dropped once")
    func draft() async throws {
        let world = try await World()
        try world.takeKnowledge()
        let now = try at("2026-03-19 10:00:00")
        let draft = try await world.desk.draft(
            RequestDrafted(body: "MIA", service: "S0288", text: "не знаем для ИИН 900101300123", language: .ru),
            by: world.operatorSeven, at: now)
        #expect(!draft.text.contains("900101300123") && draft.text.hasPrefix("не знаем"))
        #expect(try world.journal.readNow { try RequestDraftRecord.waiting(in: $0) }.map(\.id) == ["2026-000001"])
        try await world.desk.perform(.send(request: "r1"), onDraft: draft.id, by: world.operatorSeven, at: now)
        #expect(try world.journal.readNow { try RequestDraftRecord.waiting(in: $0) }.isEmpty)
        await #expect(throws: Refusal.self) {
            try await world.desk.perform(
                .drop(reason: "no"), onDraft: draft.id, by: world.operatorSeven, at: now)
        }
        try world.expectSameAfterRebuild()
    }

    @Test(
        "a draft needs a body and a service of the registry, and words",
        arguments: [("XX", "S0288", "a"), ("MIA", "S9999", "a"), ("MIA", "S0288", "  ")])
    func refused(body: String, service: String, text: String) async throws {
        let world = try await World()
        try world.takeKnowledge()
        await #expect(throws: Refusal.self) {
            try await world.desk.draft(
                RequestDrafted(body: body, service: service, text: text, language: .ru), by: world.operatorSeven,
                at: try at("2026-03-19 10:00:00"))
        }
    }
}
