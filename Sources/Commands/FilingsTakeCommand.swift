import ArgumentParser
import CanonicalJSON
import ContactCentre
import Filings
import Forms
import InternalControl
import Journal
import Languages
import Registry
import WebApp
import WorkingDays

/// What names a filing on the command line.
struct FilingOptions: ParsableArguments {
    @Option(help: "The form: 106-1mq, 106-2mq, 78-1mk, 78-2mk, 78-3mk or 78-4mk.") var form: String
    @Option(help: "The code of the body that files it.") var body: String
    @Option(help: "The period that it is for: 2014-03 for a monthly form, 2022-Q1 for a quarterly one.") var period:
        String

    func validate() throws {
        guard ReportPeriod(period) != nil else {
            throw ValidationError("“\(period)” is no period: write a month as 2014-03 or a quarter as 2022-Q1.")
        }
    }

    /// The filing that is meant.
    func id() throws -> FilingID {
        guard let period = ReportPeriod(period), !body.isEmpty, !form.isEmpty else {
            throw ValidationError("Name form, body and period.")
        }
        return FilingID(form: form, period: period, body: body)
    }
}

/// `bailanys filings take`.
struct FilingsTake: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Take the form that a body filed, or send it back with its faults.",
        discussion: """
            The file is kept as it came. Where it has no fault it is taken as a whole, and each discrepancy with our own \
            numbers begins its case at once (797 §20). Exit code 0: taken; 1: it goes back, with the list of its faults.
            Example: bailanys filings take report.xlsx --form 78-1mk --body MJ --period 2022-Q1 --channel letter
            """)
    @OptionGroup var options: OfficeOptions
    @OptionGroup var filing: FilingOptions
    @Argument(help: "The file that the body sent.") var file: String
    @Option(help: "How it came: letter, mail or agency.") var channel = "letter"
    @Option(help: "The outgoing number of the letter.") var reference: String?
    @Option(help: "Why it is filed again.") var reason: String?
    @Option(help: "When it came, as 2026-04-08T10:30:00+05:00; now unless given.") var at: String?
    @Option(help: "The language of the faults: kk, ru or en.") var language = "en"

    func validate() throws {
        try Written.moment(at)
        guard FilingNote.Channel(rawValue: channel) != nil else {
            let channels = FilingNote.Channel.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--channel takes \(channels), not “\(channel)”.")
        }
        guard Language(rawValue: language) != nil else {
            throw ValidationError("“\(language)” is no language here: write kk, ru or en.")
        }
    }

    func run(in office: Office) async throws {
        let id = try filing.id()
        let moment = try office.moment(at)
        _ = try office.centre.internalControl.form(of: id)
        guard let channel = FilingNote.Channel(rawValue: channel), let language = Language(rawValue: language),
            let digest = try await office.attach(file)
        else { return }
        let (outcome, report) = try await office.centre.takeFiling(
            id, file: digest, channel: channel, reference: reference, reason: reason, at: moment, by: office.actor,
            now: office.now)
        office.answer(
            .object([
                "filing": .string(id.description), "taken": .bool(outcome.isTaken),
                "discrepancies": .array(outcome.discrepancies.map(JSON.string)),
                "faults": .array(report.faults.map { $0.json(language) }),
            ]),
            lines: report.faults.map { fault in
                let place = [fault.sheet, fault.cell].compactMap { $0 }.joined(separator: "!")
                return "\(fault.level.rawValue) \(fault.name.rawValue) \(place)\n  \(fault.text[language])"
            } + [outcome.isTaken ? "Taken." : "It goes back: nothing of it counts."]
                + outcome.discrepancies.map { "discrepancy \($0)" })
        if !outcome.isTaken { throw ExitCode(1) }
    }
}

/// `bailanys filings list`.
struct FilingsList: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who owes a form for a period, who filed, and what disagrees.",
        discussion: "Example: bailanys filings list --form 78-1mk --period 2022-Q1")
    @OptionGroup var options: OfficeOptions
    @Option(help: "The form.") var form: String
    @Option(help: "The period.") var period: String

    func run(in office: Office) async throws {
        guard let period = ReportPeriod(period) else {
            throw ValidationError("“\(period)” is no period: write a month as 2014-03 or a quarter as 2022-Q1.")
        }
        let form = try office.centre.internalControl.form(of: FilingID(form: form, period: period, body: ""))
        let (bodies, records, open) = try await office.centre.journal.read { db in
            (
                try FilingDuty.bodies(of: form, for: period, in: db),
                try FilingRecord.fetch(form: form.code, period: period, in: db),
                try DiscrepancyRecord.open(form: form.code, period: period, in: db)
            )
        }
        let due = form.submission?.lastDay(of: period)
        try await office.list(bodies) { body in
            var members: [String: JSON] = [
                "body": .string(body.code), "name": .string(body.name.ru),
                "discrepancies": .number(open[body.code] ?? 0),
            ]
            if let due { members["due"] = .string("\(due)") }
            if let taken = records[body.code]?.takenOn { members["taken"] = .string("\(taken)") }
            if let returned = records[body.code]?.returnedOn { members["returned"] = .string("\(returned)") }
            return .object(members)
        } line: { body in
            let record = records[body.code]
            let state =
                record?.takenOn.map { "taken \($0)" } ?? record?.returnedOn.map { "returned \($0)" } ?? "not with us"
            return "\(body.code)\tdue \(due.map { "\($0)" } ?? "?")\t\(state)\t\(open[body.code] ?? 0) discrepancies"
        }
    }
}
