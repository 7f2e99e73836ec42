import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import WebApp

/// `bailanys config`: the settings, checked and shown.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check or show the settings of a centre (bailanys.yaml).",
        subcommands: [Check.self, Show.self])

    /// The options of both.
    struct Place: ParsableArguments {
        @OptionGroup var folders: Folders
        @Option(help: ArgumentHelp("Another file than bailanys.yaml of the data folder.", valueName: "path"))
        var file: String?
        @Flag(help: "Answer in JSON: one object, and for a list one object a line.") var json = false

        /// The path of the file, and its text; empty where the centre has none.
        /// - Throws: `CommandFailure` where the named file is missing, or there is no centre in the data folder.
        func read() throws -> (path: String, text: String) {
            if let file {
                guard let bytes = FileManager.default.contents(atPath: Folders.absolute(file)) else {
                    throw CommandFailure(
                        "\(file) cannot be read: check the name and the rights of the file.", .notFound)
                }
                return (Folders.absolute(file), String(decoding: bytes, as: UTF8.self))
            }
            let data = folders.dataPath
            guard FileManager.default.fileExists(atPath: data + "/journal.db") else {
                throw CommandFailure("\(DataFolderError.none(path: data))", .notFound)
            }
            let bytes = FileManager.default.contents(atPath: data + "/bailanys.yaml") ?? Data()
            return (data + "/bailanys.yaml", String(decoding: bytes, as: UTF8.self))
        }
    }

    /// `bailanys config check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Say everything that is wrong with the settings, with its line.",
            discussion: """
                Exit code 1 where something must be mended; what should be is a warning. The running server is not touched: it \
                reads its settings when it starts.
                Example: bailanys config check --file new.yaml
                """)
        @OptionGroup var place: Place

        func run() async throws {
            let output = StandardOutput()
            let (path, text) = try place.read()
            let (faults, warnings) = SettingsCheck(path: path, text: text).result
            if place.json {
                output.line(
                    JSON.members([
                        "file": .string(path), "faults": .array(faults.map(JSON.string)),
                        "warnings": .array(warnings.map(JSON.string)),
                    ]).text)
            } else {
                for fault in faults { output.line("\(path), \(fault).") }
                for warning in warnings { output.line("Warning: \(warning).") }
                if faults.isEmpty { output.line("\(path) is in order.") }
            }
            if !faults.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys config show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show every setting: its value, where that comes from, what it may be.",
            discussion: """
                Secrets are masked. Settings stand in one file, bailanys.yaml of the data folder; what is not set there is as it \
                is by itself.
                Example: bailanys config show
                Example: bailanys config show --json
                """)
        @OptionGroup var place: Place

        func run() async throws {
            let output = StandardOutput()
            let (path, text) = try place.read()
            if let fault = Settings.faults(in: text).first { throw CommandFailure("\(path), \(fault).") }
            if !place.json {
                for (name, value, source) in place.folders.sources { output.line("\(name): \(value)  (\(source))") }
                output.line("")
            }
            for applied in try AppliedSetting.all(in: text) {
                let setting = applied.setting
                let source = applied.line.map { "\(path), line \($0)" } ?? "default"
                if place.json {
                    output.line(
                        JSON.members([
                            "key": .string(setting.key), "value": .string(applied.value), "source": .string(source),
                            "default": .string(setting.standard), "takes": .string(setting.range),
                            "description": .string(setting.words), "secret": .bool(setting.isSecret),
                        ]).text)
                } else {
                    output.line("\(setting.key): \(applied.value)  (\(source))")
                    output.line("    \(setting.words) Takes \(setting.range).")
                }
            }
        }
    }
}
