import Casework
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("A year without a calendar is said, never guessed")
struct MissingCalendarTests {
    private static let actor = Actor("test")

    /// A site with a line whose way leads past the last year that has a calendar, and one that does not.
    private static func prepared() async throws -> (site: Site, year: Int) {
        let site = try await Site(bringsUpToDate: true)
        let calendar = try site.journal.readNow { try site.centre.casework.calendars.calendar(in: $0) }
        let year = calendar.years.upperBound
        for (line, month, day) in [("1", 12, 29), ("2", 3, 1)] {
            let on = try #require(CivilDate(year: year, month: month, day: day))
            let approved = PlanLineApproved(
                plan: "p", line: line, service: "S0288", body: "MNE", requestOn: on,
                acceptanceOn: CivilDate(year: year, month: month, day: day + 1), approval: "№ 1")
            try await site.centre.onboarding.perform(
                .approve(approved, at: site.time.now),
                on: OnboardingDesk.id(plan: "p", line: line, body: "MNE"), by: Self.actor, at: site.time.now)
        }
        return (site, year + 1)
    }

    @Test("the plan answers, names the year and the file, and says no forecast where there is none")
    func plan() async throws {
        let (site, missing) = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            browser[cookie: "language"] = "en"
            let page = try await browser.get("/plan?plan=p")
            #expect(page.status == .ok)
            #expect(page.text.contains("schedules/calendar/\(missing).csv"))
            #expect(page.text.components(separatedBy: "no calendar of \(missing), no forecast").count == 2)
            #expect(
                page.text.components(separatedBy: "working days late").count == 2, "the other line has its forecast")
            for path in ["/plan/p/1", "/requests/p-1-MNE", "/requests", "/clocks?list=open", "/"] {
                #expect(try await browser.get(path).status == .ok, "\(path)")
            }
        }
    }

    @Test("a line of a year without a calendar is refused, and the refusal names the file")
    func approval() async throws {
        let (site, missing) = try await Self.prepared()
        let on = try #require(CivilDate(year: missing, month: 3, day: 1))
        let line = PlanLineApproved(
            plan: "p", line: "3", service: "S0288", body: "MNE", requestOn: on, approval: "№ 1")
        let error = await #expect(throws: (any Error).self) {
            try await site.centre.onboarding.perform(
                .approve(line, at: site.time.now), on: OnboardingDesk.id(plan: "p", line: "3", body: "MNE"),
                by: Self.actor, at: site.time.now)
        }
        #expect("\(try #require(error))".contains("schedules/calendar/\(missing).csv"))
    }

    @Test("in a year without a calendar the page of a case says so and counts no days")
    func casePage() async throws {
        let (site, missing) = try await Self.prepared()
        let first = try #require(CivilDate(year: missing, month: 1, day: 10))
        let day = site.centre.casework.today(site.time.now).days(to: first)
        site.time.advance(milliseconds: Int64(day) * 86_400_000)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            browser[cookie: "language"] = "en"
            for path in ["/plan?plan=p", "/requests/p-1-MNE", "/"] {
                let page = try await browser.get(path)
                #expect(page.status == .ok, "\(path): \(page.status)")
                #expect(page.text.contains("\(missing).csv") || path == "/", "\(path)")
            }
            let page = try await browser.get("/requests/p-1-MNE").text
            #expect(!page.contains("working days late"), "no days are counted without a calendar")
        }
    }
}
