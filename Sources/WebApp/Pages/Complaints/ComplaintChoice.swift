import Accounts
import Complaints
import Languages
import Markup
import Registry
import WorkingDays

/// How complaints stand, as a list tells them apart.
enum ComplaintStanding: String, CaseIterable, Hashable, Sendable {
    /// They wait for their answer.
    case open
    /// They wait for it past their term.
    case overdue
    /// They were answered.
    case answered
    /// They were answered past their term.
    case late
    /// The applicant took them back.
    case withdrawn
    /// They were registered by mistake.
    case annulled
}

/// Which complaints a list shows: read from the address, written back into it, and turned into a filter.
struct ComplaintChoice: Hashable, Sendable {
    var standing: ComplaintStanding?
    var kind: ComplaintKind?
    var body: String?
    /// The code of the service, also as “code · name” as the list offers it.
    var service: String?
    var region: String?
    var from: CivilDate?
    var through: CivilDate?
    var number: String?
    /// Who has them.
    var assignee: AssigneeChoice?
    /// The number of the reader's account, to whom “mine” means his own.
    var reader: Int64?

    init(standing: ComplaintStanding? = nil) { self.standing = standing }

    init(_ site: WebRequest) { self.init(reader: site.user?.number) { site.query($0) } }

    /// Reads the choice by the names that the address has for it.
    init(reader: Int64?, _ value: (String) -> String?) {
        standing = value("status").flatMap(ComplaintStanding.init)
        kind = value("kind").flatMap(ComplaintKind.init)
        body = value("body")
        service = value("service").map { text in
            String((text.split(separator: "·").first ?? "").filter { !$0.isWhitespace }.prefix(20)).uppercased()
        }
        region = value("region")
        from = value("from").flatMap { CivilDate($0) }
        through = value("through").flatMap { CivilDate($0) }
        number = value("search").map { String($0.prefix(60)) }
        assignee = value("assignee").flatMap(AssigneeChoice.init)
        self.reader = reader
    }

    /// What of the choice stands in the address.
    var inAddress: [(String, String?)] {
        [
            ("search", number), ("status", standing?.rawValue), ("kind", kind?.rawValue), ("body", body),
            ("service", service), ("region", region), ("assignee", assignee?.text),
            ("from", from?.description), ("through", through?.description),
        ]
    }

    /// Whether only complaints under review are chosen.
    var isOpen: Bool { standing == .open || standing == .overdue }

    /// The filter of the table.
    func filter(today: CivilDate) -> ComplaintFilter {
        var filter = ComplaintFilter()
        switch standing {
        case .open: filter.statuses = [.open]
        case .overdue:
            filter.statuses = [.open]
            filter.overdueOn = today
        case .answered: filter.statuses = [.answered]
        case .late: filter.isLate = true
        case .withdrawn: filter.statuses = [.withdrawn]
        case .annulled: filter.statuses = [.annulled]
        case nil: break
        }
        if let kind { filter.kinds = [kind] }
        filter.body = body
        filter.service = service
        filter.region = region
        filter.number = number
        filter.holder = assignee?.holder(for: reader)
        (filter.filedFrom, filter.filedThrough) = (from, through)
        return filter
    }

    /// The form above the list.
    func form(
        into html: inout HTML, _ place: ListPlace, _ names: IntakeNames, _ officers: ComplaintOfficers, _ view: View
    ) {
        let any = view.t("list.all")
        html.codeList("services", names.services.sorted(in: view.language))
        html.filterForm(
            place, view,
            [
                .words("search", label: view.t("complaints.search"), value: number ?? "", limit: 60),
                .choice(
                    "status", label: view.t("requests.state"), any: any,
                    ComplaintStanding.allCases.map { ($0.rawValue, view.name("complaintStanding", $0)) },
                    chosen: standing?.rawValue ?? ""),
                .choice(
                    "kind", label: view.t("complaints.kind"), any: any,
                    ComplaintKind.allCases.map { ($0.rawValue, view.name("complaintKind", $0)) },
                    chosen: kind?.rawValue ?? ""),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    names.bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: body ?? ""),
                .code(
                    "service", label: view.name("filingField", FilingField.service), value: service ?? "",
                    list: "services"),
                .choice(
                    "region", label: view.name("filingField", FilingField.region), any: any,
                    names.regions.map { ($0.code, $0.name[view.language]) }, chosen: region ?? ""),
                .choice(
                    "assignee", label: view.t("complaints.assignee"), any: any, officers.filter(view),
                    chosen: assignee?.text ?? ""),
                .days(
                    from: "from", through: "through",
                    labels: (view.t("complaints.filedFrom"), view.t("list.through")),
                    values: (from?.description ?? "", through?.description ?? "")),
            ])
    }
}

extension [String: Localized] {
    /// Codes and names in the order of the alphabet of a language.
    func sorted(in language: Language) -> [(code: String, name: String)] {
        map { (code: $0.key, name: $0.value[language]) }
            .sorted(byText: \.name)
    }
}
