import Accounts
import Attachments
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Letters, a body's own page and calendar feeds on the site")
struct CorrespondencePageTests {
    /// A service of the ministry that the request goes to; its card is written in full.
    private static let service = "S0413"

    /// A site with one request that was sent an hour ago.
    private func prepared() async throws -> (site: Site, request: String) {
        let site = try await Site(bringsUpToDate: true)
        let (desk, now) = (site.centre.onboarding, site.time.now)
        let service = Self.service
        let today = site.centre.casework.today(now)
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: service, body: "MNE", requestOn: today, approval: "№ 1")
        let before = now.adding(milliseconds: -3_600_000)
        try await desk.perform(.approve(line, at: before), on: id, by: Actor("test"), at: now)
        try await desk.perform(
            .send(RequestSent(number: "5/2026", channel: "mail"), at: before), on: id, by: Actor("test"), at: now)
        return (site, id)
    }

    private func names(_ site: Site, _ stream: String) async throws -> [String] {
        try await site.journal.read { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM event WHERE stream = ? ORDER BY version", arguments: [stream])
        }
    }

    @Test(
        "a letter goes from its template over an edit to a number and a PDF; numbers have no gaps; a finished one stands"
    )
    func letters() async throws {
        let (site, request) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            var paths: [String] = []
            for _ in 0..<3 {
                let made = try await browser.post(
                    "/letters", ["case": "onboarding/\(request)", "kind": "request"], from: "/letters/new")
                #expect(made.status == .seeOther)
                paths.append(try #require(made.headers[.location]))
            }
            let page = try await browser.get(paths[0]).text
            #expect(page.contains("name=\"kk-text\"") && page.contains("№ 1"))
            let version = String(try #require(page.firstMatch(of: /name="version" value="(\d+)"/)?.output.1))
            let fields = [
                "version": version, "kk-addressee": "А", "kk-subject": "Ә", "kk-text": "Бір", "ru-addressee": "Б",
                "ru-subject": "В", "ru-text": "Один",
            ]
            #expect(try await browser.post(paths[0], fields, from: paths[0]).status == .seeOther)
            // Somebody who saw the text before the change does not undo it.
            #expect(try await browser.post(paths[0], fields, from: paths[0]).status == .conflict)
            let draft = try await browser.get(paths[0] + "/pdf")
            #expect(draft.headers[.contentType] == "application/pdf")
            for (index, path) in paths.enumerated() {
                #expect(try await browser.post(path + "/finish", from: path).status == .seeOther)
                #expect(try await browser.get(path).text.contains("№ \(index + 1)/2026"))
            }
            #expect(try await browser.post(paths[0] + "/finish", from: "/letters/new").status == .unprocessableContent)
            let final = try await browser.get(paths[0] + "/pdf")
            #expect(final.status == .ok && final.text.hasPrefix("%PDF-"))
        }
    }

    @Test(
        "a notice names its papers by kind, case and day, on the page and in its PDF; old letters without titles are read",
        .enabled(if: PDFReader.isInstalled, "pdftotext (poppler-utils) is not installed"))
    func enclosures() async throws {
        let (site, _) = try await prepared()
        let (desk, actor, now) = (site.centre.onboarding, Actor("test"), site.time.now)
        var cases: [String] = []
        for number in 1...2 {
            let paper = try site.centre.attachments.saveNow(
                Array("%PDF-1.4 refusal \(number)".utf8), named: "Сынақов.pdf", for: "test")
            let note = DutyNote(body: "MNE", service: "S0241", text: "сұрақ \(number)")
            let duty = try await desk.begin(.additionalRequest, note, happenedAt: now, by: actor, at: now)
            let end = DutyNote(body: "MNE", text: "бас тарту", ground: "none", documents: [paper.digest])
            try await desk.end(
                .additionalRequest, id: duty, by: "additionalRefused", end, happenedAt: now, by: actor, at: now)
            cases.append(duty)
        }
        let letters = site.centre.letters
        let id = try await letters.draft(.notice, about: StreamID("refusal-notice/MNE-2026-03"), by: actor, at: now)
        let state = try await site.centre.casework.load(Letter.self, id: id).state
        let drafted = try #require(state.drafted)
        #expect(drafted.attachments.count == 2 && drafted.titles?.count == 2)
        for (title, duty) in zip(drafted.titles ?? [], cases) {
            #expect(title.ru == "Отказ в представлении дополнительной информации от 19.03.2026, дело № \(duty)")
            #expect(title.kk.contains("19.03.2026") && title.kk.contains(duty) && !title.kk.contains("Сынақов"))
        }
        for (index, duty) in cases.enumerated() {
            let line = "– 19.03.2026, дело № \(duty). Запрошено: сұрақ \(index + 1)."
            #expect(drafted.ru.text.contains(line), "the letter names each refusal: \(drafted.ru.text)")
            #expect(drafted.kk.text.contains("– 19.03.2026, іс № \(duty). Сұралғаны: сұрақ \(index + 1)."))
        }
        #expect(drafted.ru.text.contains("Основание: не указано. Подтверждающих документов: 1."))
        #expect(drafted.ru.text.contains("в течение одного месяца (19.03.2026 – 19.03.2026)"))
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = try await browser.get("/letters/\(id)").text
            #expect(page.contains("/files/\(drafted.attachments[0])?case=refusal-notice"))
            let file = try await browser.get("/files/\(drafted.attachments[0])?case=refusal-notice%2FMNE-2026-03")
            #expect(file.status == .ok)
        }
        try Data(try await letters.pdf(of: state, date: site.centre.casework.today(now)))
            .write(to: URL(fileURLWithPath: site.folder.file("notice.pdf")))
        let text = try Self.text(ofPDF: site.folder.file("notice.pdf"))
        #expect(text.contains("19.03.2026") && !text.contains("SHA-256"))

        var old = drafted
        old.titles = nil
        var json = JSONWriter()
        try LetterEvent.letterDrafted(old).write(to: &json)
        let written = json.bytes
        #expect(!String(decoding: written, as: UTF8.self).contains("titles"))
        #expect(try LetterEvent(name: "letterDrafted", payload: written) == .letterDrafted(old))
    }

    private static func text(ofPDF path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: PDFReader.path)
        process.arguments = ["-raw", path, "-"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).replacing("\n", with: " ")
    }

    @Test("letters finished at once by many get the numbers 1 to n, each once")
    func numbers() async throws {
        let (site, request) = try await prepared()
        let desk = site.centre.letters
        let now = site.time.now
        var ids: [String] = []
        for _ in 0..<6 {
            ids.append(
                try await desk.draft(
                    .request, about: StreamID(kind: "onboarding", id: request), by: Actor("test"), at: now))
        }
        let all = ids
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for id in all { group.addTask { try await desk.finish(id, by: Actor("test"), at: now).number } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == [1, 2, 3, 4, 5, 6])
    }

    @Test("a body confirms, appoints, submits and confirms its card by the link alone; each act is in its name")
    func body() async throws {
        let (site, request) = try await prepared()
        let now = site.time.now
        let token = try await site.centre.bodyLinks.make(
            id: "0123456789abcdef", request: request, until: now.adding(milliseconds: 86_400_000 * 14),
            by: Actor("test"), at: now)
        let path = "/body/\(token)"
        try await site.test { browser in
            // A program that asks whether the address is there is no look.
            #expect(try await browser.send(.head, path).status == .ok)
            #expect(try await names(site, "bodyLink/0123456789abcdef") == ["bodyLinkMade"])
            let page = try await browser.get(path)
            #expect(page.status == .ok)
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(page.headers[HTTPField.Name("X-Robots-Tag") ?? .cookie]?.contains("noindex") == true)
            #expect(page.headers[HTTPField.Name("Referrer-Policy") ?? .cookie] == "no-referrer")
            #expect(page.text.contains("value=\"receive\""))
            func act(_ fields: [String: String]) async throws -> HTTPResponse.Status {
                try await browser.post(path, fields, from: path).status
            }
            #expect(try await act(["step": "receive", "number": "77"]) == .seeOther)
            #expect(try await act(["step": "appoint", "name": "", "position": "Маман"]) == .unprocessableContent)
            #expect(
                try await act(["step": "appoint", "name": "Сынақ Айша", "position": "Маман", "phone": "+7 700"])
                    == .seeOther)
            #expect(try await act(["step": "submit"]) == .unprocessableContent)
            #expect(try await browser.get(path).text.contains("type=\"file\""))
            let edition = try await site.journal.read { db in
                try Int.fetchOne(db, sql: "SELECT edition FROM card WHERE code = ?", arguments: [Self.service]) ?? 0
            }
            #expect(try await act(["step": "confirm", "edition": "\(edition + 1)"]) == .unprocessableContent)
            #expect(try await act(["step": "confirm", "edition": "\(edition)"]) == .seeOther)
            #expect(
                try await names(site, "onboarding/\(request)").suffix(2) == [
                    "requestReceived", "responsiblePersonAppointed",
                ])
            let actors = try await site.journal.read { db in
                try String.fetchAll(
                    db,
                    sql: "SELECT actor FROM event WHERE name IN ('requestReceived', 'cardConfirmed', 'bodyLinkOpened')")
            }
            #expect(Set(actors) == ["body-link:01234567"] && actors.count == 3)
        }
    }

    @Test("a wrong, an expired and a revoked link show one plain page, and guessing has to wait")
    func endedLinks() async throws {
        let (site, request) = try await prepared()
        let now = site.time.now
        let token = try await site.centre.bodyLinks.make(
            id: "0123456789abcdef", request: request, until: now.adding(milliseconds: 60_000), by: Actor("test"),
            at: now)
        try await site.test { browser in
            #expect(try await browser.get("/body/x").status == .notFound)
            #expect(try await browser.get("/body/\(token)").status == .ok)
            try await site.centre.bodyLinks.revoke(
                "0123456789abcdef", reason: "test", by: Actor("test"), at: site.time.now)
            let revoked = try await browser.get("/body/\(token)")
            #expect(revoked.status == .notFound && revoked.text.contains("1414"))
            var last = HTTPResponse.Status.notFound
            for _ in 0..<60 where last == .notFound { last = try await browser.get("/body/guess").status }
            #expect(last == .tooManyRequests)
        }
    }

    @Test("a calendar feed opens by its secret until it is revoked, renewed or its owner is kept out")
    func feed() async throws {
        let (site, request) = try await prepared()
        try await site.centre.onboarding.perform(
            .receive(RequestReceived(proof: "1"), at: site.time.now), on: request, by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            func make() async throws -> String {
                let page = try await browser.post("/account/calendar", ["do": "make"], from: "/account/calendar").text
                return String(try #require(page.firstMatch(of: /(\/calendar\/[0-9a-f]{64}\.ics)/)?.output.1))
            }
            let first = try await make()
            let calendar = try await browser.get(first)
            #expect(calendar.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(calendar.text.contains("appoint-responsible-person@bailanys"))
            let second = try await make()
            #expect(try await browser.get(first).status == .notFound)
            #expect(try await browser.get(second).status == .ok)
            _ = try await browser.post("/account/calendar", ["do": "revoke"], from: "/account/calendar")
            #expect(try await browser.get(second).status == .notFound)
        }
        let journalled = try await site.journal.read { db in
            try String.fetchAll(db, sql: "SELECT CAST(payload AS TEXT) FROM event WHERE name = 'calendarFeedMade'")
        }
        #expect(journalled.count == 2 && journalled.allSatisfy { !$0.contains(".ics") })
    }

    @Test("a reminder leaves once before the last day and once at the breach, at working hours only")
    func reminders() async throws {
        let (site, request) = try await prepared()
        let start = site.time.now
        try await site.centre.onboarding.perform(
            .receive(RequestReceived(proof: "1"), at: start), on: request, by: Actor("test"), at: start)
        let desk = ReminderDesk(
            casework: site.centre.casework, outbox: site.centre.outbox,
            rules: ReminderRules(daysBefore: 1, hours: 9..<18, oldest: 7),
            letterhead: site.centre.letters.templates.letterhead)
        let stream = StreamID(kind: "onboarding", id: request)
        let clock = try #require(
            try await site.journal.read { db in
                try ClockRow.fetch(of: stream, in: db).first { $0.rule == "appoint-responsible-person" }
            })
        let zone = site.environment.zone
        func queued(on date: CivilDate, hour: Int) async throws -> Int {
            let now = zone.moment(of: date, hour: hour, minute: 5)
            try await site.centre.casework.recordBreaches(at: now)
            try await desk.round(at: now)
            return try await site.journal.read { db in
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) FROM event WHERE name = 'deliveryQueued' AND stream LIKE 'delivery/reminder-%'
                          AND payload LIKE ?
                        """, arguments: ["%\(stream.rawValue)%"]) ?? 0
            }
        }
        #expect(try await queued(on: clock.due, hour: 3) == 0)
        #expect(try await queued(on: clock.due, hour: 10) == 1)
        #expect(try await queued(on: clock.due, hour: 11) == 1)
        let calendar = try await site.journal.read { try site.centre.casework.calendars.calendar(in: $0) }
        let next = try calendar.date(adding: 1, to: clock.due)
        #expect(try await queued(on: next, hour: 22) == 1)
        #expect(try await queued(on: next, hour: 10) == 2)
        #expect(try await queued(on: next, hour: 12) == 2)
    }
}
