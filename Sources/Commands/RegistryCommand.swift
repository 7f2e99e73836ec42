import ArgumentParser
import CanonicalJSON
import Foundation
import Languages
import Registry

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
            discussion: "Exit code 1 where a row was refused; the other rows are in.")
        @OptionGroup var folders: Folders
        @Argument(help: "The folder with bodies.csv, regions.csv, services.csv and their names.") var folder: String
        @Flag(help: "Only say what would change.") var dryRun = false
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            let folder = office.path(folder)
            let report =
                dryRun
                ? try RegistryFolder.preview(folder: folder, in: office.centre.casework)
                : try RegistryFolder.import(
                    folder: folder, into: office.centre.casework, by: office.actor, at: office.now)
            guard let report else { return office.output.line("These files are in already.") }
            office.output.line(
                json ? String(decoding: try CanonicalCoding.encode(report), as: UTF8.self) : "\(report)")
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys registry bodies`.
    struct Bodies: OfficeCommand {
        static let configuration = CommandConfiguration(commandName: "bodies", abstract: "List bodies.")
        @OptionGroup var folders: Folders
        @Option(help: "Only this kind: central, local, psc, provider, agency, agency-territorial, it-body, ucc.")
        var kind: String?
        @Option(help: "The language of the names: kk, ru or en.") var language = "ru"
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if let kind, BodyKind(rawValue: kind) == nil { throw ValidationError("--kind “\(kind)” is unknown.") }
        }

        func run(in office: Office) async throws {
            let kinds = kind.flatMap(BodyKind.init(rawValue:)).map { Set([$0]) } ?? []
            let bodies = try await office.centre.journal.read { db in
                try Registry.bodies(BodyFilter(kinds: kinds), in: db)
            }
            let tongue = Language(rawValue: language) ?? .ru
            if json {
                let rows = bodies.map { body in
                    JSON.object([
                        "code": .string(body.code), "kind": .string(body.kind.rawValue), "region": .string(body.region),
                        "nameKK": .string(body.name.kk), "nameRU": .string(body.name.ru),
                    ])
                }
                return office.output.line(JSON.array(rows).text)
            }
            for body in bodies { office.output.line("\(body.code)\t\(body.kind.rawValue)\t\(body.name[tongue])") }
        }
    }

    /// `bailanys registry services`.
    struct Services: OfficeCommand {
        static let configuration = CommandConfiguration(commandName: "services", abstract: "List services.")
        @OptionGroup var folders: Folders
        @Option(help: "The language of the names: kk, ru or en.") var language = "ru"

        func run(in office: Office) async throws {
            let services = try await office.centre.journal.read { db in try Registry.services(in: db) }
            let tongue = Language(rawValue: language) ?? .ru
            for service in services { office.output.line("\(service.code)\t\(service.owner)\t\(service.name[tongue])") }
        }
    }
}
