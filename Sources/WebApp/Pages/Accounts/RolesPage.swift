import Accounts
import ContactCentre
import Hummingbird
import Markup

/// Which role may do what, as the program itself asks it: for the auditor, and for whoever gives roles.
struct RolesPage: Page {
    /// Whether the second factor is asked for before anything else, or only offered.
    let requiresSecondFactor: Bool

    var section: NavigationSection? { nil }
    func title(_ view: View) -> String { view.t("roles.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("roles.lead"))
        let columns = [Column(view.t("roles.right"))] + Role.allCases.map { Column(view.name("role", $0)) }
        html.dataTable(caption: title(view), columns: columns, rows: Permission.allCases) { row, html, permission in
            row.cell(&html, view.name("permission", permission))
            for role in Role.allCases {
                row.cell(&html, view.t(role.permissions.contains(permission) ? "roles.may" : "roles.mayNot"))
            }
        }
        html.panel(view.t("secondFactor.title"), id: "second-factor") { html in
            let roles = Role.allCases.filter(\.needsSecondFactor).map { view.name("role", $0) }
            let words: TextKey = requiresSecondFactor ? "roles.secondFactor" : "roles.secondFactorOffered"
            html.p(text: view.t(words, ["roles": roles.joined(separator: ", ")]))
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        site.page(RolesPage(requiresSecondFactor: site.environment.centre.settings.requiresSecondFactor))
    }
}
