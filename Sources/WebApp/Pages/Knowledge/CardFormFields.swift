import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// The fields of the form of a card, Kazakh and Russian side by side; the same for those who keep cards and for bodies.
///
/// Every row can be added and taken away without a script: a button sends the whole form, which comes back with all that was typed.
struct CardFormFields: Sendable {
    let form: CardForm
    let fields: [CardFormField]
    /// Where the form is sent; a button for rows leads back to its list.
    let path: SitePath
    var faults: [CardFormFault] = []
    /// The parts of which one language says something newer than the other, with the newer.
    var uneven: [String: Language] = [:]
    /// What was said of a field when the form was returned.
    var remarks: [String: String] = [:]
    /// What can be chosen in a field of one word; where nothing stands, it is typed.
    var options: [CardFormField: [(value: String, label: String)]] = [:]

    /// The name of the field that says what is to be done.
    static let step = "step"

    /// The identity of a place of the form within the page.
    static func id(_ place: String) -> String { "card-" + place.replacing(".", with: "-") }

    /// What is wrong, above the form, each line leading to its place.
    func summary(into html: inout HTML, _ view: View) {
        guard !faults.isEmpty else { return }
        html.alert(.danger, title: view.t("form.errors", count: faults.count)) { html in
            html.ul { html in
                for fault in faults {
                    let label = [Self.label(fault.place, view), view.name("cardFault", fault.kind)]
                    html.li { html in
                        html.a(.href("#field-" + anchor(fault.place)), text: label.joined(separator: ": "))
                    }
                }
            }
        }
    }

    /// The identity of the control of a place; that of the first channel for the channels as a whole.
    private func anchor(_ place: String) -> String {
        place == CardFormField.channels.rawValue
            ? Self.id("\(place).\(CardFormFact.channels[0])") : Self.id(place)
    }

    /// A place in words: “Documents, 2, Russian”.
    static func label(_ place: String, _ view: View) -> String {
        let parts = place.split(separator: ".").map(String.init)
        var words = [CardFieldName.name(parts[0], view)]
        for part in parts.dropFirst() {
            if let number = Int(part) {
                words.append(NumberText.whole(number + 1))
            } else if let language = Language(rawValue: part) {
                words.append(view.name("languageName", language))
            } else if let part = CardFormFact.Part(rawValue: part) {
                words.append(view.name("factPart", part))
            }
        }
        return words.joined(separator: ", ")
    }

    func draw(into html: inout HTML, _ view: View) {
        // Enter in a line sends the form by its first button, and that must not be one that takes a row away.
        html.button(
            .type("submit"), .name(Self.step), .value(CardFormStep.check.rawValue), .class("visually-hidden"),
            Attribute("tabindex", "-1"), Attribute("aria-hidden", "true"), text: view.t("cardForm.check"))
        for field in fields {
            html.element("fieldset", [.class("form-part"), .id("part-" + field.rawValue)]) { html in
                html.legend(text: CardFieldName.name(field.rawValue, view))
                marks(of: field, &html, view)
                switch field.kind {
                case .text: pair(field.rawValue, form.text(of: field), rows: field == .title ? 2 : 4, &html, view)
                case .list: list(field, &html, view)
                case .channels: channels(&html, view)
                case .facts: facts(&html, view)
                case .word: word(field, &html, view)
                }
            }
        }
    }

    private func marks(of field: CardFormField, _ html: inout HTML, _ view: View) {
        if let remark = remarks[field.rawValue] {
            html.p(.class("field-remark")) { html in
                html.icon(.warning)
                html.span(text: view.t("cardForm.remark", ["text": remark]))
            }
        }
        guard let newer = uneven[field.rawValue] else { return }
        let older: Language = newer == .kk ? .ru : .kk
        html.p(.class("pair-mark")) { html in
            html.icon(.warning)
            html.text(
                view.t(
                    "cardForm.uneven",
                    ["newer": view.name("languageName", newer), "older": view.name("languageName", older)]))
        }
    }

    private func fault(at place: String, _ view: View) -> String? {
        faults.first { $0.place == place }.map { view.name("cardFault", $0.kind) }
    }

    private func field(_ place: String, _ label: String, _ view: View) -> Field {
        .filter(place, label: label, error: fault(at: place, view), id: Self.id(place))
    }

    private func pair(_ place: String, _ pair: CardForm.Pair, rows: Int, _ html: inout HTML, _ view: View) {
        html.div(.class("form-pair")) { html in
            for language in CardForm.languages {
                let text = pair[language]
                html.field(field("\(place).\(language.rawValue)", view.name("languageName", language), view), view) {
                    html, own in
                    let lines = min(14, max(rows, text.count / 52 + text.count { $0 == "\n" } + 1))
                    html.element(
                        "textarea",
                        own + [.lang(language), Attribute("rows", lines), Attribute("maxlength", CardForm.longest)],
                        text: "\n" + text)
                }
            }
        }
    }

    private func list(_ field: CardFormField, _ html: inout HTML, _ view: View) {
        let rows = form.rows(of: field)
        // An empty list is shown with a row that can be filled in.
        let shown = rows.isEmpty ? [CardForm.Pair()] : rows
        html.input(.type("hidden"), .name("\(field.rawValue).rows"), .value("\(shown.count)"))
        for (row, pair) in shown.enumerated() {
            self.row(field, row, &html, view) { html in
                self.pair("\(field.rawValue).\(row)", pair, rows: 1, &html, view)
            }
        }
        more(field, shown.count, &html, view)
    }

    /// A numbered row with the button that takes it away.
    private func row(
        _ field: CardFormField, _ row: Int, _ html: inout HTML, _ view: View, content: (inout HTML) -> Void
    ) {
        html.element(
            "div", [.class("part-row"), .role("group"), .ariaLabel(Self.label("\(field.rawValue).\(row)", view))]
        ) { html in
            html.p(.class("part-row-head")) { html in
                html.span(.class("note"), text: NumberText.whole(row + 1))
                html.button(
                    .type("submit"), .name(Self.step), .value("remove \(field.rawValue) \(row)"),
                    .class("button is-small is-quiet"), Attribute("formaction", "\(path.path)#part-\(field.rawValue)"),
                    .ariaLabel(view.t("cardForm.removeRow", ["row": Self.label("\(field.rawValue).\(row)", view)])),
                    text: view.t("cardForm.remove"))
            }
            content(&html)
        }
    }

    private func more(_ field: CardFormField, _ count: Int, _ html: inout HTML, _ view: View) {
        guard count < CardForm.mostRows else { return html.p(.class("note"), text: view.t("cardForm.full")) }
        html.p { html in
            html.button(
                .type("submit"), .name(Self.step), .value("add \(field.rawValue)"), .class("button is-small"),
                Attribute("formaction", "\(path.path)#part-\(field.rawValue)"),
                .ariaLabel(view.t("cardForm.addTo", ["list": CardFieldName.name(field.rawValue, view)])),
                text: view.t("cardForm.add"))
        }
    }

    private func channels(_ html: inout HTML, _ view: View) {
        let name = CardFormField.channels.rawValue
        html.input(.type("hidden"), .name("\(name).rows"), .value("1"))
        if let error = fault(at: name, view) { html.p(.class("field-error"), text: error) }
        html.div(.class("boxes")) { html in
            for channel in CardFormFact.channels {
                html.checkbox(
                    .filter(
                        "\(name).\(channel)", label: Self.choice(.channel, channel, view),
                        id: Self.id("\(name).\(channel)")),
                    isTicked: form.channels.contains(channel))
            }
        }
    }

    private func word(_ field: CardFormField, _ html: inout HTML, _ view: View) {
        let (name, word) = (field.rawValue, form.word(of: field))
        let drawn = self.field(name, CardFieldName.name(name, view), view)
        guard let options = options[field] else {
            return html.textField(drawn, view, value: word, Attribute("maxlength", 100))
        }
        let others = options.contains { $0.value == word } || word.isEmpty ? [] : [(value: word, label: word)]
        html.selectField(drawn, view, options: options + others, chosen: word)
    }

    // MARK: - Facts

    private func facts(_ html: inout HTML, _ view: View) {
        let name = CardFormField.stated.rawValue
        html.p(.class("hint"), text: view.t("cardForm.factsHint"))
        html.input(.type("hidden"), .name("\(name).rows"), .value("\(form.facts.count)"))
        for (row, fact) in form.facts.enumerated() {
            self.row(.stated, row, &html, view) { html in
                html.div(.class("form-fact")) { html in
                    for part in CardFormFact.Part.allCases {
                        self.part(part, of: fact, "\(name).\(row).\(part.rawValue)", &html, view)
                    }
                }
            }
        }
        more(.stated, form.facts.count, &html, view)
    }

    private func part(
        _ part: CardFormFact.Part, of fact: CardFormFact, _ place: String, _ html: inout HTML, _ view: View
    ) {
        let drawn = field(place, view.name("factPart", part), view)
        let value = fact[part]
        switch part {
        case .fact, .about, .channel, .measure:
            let empty = view.t(part == .fact || part == .measure ? "cardForm.choose" : "cardForm.forAll")
            var options = [(value: "", label: empty)]
            options += (part.choices ?? []).map { (value: $0, label: Self.choice(part, $0, view)) }
            if !options.contains(where: { $0.value == value }) { options.append((value: value, label: value)) }
            html.selectField(drawn, view, options: options, chosen: value)
        case .since, .until:
            // What is no day would not be seen in a field of days.
            let isDay = value.isEmpty || CivilDate(value) != nil
            html.textField(drawn, view, type: isDay ? "date" : "text", value: value)
        case .amount: html.textField(drawn, view, value: value, Attribute("inputmode", "decimal"))
        case .source: html.textField(drawn, view, value: value, Attribute("maxlength", 500))
        case .kk, .ru:
            html.textField(
                drawn, view, value: value, .lang(part == .kk ? .kk : .ru), Attribute("maxlength", CardForm.longest))
        }
    }

    /// A value among which is chosen, in words.
    static func choice(_ part: CardFormFact.Part, _ code: String, _ view: View) -> String {
        view.texts.text(TextKey(family: CardBlankTexts.family(part), member: code), view.language)
    }
}
