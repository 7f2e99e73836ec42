import CardSearch
import ContactCentre
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// The groups of synonyms, and what coordinators changed of them lately.
struct SynonymsPage: Page {
    let list: KnowledgeList<SynonymEntry>
    let history: [SynonymHistory]
    let names: [String: String]
    var words = ""
    var show = ""
    var isFirst = true

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("knowledge.synonyms") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("synonyms.lead")) { html in
            html.a(
                .class("button is-primary"), .href(SitePath.knowledgeSynonym("new").path), text: view.t("synonyms.new"))
        }
        html.knowledgeTabs(.synonyms, view)
        html.filterForm(
            to: .knowledgeSynonyms, view,
            [
                .words("words", label: view.t("synonyms.find"), value: words),
                .choice(
                    "show", label: view.t("synonyms.source"), any: view.t("synonyms.inForce"),
                    SynonymEntry.Source.allCases.map { ($0.rawValue, view.name("synonymSource", $0)) }, chosen: show),
            ]
        ) { $0.button(.type("submit"), .class("button"), text: view.t("knowledge.show")) }
        if list.items.isEmpty {
            html.emptyState(title: view.t("synonyms.none"), text: view.t("synonyms.noneText"))
        } else {
            table(&html, view)
        }
        guard !history.isEmpty else { return }
        html.panel(view.t("synonyms.lately"), id: "lately") { html in
            html.synonymHistory(history, names, isLinked: true, view)
        }
    }

    private func table(_ html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("synonyms.group")), Column(view.t("synonyms.say")), Column(view.t("synonyms.mean")),
            Column(view.t("synonyms.source")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: list.items) { writer, html, entry in
            let group = entry.group
            writer.cell(&html) { $0.a(.href(SitePath.knowledgeSynonym(.value(group.id)).path), text: group.id) }
            writer.cell(&html, Self.shortened(group.say))
            writer.cell(
                &html, Self.shortened(view.language == .kk ? group.meanKK + group.meanRU : group.meanRU + group.meanKK))
            writer.cell(&html) { html in
                entry.source == .file
                    ? html.text(view.name("synonymSource", entry.source))
                    : html.tag(view.name("synonymSource", entry.source))
            }
        }
        html.pager(
            Pager(
                summary: "",
                previous: isFirst ? nil : SitePath.knowledgeSynonyms.with(["words": words, "show": show]),
                next: list.next.map { SitePath.knowledgeSynonyms.with(["words": words, "show": show, "after": $0]) }),
            view)
    }

    private static func shortened(_ phrases: [String]) -> String {
        phrases.prefix(4).joined(separator: ", ") + (phrases.count > 4 ? " … +\(phrases.count - 4)" : "")
    }
}

extension HTML {
    /// What happened to groups, the latest first.
    mutating func synonymHistory(
        _ history: [SynonymHistory], _ names: [String: String], isLinked: Bool, _ view: View
    ) {
        ol(.class("ledger is-plain")) { html in
            for change in history {
                html.li { html in
                    html.p { html in
                        if isLinked {
                            html.a(.href(SitePath.knowledgeSynonym(.value(change.id)).path), text: change.id)
                            html.text(" — ")
                        }
                        html.text(change.reason)
                        if change.group == nil { html.tag(view.name("synonymSource", SynonymEntry.Source.withdrawn)) }
                    }
                    html.p(
                        .class("note"),
                        text: "\(view.dates.short(change.at)) · \(names[change.actor] ?? change.actor)")
                    if !isLinked, let group = change.group {
                        html.p(
                            .class("note"),
                            text: (group.say + ["→"] + group.meanKK + group.meanRU).joined(separator: " · "))
                    }
                }
            }
        }
    }
}

extension SynonymsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let synonyms = site.environment.centre.synonyms
        let source = site.query("show").flatMap(SynonymEntry.Source.init(rawValue:))
        let words = site.query("words") ?? ""
        let list = try await synonyms.groups(
            holding: words, source.map { [$0] } ?? [.file, .changed, .added], after: site.query("after"), limit: 40)
        let history = try await synonyms.history(limit: 10)
        return site.page(
            SynonymsPage(
                list: list, history: history, names: try await site.names(of: history.map(\.actor)), words: words,
                show: source?.rawValue ?? "", isFirst: site.query("after") == nil))
    }
}
