import Accounts
import Hummingbird
import Markup

/// The first page after the sign-in: who one is here, today's date, and what one's roles allow.
struct HomePage: Page {
    let user: SignedInUser

    var section: NavigationSection? { .home }
    func title(_ view: View) -> String { view.t("nav.home") }

    func draw(into html: inout HTML, _ view: View) {
        let weekday = view.dates.weekday(view.today)
        html.pageHeader(
            view.t("home.greeting", ["name": user.displayName]), lead: "\(view.dates.long(view.today)), \(weekday)")
        html.panel(view.t("home.roles"), id: "roles") { html in
            html.facts(
                Role.allCases.filter(user.roles.contains).map { role in
                    Fact(view.name("role", role), view.name("roleText", role))
                })
        }
    }
}

extension HomePage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        return site.page(HomePage(user: user))
    }
}
