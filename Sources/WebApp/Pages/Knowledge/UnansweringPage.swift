import CardSearch
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup

/// The cards that cannot answer term, fee, documents or place, those asked for most first.
struct UnansweringPage: Page {
    let cards: [SilentCard]
    let count: Int
    var fact: ServiceFact?

    /// How many are shown.
    static let most = 100

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("knowledge.silent") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("silent.lead"))
        html.knowledgeTabs(.silent, view)
        var options = [
            (label: view.t("search.any"), address: SitePath.knowledgeUnanswering.path, isChosen: fact == nil)
        ]
        for one in CardSilence.asked {
            let address = SitePath.knowledgeUnanswering.with(["fact": one.rawValue])
            options.append((label: view.name("serviceFact", one), address: address, isChosen: fact == one))
        }
        html.choices(view.t("silent.fact"), options)
        guard !cards.isEmpty else {
            return html.emptyState(title: view.t("silent.none"), text: view.t("silent.noneText"))
        }
        let columns = [
            Column(view.t("knowledge.card")), Column(view.t("silent.missing")), Column(view.t("silent.vague")),
            Column(view.t("silent.vain"), isNumeric: true), Column(view.t("silent.asked"), isNumeric: true),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: cards) { writer, html, line in
            writer.cell(&html) { html in
                let title = line.record.card.title.text(view.language)
                html.a(
                    .href(SitePath.card(.value(line.record.card.code)).path),
                    .lang(title?.language ?? view.language), text: title?.text ?? line.record.card.code)
                html.span(.class("note"), text: " \(line.record.card.code) · \(line.record.card.owner)")
            }
            writer.cell(&html, Self.names(line.record.silence.missing, view))
            writer.cell(&html, Self.names(line.record.silence.vague, view))
            writer.cell(&html, NumberText.whole(line.askedInVain))
            writer.cell(&html, NumberText.whole(line.asked))
        }
        html.p(.class("note"), text: view.t("knowledge.shown", count: count))
    }

    private static func names(_ facts: [ServiceFact], _ view: View) -> String {
        facts.isEmpty ? "–" : facts.map { view.name("serviceFact", $0) }.joined(separator: ", ")
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let fact = site.query("fact").flatMap(ServiceFact.init(rawValue:)).flatMap {
            CardSilence.asked.contains($0) ? $0 : nil
        }
        let (centre, states) = (site.environment.centre, try site.visibleCardStates)
        let cards = try await centre.cards.silentCards(fact, states: states, limit: most)
        var filter = CardFilter()
        (filter.flag, filter.silentOn, filter.states) = (.silent, fact, states)
        let wanted = filter
        let count = try await centre.journal.read { try CardRecord.count(wanted, in: $0) }
        return site.page(UnansweringPage(cards: cards, count: count, fact: fact))
    }
}
