/// The command line: what a person or a script says to Bailanys in a terminal.
///
/// Decides: the words of the commands, how their answers are printed, and where a command is carried out. A command
/// that works on the data folder takes its lock; where a server holds the lock already, the command travels to it over
/// the folder's socket and is carried out there, so that there is never a second writer.
/// Refuses to know: rules of the field; commands call `ContactCentre` and its modules.
///
/// - `Bailanys.swift` — the tree of commands. One file per command beside it.
/// - `Office.swift` — what a command that works on the data folder is given; `OfficeCommand` is its protocol.
/// - `CommandForwarding.swift`, `CommandSocket.swift` — the two ends of the way to a running server.
import ArgumentParser
import ContactCentre

/// The root of all commands.
package struct Bailanys: AsyncParsableCommand {
    /// The name, the short description and all commands below.
    package static let configuration = CommandConfiguration(
        commandName: "bailanys",
        abstract: "The software of a Unified Contact Centre on state services.",
        discussion: """
            Start with `bailanys serve --demo` and open the address that it prints.
            Commands that change something run inside the server when one works on the same data folder. \
            Every command explains itself with an example: `bailanys help complaints import`.

            Exit codes: 0 done; 1 not done, or done in part (the message says what and why); 64 the command line was not \
            understood, and nothing was done.

            With --json the standard output holds JSON only, with the names of the JSON interface (docs/openapi.yaml): one \
            object, and for a list one object a line. A failure is one object, the last line of the standard error, with \
            “code”, “detail”, “exitCode”, and “errors” or “refusal” where a field or a rule is the reason.
            """,
        version: ContactCentre.edition,
        subcommands: all)

    package init() {}

    /// Sees that `help` is asked of a command that there is; the library prints the help of the last word it knows.
    static func requireTopic(_ arguments: [String]) throws {
        guard arguments.first == "help" else { return }
        var type: any ParsableCommand.Type = Bailanys.self
        for word in arguments.dropFirst() where !word.hasPrefix("-") {
            guard let next = type.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else {
                throw ValidationError("There is no command “\(word)” here: see “bailanys help”.")
            }
            type = next
        }
    }

    /// Reads the command line and carries it out; ends the process with the exit code of a failure.
    package static func start() async {
        do {
            try requireTopic(Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let arguments = CommandLine.arguments
            if arguments.contains("--json"), let line = FailureReport.line(for: error, to: arguments),
                !exitCode(for: error).isSuccess
            {
                StandardOutput().note(line)
                exit(withError: exitCode(for: error))
            }
            exit(withError: error)
        }
    }
}
