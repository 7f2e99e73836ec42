import ArgumentParser
import CanonicalJSON
import ContactCentre
import WebApp
import WorkingDays

/// `bailanys forum`: what citizens wrote on the forum is fetched by the centre.
struct ForumCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forum", abstract: "Fetch what citizens wrote on the forum.",
        discussion: """
            A running server pulls by itself (forum-address, forum-minutes). What came in waits in the queue of officers.
            """,
        subcommands: [Show.self, Pull.self])

    /// `bailanys forum show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show how the pull stands and what could not be taken.",
            discussion: "Example: bailanys forum show")
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            let pull = try ForumCommand.pull(office)
            office.answer(try JSON(encoding: pull.state()), lines: ForumCommand.lines(pull.state()))
        }
    }

    /// `bailanys forum pull`.
    struct Pull: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "pull", abstract: "Pull now, from where the last pull ended.",
            discussion: """
                What is known by its number stays as it is. The exit code is 1 where the forum could not be asked.
                Example: bailanys forum pull
                Example: bailanys forum pull --from ""
                """)
        @OptionGroup var options: OfficeOptions
        @Option(name: .customLong("from"), help: "Begin after this cursor; an empty text: at the beginning.")
        var cursor: String?

        func run(in office: Office) async throws {
            guard let state = try await ForumCommand.pull(office).round(from: cursor) else {
                throw CommandFailure("A pull is under way already: see “bailanys forum show”.")
            }
            office.answer(try JSON(encoding: state), lines: ForumCommand.lines(state))
            if let fault = state.fault { throw CommandFailure(fault) }
        }
    }

    private static func pull(_ office: Office) throws -> ForumPull {
        guard let pull = office.centre.forum else {
            throw CommandFailure("No forum is set: write “forum-address” into the settings (bailanys config show).")
        }
        return pull
    }

    private static func lines(_ state: ForumState) -> [String] {
        func moment(_ moment: Moment?) -> String { moment.map { "\($0)" } ?? "never" }
        var lines = [
            "asked \(moment(state.askedAt)), answered in full \(moment(state.answeredAt))",
            "received \(state.received), by the last pull \(state.lastReceived)",
            "goes on after \(state.cursor ?? "the beginning")",
        ]
        if let fault = state.fault { lines.append("the last pull failed: \(fault)") }
        lines += state.refused.map { "not taken: \($0.number): \($0.reason)" }
        return lines
    }
}
