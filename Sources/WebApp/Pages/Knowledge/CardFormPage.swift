import CardBlanks
import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// A new edition of a card as a form: typed fields, what is wrong at each, the card as operators would see it.
struct CardFormPage: Page {
    let record: CardRecord
    var form: CardForm
    /// The edition from which the form was made.
    var edition: Int
    let uneven: [String: Language]
    let options: [CardFormField: [(value: String, label: String)]]
    /// When the draft was kept; nil where nothing was typed yet.
    var savedAt: Moment?
    var reason = ""
    var isSubmission = false
    var renews = false
    /// What the check says; nil before it was asked.
    var check: CardFormCheck?
    var stated: [(fact: CardFact, text: CardText)] = []
    /// What of a file could not be read; nil where none was read.
    var unread: [CardBlankReading.Unread]?
    var problem: String?
    /// What is wrong with the reason.
    var reasonProblem: String?

    var section: NavigationSection? { .knowledge }
    var scripts: [String] { ["cardform.js"] }
    func title(_ view: View) -> String { view.t("cardEdit.title", ["code": record.card.code]) }
    private var path: SitePath { .cardForm(.value(record.card.code)) }

    private var fields: CardFormFields {
        CardFormFields(
            form: form, fields: CardFormField.allCases, path: path, faults: check?.faults ?? [], uneven: uneven,
            options: options)
    }

    func draw(into html: inout HTML, _ view: View) {
        let code = record.card.code
        let history = SitePath.cardHistory(.value(code))
        html.breadcrumbs([(view.t("knowledge.cards"), .knowledgeCards), (code, history)], view)
        html.pageHeader(title(view), lead: record.card.title.text(view.language)?.text) { html in
            html.a(.class("button"), .href(SitePath.cardBlank(.value(code)).path), text: view.t("cardBlank.download"))
            html.a(.class("button"), .href(SitePath.cardEdit(.value(code)).path), text: view.t("cardForm.asText"))
        }
        if let problem { html.alert(.danger, title: problem) }
        if edition != record.edition {
            html.alert(
                .warning,
                title: view.t(
                    "cardForm.behind",
                    ["from": NumberText.whole(edition), "to": NumberText.whole(record.edition)])
            ) { $0.p(text: view.t("cardForm.behindHelp")) }
        }
        html.unread(unread, view)
        if let check {
            if check.faults.isEmpty { html.alert(.success, title: view.t("cardForm.right")) }
            fields.summary(into: &html, view)
            html.lagging(check.uneven, view)
            CardPreview(
                card: check.card, present: record.card, differences: check.differences, stated: stated,
                uneven: check.uneven,
                isOpen: check.faults.isEmpty
            )
            .draw(into: &html, view)
        }
        html.postForm(to: path, view, .class("card-form"), Attribute("data-card-form", flag: true)) { html in
            html.input(.type("hidden"), .name("edition"), .value("\(edition)"))
            fields.draw(into: &html, view)
            html.element("fieldset", [.class("form-part"), .id("save")]) { html in
                html.legend(text: view.t("cardForm.saving"))
                html.textField(
                    Field(
                        "reason", label: view.t("cardEdit.reason"), hint: view.t("cardEdit.reasonHint"),
                        error: reasonProblem, isRequired: false), view,
                    value: reason, Attribute("maxlength", 300))
                html.checkbox(
                    Field("submission", label: view.t("cardEdit.submission"), isRequired: false),
                    isTicked: isSubmission)
                if record.outdated != nil {
                    html.checkbox(
                        Field("renews", label: view.t("cardEdit.renews"), isRequired: false), isTicked: renews)
                }
                html.p(.class("note"), text: view.t("cardEdit.note"))
                html.cardFormButtons(
                    savedAt: savedAt, isBehind: edition != record.edition, save: view.t("cardEdit.save"), view)
            }
        }
        html.blankUpload(to: .cardBlank(.value(code)), view)
    }
}

extension HTML {
    /// The buttons under a form of a card, and when its draft was kept.
    mutating func cardFormButtons(savedAt: Moment?, isBehind: Bool = false, save: String? = nil, _ view: View) {
        func button(_ step: CardFormStep, _ label: String, _ kind: String = "button", _ html: inout HTML) {
            html.button(
                .type("submit"), .name(CardFormFields.step), .value(step.rawValue), .class(kind), text: label)
        }
        div(.class("buttons card-form-buttons")) { html in
            button(.check, view.t("cardForm.check"), save == nil ? "button is-primary" : "button", &html)
            if let save { button(.save, save, "button is-primary", &html) }
            button(.keep, view.t("cardForm.keep"), "button", &html)
            if isBehind { button(.follow, view.t("cardForm.follow"), "button", &html) }
            if savedAt != nil { button(.drop, view.t("cardForm.drop"), "button is-quiet", &html) }
        }
        p(
            .class("note"), .role("status"), Attribute("data-saved", flag: true),
            Attribute("data-kept", view.t("cardForm.kept")), Attribute("data-lost", view.t("cardForm.notKept"))
        ) { html in
            if let savedAt { html.text(view.t("cardForm.savedAt", ["time": view.dates.short(savedAt)])) }
        }
    }

    /// What an edition would leave behind in one language, and that it is asked for.
    mutating func lagging(_ fields: Set<String>, _ view: View) {
        guard !fields.isEmpty else { return }
        let names = CardFormField.allCases.map(\.rawValue).filter(fields.contains).map { CardFieldName.name($0, view) }
        alert(.warning, title: view.t("cardForm.lagging", ["fields": names.joined(separator: ", ")])) {
            $0.p(text: view.t("cardForm.laggingHelp"))
        }
    }

    /// What of a file could not be read, cell by cell.
    mutating func unread(_ unread: [CardBlankReading.Unread]?, _ view: View) {
        guard let unread else { return }
        guard !unread.isEmpty else { return alert(.success, title: view.t("cardBlank.readWhole")) }
        alert(.warning, title: view.t("cardBlank.unread", count: unread.count)) { html in
            html.ul { html in
                for cell in unread.prefix(50) {
                    html.li(
                        text: "\(cell.address): \(view.name("blankReason", cell.reason)) “\(cell.text.prefix(80))”")
                }
            }
        }
    }

    /// The form by which a filled workbook is read into the form on the screen.
    mutating func blankUpload(to path: SitePath, _ view: View) {
        details(.class("panel fold"), .id("file")) { html in
            html.summary { $0.h2(text: view.t("cardBlank.upload")) }
            html.p(text: view.t("cardBlank.uploadHelp"))
            html.uploadForm(to: path, view, .class("form")) { html in
                html.fileField(
                    Field("file", label: view.t("cardBlank.file"), hint: view.t("cardBlank.fileHint")), view,
                    accept: ".xlsx,.csv,.txt")
                html.formButtons(submit: view.t("cardBlank.read"), view)
            }
        }
    }
}
