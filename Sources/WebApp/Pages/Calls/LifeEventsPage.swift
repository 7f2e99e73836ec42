import ContactCentre
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// All life events, each with how many services it takes.
struct LifeEventsPage: Page {
    let events: LifeEvents

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { view.t("life.all") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("life.lead"))
        html.ol(.class("hits life-list")) { html in
            for event in events.all {
                html.li(.class("hit")) { html in
                    html.p(.class("life-name")) { html in
                        html.a(
                            .href(SitePath.lifeEvent(.value(event.code)).path), Attribute("data-hit", flag: true),
                            text: event.title[view.language])
                    }
                    html.p(.class("note"), text: view.t("life.steps", count: event.steps.count))
                }
            }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        site.page(LifeEventsPage(events: site.environment.centre.cards.events))
    }
}
