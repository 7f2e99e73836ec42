import Accounts
import CanonicalJSON
import Casework
import HTTPTypes
import Journal
import TestSupport
import Testing
import WebApp

@Suite("The ledger of violations over the JSON interface")
struct APIViolationTests {
    @Test("lists, one with its timeline, the numbers, and every step; who does not decide is refused")
    func steps() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (change, complaint) = try await ViolationPageTests.prepared(site)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .coordinator)
            #expect(try await api.get("violations?body=MNE&state=drafted").items.count == 1)
            #expect(try await api.get("violations?number=nothing").items.isEmpty)
            #expect(try await api.get("violations?state=nonsense").status == 400)
            let place = "violations/\(change)"
            let one = try await api.get(place)
            #expect(one.json["due"] == .string("2026-03-13") && one.json["endedOn"] == .string("2026-03-16"))
            #expect(try await api.get("violations/\(complaint)").status == 404)
            #expect(try await api.post("violations/\(complaint)/confirmation", "{}").status == 404)
            let unknown = try await api.post("\(place)/excuse", #"{"ground":"nonsense"}"#)
            #expect(unknown.status == 422 && unknown.json["refusal"] == .string("violation.groundUnknown"))
            let confirmed = try await api.post(
                "\(place)/confirmation", #"{"words":"letter"}"#, key: "k", ifMatch: one.tag)
            #expect(confirmed.status == 200, "\(confirmed.text)")
            let again = try await api.post("\(place)/confirmation", #"{"words":"letter"}"#, key: "k", ifMatch: one.tag)
            #expect(again.text == confirmed.text)
            #expect(try await api.post("\(place)/withdrawal", #"{"reason":"x"}"#, ifMatch: one.tag).status == 412)
            let twice = try await api.post("\(place)/excuse", #"{"ground":"system-failure"}"#)
            #expect(twice.status == 422 && twice.json["refusal"] == .string("violation.decided"))
            #expect(try await api.post("\(place)/notice", "{}").status == 200)
            #expect(try await api.post("\(place)/closing", #"{"reason":"x"}"#).status == 422)
            #expect(try await api.post("\(place)/withdrawal", #"{"reason":"x"}"#).status == 200)
            let now = try await api.get(place)
            #expect(now.json["state"] == .string("drafted") && now.json["timeline"]?.array?.count == 4)
            let sums = try await api.get("violations/summary?body=MNE").items
            #expect(sums.count == 1 && sums[0]["month"] == .string("2026-03") && sums[0]["drafted"] == .int(1))
            let auditor = try await APIClient(browser, site, as: .auditor)
            #expect(try await auditor.get("violations").items.count == 2)
            #expect(try await auditor.post("\(place)/confirmation", "{}").status == 403)
            let officer = try await APIClient(browser, site, as: .complaintsOfficer)
            #expect(try await officer.post("\(place)/confirmation", "{}").status == 404)
            #expect(try await officer.post("violations/\(complaint)/confirmation", "{}").status == 200)
        }
    }

    @Test("a list goes on by its cursor")
    func pages() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (change, complaint) = try await ViolationPageTests.prepared(site)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .auditor)
            let first = try await api.get("violations?limit=1")
            let next = try #require(first.json["next"]?.string)
            let second = try await api.get("violations?limit=1&cursor=\(next)")
            #expect((first.items + second.items).compactMap { $0["id"]?.string } == ["\(change)", "\(complaint)"])
            #expect(second.json["next"] == nil)
        }
    }
}
