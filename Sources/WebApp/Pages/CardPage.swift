import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// One service card, the answer first, in both languages.
struct CardPage: Page {
    let record: CardRecord

    var section: NavigationSection? { .search }
    func title(_ view: View) -> String { record.card.title.text(view.language)?.text ?? record.card.code }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.search"), .search)], view)
        html.pageHeader(title(view), lead: record.card.summary?.text(view.language)?.text)
        if record.state != .live {
            html.alert(.warning, title: view.t("card.notLive", ["state": view.name("cardState", record.state)]))
        }
        if record.card.content != .confirmed { html.alert(.info, title: view.name("cardContent", record.card.content)) }
        for language in view.language == .kk ? [Language.kk, .ru] : [.ru, .kk] {
            let own = view.in(language)
            html.section(.class("panel"), .lang(language)) { html in
                html.h2(text: record.card.title.text(language)?.text ?? "")
                list(record.card.documents?[language], own.t("card.documents"), &html)
                text(record.card.term, own.t("card.term"), language, &html)
                text(record.card.fee, own.t("card.fee"), language, &html)
                text(record.card.place, own.t("card.place"), language, &html)
                text(record.card.result, own.t("card.result"), language, &html)
                list(record.card.refusalGrounds?[language], own.t("card.refusal"), &html)
                text(record.card.recipients, own.t("card.recipients"), language, &html)
                text(record.card.provider, own.t("card.provider"), language, &html)
                text(record.card.schedule, own.t("card.schedule"), language, &html)
                text(record.card.legalBasis, own.t("card.basis"), language, &html)
                text(record.card.complaint, own.t("card.complaint"), language, &html)
                text(record.card.contacts, own.t("card.contacts"), language, &html)
            }
        }
        html.facts([
            Fact(view.t("card.code"), record.card.code), Fact(view.t("card.edition"), NumberText.whole(record.edition)),
            Fact(view.t("card.edited"), view.dates.short(record.editedAt)),
            Fact(view.t("card.confirmed"), record.confirmedAt.map { view.dates.short($0) } ?? "–"),
        ])
    }

    private func text(_ text: CardText?, _ label: String, _ language: Language, _ html: inout HTML) {
        guard let (words, own) = text?.text(language), own == language else { return }
        html.h3(text: label)
        html.p(text: words)
    }

    private func list(_ lines: [String]?, _ label: String, _ html: inout HTML) {
        guard let lines, !lines.isEmpty else { return }
        html.h3(text: label)
        html.ul { html in for line in lines { html.li(text: line) } }
    }
}

extension CardPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let code = try site.parameter("code")
        guard let record = try await site.environment.centre.cards.card(code) else {
            throw SiteError(.notFound, "no card \(code)")
        }
        return site.page(CardPage(record: record))
    }
}
