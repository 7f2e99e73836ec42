import Complaints
import Hummingbird
import Languages
import Markup
import Registry
import Reporting
import WorkingDays

/// Complaints, without personal data; the list behind every number of a report.
struct ComplaintsPage: Page {
    let heading: String?
    /// What was chosen; nil behind a number of a report.
    var choice: ComplaintChoice?
    let records: [ComplaintRecord]
    let next: String?
    let bodies: [String: Localized]

    static let size = 50

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("nav.complaints") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: heading) { html in
            if view.may(.manageComplaints) {
                html.a(.class("button"), .href(SitePath.complaintImport.path), text: view.t("complaints.import"))
            }
            if view.may(.registerComplaints) {
                html.a(
                    .class("button is-primary"), .href(SitePath.complaintNew.path), text: view.t("complaints.register"))
            }
        }
        choice?.form(into: &html, bodies: bodies, view)
        guard !records.isEmpty else { return html.emptyState(title: title(view), text: view.t("complaints.none")) }
        let columns = [
            Column(view.t("complaints.number")), Column(view.t("complaints.kind")), Column(view.t("clocks.body")),
            Column(view.t("complaints.registered")), Column(view.t("clocks.due")), Column(view.t("complaints.closed")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { $0.a(.href(SitePath.complaint(.value(record.id)).path), text: record.id) }
            row.cell(&html, view.name("complaintKind", record.kind))
            row.cell(&html) { $0.bodyName(record.body, bodies[record.body], view) }
            row.cell(&html) { $0.date(record.registeredOn, view) }
            row.cell(&html) { html in
                html.badge(record.state(on: view.today), view)
                html.text(" ")
                html.date(record.dueOn, view)
            }
            row.cell(&html) { html in if let closed = record.closedOn { html.date(closed, view) } }
        }
        html.pager(Pager(summary: NumberText.whole(records.count), previous: nil, next: next), view)
    }
}

extension ComplaintRecord {
    /// How its term stands.
    func state(on today: CivilDate) -> ClockState {
        guard let closedOn else { return dueOn < today ? .breached : dueOn == today ? .dueToday : .running }
        return status == .withdrawn ? .waiting : closedOn > dueOn ? .breached : .met
    }
}

extension ComplaintsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        if let number = site.query("number"), let period = site.query("period").flatMap({ CivilMonth($0) }) {
            return try await behind(number, of: period, site)
        }
        let choice = ComplaintChoice(site)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let filter = choice.filter(today: today)
        if site.query("format") == "csv" { return try await download(filter, site) }
        let cursor = site.query("after").flatMap { text -> ComplaintRecord.Cursor? in
            let parts = text.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, let date = CivilDate(parts[0]) else { return nil }
            return ComplaintRecord.Cursor(filedOn: date, id: String(parts[1]))
        }
        let (records, bodies) = try await site.environment.centre.journal.read { db in
            (
                try ComplaintRecord.fetch(filter, after: cursor, limit: size, in: db),
                try Registry.bodyNames(on: today, in: db)
            )
        }
        let next =
            records.count < size
            ? nil
            : records.last.map { choice.address(after: "\($0.filedOn)_\($0.id)") }
        return site.page(ComplaintsPage(heading: nil, choice: choice, records: records, next: next, bodies: bodies))
    }

    /// The list as a file, without personal data.
    private static func download(_ filter: ComplaintFilter, _ site: WebRequest) async throws -> Response {
        let (language, texts) = (site.context.language, site.environment.texts)
        func t(_ key: TextKey) -> String { texts.text(key, language) }
        let today = site.environment.zone.civilDate(of: site.environment.now())
        var file = CSVDownload(
            name: "complaints-\(today)",
            headings: [
                t("complaints.number"), t("complaints.forum"), t("complaints.kind"), t("clocks.body"),
                t("complaints.registered"), t("clocks.due"), t("complaints.closed"), t("requests.state"),
            ])
        file.rows = try await site.environment.centre.journal.read { db in
            let bodies = try Registry.bodyNames(on: today, in: db)
            return try ComplaintRecord.fetch(filter, limit: CSVDownload.limit, in: db).map { record in
                [
                    record.id, record.forumNumber ?? "",
                    texts.text(TextKey(family: "complaintKind", member: record.kind.rawValue), language),
                    bodies[record.body]?[language] ?? record.body, DateText.short(record.registeredOn),
                    DateText.short(record.dueOn), record.closedOn.map { DateText.short($0) } ?? "",
                    texts.text(TextKey(family: "complaintStatus", member: record.status.rawValue), language),
                ]
            }
        }
        return try file.response(site)
    }

    /// The complaints behind a number of a report.
    private static func behind(_ name: String, of period: CivilMonth, _ site: WebRequest) async throws -> Response {
        guard let number = ReportNumber(name: name) else { throw SiteError(.notFound, "no number \(name)") }
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let offset = max(0, Int(site.query("from") ?? "") ?? 0)
        let (records, bodies) = try await site.environment.centre.journal.read { db in
            let ids = try number.complaints(period, asOf: today, limit: size, offset: offset, in: db)
            return (
                try ids.compactMap { try ComplaintRecord.fetch(id: $0, in: db) },
                try Registry.bodyNames(on: today, in: db)
            )
        }
        let next =
            records.count < size
            ? nil
            : SitePath.complaints.with(["number": name, "period": "\(period)", "from": "\(offset + size)"])
        return site.page(ComplaintsPage(heading: "\(period) · \(name)", records: records, next: next, bodies: bodies))
    }
}
