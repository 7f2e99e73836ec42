import Accounts
import CSV
import Complaints
import ContactCentre
import Hummingbird
import Languages
import Markup
import Synchronization
import WorkingDays

/// Takes in an export of the forum, or says what it would do; lines that are wrong are named with what to mend.
///
/// The same file sent again changes nothing. It is gone once the answer is given.
struct ComplaintImportPage: Page {
    /// What an import or a check found.
    struct Outcome: Sendable {
        let file: String
        /// Whether anything was taken in.
        let isDone: Bool
        let report: ForumImportReport
        /// The first lines that were left out.
        let problems: [ForumProblem]
        /// Why the rest of the file could not be read.
        let stopped: CSVError?
    }

    var outcome: Outcome?
    var fileProblem: String?

    /// The largest file, in bytes; larger ones are for the command line.
    static let limit = 256 * 1_024 * 1_024
    /// How many lines are listed.
    static let listed = 200

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("complaints.import") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: view.t("forumImport.lead"))
        if let outcome { report(outcome, into: &html, view) }
        html.div(.class("columns is-even")) { html in
            html.panel(view.t("forumImport.file"), id: "import") { html in
                html.uploadForm(to: .complaintImport, view, .class("form")) { html in
                    html.fileField(
                        Field(
                            "file", label: view.t("forumImport.export"), hint: view.t("forumImport.hint"),
                            error: fileProblem), view, accept: ".csv,.json,.jsonl,text/csv,application/json")
                    html.div(.class("buttons")) { html in
                        html.button(
                            .type("submit"), .class("button is-primary"), .name("mode"), .value("check"),
                            text: view.t("forumImport.check"))
                        html.button(
                            .type("submit"), .class("button"), .name("mode"), .value("import"),
                            text: view.t("forumImport.take"))
                    }
                    html.p(.class("note"), text: view.t("forumImport.privacy"))
                }
            }
            html.panel(view.t("forumImport.columns"), id: "columns") { html in
                html.dl(.class("facts")) { html in
                    for column in ForumColumn.allCases {
                        html.div { html in
                            html.dt { $0.element("code", [.class("code")], text: column.rawValue) }
                            html.dd(text: view.name("forumColumn", column))
                        }
                    }
                }
            }
        }
    }

    private func report(_ outcome: Outcome, into html: inout HTML, _ view: View) {
        let report = outcome.report
        let title = view.t(
            outcome.isDone ? "forumImport.done" : "forumImport.checked",
            ["file": outcome.file, "lines": NumberText.whole(report.lines)])
        html.alert(report.refused == 0 && outcome.stopped == nil ? .success : .warning, title: title) { html in
            if let stopped = outcome.stopped {
                html.p(text: view.t("forumImport.stopped") + " " + stopped.placedWords(view))
            }
            if !outcome.isDone { html.p(text: view.t("forumImport.nothingDone")) }
        }
        html.tiles([
            Tile(
                value: NumberText.whole(report.added),
                label: view.t(outcome.isDone ? "forumImport.added" : "forumImport.wouldAdd")),
            Tile(value: NumberText.whole(report.updated), label: view.t("forumImport.updated")),
            Tile(value: NumberText.whole(report.unchanged), label: view.t("forumImport.unchanged")),
            Tile(
                value: NumberText.whole(report.refused), label: view.t("forumImport.refused"),
                address: report.refused > 0 ? "#refused" : nil, state: report.refused > 0 ? .breached : nil),
        ])
        guard !outcome.problems.isEmpty else { return }
        html.panel(view.t("forumImport.refused"), id: "refused") { html in
            html.p(text: view.t("forumImport.mend"))
            let columns = [
                Column(view.t("forumImport.line"), isNumeric: true), Column(view.t("forumImport.field")),
                Column(view.t("forumImport.todo")),
            ]
            html.dataTable(caption: view.t("forumImport.refused"), columns: columns, rows: outcome.problems) {
                row, html, problem in
                let object = problem.object.map { " " + view.t("forumImport.object", ["n": NumberText.whole($0)]) }
                row.cell(&html, NumberText.whole(problem.line) + (object ?? ""))
                row.cell(&html) { html in
                    if let field = problem.field { html.element("code", [.class("code")], text: field) }
                }
                row.cell(&html) { html in
                    if let column = problem.field.flatMap(ForumColumn.init(rawValue:)) {
                        html.p(text: view.name("forumColumn", column))
                    }
                    if let words = problem.words(view) {
                        html.p(.class("hint"), text: words)
                    } else {
                        html.p(.class("hint"), .lang(.en), text: problem.reason)
                    }
                }
            }
            if report.refused > outcome.problems.count {
                html.p(
                    .class("note"),
                    text: "\(NumberText.whole(outcome.problems.count)) / \(NumberText.whole(report.refused))")
            }
        }
    }
}

extension ForumProblem {
    /// What is wrong and what to do, in the reader's language; nil where only the words of the log are known.
    fileprivate func words(_ view: View) -> String? {
        if let fault { return view.name("forumFault", fault) }
        return refusal.map { view.words(ofRefusal: $0) }
    }
}

extension ComplaintImportPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(ComplaintImportPage()) }

    /// Checks the file or takes it in, with the code of the command line and the JSON interface.
    static func take(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.manageComplaints)
        var page = ComplaintImportPage()
        guard let sent = site.spooledFile("file") else {
            page.fileProblem = site.reader.t("forumImport.noFile")
            return site.page(page, status: .unprocessableContent)
        }
        let name = String((sent.name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "").suffix(100))
        let isJSON = [".json", ".jsonl", ".ndjson"].contains { name.lowercased().hasSuffix($0) }
        let file = ForumFile(path: sent.path, format: isJSON ? .json : .csv, name: name)
        let isDone = site.form["mode"] == "import"
        let found = Mutex<(problems: [ForumProblem], report: ForumImportReport)>(([], ForumImportReport()))
        let refused: @Sendable (RefusedLine) -> Void = { line in
            found.withLock { found in
                found.report.refused += 1
                if found.problems.count < listed { found.problems.append(line.problem) }
            }
        }
        let forum = ForumImport(file, into: site.environment.centre.complaints)
        let now = site.environment.now()
        var report = ForumImportReport()
        var stopped: CSVError?
        do {
            report =
                isDone
                ? try await forum.run(
                    by: authority.actor, at: now, refused: refused,
                    progress: { report, _ in found.withLock { $0.report = report } })
                : try await forum.check(by: authority.actor, at: now, refused: refused)
        } catch let error as CSVError {
            stopped = error
        }
        let problems = found.withLock { $0 }
        // What stands before the place where reading stopped is taken in.
        if stopped != nil { report = problems.report }
        page.outcome = Outcome(
            file: name, isDone: isDone, report: report, problems: problems.problems, stopped: stopped)
        return site.page(page, status: stopped == nil ? .ok : .unprocessableContent)
    }
}
