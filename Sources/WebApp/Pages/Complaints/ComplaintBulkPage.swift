import Accounts
import Complaints
import ContactCentre
import Hummingbird
import Journal
import Languages
import Logging
import Markup
import Registry
import WorkingDays

/// Several complaints and one act: what is asked of it, and afterwards what became of each row.
struct ComplaintBulkPage: Page {
    /// What became of a row.
    enum Outcome: Hashable, Sendable {
        /// It was done.
        case done
        /// It was not done, for this reason.
        case refused(String)
    }

    let act: BulkAct
    let rows: [BulkRow]
    /// The complaints as they stand, by number.
    var records: [String: ComplaintRecord] = [:]
    let bodies: [String: Localized]
    let officers: ComplaintOfficers
    /// Where the list is from which they were chosen.
    let back: String
    /// What is asked; nil once it was done.
    var form: StepForm?
    /// What is wrong with the choice itself.
    var problem: String?
    /// What became of each row, by number; nothing before it was tried.
    var outcomes: [String: Outcome] = [:]

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.name("bulkAct", act) }

    private var done: Int { outcomes.values.count { $0 == .done } }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(
            title(view),
            lead: outcomes.isEmpty ? nil : view.t("bulk.result", ["done": "\(done)", "n": "\(rows.count)"]))
        if let problem { html.alert(.danger, title: problem) }
        if let form { html.panel(view.t("bulk.asked", count: rows.count), id: "asked") { $0.stepForm(form, view) } }
        if !rows.isEmpty { table(into: &html, view) }
        html.p { $0.a(.class("button"), .href(back), text: view.t("bulk.back")) }
    }

    private func table(into html: inout HTML, _ view: View) {
        let columns =
            [
                Column(view.t("complaints.number")), Column(view.t("clocks.body")), Column(view.t("clocks.due")),
                Column(view.t("complaints.assignee")),
            ] + (outcomes.isEmpty ? [] : [Column(view.t("bulk.outcome"))])
        html.dataTable(caption: title(view), columns: columns, rows: rows) { row, html, one in
            let record = records[one.number]
            row.cell(&html) { html in
                html.a(.class("whole"), .href(SitePath.complaint(.value(one.number)).path), text: one.number)
            }
            row.cell(&html) { html in
                if let record { html.bodyName(record.body, bodies[record.body], view) }
            }
            row.cell(&html) { html in if let record { html.date(record.dueOn, view) } }
            row.cell(&html) { html in if let record { html.holder(record.assignee, officers, view) } }
            guard !outcomes.isEmpty else { return }
            row.cell(&html) { html in
                switch outcomes[one.number] {
                case .done: html.badge(.met, view, text: view.t("bulk.done"))
                case .refused(let reason):
                    html.badge(.missed, view, text: view.t("bulk.refused"))
                    html.p(text: reason)
                case nil: html.badge(.waiting, view, text: view.t("bulk.untried"))
                }
            }
        }
    }
}

extension ComplaintBulkPage {
    /// One act for the rows that were ticked: `POST /complaints/bulk`; what must be said besides is asked first.
    static func act(_ site: WebRequest) async throws -> Response {
        guard let act = BulkAct(rawValue: site.form["act"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        var known: Set<String> = []
        let rows = site.form.all("row").compactMap(BulkRow.init).filter { known.insert($0.number).inserted }
        var page = try await page(act, rows, site)
        guard !rows.isEmpty, rows.count <= BulkAct.most else {
            page.problem = site.reader.t(rows.isEmpty ? "bulk.none" : "bulk.tooMany", ["n": "\(BulkAct.most)"])
            page.form = nil
            return site.page(page, status: .unprocessableContent)
        }
        if act.asks, site.form["step"].isEmpty { return site.page(page) }
        var reader = StepReader(page.form ?? page.blank(site.reader), site)
        guard let order = try BulkOrder(act, &reader) else {
            page.form = reader.form
            return site.page(page, status: reader.status)
        }
        page.form = nil
        let isWhole = try await page.carryOut(order, site)
        try await page.readRecords(site)
        return site.page(page, status: !isWhole ? .internalServerError : page.done > 0 ? .ok : .unprocessableContent)
    }

    /// The page before anything was done.
    private static func page(
        _ act: BulkAct, _ rows: [BulkRow], _ site: WebRequest
    ) async throws -> ComplaintBulkPage {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let language = site.context.language
        let (bodies, choices, regions) = try await site.environment.centre.journal.read { db in
            (
                try Registry.bodyNames(on: today, in: db),
                act == .transfer ? try BodyChoice.all(on: today, in: db) : [],
                act == .transfer ? try Registry.regions(on: today, in: db) : []
            )
        }
        let back = LocalPath(site.form["back"])?.string
        var page = ComplaintBulkPage(
            act: act, rows: Array(rows.prefix(BulkAct.most)), bodies: bodies,
            officers: try await ComplaintOfficers(site),
            back: back.flatMap { $0.hasPrefix(SitePath.complaints.path) ? $0 : nil } ?? SitePath.complaints.path)
        try await page.readRecords(site)
        if act.asks, let step = act.step {
            var form = page.blank(site.reader)
            form.fields = step.asked(
                bodies: BodyChoice.labels(choices, without: "", site.reader),
                regions: regions.map { (code: $0.code, name: $0.name(on: today)[language]) }.sorted(byText: \.name),
                officers: page.officers.others(), site.reader)
            page.form = form
        }
        return page
    }

    /// The form without what it asks.
    private func blank(_ view: View) -> StepForm {
        StepForm(
            step: act.rawValue, path: .complaintsBulk, fields: [],
            hidden: [("act", act.rawValue), ("back", back)] + rows.map { ("row", $0.text) }, submit: title(view))
    }

    private mutating func readRecords(_ site: WebRequest) async throws {
        let numbers = rows.map(\.number)
        records = try await site.environment.centre.journal.read { db in
            try numbers.reduce(into: [:]) { $0[$1] = try ComplaintRecord.fetch(id: $1, in: db) }
        }
    }

    /// Does it row by row, each in a transaction of its own; what the law refuses stops no other row.
    /// - Returns: whether every row was tried; a failure of ours ends it, and the page tells how far it came.
    private mutating func carryOut(_ order: BulkOrder, _ site: WebRequest) async throws -> Bool {
        for row in rows {
            do {
                try await order.perform(row, of: act, site)
                outcomes[row.number] = .done
            } catch {
                do {
                    outcomes[row.number] = .refused(try site.problem(error).text)
                } catch {
                    site.context.logger.error("A row was not done: \(error)", metadata: ["complaint": "\(row.number)"])
                    problem = site.reader.t("bulk.broken")
                    outcomes[row.number] = .refused(site.reader.name("errorText", ErrorKind(error)))
                    return false
                }
            }
        }
        return true
    }
}
