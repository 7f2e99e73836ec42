import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import WorkingDays

extension ClockCommand {
    /// `bailanys clock confirm`: a person vouches for the machine's clock.
    struct Confirm: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Vouch for the machine's clock, so that what it held up goes on.",
            discussion: """
                While the clock is in doubt (it went forward by itself, or the program rested longer than three days) no \
                report is sealed, no breach is recorded and nothing is sent. Compare it with another clock first; where it \
                is wrong, set it right: the hold then ends by itself.
                Example: bailanys clock confirm --reason "compared with the time signal; the server was off for a week"
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "How you know that it is right.") var reason: String

        static let opensAsItIs = true

        func run(in office: Office) async throws {
            let hold = try await office.centre.confirmClock(reason: reason, by: office.actor)
            office.answer(
                .object([
                    "doubt": .string(hold.reason.rawValue), "expected": .string(hold.expected.description),
                    "found": .string(hold.found.description),
                ]), "Confirmed: the clock shows \(hold.found).")
        }
    }
}
