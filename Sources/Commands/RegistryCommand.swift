import ArgumentParser
import CanonicalJSON
import Foundation
import Languages
import Registry
import WebApp

/// `bailanys registry`: bodies and services.
struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Import and list bodies, regions and services.",
        subcommands: [Import.self, Bodies.self, Services.self])

    /// `bailanys registry import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Take in the tables of a folder; says what was added, changed, refused and why.",
            discussion: """
                Exit code 1 where a row was refused; the other rows are in.
                Example: bailanys registry import knowledge --dry-run
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The folder with bodies.csv, regions.csv, services.csv and their names.") var folder: String
        @Flag(help: "Only say what would change.") var dryRun = false

        func run(in office: Office) async throws {
            let folder = office.path(folder)
            let report =
                dryRun
                ? try RegistryFolder.preview(folder: folder, in: office.centre.casework)
                : try RegistryFolder.import(
                    folder: folder, into: office.centre.casework, by: office.actor, at: office.now)
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
        }

        func run(in office: Office) async throws {
            let kinds = kind.flatMap(BodyKind.init(rawValue:)).map { Set([$0]) } ?? []
            let bodies = try await office.centre.journal.read { db in
                try Registry.bodies(BodyFilter(kinds: kinds), in: db)
            }
            let tongue = Language(rawValue: language) ?? .ru
            let today = office.centre.casework.today(office.now)
            office.list(bodies, { $0.json(on: today) }) { "\($0.code)\t\($0.kind.rawValue)\t\($0.name[tongue])" }
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

        func run(in office: Office) async throws {
            let services = try await office.centre.journal.read { db in try Registry.services(in: db) }
            let tongue = Language(rawValue: language) ?? .ru
            office.list(services, \.json) { "\($0.code)\t\($0.owner)\t\($0.name[tongue])" }
        }
    }
}
