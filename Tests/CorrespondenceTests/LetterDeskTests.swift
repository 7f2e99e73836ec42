import Attachments
import Casework
import Correspondence
import Crypto
import Foundation
import GRDB
import Journal
import Onboarding
import TestSupport
import Testing
import WorkingDays

@Suite("Letters from their template to their number")
struct LetterDeskTests {
    private let text = LetterText(addressee: "А", subject: "Б", text: "В")

    @Test("a request names the service, the plan and the act in both languages; its draft has the number of its year")
    func request() async throws {
        let world = try await World()
        let about = try await world.request()
        let id = try await world.letters.draft(.request, about: about, by: world.actor, at: world.now)
        #expect(id == "2026-000001")
        let drafted = try #require(try await world.casework.load(Letter.self, id: id).state.drafted)
        #expect(
            drafted.kk.addressee == "Ішкі істер министрлігі" && drafted.ru.addressee == "Министерство внутренних дел")
        #expect(drafted.kk.subject.contains("«Паспорт беру»") && drafted.ru.subject.contains("«Выдача паспортов»"))
        #expect(drafted.ru.text.contains("планом-графиком (2026, строка 7), утвержденным № 12"))
        #expect(drafted.kk.text.contains("(S0288)") && drafted.body == "MIA" && drafted.about == about.rawValue)
    }

    @Test("a reminder names the term of the body that ends first, and when and by which letter it was asked")
    func reminder() async throws {
        let world = try await World()
        let about = try await world.request(World.received)
        let id = try await world.letters.draft(.reminder, about: about, by: world.actor, at: world.now)
        let drafted = try #require(try await world.casework.load(Letter.self, id: id).state.drafted)
        let due = try #require(try world.clocks(of: about)["appoint-responsible-person"]?.due)
        #expect(due == (try day("2026-03-26")))
        for text in [drafted.kk.text, drafted.ru.text] {
            for part in ["26.03.2026", "19.03.2026", "05-12/101"] { #expect(text.contains(part), "\(part) in \(text)") }
        }
    }

    @Test(
        "a letter about a case that is not there, or not as far, is refused with its code",
        arguments: [
            (LetterKind.request, "onboarding/2026-8-MIA", "letter.noCase"),
            (.request, "complaint/2026-7-MIA", "letter.noCase"), (.request, "", "letter.noCase"),
            (.notice, "onboarding/2026-7-MIA", "letter.noCase"),
            (.notice, "refusal-notice/MIA-2026-03", "letter.noCase"),
            (.reminder, "onboarding/2026-7-MIA", "letter.tooEarly"),
            (.protocolOfAcceptance, "onboarding/2026-7-MIA", "letter.tooEarly"),
        ])
    func tooEarly(kind: LetterKind, about: String, code: String) async throws {
        let world = try await World()
        try await world.request()
        let refusal = await #expect(throws: Refusal.self) {
            try await world.letters.draft(kind, about: StreamID(about), by: world.actor, at: world.now)
        }
        #expect(refusal?.code == code)
        #expect(try world.journal.readNow { try LetterRecord.count(in: $0) } == 0)
    }

    /// A step of a letter that is refused, after others.
    enum Act: String, Sendable, CaseIterable {
        case edit, editEmpty, finish, sign, drop, dropWithoutReason
    }

    @Test(
        "a step that the stage of a letter does not allow is refused with its code, and nothing is recorded",
        arguments: [
            ([], .editEmpty, "letter.empty"), ([], .sign, "letter.notFinished"),
            ([], .dropWithoutReason, "letter.reasonMissing"), ([.finish], .edit, "letter.finished"),
            ([.finish], .finish, "letter.finished"), ([.finish], .drop, "letter.finished"),
            ([.finish, .sign], .edit, "letter.finished"), ([.drop], .edit, "letter.dropped"),
            ([.drop], .finish, "letter.dropped"), ([.drop], .sign, "letter.dropped"),
            ([.drop], .drop, "letter.dropped"),
        ] as [([Act], Act, String)])
    func stages(before: [Act], act: Act, code: String) async throws {
        let world = try await World()
        let id = try await world.letters.draft(.request, about: world.request(), by: world.actor, at: world.now)
        for act in before { try await perform(act, on: id, world) }
        let entries = try world.events(StreamID(kind: "letter", id: id))
        let refusal = await #expect(throws: Refusal.self) { try await perform(act, on: id, world) }
        #expect(refusal?.code == code)
        #expect(try world.events(StreamID(kind: "letter", id: id)) == entries)
    }

    @Test("no step is taken of a letter that there is not", arguments: Act.allCases)
    func unknown(act: Act) async throws {
        let world = try await World()
        let refusal = await #expect(throws: Refusal.self) { try await perform(act, on: "2026-000009", world) }
        #expect(refusal?.code == "letter.unknown")
    }

    private func perform(_ act: Act, on id: String, _ world: World) async throws {
        let (desk, actor, now) = (world.letters, world.actor, world.now)
        switch act {
        case .edit: try await desk.edit(id, kk: text, ru: text, by: actor, at: now)
        case .editEmpty:
            try await desk.edit(
                id, kk: text, ru: LetterText(addressee: "А", subject: "\n ", text: "В"), by: actor, at: now)
        case .finish: try await desk.finish(id, by: actor, at: now)
        case .sign:
            let scan = try world.attachments.saveNow(Array("%PDF-1.4 scan".utf8), named: "scan.pdf", for: "test")
            try await desk.sign(id, scan: scan.digest, by: actor, at: now)
        case .drop: try await desk.drop(id, reason: "by mistake", by: actor, at: now)
        case .dropWithoutReason: try await desk.drop(id, reason: " \t", by: actor, at: now)
        }
    }

    @Test("an edit of a text that somebody has changed meanwhile is a conflict; so is its number")
    func conflict() async throws {
        let world = try await World()
        let id = try await world.letters.draft(.request, about: world.request(), by: world.actor, at: world.now)
        let stale = JournalError.conflict(stream: StreamID(kind: "letter", id: id), expected: 1)
        try await world.letters.edit(id, kk: text, ru: text, by: world.actor, at: world.now, expecting: 1)
        await #expect(throws: stale) {
            try await world.letters.edit(id, kk: text, ru: text, by: world.actor, at: world.now, expecting: 1)
        }
        await #expect(throws: stale) {
            try await world.letters.finish(id, by: world.actor, at: world.now, expecting: 1)
        }
        #expect(try await world.letters.finish(id, by: world.actor, at: world.now, expecting: 2).number == 1)
    }

    @Test("numbers begin anew each year, by the calendar of Almaty, and a letter that is given up takes none")
    func years() async throws {
        let world = try await World()
        let about = try await world.request()
        var numbers: [String] = []
        for (index, moment) in ["2026-12-31 23:58", "2026-12-31 23:59", "2027-01-01 00:00", "2027-01-01 00:01"]
            .enumerated()
        {
            let now = try at(moment)
            let id = try await world.letters.draft(.request, about: about, by: world.actor, at: now)
            #expect(id == ["2026-000001", "2026-000003", "2027-000001", "2027-000003"][index])
            let given = try await world.letters.draft(.request, about: about, by: world.actor, at: now)
            try await world.letters.drop(given, reason: "twice", by: world.actor, at: now)
            numbers.append(try await world.letters.finish(id, by: world.actor, at: now).outgoing)
        }
        #expect(numbers == ["1/2026", "2/2026", "1/2027", "2/2027"])
        try world.expectSameAfterRebuild()
    }

    @Test("the PDF that is kept is the letter's, and can be made again from its events alone")
    func document() async throws {
        let world = try await World()
        let id = try await world.letters.draft(.request, about: world.request(), by: world.actor, at: world.now)
        let finished = try await world.letters.finish(id, by: world.actor, at: world.now)
        var kept: [UInt8] = []
        for try await piece in try await world.attachments.open(finished.document) { kept += piece }
        let state = try await world.casework.load(Letter.self, id: id).state
        #expect(state.finished == finished && finished.date == world.today)
        #expect(try await world.letters.pdf(of: state, number: "1/2026", date: world.today) == kept)
        let digest = SHA256.hash(data: kept).map { String(format: "%02x", $0) }.joined()
        #expect(digest == finished.document)
        // The number and the day stand in it: with others it is another file.
        #expect(try await world.letters.pdf(of: state, number: "2/2026", date: world.today) != kept)
        #expect(try await world.letters.pdf(of: state, number: "1/2026", date: world.today.adding(days: 1)) != kept)
    }

    @Test("a scan that is not kept signs nothing; a better one takes the place of the first")
    func scans() async throws {
        let world = try await World()
        let id = try await world.letters.draft(.request, about: world.request(), by: world.actor, at: world.now)
        try await world.letters.finish(id, by: world.actor, at: world.now)
        let absent = String(repeating: "a", count: 64)
        await #expect(throws: AttachmentError.missing(absent)) {
            try await world.letters.sign(id, scan: absent, by: world.actor, at: world.now)
        }
        for number in 1...2 {
            let scan = try world.attachments.saveNow(Array("%PDF-1.4 \(number)".utf8), named: "s.pdf", for: "test")
            try await world.letters.sign(id, scan: scan.digest, by: world.actor, at: world.now)
            let record = try #require(try world.journal.readNow { try LetterRecord.fetch(id: id, in: $0) })
            #expect(record.stage == .signed && record.scan == scan.digest && record.outgoing == "1/2026")
        }
        try world.expectSameAfterRebuild()
    }

    @Test("lists hold what was chosen, the latest first, and walk an index")
    func lists() async throws {
        let world = try await World()
        let (first, second) = (try await world.request(line: "7"), try await world.request(line: "8"))
        for about in [first, first, second] {
            _ = try await world.letters.draft(.request, about: about, by: world.actor, at: world.now)
        }
        try await world.letters.finish("2026-000002", by: world.actor, at: world.now)
        try world.journal.readNow { (db: Database) throws in
            #expect(try LetterRecord.fetch(about: first, in: db).map(\.id) == ["2026-000002", "2026-000001"])
            #expect(try LetterRecord.fetch(.init(.draft), in: db).map(\.id) == ["2026-000003", "2026-000001"])
            #expect(
                try LetterRecord.fetch(.init(body: "MIA"), limit: 1, offset: 1, in: db).map(\.id) == ["2026-000002"])
            #expect(try LetterRecord.fetch(.init(body: "KGD"), in: db).isEmpty)
            #expect(try LetterRecord.count(.init(.finished), in: db) == 1)
        }
        let plans = try QueryPlan.run(by: world.journal) { db in
            _ = try LetterRecord.fetch(about: first, in: db)
            _ = try BodyLinkRecord.fetch(request: "2026-7-MIA", in: db)
            _ = try BodyLinkRecord.fetch(body: "MIA", in: db)
            for filter in [LetterRecord.Filter(.draft), .init(body: "MIA"), .init(.draft, body: "MIA")] {
                _ = try LetterRecord.fetch(filter, in: db)
                _ = try LetterRecord.count(filter, in: db)
            }
        }
        for plan in plans { #expect(!plan.scansTable && !plan.sorts, "\(plan)") }
    }
}
