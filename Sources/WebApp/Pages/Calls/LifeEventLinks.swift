import KnowledgeBase
import Languages
import Markup

/// The way from a caller's story to the sheet of its services, above the cards.
struct LifeEventLinks: Sendable {
    let events: [LifeEvent]

    /// How many are shown at most.
    static let most = 2

    func draw(into html: inout HTML, _ view: View) {
        guard !events.isEmpty else { return }
        html.nav(.class("life-links"), .ariaLabel(view.t("life.all"))) { html in
            for (index, event) in events.enumerated() {
                html.a(
                    .class("life-link"), .href(SitePath.lifeEvent(.value(event.code)).path),
                    Attribute("data-key", "event").when(index == 0)
                ) { html in
                    html.span(.class("life-kind"), text: view.t("life.event"))
                    html.strong(text: event.title[view.language])
                    html.span(.class("note"), text: view.t("life.steps", count: event.steps.count))
                    if index == 0 { html.shortcut("Shift+Enter") }
                }
            }
        }
    }
}
