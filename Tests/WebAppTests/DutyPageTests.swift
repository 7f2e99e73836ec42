import Accounts
import CanonicalJSON
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import Registry
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Short cases on their pages and over the JSON interface")
struct DutyPageTests {
    private func form(_ step: String, on path: String, _ browser: Browser) async throws -> [String: String] {
        let forms = PageForm.all(in: try await browser.get(path).text)
        return try #require(forms.first { $0.given["step"] == step }, "no form of \(step) on \(path)").given
    }

    @Test("a change that was entered twice is annulled, and a wrong day of effect put right, with reasons")
    func amended() async throws {
        let site = try await Site(bringsUpToDate: true)
        let note = DutyNote(body: "MNE", service: "S0241", text: "баға", on: CivilDate("2026-03-10"))
        var paths: [String] = []
        for _ in 1...2 {
            let id = try await site.centre.onboarding.begin(
                .informationChange, note, happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
            paths.append("/duties/information-change/\(id)")
        }
        try await site.test { [paths] browser in
            try await browser.signIn("coordinator")
            var annul = try await form("annul", on: paths[1], browser)
            let bare = try await browser.post(paths[1], annul, from: paths[1])
            #expect(bare.text.contains("id=\"field-annul-reason-error\""))
            annul["reason"] = "екі рет енгізілді"
            #expect(try await browser.post(paths[1], annul, from: paths[1]).status == .seeOther)
            let page = try await browser.get(paths[1]).text
            #expect(page.contains("екі рет енгізілді") && !page.contains("value=\"annul\""))
            let correcting = paths[0] + "?correct=1"
            var correct = try await form("correct", on: correcting, browser)
            #expect(correct["on"] == "2026-03-10")
            correct["on"] = "2026-03-12"
            correct["reason"] = "бұйрық"
            #expect(try await browser.post(paths[0], correct, from: correcting).status == .seeOther)
            #expect(try await browser.get(paths[0]).text.contains("12.03.2026"))
        }
    }

    @Test("who left is released on the page of the body, and the new one is named by its notice")
    func left() async throws {
        let site = try await BodyPageTests.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let body = try await browser.get("/bodies/MNE").text
            let forms = PageForm.all(in: body).filter { $0.action == "/bodies/MNE/left" }
            var form = try #require(forms.first).given
            (form["at"], form["text"]) = ("2026-03-19T10:00", "")
            let bare = try await browser.post("/bodies/MNE/left", form, from: "/bodies/MNE")
            #expect(bare.status == .unprocessableContent && bare.text.contains("-text-error\""))
            form["text"] = "No. 5"
            let begun = try await browser.post("/bodies/MNE/left", form, from: "/bodies/MNE")
            let duty = try #require(begun.headers[.location])
            #expect(duty.hasPrefix("/duties/responsible-person-change/MNE-2026-03-19"))
            #expect(try await !browser.get("/bodies/MNE").text.contains("/bodies/MNE/left"))
            var notice = try await self.form("responsiblePersonNotified", on: duty, browser)
            notice["at"] = "2026-03-19T10:30"
            #expect(try await browser.post(duty, notice, from: duty).status == .unprocessableContent)
            notice.merge(["name": "Жаңа Адам", "position": "бас маман", "phone": "1"]) { $1 }
            #expect(try await browser.post(duty, notice, from: duty).status == .seeOther)
            #expect(try await browser.get("/bodies/MNE").text.contains("/bodies/MNE/left"))
        }
    }

    @Test("the JSON interface begins, ends, corrects and annuls; what no registry knows is refused")
    func interface() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .coordinator)
            for (kind, body, code) in [
                ("information-change", #"{"body":"NOPE","text":"x","on":"2026-03-10"}"#, "duty.bodyUnknown"),
                (
                    "information-change", #"{"body":"MIA","service":"S0121","text":"x","on":"2026-03-10"}"#,
                    "duty.otherService"
                ),
                ("agency-training", #"{"body":"KGD","text":"x"}"#, "duty.bodyKind"),
                ("refusal-notice", #"{"body":"MIA","text":"x"}"#, "duty.followsRefusals"),
            ] {
                let refused = try await api.post("duties/\(kind)", body)
                #expect(refused.status == 422 && refused.json["refusal"] == .string(code), "\(refused.text)")
            }
            #expect(try await api.post("duties/nonsense", #"{"body":"MIA","text":"x"}"#).status == 404)
            let change =
                #"{"body":"MIA","service":"S0288","text":"fee","on":"2026-03-10","at":"2026-03-10T10:00:00+05:00"}"#
            let begun = try await api.post("duties/information-change", change, key: "k1")
            let place = try #require(begun.json["case"]?.string)
            #expect(begun.status == 201 && begun.headers[.location] == "/api/v1/duties/\(place)")
            #expect(try await api.post("duties/information-change", change, key: "k1").text == begun.text)
            #expect(try await api.get("duties?kind=information-change&open=true&body=MIA").items.count == 1)
            let ended = try await api.post(
                "duties/\(place)/end",
                #"{"event":"changeSubmitted","text":"form","at":"2026-03-19T10:00:00+05:00"}"#)
            #expect(ended.status == 200, "\(ended.text)")
            let corrected = try await api.post(
                "duties/\(place)/correction",
                #"{"entry":2,"moment":"2026-03-13T10:00:00+05:00","reason":"letter"}"#, ifMatch: ended.tag)
            #expect(corrected.status == 200, "\(corrected.text)")
            let one = try await api.get("duties/\(place)")
            #expect(one.json["endedOn"] == .string("2026-03-13") && one.json["version"] == .int(3))
            let stale = try await api.post("duties/\(place)/annulment", #"{"reason":"x"}"#, ifMatch: ended.tag)
            #expect(stale.status == 412)
            let annulled = try await api.post("duties/\(place)/annulment", #"{"reason":"a test"}"#)
            #expect(annulled.status == 200, "\(annulled.text)")
            #expect(try await api.get("duties/\(place)").json["annulledOn"] == .string("2026-03-19"))
            #expect(try await api.get("bodies/MIA/persons").items.isEmpty)
        }
    }
}
