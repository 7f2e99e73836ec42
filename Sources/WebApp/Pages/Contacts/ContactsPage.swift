import Accounts
import ContactCentre
import Contacts
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The contacts of some days for a supervisor: by day, channel, outcome, operator and service. It says nothing of who called.
struct ContactsPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case time, `operator`, channel, service, outcome, seconds
    }

    let place: ListPlace
    let days: ClosedRange<CivilDate>
    let records: [ContactRecord]
    let total: Int
    let operators: [String: String]
    let services: [String: Localized]
    let bodies: [String: Localized]

    var section: NavigationSection? { .contacts }
    func title(_ view: View) -> String { view.t("nav.contacts") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(
            title(view),
            lead: view.t(
                "contacts.lead",
                ["from": DateText.short(days.lowerBound), "through": DateText.short(days.upperBound)]))
        form(into: &html, view)
        guard !records.isEmpty else {
            return html.emptyState(title: view.t("contacts.none"), text: view.t("list.noneHelp"))
        }
        let columns = [
            place.column(view.t("contacts.time"), Order.time, isUsual: true, startsDescending: true),
            place.column(view.t("contacts.operator"), Order.operator),
            place.column(view.t("contacts.channel"), Order.channel),
            place.column(view.t("requests.service"), Order.service),
            place.column(view.t("contacts.outcome"), Order.outcome),
            place.column(view.t("contacts.length"), Order.seconds, isNumeric: true, startsDescending: true),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                html.moment(record.startedAt, view)
                html.p(.class("hint"), text: record.id)
            }
            row.cell(&html, operators[record.operator] ?? record.operator)
            row.cell(&html) { html in
                html.text(view.name("contactChannel", record.channel))
                html.p(.class("hint"), text: view.name("languageName", record.language))
            }
            row.cell(&html) { html in
                if let service = record.service {
                    html.serviceName(service, services[service], view)
                    if let edition = record.edition {
                        html.p(.class("hint"), text: view.t("contacts.edition", ["edition": "\(edition)"]))
                    }
                } else if let topic = record.topic {
                    html.text(view.name("contactTopic", topic))
                }
            }
            row.cell(&html) { html in
                guard let outcome = record.outcome else { return html.tag(view.t("contacts.open")) }
                html.text(view.name("contactOutcome", outcome))
                if let gap = record.gap, view.may(.manageCards) {
                    html.p { $0.a(.href(SitePath.knowledgeGap(.value(gap)).path), text: view.t("contacts.gap")) }
                }
            }
            row.cell(&html, record.seconds.map { StatisticsPage.minutes($0) } ?? "–")
        }
        html.pager(place.pager(records.count, of: total), view)
    }

    private func form(into html: inout HTML, _ view: View) {
        let any = view.t("list.all")
        let people = operators.map { (value: $0.key, label: $0.value) }.sorted(byText: \.label)
        html.filterForm(
            place, view,
            [
                .days(
                    from: "from", through: "through", labels: (view.t("list.from"), view.t("list.through")),
                    values: (days.lowerBound.description, days.upperBound.description)),
                .choice(
                    "channel", label: view.t("contacts.channel"), any: any,
                    ContactChannel.allCases.map { ($0.rawValue, view.name("contactChannel", $0)) },
                    chosen: place.chosen("channel")),
                .choice(
                    "outcome", label: view.t("contacts.outcome"), any: any,
                    ContactOutcome.allCases.map { ($0.rawValue, view.name("contactOutcome", $0)) },
                    chosen: place.chosen("outcome")),
                .choice(
                    "operator", label: view.t("contacts.operator"), any: any, people, chosen: place.chosen("operator")),
                .code(
                    "service", label: view.t("contacts.serviceCode"), value: place.chosen("service"), list: "services"),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: place.chosen("body")),
            ])
        html.codeList("services", services.sorted(in: view.language))
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "contacts-\(days.lowerBound)-\(days.upperBound)", title: title(view),
            headings: [
                view.t("requests.number"), view.t("contacts.time"), view.t("contacts.operator"),
                view.t("contacts.channel"), view.t("contacts.language"), view.t("contacts.topic"),
                view.t("contacts.serviceCode"), view.t("requests.service"), view.t("card.edition"),
                view.t("contacts.outcome"), view.t("contacts.seconds"),
            ])
        file.rows = records.map { record in
            [
                .text(record.id), view.dates.cell(record.startedAt),
                .text(operators[record.operator] ?? record.operator),
                .text(view.name("contactChannel", record.channel)),
                .text(view.name("languageName", record.language)),
                .text(record.topic.map { view.name("contactTopic", $0) } ?? ""), .text(record.service ?? ""),
                .text(record.service.flatMap { services[$0]?[view.language] } ?? ""),
                record.edition.map { .count($0) } ?? .text(""),
                .text(record.outcome.map { view.name("contactOutcome", $0) } ?? ""),
                record.seconds.map { .count($0) } ?? .text(""),
            ]
        }
        return file
    }
}

extension HTML {
    /// Codes with their names, offered by the browser while a field of codes is filled in.
    mutating func codeList(_ id: String, _ options: [(code: String, name: String)]) {
        element("datalist", [.id(id)]) { html in
            for option in options { html.option(.value(option.code), text: "\(option.code) · \(option.name)") }
        }
    }
}

extension ContactsPage {
    /// How many days the list shows unless said otherwise.
    static let usualDays = 7

    static func show(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readStatistics)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (days, wasChosen) = days(site, today)
        var place = ListPlace(.contacts, orders: Order.self, site)
        var filter = ContactRecord.Filter(days)
        filter.operator = site.query("operator")
        filter.channel = site.query("channel").flatMap(ContactChannel.init(rawValue:))
        filter.outcome = site.query("outcome").flatMap(ContactOutcome.init(rawValue:))
        let service = site.query("service").map { String($0.prefix(20)).uppercased() }
        let body = site.query("body")
        if let service { filter.services = [service] }
        place.choose("from", wasChosen ? days.lowerBound.description : nil)
        place.choose("through", wasChosen ? days.upperBound.description : nil)
        place.choose("channel", filter.channel?.rawValue)
        place.choose("outcome", filter.outcome?.rawValue)
        place.choose("operator", filter.operator)
        place.choose("service", service)
        place.choose("body", body)
        let order: ContactRecord.Order =
            switch place.order(Order.self) {
            case .time, nil: .started
            case .operator: .operator
            case .channel: .channel
            case .service: .service
            case .outcome: .outcome
            case .seconds: .seconds
            }
        let isDescending = place.sortedBy == nil || place.isDescending
        let (wanted, listed, isExport) = (filter, place, site.wantsFile)
        let found = try await site.environment.centre.journal.read { db in
            var wanted = wanted
            if let body {
                var owned = ServiceFilter()
                owned.owner = body
                let codes = Set(try Registry.services(owned, in: db).map(\.code))
                // A body that answers for nothing has no contacts; an empty set would mean all.
                wanted.services = wanted.services.isEmpty ? codes : wanted.services.intersection(codes)
                if wanted.services.isEmpty { wanted.services = [""] }
            }
            return (
                records: try ContactRecord.fetch(
                    wanted, by: order, isDescending: isDescending, limit: listed.limit(isExport: isExport),
                    offset: listed.start(isExport: isExport), in: db),
                total: try ContactRecord.count(wanted, in: db),
                operators: try ContactRecord.operators(days, in: db), services: try Registry.serviceNames(in: db),
                bodies: try Registry.bodyNames(on: today, in: db)
            )
        }
        let page = ContactsPage(
            place: place, days: days, records: found.records, total: found.total,
            operators: try await site.names(of: found.operators), services: found.services, bodies: found.bodies)
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }

    /// The days of the address; the last week where it names none, or names them in the wrong order.
    private static func days(
        _ site: WebRequest, _ today: CivilDate
    ) -> (days: ClosedRange<CivilDate>, wasChosen: Bool) {
        let from = site.query("from").flatMap { CivilDate($0) }
        let through = site.query("through").flatMap { CivilDate($0) }
        let end = through ?? max(today, from ?? today)
        let start = from ?? end.adding(days: 1 - usualDays)
        return start <= end ? (start...end, from != nil || through != nil) : (end...start, true)
    }
}
