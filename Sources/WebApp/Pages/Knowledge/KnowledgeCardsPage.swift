import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup

/// All cards for those who keep them: what stands where, and what needs a hand.
struct KnowledgeCardsPage: Page {
    let list: KnowledgeList<CardRecord>
    let count: Int
    let spheres: [String]
    var state = ""
    var flag = ""
    var sphere = ""
    var isFirst = true

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("knowledge.cards") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(view.t("nav.knowledge"), lead: view.t("knowledge.lead"))
        html.knowledgeTabs(.cards, view)
        let any = view.t("search.any")
        html.filterForm(
            to: .knowledgeCards, view,
            [
                .choice(
                    "flag", label: view.t("knowledge.flag"), any: any,
                    CardFilter.Flag.allCases.map { ($0.rawValue, view.name("cardFlag", $0)) }, chosen: flag),
                .choice(
                    "state", label: view.t("knowledge.state"), any: any,
                    CardState.allCases.map { ($0.rawValue, view.name("cardState", $0)) }, chosen: state),
                .choice(
                    "sphere", label: view.t("search.sphere"), any: any, spheres.map { ($0, Sphere.name($0, view)) },
                    chosen: sphere),
            ]
        ) { $0.button(.type("submit"), .class("button"), text: view.t("knowledge.show")) }
        guard !list.items.isEmpty else {
            return html.emptyState(title: view.t("knowledge.noCards"), text: view.t("knowledge.noCardsText"))
        }
        let columns = [
            Column(view.t("knowledge.card")), Column(view.t("knowledge.state")), Column(view.t("knowledge.needs")),
            Column(view.t("card.edition"), isNumeric: true),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: list.items) { writer, html, record in
            writer.cell(&html) { html in
                let title = record.card.title.text(view.language)
                html.a(
                    .href(SitePath.cardHistory(.value(record.card.code)).path), .lang(title?.language ?? view.language),
                    text: title?.text ?? record.card.code)
                html.span(.class("note"), text: " \(record.card.code)")
            }
            writer.cell(&html, view.name("cardState", record.state))
            writer.cell(&html) { html in
                let flags = Self.flags(record)
                if flags.isEmpty { return html.text("–") }
                html.span(.class("tags")) { html in for flag in flags { html.tag(view.name("cardFlag", flag)) } }
            }
            writer.cell(&html, NumberText.whole(record.edition))
        }
        html.pager(
            Pager(
                summary: view.t("knowledge.shown", count: count), previous: isFirst ? nil : address(after: nil),
                next: list.next.map { address(after: $0) }), view)
    }

    private func address(after cursor: String?) -> String {
        SitePath.knowledgeCards.with(["flag": flag, "state": state, "sphere": sphere, "after": cursor])
    }

    /// What a card needs, the most urgent first; what the register alone says is not also unconfirmed.
    static func flags(_ record: CardRecord) -> [CardFilter.Flag] {
        var flags: [CardFilter.Flag] = []
        if record.outdated != nil { flags.append(.outdated) }
        if record.isUneven { flags.append(.uneven) }
        if record.isOneLanguage { flags.append(.oneLanguage) }
        switch record.content {
        case .registryOnly: flags.append(.registryOnly)
        case .illustrative: flags.append(.unconfirmed)
        case .confirmed: break
        }
        if record.content != .registryOnly, !record.silence.missing.isEmpty || !record.silence.vague.isEmpty {
            flags.append(.silent)
        }
        return flags
    }
}

extension KnowledgeCardsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        var filter = CardFilter()
        filter.flag = site.query("flag").flatMap(CardFilter.Flag.init(rawValue:))
        filter.states = Set([site.query("state")].compactMap { $0 }.compactMap(CardState.init(rawValue:)))
        filter.sphere = site.query("sphere")
        let (wanted, cursor) = (filter, site.query("after"))
        let (list, count, spheres) = try await site.environment.centre.journal.read { db in
            (
                try CardRecord.fetch(wanted, after: cursor, in: db), try CardRecord.count(wanted, in: db),
                try CardRecord.spheres(in: db)
            )
        }
        return site.page(
            KnowledgeCardsPage(
                list: list, count: count, spheres: spheres, state: filter.states.first?.rawValue ?? "",
                flag: filter.flag?.rawValue ?? "", sphere: filter.sphere ?? "", isFirst: cursor == nil))
    }
}
