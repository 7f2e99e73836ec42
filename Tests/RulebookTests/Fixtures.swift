import Foundation
import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// The law as the repository keeps it.
enum Law {
    static let folder = TestCentre.schedules

    static func rulebooks() throws -> RulebookSet { try folder.rulebooks(knownEvents: KnownEvents.all) }
}

/// One case that is led through events.
struct TestCase {
    let procedure: Procedure
    var calendar: WorkingCalendar
    var clocks = CaseClocks()
    var cache = DueCache()
    var zone = CivilZone.almaty

    init(_ id: String, in set: RulebookSet? = nil, calendar: WorkingCalendar? = nil) throws {
        let set = try set ?? Law.rulebooks()
        procedure = try #require(set.procedure(id, on: day("2026-01-01")))
        self.calendar = try calendar ?? Law.folder.calendar()
    }

    /// Lets an event happen at a local time of Almaty ("2026-03-19 10:00") and returns what changed.
    @discardableResult
    mutating func happens(
        _ name: String, _ local: String, _ facts: [String: String] = [:], date: String? = nil,
        bodyZone: CivilZone? = nil
    ) throws -> [ClockChange] {
        let event = ClockEvent(
            name, at: try at(local), facts: facts, date: try date.map(day), bodyZone: bodyZone)
        let changes = try procedure.changes(on: event, clocks: clocks, calendar: calendar, zone: zone, cache: &cache)
        clocks.apply(changes)
        return changes
    }

    func due(_ rule: String) -> String? { clocks[rule]?.due.description }
    func status(_ rule: String) -> Clock.Status? { clocks[rule]?.status }
}

/// A small rulebook with one clock that can be suspended.
let suspendableBook = """
    rulebook: test
    title: {kk: а, ru: б, en: c}
    act: {kk: а, ru: б, en: c}
    in-force: {from: 2013-01-01}
    procedures:
      answer:
        title: {kk: а, ru: б, en: c}
        clocks:
          reply:
            title: {kk: а, ru: б, en: c}
            explanation: {kk: а, ru: б, en: c}
            cite: "§1"
            owner: body
            kind: statutory
            from: asked
            until: answered
            suspend: stopped
            resume: continued
            cancel: dropped
            term: TERM
            extend: {on: extended, up-to: 4 working days, by: [body]}
    """

func suspendable(_ term: String = "5 working days") throws -> TestCase {
    let text = suspendableBook.replacingOccurrences(of: "TERM", with: term)
        .replacingOccurrences(of: "extend: {", with: term.contains("working") ? "extend: {" : "# ")
    let set = try RulebookSet.load(
        files: [("test.yaml", text)], knownEvents: ["asked", "answered", "stopped", "continued", "dropped", "extended"])
    return try TestCase("answer", in: set)
}
