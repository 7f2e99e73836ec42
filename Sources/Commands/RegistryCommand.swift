import ArgumentParser
import Blocking
import CanonicalJSON
import Casework
import ContactCentre
import Foundation
import Journal
import Languages
import Registry
import WebApp

/// `bailanys registry`: bodies and services.
struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Import and list bodies, regions, services and who answers for a body.",
        subcommands: [Import.self, Bodies.self, Persons.self, Services.self])

    /// `bailanys registry import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Take in the tables of a folder; says what was added, changed, refused and why.",
            discussion: """
                Exit code 1 where a row was refused; the other rows are in.
                Example: bailanys registry import knowledge --dry-run
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The folder with bodies.csv, regions.csv, services.csv and their names.") var folder: String
        @Flag(help: "Only say what would change.") var dryRun = false

        func run(in office: Office) async throws {
            let folder = try office.path(folder)
            let report = try await Blocking.long.run { [dryRun] in
                dryRun
                    ? try RegistryFolder.preview(folder: folder, in: office.centre.casework)
                    : try RegistryFolder.import(
                        folder: folder, into: office.centre.casework, by: office.actor, at: office.now)
            }
            guard let report else {
                return office.answer(.object(["isKnown": .bool(true)]), "These files are in already.")
            }
            office.answer(try JSON(encoding: report), "\(report)")
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys registry bodies`.
    struct Bodies: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "bodies", abstract: "List bodies.",
            discussion: "Example: bailanys registry bodies --kind central --language kk")
        @OptionGroup var options: OfficeOptions
        @Option(help: "Only this kind: central, local, psc, provider, agency, agency-territorial, it-body, ucc.")
        var kind: String?
        @Option(help: "The language of the names: kk, ru or en.") var language = "ru"

        func validate() throws {
            if let kind, BodyKind(rawValue: kind) == nil { throw ValidationError("--kind “\(kind)” is unknown.") }
            try Written.language(language)
        }

        func run(in office: Office) async throws {
            let kinds = kind.flatMap(BodyKind.init(rawValue:)).map { Set([$0]) } ?? []
            let bodies = try await office.centre.journal.read { db in
                try Registry.bodies(BodyFilter(kinds: kinds), in: db)
            }
            let tongue = try Written.language(language)
            let today = office.centre.casework.today(office.now)
            try await office.list(bodies, { $0.json(on: today) }) {
                "\($0.code)\t\($0.kind.rawValue)\t\($0.name[tongue])"
            }
        }
    }

    /// `bailanys registry persons`.
    struct Persons: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "persons", abstract: "List who answers or answered for a body, without names.",
            discussion: """
                Somebody who left is released by `bailanys requests change --kind responsible-person-change`.
                Example: bailanys registry persons MIA
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code of the body.") var body: String

        func run(in office: Office) async throws {
            let persons = try await office.centre.journal.read { [body] in
                try Registry.responsiblePersons(of: body, in: $0)
            }
            try await office.list(persons, \.json) { person in
                "\(person.id)\tsince \(person.since)\t\(person.endedOn.map { "until \($0)" } ?? "now")"
            }
        }
    }

    /// `bailanys registry services`.
    struct Services: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "services", abstract: "List services.",
            discussion: """
                Example: bailanys registry services
                Example: bailanys registry services --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "The language of the names: kk, ru or en.") var language = "ru"

        func validate() throws { try Written.language(language) }

        func run(in office: Office) async throws {
            let services = try await office.centre.journal.read { db in try Registry.services(in: db) }
            let tongue = try Written.language(language)
            try await office.list(services, \.json) { "\($0.code)\t\($0.owner)\t\($0.name[tongue])" }
        }
    }
}
