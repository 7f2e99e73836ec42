import Accounts
import Complaints
import ContactCentre
import Forms
import Hummingbird
import Intake
import Journal
import Languages
import Markup
import Registry
import Reporting
import WorkingDays

/// Complaints, without personal data: chosen, sorted, paged, taken out as a file; and the list behind every number of a report.
struct ComplaintsPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case number, filed, due, closed

        var ofTable: ComplaintRecord.Order {
            switch self {
            case .number: .number
            case .filed: .filed
            case .due: .due
            case .closed: .closed
            }
        }
    }

    /// Which number of which report the list is behind; nil for the list of all.
    var origin: NumberOrigin?
    let choice: ComplaintChoice
    let place: ListPlace
    let records: [ComplaintRecord]
    /// How many there are; counted no further than the list goes.
    let total: Int
    /// What the list can be sorted by: a million rows are only sorted along an index.
    var sortable: Set<Order> = []
    let names: IntakeNames
    /// How many came in and are not registered yet.
    var waiting = 0
    /// Those between whom complaints go; nil where the list is behind a number of a report.
    var officers: ComplaintOfficers?
    /// The choices that the reader keeps; nil for those who keep none.
    var views: ComplaintViewBar?

    private var bodies: [String: Localized] { names.bodies }
    private var isLonger: Bool { origin == nil && total > ComplaintRecord.listed }

    /// Whether rows can be ticked for one act.
    private func offersBulk(_ view: View) -> Bool {
        officers != nil && view.may(.manageComplaints) && records.contains { $0.status == .open }
    }

    var scripts: [String] { officers == nil ? [] : ["lists.js"] }
    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { origin?.title(view) ?? view.t("nav.complaints") }

    func draw(into html: inout HTML, _ view: View) {
        if let origin {
            html.breadcrumbs(
                [
                    (view.t("nav.reports"), .reports),
                    (
                        view.t("report.title", ["month": view.dates.period(origin.period)]),
                        .report(.value("\(origin.period)"))
                    ),
                ], view)
        }
        html.pageHeader(title(view), lead: origin?.lead(view)) { html in
            if origin != nil { html.listFiles(place, view) }
            guard origin == nil else { return }
            html.a(
                .class("button"), .href(SitePath.incoming.path),
                text: "\(view.t("incoming.title")): \(NumberText.whole(waiting))")
            html.a(.class("button is-quiet"), .href(SitePath.complaintRules.path), text: view.t("rules.title"))
            if view.may(.manageComplaints) {
                html.a(.class("button"), .href(SitePath.complaintImport.path), text: view.t("complaints.import"))
            }
            if view.may(.registerComplaints) {
                html.a(
                    .class("button is-primary"), .href(SitePath.complaintNew.path), text: view.t("complaints.register"))
            }
        }
        views?.draw(into: &html, view)
        if let officers { choice.form(into: &html, place, names, officers, view) }
        guard !records.isEmpty else {
            return html.emptyState(
                title: view.t("complaints.none"), text: view.t(origin == nil ? "list.noneHelp" : "report.behindNone"))
        }
        let columns =
            [
                column("complaints.number", .number, view), Column(view.name("filingField", FilingField.service)),
                Column(view.t("clocks.body")), column("complaints.filed", .filed, view),
                column("clocks.due", .due, view), column("complaints.closed", .closed, view),
            ]
        let offersBulk = offersBulk(view)
        if offersBulk { html.bulkBar(view) }
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                if offersBulk, record.status == .open { html.bulkBox(record, view) }
                html.a(.class("whole"), .href(SitePath.complaint(.value(record.id)).path), text: record.id)
                guard let officers, record.assignee != nil else { return }
                html.p(.class("hint")) { $0.holder(record.assignee, officers, view) }
            }
            row.cell(&html) { html in
                if let service = record.service {
                    html.serviceName(service, names.services[service], view)
                } else {
                    html.text("–")
                }
                html.p(.class("hint"), text: view.name("complaintKind", record.kind))
            }
            row.cell(&html) { $0.bodyName(record.body, bodies[record.body], view) }
            row.cell(&html) { $0.date(record.filedOn, view) }
            row.cell(&html) { html in
                let day = origin.flatMap { $0.sealed == nil ? nil : $0.period.last } ?? view.today
                html.badge(
                    record.state(on: day), view,
                    text: record.status == .withdrawn || record.status == .annulled
                        ? view.name("complaintStatus", record.status) : nil)
                html.text(" ")
                html.date(record.dueOn, view)
            }
            row.cell(&html) { html in if let closed = record.closedOn { html.date(closed, view) } }
        }
        if isLonger {
            html.p(
                .class("hint"),
                text: view.t("complaints.longer", ["n": NumberText.whole(ComplaintRecord.listed)]))
        }
        html.pager(
            place.pager(records.count, of: min(total, ComplaintRecord.listed), isMore: isLonger), view)
    }

    private func column(_ label: TextKey, _ order: Order, _ view: View) -> Column {
        guard origin == nil, sortable.contains(order) else { return Column(view.t(label)) }
        return place.column(
            view.t(label), order, isUsual: order == (choice.isOpen ? .due : .filed), startsDescending: order != .due)
    }

    /// The list as a file, without personal data.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "complaints-\(view.today)", title: title(view),
            headings: [
                view.t("complaints.number"), view.t("complaints.forum"), view.t("complaints.kind"),
                view.t("clocks.body"), view.t("complaints.filed"), view.t("complaints.registered"),
                view.t("clocks.due"), view.t("complaints.closed"), view.t("requests.state"),
                view.t("complaints.outcome"),
            ] + (officers == nil ? [] : [view.t("complaints.assignee")]))
        file.rows = records.map { record in
            [
                .text(record.id), .text(record.forumNumber ?? ""), .text(view.name("complaintKind", record.kind)),
                .text(bodies[record.body]?[view.language] ?? record.body), .day(record.filedOn),
                .day(record.registeredOn), .day(record.dueOn), .day(record.closedOn),
                .text(view.name("complaintStatus", record.status)),
                .text(record.outcome.map { view.name("outcome", $0) } ?? ""),
            ] + (officers.map { [.text(record.assignee.map($0.name) ?? "")] } ?? [])
        }
        return file
    }
}

extension ComplaintRecord {
    /// How its term stands.
    func state(on today: CivilDate) -> ClockState {
        guard let closedOn else { return dueOn < today ? .breached : dueOn == today ? .dueToday : .running }
        return status == .withdrawn || status == .annulled ? .waiting : closedOn > dueOn ? .breached : .met
    }
}

extension ComplaintsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        if let number = site.query("number"),
            let (period, desk) = site.query("period").flatMap({ site.environment.centre.reports.named($0) })
        {
            return try await behind(number, of: period, by: desk, site)
        }
        let page = try await list(ComplaintChoice(site), site)
        return site.wantsFile ? try await page.file(site.reader).response(site) : site.page(page)
    }

    /// The list of a choice.
    /// - Parameter sort: the order as a form says it; nil where the address does.
    static func list(_ choice: ComplaintChoice, sort: String? = nil, _ site: WebRequest) async throws -> ComplaintsPage
    {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let filter = choice.filter(today: today)
        var place = ListPlace(.complaints, orders: Order.self, site, sort: sort)
        for (name, value) in choice.inAddress { place.choose(name, value) }
        place.stop(at: ComplaintRecord.listed)
        let (listed, isExport) = (place, site.wantsFile)
        let names = try await IntakeWork.names(site)
        let officers = try await ComplaintOfficers(site)
        let keeper = (site.user?.authority.may(.manageComplaints) ?? false) ? officers.reader : nil
        return try await site.environment.centre.journal.read { db in
            var known = officers
            known.holders = Set(try ComplaintRecord.holders(in: db))
            let total = try ComplaintRecord.countListed(filter, in: db)
            let sortable = Order.allCases.filter {
                ComplaintRecord.canOrder(filter, by: $0.ofTable, count: total)
            }
            let order = listed.order(Order.self)?.ofTable ?? (choice.isOpen ? .due : .filed)
            return ComplaintsPage(
                choice: choice, place: listed,
                records: try ComplaintRecord.fetch(
                    filter, by: order,
                    isDescending: listed.sortedBy == nil ? !choice.isOpen : listed.isDescending, count: total,
                    limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db),
                total: total, sortable: Set(sortable), names: names, waiting: try SubmissionRecord.waiting(in: db),
                officers: known,
                views: try keeper.map { try ComplaintViewBar(ComplaintView.fetch(of: $0, in: db), listed) })
        }
    }

    /// The complaints behind a number of a report, by number.
    private static func behind(
        _ name: String, of period: ReportPeriod, by desk: any PeriodDesk, _ site: WebRequest
    ) async throws -> Response {
        let form = desk.form
        guard let number = ReportNumber(name: name, in: form.form), form.form.row(number.row)?.made?.opens == true
        else {
            throw SiteError(.notFound, "no number \(name)")
        }
        let today = site.environment.zone.civilDate(of: site.environment.now())
        var place = ListPlace(.complaints, orders: Order.self, site)
        place.choose("number", name)
        place.choose("period", desk.name(of: period))
        let choice = ComplaintChoice(site)
        if let revision = site.query("revision").flatMap({ Int($0) }) {
            place.choose("revision", "\(revision)")
            return try await behindSealed(number, of: period, by: desk, revision, place, site)
        }
        let (listed, isExport) = (place, site.wantsFile)
        let all = try await IntakeWork.names(site)
        let page = try await site.environment.centre.journal.read { db in
            let (from, limit) = (listed.start(isExport: isExport), listed.limit(isExport: isExport))
            let ids = try form.cases(behind: number, period, asOf: today, limit: limit, offset: from, in: db)
            let names = try ReportNames(on: today, in: db)
            return ComplaintsPage(
                origin: NumberOrigin(
                    number: number, form: form.form, period: period, sealed: nil, names: names), choice: choice,
                place: listed,
                records: try ids.compactMap { try ComplaintRecord.fetch(id: $0, in: db) },
                total: try form.count(number, period, asOf: today, in: db),
                names: all.with(bodies: names.bodies))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }

    /// The complaints behind a number of a sealed report, as they were known then and stood at the end of the month.
    private static func behindSealed(
        _ number: ReportNumber, of period: ReportPeriod, by desk: any PeriodDesk, _ revision: Int, _ place: ListPlace,
        _ site: WebRequest
    ) async throws -> Response {
        let isExport = site.wantsFile
        guard
            let sealed = try await desk.report(period).state.sealed.first(where: { $0.revision == revision }),
            let list = try await desk.complaints(
                behind: number, of: period, sealed, limit: place.limit(isExport: isExport),
                offset: place.start(isExport: isExport))
        else { throw SiteError(.notFound, "no revision \(revision) of \(period)") }
        let names = try await site.environment.centre.journal.read { try ReportNames(on: period.last, in: $0) }
        let page = ComplaintsPage(
            origin: NumberOrigin(
                number: number, form: desk.form.form, period: period, sealed: sealed, names: names),
            choice: ComplaintChoice(site), place: place, records: list.records, total: list.total,
            names: try await IntakeWork.names(site).with(bodies: names.bodies))
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}
