import Accounts
import Casework
import ContactCentre
import Contacts
import Delivery
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup

/// A card as a letter to the caller, and the form that sends it.
enum CardLetter {
    /// The text of the letter: what the sheet says, in one language.
    static func text(_ record: CardRecord, _ language: Language, _ own: View) -> String {
        var lines = [record.card.title.text(language)?.text ?? record.card.code, ""]
        if record.state != .live { lines += [own.t("card.isDraft"), ""] }
        if record.content != .confirmed { lines += [own.name("cardContent", record.content), ""] }
        for part in CardPart.answer + CardPart.more {
            let said = part.lines(record.card, language)
            guard !said.isEmpty else { continue }
            lines.append(own.t(part.label).uppercased())
            lines += part.isList ? said.map { "– " + $0 } : said
            lines.append("")
        }
        lines.append(
            own.t(
                "card.footEdition",
                ["edition": NumberText.whole(record.edition), "date": own.dates.short(record.editedAt)]))
        lines.append(own.t("mail.foot"))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The form, folded away; or plainly that no mail can leave.
    static func form(_ page: CardPage, into html: inout HTML, _ view: View) {
        html.details(.class("menu"), Attribute("open", flag: page.mailProblem != nil)) { html in
            html.summary(.class("button is-small"), text: view.t("mail.title"))
            html.div(.class("menu-panel")) { html in
                guard page.sendsMail else { return html.p(text: view.t("mail.notSet")) }
                html.postForm(to: .cardMail(.value(page.record.card.code)), view, .class("form"), .autocomplete("off"))
                {
                    html in
                    html.textField(
                        Field(
                            "address", label: view.t("mail.address"),
                            error: page.mailProblem.map { view.t($0) }), view, type: "email", value: "",
                        .autocomplete("off"), Attribute("maxlength", 254))
                    html.selectField(
                        Field("language", label: view.t("mail.language")), view,
                        options: [Language.kk, .ru].map { ($0.rawValue, view.name("languageName", $0)) },
                        chosen: (page.bar?.reading?.language ?? view.language).rawValue)
                    html.p(.class("note"), text: view.t("mail.privacy"))
                    html.formButtons(submit: view.t("mail.send"), view)
                }
            }
        }
    }

    /// `POST /cards/:code/mail`.
    static func send(_ site: WebRequest) async throws -> Response {
        var page = try await CardPage.page(site, nil)
        let centre = site.environment.centre
        guard centre.settings.sendsMail else {
            page.mailProblem = "mail.notSet"
            return site.page(page, status: .unprocessableContent)
        }
        let (record, now) = (page.record, site.environment.now())
        let language: Language = site.form["language"] == "ru" ? .ru : .kk
        let own = site.fragmentView.in(language)
        let random = EventLink.hexadecimal(site.environment.randomBytes(32))
        let letter = PersonalLetter(
            to: site.form["address"],
            subject: own.t("mail.subject", ["title": record.card.title.text(language)?.text ?? record.card.code]),
            text: text(record, language, own), salt: String(random.suffix(32)))
        do {
            let actor = try site.authority.actor
            try await centre.cardMail.send(
                letter, id: String(random.prefix(32)), card: record.card.code, edition: record.edition,
                language: language, by: actor, at: now, once: try site.formKey(of: actor))
        } catch is Refusal {
            page.mailProblem = "mail.addressWrong"
            return site.page(page, status: .unprocessableContent)
        }
        return site.redirect(to: .card(.value(record.card.code)), notice: .cardMailed)
    }
}
