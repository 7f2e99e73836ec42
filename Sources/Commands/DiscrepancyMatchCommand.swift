import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import InternalControl
import Journal
import Languages
import Spreadsheets
import WebApp
import Workbooks
import WorkingDays

/// `bailanys discrepancies template`.
struct DiscrepancyTemplate: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Write the template of the body's list of cases, a workbook.",
        discussion: "Example: bailanys discrepancies template 78-1mk_2022-Q1_MJ_16 list.xlsx --language kk")
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The number of the discrepancy.") var number: String
    @Argument(help: "The file to be written; one that is there is not replaced.") var file: String
    @Option(help: "The language of the template: kk or ru.") var language = "ru"

    func validate() throws {
        guard let language = Language(rawValue: language), BodyListBlank.languages.contains(language) else {
            throw ValidationError("--language takes kk or ru, not “\(language)”.")
        }
    }

    func run(in office: Office) async throws {
        let blank = try await office.centre.internalControl.listBlank(
            number, in: Language(rawValue: language) ?? .ru)
        let path = try office.path(file)
        let output = try OutputFile(path: path)
        do {
            try output.write(blank.workbook.bytes())
        } catch let error as WorkbookError {
            throw CommandFailure("\(error)")
        }
        try output.keep()
        office.answer(.object(["number": .string(number), "file": .string(path)]), "\(number): \(path)")
    }
}

/// `bailanys discrepancies match`.
struct DiscrepancyMatch: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Hold the body's list of cases against our complaints, case by case.",
        discussion: """
            Nothing is stored unless --take is given, and then only what was read: an IIN becomes a keyed number at once, the \
            file is not kept. Exit code 0: read; 1: it goes back, with its faults by cell.
            Example: bailanys discrepancies match list.xlsx --discrepancy 78-1mk_2022-Q1_MJ_16
            """)
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The list: a workbook or a table as text.") var file: String
    @Option(help: "The number of the discrepancy.") var discrepancy: String
    @Flag(help: "Take the list, so that its cases can be explained.") var take = false
    @Option(help: "How it came, where it is taken: letter, mail or agency.") var channel = "mail"

    func validate() throws {
        guard FilingNote.Channel(rawValue: channel) != nil else {
            throw ValidationError("--channel takes letter, mail or agency, not “\(channel)”.")
        }
    }

    func run(in office: Office) async throws {
        let desk = office.centre.internalControl
        let found = try await desk.discrepancy(discrepancy)
        guard found.state.figures != nil else { throw CaseworkError.noSuchCase(found.stream) }
        let source: ByteSource
        do { source = try ByteSource(path: office.path(file)) } catch let error as SpreadsheetError {
            throw CommandFailure("\(error)", .notFound)
        }
        let (outcome, digest) = try await office.centre.readBodyList(of: discrepancy, source)
        guard let list = outcome.list else {
            office.answer(
                .object(["taken": .bool(false), "faults": .array(outcome.faults.map(\.json))]),
                lines: outcome.faults.map { "\($0.cell ?? "") \($0.name.rawValue): \($0.name.sentence)" }
                    + ["It goes back: nothing of it is kept."])
            throw ExitCode(1)
        }
        if take, let channel = FilingNote.Channel(rawValue: channel) {
            try await desk.takeList(
                list, outcome, file: digest, channel: channel, by: office.actor, at: office.now)
        }
        let comparison = try await office.centre.journal.read { db in try desk.cases(list, found.state, in: db) }
        guard let comparison else {
            throw CommandFailure("The body gives no number: there is nothing to hold the list against.")
        }
        var members = comparison.json.object ?? [:]
        members["taken"] = .bool(take)
        let lines = comparison.open.map { one in
            let facts = one.facts.map { "\($0.name.rawValue) \($0.value)" }.joined(separator: ", ")
            return "\(one.side.rawValue)\t\(one.key)\t\(one.cause ?? "-")\t\(one.units)\t\(facts)"
        }
        office.answer(
            .object(members),
            lines: lines + [
                "agreed \(comparison.agreed.count), open \(comparison.open.count), difference \(comparison.difference)",
                take ? "Taken." : "Nothing is stored.",
            ])
    }
}
