import CanonicalJSON
import Casework
import Foundation
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// An event of any name that rulebooks know, with any facts.
struct Note: EventContent, Equatable {
    static let names = KnownEvents.all.sorted()
    let name: String
    let facts: [String: String]

    init(_ name: String, _ facts: [String: String] = [:]) {
        (self.name, self.facts) = (name, ["body": "B", "service": "S"].merging(facts) { $1 })
    }

    func write(to json: inout JSONWriter) throws { json.canonical(try CanonicalCoding.encode(facts)) }

    init(name: String, payload: [UInt8]) throws {
        self.init(name, try CanonicalCoding.decode([String: String].self, from: payload))
    }
}

/// The procedure that a test's case runs under.
protocol TestProcedure: Sendable {
    static var name: String { get }
}

enum Onboarding: TestProcedure { static let name = "onboarding" }
enum Review: TestProcedure { static let name = "complaint-review" }

/// A case that does what it is told: a command is a list of events, and “refuse” is refused.
enum TestCase<Kind: TestProcedure>: CaseKind {
    typealias State = [String]
    typealias Event = Note
    typealias Command = [(note: Note, at: Moment)]

    static var streamKind: String { Kind.name }
    static var procedure: String? { Kind.name }
    static var initial: [String] { [] }

    static func evolve(_ state: inout [String], by event: Note, stamp: EventStamp) { state.append(event.name) }

    static func decide(_ command: Command, on state: State, in context: DecisionContext) throws -> [Happening<Note>] {
        if command.isEmpty { throw Refusal("test.refused", "This is refused.") }
        return command.map { Happening($0.note, at: $0.at) }
    }
}

/// A contact centre with the real law and cases that do what they are told.
final class World: Sendable {
    let folder = TemporaryFolder()
    let casework: Casework
    let actor = Actor("test")
    let calendar: WorkingCalendar

    init() async throws {
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        let catalogue = EventCatalogue([Note.self])
        let journal = try Journal(
            path: folder.file("journal.db"),
            projections: [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)])
        casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: try schedules.rulebooks(knownEvents: KnownEvents.all),
            calendars: CalendarKeeper())
        calendar = try schedules.calendar()
        _ = try await casework.adopt(
            calendar, reason: "first", expecting: nil, by: actor, at: try at("2026-01-05 09:00"))
    }

    var journal: Journal { casework.journal }

    @discardableResult
    func happens<Kind: TestProcedure>(
        _ kind: Kind.Type, _ id: String, _ name: String, _ moment: String, _ facts: [String: String] = [:],
        expecting: Int? = nil
    ) async throws -> Int {
        let now = try at(moment)
        return try await casework.transact(by: actor, at: now) { session in
            try session.perform([(Note(name, facts), now)], on: TestCase<Kind>.self, id: id, expecting: expecting)
                .version
        }
    }

    func clocks(_ stream: String) throws -> [String: ClockRow] {
        let rows = try journal.readNow { try ClockRow.fetch(of: StreamID(stream), in: $0) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.rule, $0) })
    }

    func board() throws -> [String] { try journal.projectionContents().filter { $0.hasPrefix("clock ") } }

    func expectSameAfterRebuild() throws {
        let before = try journal.projectionContents()
        try journal.rebuild()
        #expect(try journal.projectionContents() == before)
    }

    func holiday(_ date: String) throws -> CalendarException {
        CalendarException(
            date: try day(date), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной", basisKK: "Decree",
            basisRU: "Decree",
            knownSince: try day("2026-03-01"))
    }
}

/// A time of the day in Almaty: `2026-03-26 10:00`.
func at(_ text: String) throws -> Moment {
    try #require(Moment(text.replacingOccurrences(of: " ", with: "T") + ":00+05:00"))
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
