import Casework
import Journal
import Rulebook
import Testing
import WorkingDays

/// A contact centre as the tests of a module need it: the real law and calendar, and a journal in a folder of its own.
package struct TestCentre: Sendable {
    /// The schedules of the repository.
    package static let schedules = ScheduleFolder(path: Repository.path + "/schedules")

    /// What they say, read once for all tests of a process.
    private static let law = Result {
        (
            calendar: try schedules.calendar(),
            rulebooks: try schedules.rulebooks(knownEvents: KnownEvents.all)
        )
    }

    /// Where its files are.
    package let folder: TemporaryFolder
    /// The loop of all cases.
    package let casework: Casework
    /// The calendar that it works by.
    package let calendar: WorkingCalendar
    /// Who does what the test does.
    package let actor: Actor

    /// A centre that knows the events of some modules and keeps their tables beside calendar and clocks.
    /// - Parameters:
    ///   - events: what can happen in it.
    ///   - projections: the tables of the modules, over the events that it knows.
    ///   - year: the last year that has a calendar; all that there are unless given.
    ///   - adopted: when the calendar was adopted, in Almaty; nil where the test does it.
    /// - Throws: an error of the schedules or of the journal.
    package init(
        _ events: [any EventContent.Type], actor: Actor = Actor("test"), through year: Int? = nil,
        adopted: String? = "2026-01-05 09:00",
        projections: (EventCatalogue) throws -> [any Projection] = { _ in [] }
    ) async throws {
        let law = try Self.law.get()
        let catalogue = EventCatalogue(events)
        folder = TemporaryFolder()
        self.actor = actor
        calendar = try year.map { try law.calendar.through($0) } ?? law.calendar
        casework = Casework(
            journal: try Journal(
                path: folder.file("journal.db"),
                projections: [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)]
                    + projections(catalogue)),
            catalogue: catalogue, rulebooks: law.rulebooks, calendars: CalendarKeeper())
        guard let adopted else { return }
        _ = try await casework.adopt(calendar, reason: "test", expecting: nil, by: actor, at: try at(adopted))
    }
}

/// What the tests of a module make of a centre: its desks, and words for what happens in its field.
package protocol TestWorld {
    /// The centre below it.
    var centre: TestCentre { get }
}

extension TestWorld {
    /// Where its files are.
    package var folder: TemporaryFolder { centre.folder }
    /// The loop of all cases.
    package var casework: Casework { centre.casework }
    /// Everything that happened.
    package var journal: Journal { centre.casework.journal }
    /// The calendar that it works by.
    package var calendar: WorkingCalendar { centre.calendar }
    /// Who does what the test does.
    package var actor: Actor { centre.actor }

    /// The clocks of a case by their rules.
    package func clocks(of stream: StreamID) throws -> [String: ClockRow] {
        let rows = try journal.readNow { try ClockRow.fetch(of: stream, in: $0) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.rule, $0) })
    }

    /// Makes the tables anew from the events and expects the same content, and counters that count it.
    package func expectSameAfterRebuild(_ location: SourceLocation = #_sourceLocation) throws {
        let before = try journal.projectionContents()
        try journal.rebuild()
        #expect(try journal.projectionContents() == before, sourceLocation: location)
        #expect(try journal.readNow { try Counters.wrong(in: $0) } == [], sourceLocation: location)
    }
}

extension WorkingCalendar {
    /// The same calendar without the years after one.
    package func through(_ year: Int) throws -> WorkingCalendar {
        try WorkingCalendar(
            exceptions: exceptions.filter { $0.date.year <= year }, years: years.filter { $0 <= year })
    }
}
