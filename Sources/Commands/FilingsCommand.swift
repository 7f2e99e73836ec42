import ArgumentParser
import CanonicalJSON
import Filings
import Forms
import Languages
import Reporting
import Rulebook
import Spreadsheets
import WebApp
import Workbooks
import WorkingDays

/// `bailanys filings`: the forms that bodies file.
struct FilingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filings", abstract: "Check the reports that bodies file; take them and see who has filed.",
        subcommands: [Check.self, FilingsBlankCommand.self, Forms.self, FilingsTake.self, FilingsList.self])

    /// `bailanys filings check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Read a filled form and tell everything that is wrong with it.",
            discussion: """
                Nothing is stored, and no data folder is needed. The file is a workbook (XLSX) or a table saved as text; what it \
                is, its bytes tell. Exit code 0: no fault, there may be doubts; 1: faults. A fault sends the filing back; a \
                doubt is a question that stays beside the number. --marked writes the file anew as a workbook in which each of them \
                is coloured and noted at its cell, with the changes that would do.
                Example: bailanys filings check report.xlsx --form 78-1mk --body MJ --period 2022-Q1
                Example: bailanys filings check march.csv --form 106-1mq --body MJ --period 2014-03 --after february.csv --json
                Example: bailanys filings check report.xlsx --form 78-1mk --body MJ --period 2022-Q1 --marked back.xlsx --language ru
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The file that the body sent.") var file: String
        @Option(help: "The form: 106-1mq, 106-2mq, 78-1mk, 78-2mk, 78-3mk or 78-4mk.") var form: String
        @Option(help: "The code of the body that files it, for the heading of the answer.") var body: String
        @Option(help: "The period that it is for: 2014-03 for a monthly form, 2022-Q1 for a quarterly one.") var period:
            String
        @Option(help: ArgumentHelp("What the body filed before.", valueName: "earlier-file")) var after: String?
        @Option(help: ArgumentHelp("Write the file as a workbook with its faults marked.", valueName: "new-file"))
        var marked: String?
        @Option(help: "The language of the words: kk, ru or en.") var language = "en"
        @Flag(help: "Answer in JSON: one object a fault.") var json = false

        func validate() throws {
            guard Language(rawValue: language) != nil else {
                throw ValidationError("“\(language)” is no language here: write kk, ru or en.")
            }
            guard ReportPeriod(period) != nil else {
                throw ValidationError("“\(period)” is no period: write a month as 2014-03 or a quarter as 2022-Q1.")
            }
        }

        func run() throws {
            let set = try ScheduleFolder(path: folders.schedules).forms(measures: ReportForm.shapes)
            guard let period = ReportPeriod(period), let language = Language(rawValue: language) else { return }
            let form = try FilingsCommand.asked(form, self.period, period, set)
            let report: FilingReport
            do {
                let source = try ByteSource(path: Folders.absolute(file))
                report = try FilingCheck(form, period, among: set).report(
                    source, after: after.map { try ByteSource(path: Folders.absolute($0)) })
                if let marked {
                    let output = try OutputFile(path: Folders.absolute(marked))
                    // The day in the workbook is one of the period, so that the same filing is the same workbook.
                    try output.write(
                        MarkedFiling(source, report, in: language, on: period.last).workbook.bytes())
                    try output.keep()
                }
            } catch let error as SpreadsheetError {
                throw CommandFailure("\(error)", .notFound)
            } catch let error as WorkbookError {
                throw CommandFailure("\(error)")
            }
            if json {
                for fault in report.faults { print(fault.json(language).text) }
            } else {
                tell(report, form, language)
            }
            if !report.isTaken { throw ExitCode(1) }
        }

        private func tell(_ report: FilingReport, _ form: StatutoryForm, _ language: Language) {
            for fault in report.faults {
                let place = [fault.sheet, fault.cell].compactMap { $0 }.joined(separator: "!")
                let rule = fault.rule.map { " (\($0))" } ?? ""
                print(
                    "\(fault.level.rawValue) \(fault.name.rawValue)\(rule) \(place)".trimmingSuffix
                        + "\n  \(fault.text[language])")
                if let ground = fault.ground, let founded = fault.founded {
                    print("  \(founded.rawValue): \(ground[language])")
                }
            }
            for repair in report.repairs {
                print("would do: " + repair.changes.map { $0.text[language] }.joined(separator: "; "))
            }
            let faults = report.faults.count { $0.level == .fault }
            print(
                "\(form.index ?? form.code), \(body), \(period): \(faults) faults, \(report.faults.count - faults) doubts."
            )
        }
    }

    /// `bailanys filings forms`.
    struct Forms: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forms", abstract: "List the forms, their rows and rules, and where each wording comes from.",
            discussion: """
                The copies of the acts have lost pages: a row whose wording is not whole in the table of the act is marked with \
                its source, and a rule with what it stands on.
                Example: bailanys filings forms
                Example: bailanys filings forms --form 78-1mk --language ru
                """)
        @OptionGroup var folders: Folders
        @Option(help: "Only this form, with its rows and rules.") var form: String?
        @Option(help: "The language of the words: kk, ru or en.") var language = "en"
        @Flag(help: "Answer in JSON: one object a form, row or rule.") var json = false

        func validate() throws {
            guard Language(rawValue: language) != nil else {
                throw ValidationError("“\(language)” is no language here: write kk, ru or en.")
            }
        }

        func run() throws {
            let set = try ScheduleFolder(path: folders.schedules).forms(measures: ReportForm.shapes)
            let forms = FilingsCommand.filed(set).filter { form == nil || $0.code == form || $0.index == form }
            if let form, forms.isEmpty { throw ValidationError("There is no form “\(form)” that bodies file.") }
            guard let language = Language(rawValue: language) else { return }
            for known in forms {
                show([
                    "form": known.code, "index": known.index ?? "", "title": known.title[language],
                    "periodicity": known.periodicity.rawValue,
                ])
                guard form != nil else { continue }
                for row in known.rows where !row.isSection {
                    show([
                        "row": row.code, "label": row.label[language], "source": row.source.rawValue,
                        "counts": row.counting.rawValue,
                    ])
                }
                for rule in known.rules {
                    show([
                        "rule": rule.name, "kind": rule.kind.rawValue, "level": rule.level.rawValue,
                        "founded": rule.ground.rawValue, "cite": rule.cite[language],
                    ])
                }
            }
        }

        private func show(_ members: KeyValuePairs<String, String>) {
            if json {
                let pairs = members.map { ($0.key, JSON.string($0.value)) }
                print(JSON.object(Dictionary(pairs, uniquingKeysWith: { first, _ in first })).text)
            } else {
                let isForm = members.first?.key == "form"
                print((isForm ? "" : "  ") + members.map(\.value).joined(separator: " · "))
            }
        }
    }

    /// The form that is asked for by its code or index, in the edition of a period.
    /// - Throws: `ValidationError` that names what was written wrong.
    static func asked(
        _ code: String, _ text: String, _ period: ReportPeriod, _ set: FormSet
    ) throws -> StatutoryForm {
        let known = filed(set)
        guard let found = known.first(where: { $0.code == code || $0.index == code }),
            let form = set.form(found.code, on: period.last)
        else {
            let codes = Set(known.map(\.code)).sorted().joined(separator: ", ")
            throw ValidationError("There is no form “\(code)” that bodies file: write one of \(codes).")
        }
        guard form.period(text) != nil else {
            let wanted = form.periodicity == .month ? "a month, as 2014-03" : "a quarter, as 2022-Q1"
            throw ValidationError("The form \(form.code) is filed for \(wanted), not for “\(text)”.")
        }
        return form
    }

    /// The forms that bodies file.
    static func filed(_ set: FormSet) -> [StatutoryForm] { set.forms.filter { $0.making == nil && $0.index != nil } }
}

extension String {
    /// Without spaces at its end.
    fileprivate var trimmingSuffix: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
