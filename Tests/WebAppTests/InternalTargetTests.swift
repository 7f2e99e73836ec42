import Casework
import ContactCentre
import Correspondence
import Foundation
import GRDB
import Journal
import Onboarding
import Rulebook
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("A late internal target is a delay, nobody's violation")
struct InternalTargetTests {
    /// MNE has not answered an additional request (797 §10, no term of law) for twenty days.
    private static func prepared() async throws -> (site: Site, duty: String) {
        let site = try await Site(bringsUpToDate: true)
        let note = DutyNote(body: "MNE", service: "S0241", text: "Қосымша сұрақ")
        let duty = try await site.centre.onboarding.begin(
            .additionalRequest, note, happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
        site.time.advance(milliseconds: 20 * 86_400_000)
        try await site.centre.casework.recordBreaches(at: site.time.now)
        return (site, duty)
    }

    @Test("it is in no count of breaches: of the body, of the lists, of the statistics, of the calendar's preview")
    func counts() async throws {
        let (site, duty) = try await Self.prepared()
        let clock = try #require(
            try site.journal.readNow { try ClockRow.fetch(of: StreamID(kind: "additional-request", id: duty), in: $0) }
                .first)
        #expect(clock.status == .breached && clock.standing == .missed)
        try site.journal.readNow { db in
            #expect(try BodyFigures.fetch(in: db)["MNE"]?.breaches ?? 0 == 0)
            #expect(
                try String.fetchOne(db, sql: "SELECT standing FROM clock WHERE rule = ?", arguments: [clock.rule])
                    == "missed", "the table tells it as well")
            for (standing, count) in [(ClockStanding.breached, 0), (.missed, 1)] {
                var filter = ClockFilter()
                (filter.standings, filter.body) = ([standing], "MNE")
                #expect(try ClockRow.count(filter, in: db) == count)
            }
            let record = try BodyRecord.fetch(body: "MNE", in: db)
            #expect(record.count == 1 && record.allSatisfy { !$0.isTermOfLaw && $0.overdue == 1 })
            let month = CivilMonth(clock.due)
            let statistics = try ClockStatistics.fetch(month...month, in: db)
            #expect(statistics.counts.allSatisfy { $0.key.body != "MNE" })
            #expect(statistics.targets[month]?.breached == 1)
        }
        // A day off on each day since puts what was missed in doubt: as a target, not as a breach.
        var exceptions = try site.journal.readNow { try site.centre.casework.calendars.calendar(in: $0).exceptions }
        let today = site.centre.casework.today(site.time.now)
        let free = clock.dayZero.adding(days: 1)...today
        exceptions.removeAll { free.contains($0.date) }
        for day in 0...free.lowerBound.days(to: today) {
            exceptions.append(
                CalendarException(
                    date: free.lowerBound.adding(days: day), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной",
                    basisKK: "сынақ", basisRU: "проба", knownSince: free.lowerBound))
        }
        let calendar = try site.journal.readNow { try site.centre.casework.calendars.calendar(in: $0) }
        let other = try WorkingCalendar(exceptions: exceptions, years: calendar.years)
        let preview = try await site.centre.casework.preview(other, at: site.time.now)
        #expect(preview.targets == 1 && preview.vanishing == 0 && preview.appearing == 0)
    }

    @Test(
        "pages and programs call it a missed internal target, in words and colours of its own",
        arguments: [
            ("kk", "шкі межеден"), ("ru", "нутренний ориентир пропущен"), ("en", "nternal target"),
        ])
    func pages(language: String, words: String) async throws {
        let (site, duty) = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            browser[cookie: "language"] = language
            for path in ["/clocks?list=missed", "/bodies/MNE", "/duties/additional-request/\(duty)"] {
                let page = try await browser.get(path).text
                #expect(page.contains("badge is-missed") && page.contains(words), "\(path)")
                #expect(!page.contains("badge is-breached") && !page.contains("is-bad"), "\(path)")
            }
            #expect(try await !browser.get("/clocks?list=breached").text.contains(duty))
            #expect(try await browser.get("/").text.contains("/clocks?list=missed"))
        }
    }

    @Test("a reminder of it does not speak of a breach; the feed names the paragraph and says whose target it is")
    func correspondence() async throws {
        let (site, _) = try await Self.prepared()
        let feed = try await CalendarFeedDesk(casework: site.centre.casework).text(
            of: ["additional-request"], bodies: [:], services: [:], address: { _ in "https://centre.example/duty" }
        ).replacingOccurrences(of: "\r\n ", with: "")
        #expect(feed.contains("внутренний ориентир") && feed.contains("ішкі меже"))
        #expect(feed.contains("\r\nURL:https://centre.example/duty\r\n"))
        let desk = ReminderDesk(
            casework: site.centre.casework, outbox: site.centre.outbox,
            rules: ReminderRules(daysBefore: 1, hours: 0..<24, oldest: 60),
            letterhead: site.centre.letters.templates.letterhead)
        let calendar = try await site.journal.read { try site.centre.casework.calendars.calendar(in: $0) }
        let day = try calendar.date(adding: 1, to: site.centre.casework.today(site.time.now))
        #expect(try await desk.round(at: site.environment.zone.moment(of: day, hour: 10, minute: 0)) > 0)
        let texts = try site.journal.readNow { db in
            try String.fetchAll(db, sql: "SELECT CAST(bytes AS TEXT) FROM document")
        }
        #expect(texts.contains { $0.contains("Внутренний ориентир пропущен") })
        #expect(!texts.contains { $0.contains("Срок нарушен") })
    }
}
