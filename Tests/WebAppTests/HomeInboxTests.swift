import Casework
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import KnowledgeBase
import Languages
import Onboarding
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("What waits for its reader, on the first page")
struct HomeInboxTests {
    /// The links of the list: address and digit.
    private func rows(_ page: String) throws -> [(address: String, digit: String?)] {
        guard let start = page.range(of: "id=\"inbox\"") else { return [] }
        let section = page[start.upperBound...]
        let end = section.range(of: "</section>")?.lowerBound ?? section.endIndex
        return section[..<end].matches(of: /<th [^>]*><a href="([^"]+)"(?: aria-keyshortcuts="(\d)")?>/).map {
            (String($0.1), $0.2.map(String.init))
        }
    }

    @Test("the duties of the centre come by their last day, then what has no term; a body's own duties are not in it")
    func order() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (desk, now) = (site.centre.onboarding, site.time.now)
        let today = site.centre.casework.today(now)
        let actor = Actor("test")
        let before = now.adding(milliseconds: -3_600_000)
        func line(_ number: String, _ days: Int) async throws -> String {
            let line = PlanLineApproved(
                plan: "2026", line: number, service: "S0288", body: "MNE", requestOn: today.adding(days: days),
                approval: "№ 1")
            let id = OnboardingDesk.id(plan: "2026", line: number, body: "MNE")
            try await desk.perform(.approve(line, at: before), on: id, by: actor, at: now)
            return id
        }
        let later = try await line("1", 9)
        let sooner = try await line("2", 2)
        // The body has this one now: the next step is not the centre's.
        let sent = try await line("3", 0)
        try await desk.perform(
            .send(RequestSent(number: "5/2026", channel: "mail"), at: before), on: sent, by: actor, at: now)
        _ = try await site.centre.gaps.report(
            "справка о дедушке", language: .ru, by: .user(1), at: now)
        try await site.test { [later, sooner, sent] browser in
            try await browser.signIn("coordinator")
            let found = try rows(try await browser.get("/").text)
            let places = [sooner, later].map { id in found.firstIndex { $0.address == "/requests/\(id)" } }
            let (first, second) = (try #require(places[0]), try #require(places[1]))
            #expect(first < second)
            #expect(!found.contains { $0.address == "/requests/\(sent)" })
            #expect(found.last?.address == "/knowledge/gaps")
            #expect(found.prefix(9).map(\.digit) == (1...min(9, found.count)).map { "\($0)" })
            for row in found { #expect(try await browser.get(row.address).status == .ok, "\(row.address)") }
        }
    }

    @Test("who can do nothing about it is not shown it", arguments: ["operator", "complaintsOfficer"])
    func rights(_ role: String) async throws {
        let site = try await Site(bringsUpToDate: true)
        _ = try await site.centre.gaps.report(
            "справка о дедушке", language: .ru, by: .user(1), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn(role)
            #expect(try rows(try await browser.get("/").text).allSatisfy { $0.address != "/knowledge/gaps" })
        }
    }
}
