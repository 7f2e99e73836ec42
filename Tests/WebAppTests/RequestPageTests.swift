import Casework
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import KnowledgeBase
import Onboarding
import Registry
import Rulebook
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Recording the steps of a request on its page")
struct RequestPageTests {
    static let path = "/requests/2026-1-MIA"

    /// A site with the law and one line of the plan, planned for 17 March; it is 19 March 2026, eleven o'clock.
    private func site(registry: Bool = false) async throws -> Site {
        let site = try await Site()
        let centre = site.centre
        let actor = Actor("test")
        _ = try await centre.casework.adopt(
            try ScheduleFolder(path: Repository.path + "/schedules").calendar(), reason: "test", expecting: nil,
            by: actor, at: site.time.now)
        if registry {
            _ = try RegistryFolder.import(
                folder: Repository.path + "/knowledge", into: centre.casework, by: actor, at: site.time.now)
        }
        let line = PlanLineApproved(
            plan: "2026", line: "1", service: "S0288", body: "MIA", requestOn: try #require(CivilDate("2026-03-17")),
            acceptanceOn: CivilDate("2026-04-13"), approval: "test act")
        try await centre.onboarding.perform(
            .approve(line, at: site.time.now), on: "2026-1-MIA", by: actor, at: site.time.now)
        return site
    }

    private func perform(_ commands: [(InformationRequestCommand)], _ site: Site) async throws {
        for command in commands {
            try await site.centre.onboarding.perform(command, on: "2026-1-MIA", by: Actor("test"), at: site.time.now)
        }
    }

    private func state(_ site: Site) throws -> String? {
        try site.journal.readNow { try InformationRequestRecord.fetch(id: "2026-1-MIA", in: $0)?.state.rawValue }
    }

    private func fields(
        _ step: String, _ values: [String: String], on path: String = path, _ browser: Browser
    ) async throws -> [String: String] {
        let html = try await browser.get(path).text
        let form = try #require(PageForm.all(in: html).first { $0.given["step"] == step }, "no form of \(step)")
        return form.given.filter { ["step", "key", "version", "entry"].contains($0.key) }.merging(values) { $1 }
    }

    @Test("a breach that a change of the calendar puts in doubt is decided on its page, with a reason")
    func review() async throws {
        let site = try await site()
        try await perform(
            [
                .send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-16T10:00")),
                .receive(RequestReceived(proof: "5"), at: try at("2026-03-16T11:00")),
            ], site)
        try await site.centre.casework.recordBreaches(at: site.time.now)
        let before = try await site.centre.journal.read { try site.centre.casework.calendars.calendar(in: $0) }
        let holiday = CalendarException(
            date: try #require(CivilDate("2026-03-17")), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной",
            basisKK: "Қаулы", basisRU: "Акт", knownSince: try #require(CivilDate("2026-03-01")))
        _ = try await site.centre.casework.adopt(
            before.changed(adding: [holiday]), reason: "Act", expecting: 1, by: Actor("test"), at: site.time.now)
        let stream = StreamID("onboarding/2026-1-MIA")
        @Sendable func status() async throws -> ClockRow? {
            try await site.centre.journal.read { try ClockRow.fetch(of: stream, in: $0) }
                .first { $0.rule == "appoint-responsible-person" }
        }
        #expect(try await status()?.isFlagged == true)
        var fields = [
            "case": stream.rawValue, "clock": "appoint-responsible-person", "outcome": "met", "back": Self.path,
        ]
        let complete = fields.merging(["reason": "Акт № 5 <b>"]) { $1 }
        fields["reason"] = " "
        let blank = fields
        try await site.test { browser in
            try await browser.signIn("coordinator")
            #expect(try await browser.get(Self.path).text.contains("/clocks/review"))
            let refused = try await browser.post("/clocks/review", blank, from: Self.path)
            #expect(refused.status == .unprocessableContent)
            #expect(try await browser.post("/clocks/review", complete, from: Self.path).status == .seeOther)
            let clock = try await status()
            #expect(clock?.isFlagged == false && clock?.status == .running)
            let page = try await browser.get(Self.path).text
            #expect(!page.contains("/clocks/review") && page.contains("Акт № 5 &lt;b&gt;"))
        }
        try await site.test { browser in
            try await browser.signIn("operator")
            let token = try await browser.token(on: "/")
            #expect(try await browser.post("/clocks/review", complete, token: token).status == .forbidden)
        }
    }

    @Test("sent once, sent twice by two clicks, and again with other words")
    func sending() async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let sent = try await fields(
                "send", ["at": "2026-03-19T10:00", "number": "1-15/7", "channel": "email"], browser)
            let first = try await browser.post(Self.path, sent, from: Self.path)
            #expect(first.status == .seeOther && first.headers[.location] == Self.path)
            #expect(try state(site) == "sent")
            let events = try await site.centre.casework.history(of: StreamID(kind: "onboarding", id: "2026-1-MIA"))
            let again = try await browser.post(Self.path, sent, from: Self.path)
            #expect(again.status == .seeOther || again.status == .unprocessableContent)
            let after = try await site.centre.casework.history(of: StreamID(kind: "onboarding", id: "2026-1-MIA"))
            #expect(events.count == 2 && after.count == 2)
            let page = try await browser.get(Self.path).text
            #expect(page.contains("1-15/7"))
        }
    }

    @Test(
        "a moment that is none, in the future, or missing stands refused at its field, and nothing typed is lost",
        arguments: ["", "19.03.2026", "2026-03-19T25:00", "2026-03-19T12:00", "2026-02-30T10:00"])
    func wrongMoment(at: String) async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let sent = try await fields("send", ["at": at, "number": "№ <b>7", "channel": "email"], browser)
            let page = try await browser.post(Self.path, sent, from: Self.path)
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("id=\"field-send-at-error\""))
            #expect(page.text.contains("value=\"№ &lt;b&gt;7\""))
            #expect(try state(site) == "planned")
        }
    }

    @Test("a step before the one it follows is refused; the minute of the step before is right after it")
    func order() async throws {
        let site = try await site()
        try await perform(
            [.send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-19T10:00"))], site)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let early = try await fields("receive", ["at": "2026-03-19T09:59", "proof": "in. 5"], browser)
            let refused = try await browser.post(Self.path, early, from: Self.path)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"field-receive-at-error\""))
            var right = early
            right["at"] = "2026-03-19T10:00"
            right["proof"] = ""
            let noProof = try await browser.post(Self.path, right, from: Self.path)
            #expect(noProof.text.contains("id=\"field-receive-proof-error\""))
            right["proof"] = "in. 5"
            #expect(try await browser.post(Self.path, right, from: Self.path).status == .seeOther)
            #expect(try state(site) == "received")
        }
    }

    @Test("only those who may manage requests see the forms and can send them")
    func roles() async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("auditor")
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok && !page.text.contains("name=\"step\""))
            #expect(
                try await browser.post(Self.path, ["step": "goLive"], from: "/account").status == .forbidden)
            let other = Browser(client: browser.client)
            try await other.signIn("operator")
            #expect(try await other.get(Self.path).status == .forbidden)
            #expect(try await other.get("/plan").status == .forbidden)
        }
    }

    @Test("somebody else was quicker: the form comes back with what was typed and the new state")
    func conflict() async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let note = try await fields("contact", ["at": "2026-03-19T10:30", "text": "fees"], browser)
            try await perform(
                [.send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-19T10:00"))], site)
            let page = try await browser.post(Self.path, note, from: Self.path)
            #expect(page.status == .conflict && page.text.contains("fees</textarea>"))
        }
    }

    @Test("from the appointment to the waiting period, with a return for a field that lacks")
    func chain() async throws {
        let site = try await site(registry: true)
        try await perform(
            [
                .send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-19T09:00")),
                .receive(RequestReceived(proof: "5"), at: try at("2026-03-19T09:10")),
            ], site)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            func record(_ step: String, _ values: [String: String]) async throws -> TestResponse {
                try await browser.post(Self.path, try await fields(step, values, browser), from: Self.path)
            }
            let nobody = try await record("appoint", ["at": "2026-03-19T09:20", "name": "Әлия"])
            #expect(nobody.text.contains("id=\"field-appoint-phone-error\"") && nobody.text.contains("value=\"Әлия\""))
            let person = ["at": "2026-03-19T09:20", "name": "Әлия Сейіт", "position": "маман", "phone": "+7 700"]
            #expect(try await record("appoint", person).status == .seeOther)
            // Who it is stands sealed: it is opened on the page of the body, where that look is recorded.
            let sealed = try await browser.get(Self.path).text
            #expect(!sealed.contains("Әлия Сейіт") && sealed.contains("/bodies/MIA#persons"))

            var form = [
                "at": "2026-03-19T09:30", "medium": "electronic", "signed": "yes", "missing": "fee", "compared": "",
            ]
            #expect(try await record("submit", form).text.contains("id=\"field-submit-compared-error\""))
            form["compared"] = "yes"
            #expect(try await record("submit", form).status == .seeOther)
            #expect(try state(site) == "returned")
            form["missing"] = nil
            form["at"] = "2026-03-19T09:40"
            #expect(try await record("submit", form).status == .seeOther)
            #expect(try state(site) == "submitted")

            let noCard = try await record("enter", ["at": "2026-03-19T09:50", "card": "S9999", "edition": "1"])
            #expect(noCard.text.contains("id=\"field-enter-card-error\""))
            let card = try Data(contentsOf: URL(fileURLWithPath: Repository.path + "/knowledge/services/S0288.yaml"))
            try await site.centre.cards.edit(
                "S0288", yaml: Array(card), source: "test", expecting: 0, by: Actor("test"), at: site.time.now)
            let noEdition = try await record("enter", ["at": "2026-03-19T09:50", "card": "S0288", "edition": "2"])
            #expect(noEdition.text.contains("id=\"field-enter-edition-error\""))
            try await perform(
                [.enter(InformationEntered(card: "S0288", edition: 1), at: try at("2026-03-19T09:50"))], site)
            #expect(try await record("train", ["at": "2026-03-19T10:00", "text": "12"]).status == .seeOther)
            for side in ["centre", "body"] {
                let sign = ["at": "2026-03-19T10:10", "side": side, "position": "head"]
                #expect(try await record("sign", sign).status == .seeOther)
            }
            #expect(try state(site) == "accepted")
            let early = try await browser.post(
                Self.path, ["step": "goLive", "at": "2026-03-19T10:50", "key": "k"], from: Self.path)
            #expect(early.status == .unprocessableContent && early.text.contains("id=\"field-goLive-at-error\""))
        }
    }

    @Test("a wrong time is put right with a reason; the entry stays")
    func correction() async throws {
        let site = try await site()
        try await perform(
            [.send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-19T10:00"))], site)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let path = Self.path + "?correct=2"
            var values = try await fields("correct", ["at": "2026-03-18T10:00", "entry": "2"], on: path, browser)
            let refused = try await browser.post(Self.path, values, from: path)
            #expect(refused.text.contains("id=\"field-correct-reason-error\""))
            values["reason"] = "the wrong day"
            #expect(try await browser.post(Self.path, values, from: path).status == .seeOther)
            let page = try await browser.get(Self.path).text
            #expect(page.contains("18.03.2026") && page.contains("the wrong day"))
        }
    }

    @Test("two refusals in a month lead to the notice to the Agency, which needs the documents")
    func refusals() async throws {
        let site = try await site(registry: true)
        try await perform(
            [
                .send(RequestSent(number: "1", channel: "email"), at: try at("2026-03-19T09:00")),
                .receive(RequestReceived(proof: "5"), at: try at("2026-03-19T09:10")),
            ], site)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            for question in ["the fee", "the place"] {
                let asked = try await browser.post(
                    Self.path, try await fields("additional", ["at": "2026-03-19T10:00", "text": question], browser),
                    from: Self.path)
                let duty = try #require(asked.headers[.location])
                #expect(duty.hasPrefix("/duties/additional-request/MIA-2026-03-19"))
                var refusal = try await fields(
                    "additionalRefused", ["at": "2026-03-19T10:30", "text": "no"], on: duty, browser)
                let groundless = try await browser.post(duty, refusal, from: duty)
                #expect(groundless.status == .unprocessableContent)
                refusal["ground"] = "none"
                #expect(try await browser.post(duty, refusal, from: duty).status == .seeOther)
            }
            let notice = "/duties/refusal-notice/MIA-2026-03"
            let told = try await fields(
                "agencyInformed", ["at": "2026-03-19T10:40", "reference": "8", "text": "two refusals"], on: notice,
                browser)
            let bare = try await browser.post(notice, told, from: notice)
            #expect(bare.text.contains("id=\"field-agencyInformed-document-error\""))
            let done = try await upload(notice, told, file: ("refusals.txt", "no\nno\n"), from: notice, browser)
            #expect(done.status == .seeOther)
            #expect(try await browser.get(notice).text.contains("/files/"))
        }
    }

    private func upload(
        _ path: String, _ fields: [String: String], file: (name: String, text: String), from page: String,
        _ browser: Browser
    ) async throws -> TestResponse {
        var parts = [(FormToken.fieldName, try await browser.token(on: page) ?? "")]
        parts += fields.sorted { $0.key < $1.key }
        var body = parts.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
        body += "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"\(file.name)\"\r\n\r\n"
        body += file.text + "\r\n--b--\r\n"
        return try await browser.send(
            .post, path, headers: [.contentType: "multipart/form-data; boundary=b"], body: body)
    }

    @Test("a plan comes in with its mistakes named, is approved with its act, changed, and sent to its bodies once")
    func plan() async throws {
        let site = try await site(registry: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let table = """
                line,service,body,request_date,acceptance_date,responsible_unit
                5,S0288,MIA,2026-03-25,2026-04-20,
                5,S0288,MJ,2026-03-25,2026-04-20,
                6,S0000,MIA,2026-03-25,,

                """
            let values = try await fields("import", ["name": "2027"], on: "/plan", browser)
            let taken = try await upload("/plan", values, file: ("plan.csv", table), from: "/plan", browser)
            #expect(taken.status == .unprocessableContent && taken.text.contains("service:"))
            let none = try await upload(
                "/plan", try await fields("import", ["name": "2027"], on: "/plan", browser),
                file: ("plan.csv", "a,b\n1,2\n"), from: "/plan", browser)
            #expect(none.text.contains("id=\"field-import-document-error\""))

            let board = "/plan?plan=2027"
            var act = try await fields(
                "approve", ["plan": "2027", "at": "2026-03-19T10:00", "approval": ""], on: board, browser)
            #expect(try await browser.post("/plan", act, from: board).status == .unprocessableContent)
            act["approval"] = "No. 12"
            #expect(try await browser.post("/plan", act, from: board).headers[.location] == board)

            let line = "/plan/2027/5"
            var sending = ["at": "2026-03-19T10:30", "number": "7", "start": "1", "channel": "email"]
            sending = try await fields("send", sending, on: line, browser)
            #expect(
                try await browser.post(line, sending, from: line).text.contains("id=\"field-send-number-error\""))
            sending["number"] = "7/{n}"
            let sent = try await browser.post(line, sending, from: line)
            #expect(sent.status == .ok && sent.text.contains("7/1") && sent.text.contains("7/2"))
            #expect(try await browser.post(line, sending, from: line).status == .seeOther)
            let change = try await fields(
                "amend",
                [
                    "request_date": "2026-03-25", "acceptance_date": "2026-04-27", "approval": "No. 13",
                    "reason": "moved",
                ], on: line, browser)
            #expect(try await browser.post(line, change, from: line).status == .seeOther)
            #expect(try await browser.get(line).text.contains("27.04.2026"))
        }
    }
}
