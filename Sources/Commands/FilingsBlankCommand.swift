import ArgumentParser
import CSV
import CanonicalJSON
import Filings
import Forms
import Foundation
import Languages
import Reporting
import Rulebook
import Spreadsheets
import WebApp
import Workbooks
import WorkingDays

/// `bailanys filings blank`: a form as a workbook that a body fills in.
struct FilingsBlankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blank", abstract: "Write a blank form as a workbook for a body to fill in.",
        discussion: """
            Labels are locked (without a password), cells that are filled in take whole numbers or “-”, the body and the period \
            stand in it, and lines below rows that ask for them offer the services of the body. What is filled in is read by \
            “bailanys filings check”. No data folder is needed: bodies and services are those of knowledge/. A file is never replaced.
            Example: bailanys filings blank blank.xlsx --form 78-1mk --body MJ --period 2022-Q1
            Example: bailanys filings blank march.xlsx --form 106-1mq --body MJ --period 2014-03 --language kk --after february.xlsx
            """)
    @OptionGroup var folders: Folders
    @Argument(help: "The workbook that is written: it must not be there yet.") var file: String
    @Option(help: "The form: 106-1mq, 106-2mq, 78-1mk or 78-2mk.") var form: String
    @Option(help: "The code of the body that will file it.") var body: String
    @Option(help: "The period that it is for: 2014-03 for a monthly form, 2022-Q1 for a quarterly one.") var period:
        String
    @Option(help: "The language of the blank: kk or ru; that of the act unless given.") var language: String?
    @Option(help: "How many lines stand below each row that asks for lines.") var lines = 5
    @Option(
        help: ArgumentHelp(
            "What the body filed for an earlier month of a cumulative form: its numbers are filled in.",
            valueName: "earlier-file"))
    var after: String?
    @Flag(help: "Answer in JSON: one object.") var json = false

    func validate() throws {
        guard language == nil || FilingBlank.languages.contains(where: { $0.rawValue == language }) else {
            throw ValidationError("“\(language ?? "")” is no language of a blank: write kk or ru.")
        }
        guard ReportPeriod(period) != nil else {
            throw ValidationError("“\(period)” is no period: write a month as 2014-03 or a quarter as 2022-Q1.")
        }
        guard (0...FilingBlank.lineLimit).contains(lines) else {
            throw ValidationError(
                "--lines \(lines) is too many or too few: write a number from 0 to \(FilingBlank.lineLimit).")
        }
    }

    func run() throws {
        let set = try ScheduleFolder(path: folders.schedules).forms(measures: ReportForm.shapes)
        guard let period = ReportPeriod(period) else { return }
        let form = try FilingsCommand.asked(form, self.period, period, set)
        let body = try Self.body(body, period, in: folders.knowledge)
        var filled = FormTable()
        do {
            if let after { filled = try earlier(form, period, set, ByteSource(path: Folders.absolute(after))) }
            guard
                let blank = FilingBlank(
                    form, period, for: body, in: language.flatMap(Language.init(rawValue:)) ?? form.language,
                    lines: lines, filled: filled)
            else {
                throw ValidationError(
                    "The form \(form.code) is filed by the IT body and has no blank: its rows are as many as there are providers."
                )
            }
            let output = try OutputFile(path: Folders.absolute(file))
            try output.write(blank.workbook.bytes())
            try output.keep()
        } catch let error as SpreadsheetError {
            throw CommandFailure("\(error)", .notFound)
        } catch let error as WorkbookError {
            throw CommandFailure("\(error)")
        }
        let path = Folders.absolute(file)
        if json {
            let members = ["form": form.code, "body": body.code, "period": "\(period)", "file": path]
            print(JSON.object(members.mapValues(JSON.string)).text)
        } else {
            print("\(form.index ?? form.code), \(body.name[.ru]) (\(body.code)), \(period): \(path)")
        }
    }

    /// The numbers of an earlier month.
    private func earlier(
        _ form: StatutoryForm, _ period: ReportPeriod, _ set: FormSet, _ source: ByteSource
    ) throws -> FormTable {
        guard form.isCumulative else {
            throw ValidationError("--after is for a cumulative form: each quarter of \(form.code) stands alone.")
        }
        // The month of the earlier filing does not matter: what stands after the month of the blank is not taken over.
        guard let table = try FilingCheck(form, period, among: set).report(source).table else {
            throw CommandFailure("“\(after ?? "")” cannot be read as \(form.code): see “bailanys filings check”.")
        }
        return table
    }

    /// A body by its code, with the services that it owns.
    /// - Throws: `ValidationError` where there is none in the period.
    private static func body(_ code: String, _ period: ReportPeriod, in folder: String) throws -> FilingBlank.Body {
        let known = try rows("bodies.csv", ["code", "name_kk", "name_ru", "valid_from", "valid_to"], in: folder) {
            $0["code"] == code
        }.first
        guard let known else {
            throw ValidationError("There is no body “\(code)”: write a code of knowledge/bodies.csv.")
        }
        if let end = CivilDate(known["valid_to"]), end < period.first {
            throw ValidationError("The body “\(code)” was closed on \(end), before \(period).")
        }
        let services = try rows("services.csv", ["name_kk", "name_ru", "owner"], in: folder) { $0["owner"] == code }
        return FilingBlank.Body(
            code: code, name: Localized(kk: known["name_kk"], ru: known["name_ru"]),
            services: services.map { Localized(kk: $0["name_kk"], ru: $0["name_ru"]) })
    }

    private static func rows(
        _ name: String, _ columns: [String], in folder: String, where isWanted: (CSVRow) -> Bool
    ) throws -> [CSVRow] {
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            throw CommandFailure("\(folder)/\(name) is missing: name the folder with --home.", .notFound)
        }
        var reader = try CSVReader(name: name, columns: columns, bytes: Array(bytes))
        var rows: [CSVRow] = []
        while let row = try reader.next() { if isWanted(row) { rows.append(row) } }
        return rows
    }
}
