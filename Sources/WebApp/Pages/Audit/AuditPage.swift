import Accounts
import ContactCentre
import Foundation
import Hummingbird
import Journal
import Markup
import WorkingDays

/// Who looked at what, who was let in, who changed what: for whoever may read the journal. It names those who did it, never those whom
/// a case is about; the purpose is told to those who may read the case.
struct AuditPage: Page {
    /// The list has one order: the newest first.
    enum Order: String, CaseIterable { case time }

    let place: ListPlace
    let filter: AuditFilter
    let days: ClosedRange<CivilDate>
    let list: AuditDeeds
    /// What others see of those who did it, and of the accounts it was done to, by the actor.
    let names: [String: String]
    /// Everybody whose deeds may be asked for.
    let people: [(value: String, label: String)]
    var isFirst = true

    var section: NavigationSection? { .audit }
    func title(_ view: View) -> String { view.t("nav.audit") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("audit.lead"))
        form(into: &html, view)
        if list.deeds.isEmpty {
            html.emptyState(title: view.t("audit.none"), text: view.t("list.noneHelp"))
        } else {
            let columns = [
                Column(view.t("audit.when")), Column(view.t("audit.who")), Column(view.t("audit.what")),
                Column(view.t("audit.about")), Column(view.t("audit.why")),
            ]
            html.dataTable(caption: title(view), columns: columns, rows: list.deeds) { row, html, deed in
                line(deed, &row, &html, view)
            }
        }
        if let back = list.lookedBackTo {
            html.p(.class("note"), text: view.t("audit.lookedBack", ["time": view.dates.short(back)]))
        }
        html.pager(
            Pager(summary: "", previous: isFirst ? nil : address(), next: list.next.map { address(after: $0.text) }),
            view)
    }

    private func line(_ deed: AuditDeed, _ row: inout RowWriter, _ html: inout HTML, _ view: View) {
        let record = deed.record
        row.cell(&html) { html in
            html.moment(record.recordedAt, view)
            html.p(.class("hint"), text: view.t("audit.position", ["number": "\(record.position)"]))
        }
        row.cell(&html) { html in
            html.a(
                .class("plain-link"), .href(address(who: record.actor)),
                text: names[record.actor] ?? view.actor(record.actor))
        }
        row.cell(&html) { html in
            if record.isRefusal { html.icon(.warning) }
            html.text(view.deed(record.name))
            if let more = view.more(of: record) { html.p(.class("hint"), text: more) }
        }
        row.cell(&html) { html in about(record, &html, view) }
        row.cell(&html, view.mayRead(record) ? deed.words ?? "–" : view.t("audit.sealed"))
    }

    private func about(_ record: AuditRecord, _ html: inout HTML, _ view: View) {
        let stream = StreamID(record.stream)
        if stream.kind == "user" {
            let name = names["user:" + stream.id] ?? record.stream
            guard view.may(.manageAccounts) else { return html.text(name) }
            return html.a(.class("plain-link"), .href(SitePath.accountOf(.value(stream.id)).path), text: name)
        }
        guard let path = stream.casePath(view) else { return html.code(text: record.stream) }
        html.a(.class("plain-link"), .href(path.path), text: stream.id)
    }

    private func form(into html: inout HTML, _ view: View) {
        html.filterForm(
            place, view,
            [
                .choice(
                    "what", label: view.t("audit.sort"), any: nil,
                    AuditRecord.Sort.allCases.map { ($0.rawValue, view.name("auditSort", $0)) },
                    chosen: filter.sort.rawValue),
                .choice(
                    "who", label: view.t("audit.who"), any: view.t("audit.anybody"), people,
                    chosen: place.chosen("who")),
                .words("case", label: view.t("audit.case"), value: place.chosen("case"), limit: 80),
                .days(
                    from: "from", through: "through", labels: (view.t("list.from"), view.t("list.through")),
                    values: (days.lowerBound.description, days.upperBound.description)),
            ])
    }

    /// The list as it is chosen, with another person or a place to go on from.
    private func address(who: String? = nil, after: String? = nil) -> String {
        SitePath.audit.with(
            place.choice.map { ($0.name, $0.name == "who" ? who ?? $0.value : $0.value) } + [("after", after)])
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "audit-\(filter.sort.rawValue)-\(days.lowerBound)-\(days.upperBound)", title: title(view),
            headings: [
                view.t("audit.number"), view.t("audit.when"), view.t("audit.who"), view.t("audit.actor"),
                view.t("audit.what"), view.t("audit.event"), view.t("audit.more"), view.t("audit.about"),
                view.t("audit.why"),
            ])
        file.rows = list.deeds.map { deed in
            let record = deed.record
            return [
                .count(Int(record.position)), view.dates.cell(record.recordedAt),
                .text(names[record.actor] ?? view.actor(record.actor)), .text(record.actor),
                .text(view.deed(record.name)), .text(record.name), .text(view.more(of: record) ?? ""),
                .text(record.stream), .text(view.mayRead(record) ? deed.words ?? "" : ""),
            ]
        }
        return file
    }
}

extension AuditPage {
    /// How many days the list shows unless said otherwise.
    static let usualDays = 30

    static func show(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readJournal)
        let zone = site.environment.zone
        let today = zone.civilDate(of: site.environment.now())
        let through = site.query("through").flatMap { CivilDate($0) } ?? today
        let from = site.query("from").flatMap { CivilDate($0) } ?? through.adding(days: 1 - usualDays)
        let days = min(from, through)...max(from, through)
        let sort = site.query("what").flatMap(AuditRecord.Sort.init(rawValue:)) ?? .look
        var filter = AuditFilter(
            sort, in: zone.start(of: days.lowerBound)..<zone.start(of: days.upperBound.adding(days: 1)))
        let who = site.query("who").map { String($0.prefix(100)) }
        let number = site.query("case").map { String($0.prefix(80)) }
        filter.actor = who.map { Actor($0) }
        filter.streams = number.map(streams) ?? []
        var place = ListPlace(.audit, orders: Order.self, site)
        place.choose("what", sort.rawValue)
        place.choose("who", who)
        place.choose("case", number)
        place.choose("from", days.lowerBound.description)
        place.choose("through", days.upperBound.description)
        let cursor = try site.query("after").map { text in
            guard let cursor = AuditCursor(text) else {
                throw SiteError(.badRequest, "“after” is no place in this list.")
            }
            return cursor
        }
        let (wanted, isExport) = (filter, site.wantsFile)
        let list = try await site.environment.centre.journal.read { db in
            try AuditDeeds.fetch(
                wanted, after: isExport ? nil : cursor, limit: isExport ? ListDownload.limit : ListPlace.size,
                walk: isExport ? AuditDeeds.walk.file : AuditDeeds.walk.page, in: db)
        }
        let streams = list.deeds.map { StreamID($0.record.stream) }.filter { $0.kind == "user" }
        let actors = Set(list.deeds.map(\.record.actor)).union(streams.map { "user:" + $0.id })
        var people = try await site.environment.accounts.colleagues(who: .readCards).map {
            (value: "user:\($0.number)", label: $0.displayName)
        }.sorted { $0.label < $1.label }
        if let who, !people.contains(where: { $0.value == who }) {
            people.append((value: who, label: site.reader.actor(who)))
        }
        let page = AuditPage(
            place: place, filter: filter, days: days, list: list, names: try await site.names(of: actors),
            people: people, isFirst: cursor == nil)
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }

    /// The cases that somebody means by what he typed: one by its whole name (`complaint/2026-000007`), or all that have the number.
    static func streams(_ text: String) -> [StreamID] {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.contains("/") { return [StreamID(text)] }
        let others = ["submission", "contact", "card", "body", "delivery", "user"]
        return (ContactCentre.kinds.keys.sorted() + others).map { StreamID(kind: $0, id: text) }
    }
}
