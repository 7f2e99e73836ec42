import ArgumentParser
import Blocking
import CanonicalJSON
import Casework
import ContactCentre
import Journal
import Rulebook
import WebApp
import WorkingDays

/// `bailanys calendar`: the calendar in force, and what a change of it would move.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Show, preview, adopt or undo the calendar of working days.",
        discussion: """
            The calendar in force is the one that was adopted; the files of schedules/calendar are a proposal. Edit the file \
            of the year, look at the preview, adopt it with the act that changes the days. Nothing moves silently.
            """,
        subcommands: [Show.self, Preview.self, Adopt.self, Undo.self])

    /// `bailanys calendar show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "List the days of a year that differ from the plain week.",
            discussion: "Example: bailanys calendar show 2026")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The year.") var year: Int

        func run(in office: Office) async throws {
            let (calendar, editions) = try await office.centre.journal.read {
                [keeper = office.centre.casework.calendars] db in
                (try keeper.calendar(in: db), try keeper.editions(in: db))
            }
            if json { return office.output.line(try calendar.json(year: year, editions: editions).text) }
            if let edition = editions.first {
                office.output.line(
                    "Edition \(edition.edition), adopted \(edition.adoptedAt) by \(edition.actor): \(edition.reason)")
            }
            for day in calendar.exceptions where day.date.year == year {
                let mark = day.isProvisional ? " (provisional)" : ""
                office.output.line(
                    "\(day.date) \(day.kind.rawValue) \(day.nameKK) / \(day.nameRU)\(mark): \(day.basisKK) / \(day.basisRU)"
                )
            }
        }
    }

    /// `bailanys calendar preview`.
    struct Preview: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "preview", abstract: "Show what adopting the files of schedules/calendar would move.",
            discussion: """
                Nothing is recorded. Each due date that would move is named, with the breaches that would appear or be put \
                in doubt.
                Example: bailanys calendar preview
                """)
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            let files = try await office.proposedCalendar()
            let preview = try await office.centre.casework.preview(files, at: office.now)
            if json { return office.output.line(preview.json.text) }
            CalendarCommand.show(preview, in: office)
        }
    }

    /// `bailanys calendar adopt`.
    struct Adopt: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "adopt", abstract: "Adopt the files of schedules/calendar and move what depends on them.",
            discussion: """
                Example: bailanys calendar adopt --reason "Decree 153 of 12 March 2026: 30 March is a day off"
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "Why: the act that changes the days.") var reason: String

        func run(in office: Office) async throws {
            let files = try await office.proposedCalendar()
            try await CalendarCommand.adopt(files, reason: reason, in: office)
        }
    }

    /// `bailanys calendar undo`.
    struct Undo: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo", abstract: "Go back to the calendar before the last change; both stay visible.",
            discussion: "Example: bailanys calendar undo --reason \"The decree was repealed\"")
        @OptionGroup var options: OfficeOptions
        @Option(help: "Why.") var reason: String

        func run(in office: Office) async throws {
            let keeper = office.centre.casework.calendars
            let earlier = try await office.centre.journal.read { db -> WorkingCalendar? in
                guard let edition = try keeper.edition(in: db),
                    let earlier = try keeper.editionBefore(edition, in: db)
                else { return nil }
                return try keeper.calendar(edition: earlier, in: db)
            }
            guard let earlier else {
                throw CommandFailure("There has been no change of the calendar that could be undone.", .conflict)
            }
            try await CalendarCommand.adopt(earlier, reason: reason, in: office)
        }
    }

    private static func adopt(_ calendar: WorkingCalendar, reason: String, in office: Office) async throws {
        let casework = office.centre.casework
        let preview = try await casework.preview(calendar, at: office.now)
        let edition = try await office.centre.journal.read { try casework.calendars.edition(in: $0) }
        let adopted = try await casework.adopt(
            calendar, reason: reason, expecting: edition, by: office.actor, at: office.now)
        if office.writesJSON {
            var members = preview.json.object ?? [:]
            members["edition"] = .number(adopted)
            return office.output.line(JSON.object(members).text)
        }
        show(preview, in: office)
        office.output.line("Adopted as edition \(adopted).")
    }

    private static func show(_ preview: CalendarPreview, in office: Office) {
        for change in preview.differences {
            let old = change.old.map { "\($0.kind.rawValue) \($0.nameRU)" } ?? "ordinary day"
            let new = change.new.map { "\($0.kind.rawValue) \($0.nameRU)" } ?? "ordinary day"
            office.output.line("\(change.date): \(old) → \(new)")
        }
        office.output.line(
            "Moves \(preview.moves) due dates; \(preview.appearing) breaches appear, \(preview.vanishing) are put in doubt."
        )
        if preview.targets > 0 {
            office.output.line("Internal targets that get another outcome or are put in doubt: \(preview.targets).")
        }
        for (stream, recalculation) in preview.cases {
            for move in recalculation.moves {
                office.output.line("  \(stream) \(move.clock): \(move.from) → \(move.to)")
            }
        }
    }
}

extension Office {
    /// The calendar in the files that the person means.
    fileprivate func proposedCalendar() async throws -> WorkingCalendar {
        try await Blocking.brief.run { [schedules] in try ScheduleFolder(path: schedules).calendar() }
    }
}
