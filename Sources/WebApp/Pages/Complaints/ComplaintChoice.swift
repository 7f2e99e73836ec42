import Complaints
import Languages
import Markup
import Registry
import WorkingDays

/// Which complaints a list shows: read from the address, written back into it, and turned into a filter.
struct ComplaintChoice: Hashable, Sendable {
    var status: ComplaintStatus?
    var kind: ComplaintKind?
    var body: String?
    var from: CivilDate?
    var through: CivilDate?
    var isOverdue = false

    init(_ site: WebRequest) {
        status = site.query("status").flatMap(ComplaintStatus.init)
        kind = site.query("kind").flatMap(ComplaintKind.init)
        body = site.query("body")
        from = site.query("from").flatMap { CivilDate($0) }
        through = site.query("through").flatMap { CivilDate($0) }
        isOverdue = site.query("overdue") == "yes"
    }

    /// The address of the list, with more in its query.
    func address(after: String? = nil, format: String? = nil) -> String {
        SitePath.complaints.with([
            "status": status?.rawValue, "kind": kind?.rawValue, "body": body, "from": from?.description,
            "through": through?.description, "overdue": isOverdue ? "yes" : nil, "after": after, "format": format,
        ])
    }

    /// The filter of the table.
    func filter(today: CivilDate) -> ComplaintFilter {
        var filter = ComplaintFilter()
        if let status { filter.statuses = [status] }
        if let kind { filter.kinds = [kind] }
        filter.body = body
        (filter.filedFrom, filter.filedThrough) = (from, through)
        if isOverdue { filter.overdueOn = today }
        return filter
    }

    /// The form above the list.
    func form(into html: inout HTML, bodies: [String: Localized], _ view: View) {
        let any = ("", view.t("list.all"))
        html.form(.class("choice-bar"), .method("get"), .action(SitePath.complaints.path)) { html in
            html.selectField(
                Field("status", label: view.t("requests.state"), isRequired: false), view,
                options: [any] + ComplaintStatus.allCases.map { ($0.rawValue, view.name("complaintStatus", $0)) },
                chosen: status?.rawValue ?? "")
            html.selectField(
                Field("kind", label: view.t("complaints.kind"), isRequired: false), view,
                options: [any] + ComplaintKind.allCases.map { ($0.rawValue, view.name("complaintKind", $0)) },
                chosen: kind?.rawValue ?? "")
            html.selectField(
                Field("body", label: view.t("clocks.body"), isRequired: false), view,
                options: [any] + bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: body ?? "")
            html.textField(
                Field("from", label: view.t("list.from"), isRequired: false), view, type: "date",
                value: from?.description ?? "")
            html.textField(
                Field("through", label: view.t("list.through"), isRequired: false), view, type: "date",
                value: through?.description ?? "")
            html.checkbox(
                Field("overdue", label: view.t("home.overdueComplaints"), isRequired: false), isTicked: isOverdue)
            html.div(.class("buttons")) { html in
                html.button(.type("submit"), .class("button"), text: view.t("list.show"))
                if view.may(.exportLists) {
                    html.a(.class("button is-quiet"), .href(address(format: "csv")), text: view.t("list.export"))
                }
            }
        }
    }
}

extension [String: Localized] {
    /// Codes and names in the order of the alphabet of a language.
    func sorted(in language: Language) -> [(code: String, name: String)] {
        map { (code: $0.key, name: $0.value[language]) }
            .sorted(byText: \.name)
    }
}
