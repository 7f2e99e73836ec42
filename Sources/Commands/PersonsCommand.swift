import ArgumentParser
import CanonicalJSON
import ContactCentre
import Journal
import WebApp

/// `bailanys persons`: what is kept of people.
struct PersonsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "persons", abstract: "Forget a person, with a certificate.", subcommands: [Erase.self])

    /// `bailanys persons erase`.
    struct Erase: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase", abstract: "Forget the person who filed a complaint; for good.",
            discussion: """
                Destroys the key under which name, contacts, texts, answers and notes of all complaints of that person are sealed, \
                and removes the files of these complaints. That they were filed, and how they ended, stays. Prints a certificate of \
                what was erased where, and what remains and why. The reason is recorded; do not name the person in it.
                Example: bailanys persons erase 2026-000123 --reason "request of 1 December 2026, letter 45"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of one of the complaints of that person.") var number: String
        @Option(help: "Who asked for it, or which rule; kept for ever.") var reason: String

        func run(in office: Office) async throws {
            let certificate = try await office.centre.erasePerson(
                ofComplaint: number, reason: reason, by: office.actor)
            let event = certificate.event
            office.answer(
                .members([
                    "person": .string(event.person), "complaints": .array(event.complaints.map(JSON.string)),
                    "files": .array(event.files.map(JSON.string)), "reason": .string(event.reason),
                    "at": .string("\(certificate.at)"), "by": .string(certificate.actor.rawValue),
                    "position": .int(certificate.position), "hash": .string(certificate.hash),
                    "erased": .array(certificate.erased.map(JSON.string)),
                    "remaining": .array(certificate.remaining.map(JSON.string)),
                ]),
                lines: [
                    "Certificate of erasure: person \(event.person), \(certificate.at), by \(certificate.actor).",
                    "Reason: \(event.reason)",
                ] + certificate.erased.map { "Erased from \($0)" } + certificate.remaining.map { "Remains in \($0)" }
                    + ["Recorded as event \(certificate.position) of the journal, \(certificate.hash)."])
        }
    }
}
