import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The same complaints under two editions")
struct LawComparisonTests {
    private static let former = "complaint-review@2013-04-15"
    private static let today = "ssl-appc@2021-07-01"

    /// What happens to a complaint: local times and facts.
    private func events(_ seed: Int) throws -> [ClockEvent] {
        var state = UInt64(seed + 1)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        // From 2020 on, so that some were filed before the rules of today.
        var moment = try at("2020-06-01 09:00").adding(milliseconds: Int64(next(2_200)) * 86_400_000)
        var reviewer = next(4) == 0 ? "agency" : "body"
        var events = [
            ClockEvent("complaintRegistered", at: moment, facts: ["reviewer": reviewer])
        ]
        func later() { moment = moment.adding(milliseconds: Int64(1 + next(60)) * 3_600_000) }
        if next(3) == 0 {
            later()
            events.append(ClockEvent("complaintReturnProposed", at: moment))
            later()
            reviewer = "body"
            events.append(ClockEvent("complaintTransferred", at: moment, facts: ["reviewer": reviewer]))
        }
        if next(3) == 0 {
            later()
            events.append(
                ClockEvent(
                    "complaintExtended", at: moment,
                    facts: ["by": ["body", "psc", "agency"][next(3)], "days": "\(1 + next(12))", "reason": "r"]))
        }
        if next(5) > 0 {
            moment = moment.adding(milliseconds: Int64(next(20)) * 86_400_000)
            events.append(ClockEvent("complaintAnswered", at: moment))
        }
        return events
    }

    @Test("200 cases: what was filed before 1 July 2021 has no term by the rules of today, the rest keeps its last day")
    func twoHundred() async throws {
        let world = try await World()
        let set = world.casework.rulebooks
        let former = try #require(set.edition(Self.former))
        let newer = try #require(set.edition(Self.today))
        let calendar = try world.journal.readNow { try world.casework.calendars.calendar(in: $0) }
        let now = try at("2026-12-30 09:00")
        let day = world.casework.today(now)
        var (before, same, differing) = (0, 0, [String]())
        for seed in 0..<200 {
            let events = try events(seed)
            let filed = world.casework.zone.civilDate(of: events[0].at)
            guard calendar.years.contains(filed.year), filed.year < calendar.years.upperBound else { continue }
            func under(_ edition: RulebookEdition) -> ComplaintUnderLaw {
                ComplaintUnderLaw(
                    events, under: edition, calendar: calendar, zone: world.casework.zone, asOf: day, at: now)
            }
            let (left, right) = (under(former), under(newer))
            if filed < newer.from {
                before += 1
                #expect(right.standing == .none && right.due == nil && left.due != nil)
            } else if right.differs(from: left) {
                differing.append("\(seed): \(left.due.map { "\($0)" } ?? "–") → \(right.due.map { "\($0)" } ?? "–")")
            } else {
                same += 1
            }
        }
        // Article 25 has kept its terms: only clocks beside the review are new.
        #expect(differing.isEmpty, "\(differing)")
        #expect(same > 50)
        #expect(before + same <= 200)
    }

    @Test("A complaint keeps its edition; the setting holds for new ones, and the comparison records nothing")
    func keeps() async throws {
        let world = try await World()
        let old = try await world.register("2026-09-07 10:00").number
        let casework = Casework(
            journal: world.journal, catalogue: world.casework.catalogue,
            rulebooks: try world.casework.rulebooks.choosing("ssl-appc", for: "complaint-review"),
            calendars: CalendarKeeper())
        let desk = ComplaintDesk(
            casework: casework, vault: world.vault, routing: world.desk.routing, facts: { _ in World.facts })
        let receipt = try await desk.register(
            ComplaintFiling(
                kind: .order, service: "S1", body: "MJ", region: "75", subject: "сөз", contacts: .init(name: "А"),
                filedAt: try at("2026-09-07 10:00")), by: world.actor, at: try at("2026-12-30 09:00"))
        try await desk.answer(
            old, outcome: .satisfied, happenedAt: try at("2026-09-14 10:00"), by: world.actor,
            at: try at("2026-12-30 09:00"))
        #expect(try await casework.load(Complaint.self, id: old).edition == Self.former)
        #expect(try await casework.load(Complaint.self, id: receipt.number).edition == Self.today)
        let position = try world.events()
        let now = try at("2026-12-30 09:00")
        let (left, right) = try desk.editions(nil, nil, at: now)
        #expect(left.id == Self.today && right.id == Self.former)
        let compared = try await desk.compare(left, right, at: now)
        #expect(compared.map(\.number) == [receipt.number])
        #expect(compared[0].left.due == compared[0].right.due && compared[0].left.standing == .late)
        #expect(try world.events() == position)
        #expect(throws: Refusal.self) { try desk.editions("none", nil, at: now) }
        // The table of 2013 sends what the table of today keeps.
        let table = try #require(desk.routing.edition("complaints@2013-04-15"))
        let moved = try await desk.compare(left, right, table: table, number: receipt.number, at: now)
        #expect(moved[0].answer?.edition == "complaints@2013-04-15" && !moved[0].movesToAnother)
    }
}
