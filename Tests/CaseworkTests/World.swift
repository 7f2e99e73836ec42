import Casework
import Foundation
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// An event of any name that rulebooks know, with any facts.
struct Note: EventContent {
    /// Any name that a rulebook may use.
    struct Name: RawRepresentable, CaseIterable {
        let rawValue: String
        static let allCases = KnownEvents.all.sorted().map(Name.init(rawValue:))
    }

    let kind: Name
    let facts: [String: String]

    init(_ name: String, _ facts: [String: String] = [:]) {
        (kind, self.facts) = (Name(rawValue: name), ["body": "B", "service": "S"].merging(facts) { $1 })
    }

    var tagged: Tagged<Name> { Tagged(kind, facts) }

    static func read(_ name: Name, _ content: EventReader) throws -> Note {
        Note(name.rawValue, try content())
    }
}

/// The procedure that a test's case runs under.
protocol TestProcedure: Sendable {
    static var name: String { get }
}

enum Onboarding: TestProcedure { static let name = "onboarding" }
enum Review: TestProcedure { static let name = "complaint-review" }

enum TestRefusal: String, RefusalCode {
    case refused = "test.refused"
}

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
        if command.isEmpty { throw TestRefusal.refused("This is refused.") }
        return command.map { Happening($0.note, at: $0.at) }
    }
}

/// A contact centre whose cases do what they are told.
final class World: TestWorld, Sendable {
    let centre: TestCentre

    init() async throws { centre = try await TestCentre([Note.self]) }

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

    func clocks(_ stream: String) throws -> [String: ClockRow] { try clocks(of: StreamID(stream)) }

    func board() throws -> [String] { try journal.projectionContents().filter { $0.hasPrefix("clock ") } }

    func holiday(_ date: String) throws -> CalendarException {
        CalendarException(
            date: try day(date), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной", basisKK: "Decree",
            basisRU: "Decree",
            knownSince: try day("2026-03-01"))
    }
}
