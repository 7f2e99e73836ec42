import Markup

/// One field of a form: how it is sent, what it is called, what is wrong with it.
package struct Field: Hashable, Sendable {
    /// The name it is sent under; also its identity in the page.
    package let name: String
    /// What it is called.
    package let label: String
    /// What helps to fill it in.
    package let hint: String?
    /// What is wrong with what was sent.
    package let error: String?
    /// Whether it must be filled in.
    package let isRequired: Bool
    /// Whether it says so where it may be left empty; in a form that narrows a list that goes without saying.
    private(set) var saysOptional = true

    /// A field.
    package init(
        _ name: String, label: String, hint: String? = nil, error: String? = nil, isRequired: Bool = true,
        id: String? = nil
    ) {
        self.id = "field-" + (id ?? name)
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
    }

    /// A field that narrows a list, or one of many cells of a table: it may be left empty.
    static func filter(
        _ name: String, label: String, hint: String? = nil, error: String? = nil, id: String? = nil
    ) -> Field {
        var field = Field(name, label: label, hint: hint, error: error, isRequired: false, id: id)
        field.saysOptional = false
        return field
    }

    /// The identity of the field within the page; given where two forms of a page have a field of one name.
    let id: String

    /// The identities of the texts that describe it.
    var descriptions: String? {
        let ids = [hint == nil ? nil : id + "-hint", error == nil ? nil : id + "-error"].compactMap { $0 }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    /// What every control of a form bears.
    var attributes: [Attribute] {
        [
            .id(id), .name(name), .required(isRequired), .ariaDescribedBy(descriptions),
            Attribute("aria-invalid", "true").when(error != nil),
        ]
    }
}

extension HTML {
    /// A form that changes something: sent by POST with the token that proves it is ours.
    package mutating func postForm(
        to path: SitePath, _ view: View, _ attributes: Attribute..., content: (inout HTML) -> Void
    ) {
        element("form", [.method("post"), .action(path.path)] + attributes) { html in
            html.formSecrets(view)
            content(&html)
        }
    }

    /// What every form carries unseen: the token that proves it is ours, the word by which a second sending is known.
    private mutating func formSecrets(_ view: View) {
        guard let token = view.formToken else { return }
        input(.type("hidden"), .name(FormToken.fieldName), .value(token))
        input(.type("hidden"), .name(FormKey.fieldName), .value(view.newKey()))
    }

    /// A label, its hint, its error, then the control that `control` writes with the field's attributes.
    package mutating func field(_ field: Field, _ view: View, control: (inout HTML, [Attribute]) -> Void) {
        div(.class(field.error == nil ? "field" : "field has-error")) { html in
            html.label(.for(field.id)) { html in
                html.text(field.label)
                if !field.isRequired, field.saysOptional {
                    html.span(.class("optional"), text: view.t("form.optional"))
                }
            }
            if let hint = field.hint { html.p(.class("hint"), .id(field.id + "-hint"), text: hint) }
            if let error = field.error {
                html.p(.class("field-error"), .id(field.id + "-error")) { html in
                    html.icon(.warning)
                    html.text(error)
                }
            }
            control(&html, field.attributes)
        }
    }

    /// A field of one line.
    package mutating func textField(
        _ field: Field, _ view: View, type: StaticString = "text", value: String = "", _ attributes: Attribute...
    ) {
        self.field(field, view) { html, own in
            html.void("input", [.type(type), .value(value).when(!value.isEmpty)] + own + attributes)
        }
    }

    /// A field of several lines.
    package mutating func textArea(_ field: Field, _ view: View, rows: Int = 4, value: String = "") {
        self.field(field, view) { html, own in
            html.element("textarea", own + [Attribute("rows", rows)], text: "\n" + value)
        }
    }

    /// A form that carries files; its route is given `uploads`.
    package mutating func uploadForm(
        to path: SitePath, _ view: View, _ attributes: Attribute..., content: (inout HTML) -> Void
    ) {
        let kind = Attribute("enctype", "multipart/form-data")
        element("form", [.method("post"), .action(path.path), kind] + attributes) { html in
            // The token comes before the files: nothing of a forged form is kept.
            html.formSecrets(view)
            content(&html)
        }
    }

    /// A choice of files, one or several; without a hint of its own it says which are taken.
    package mutating func fileField(
        _ field: Field, _ view: View, isMultiple: Bool = false,
        accept: String = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv"
    ) {
        let hinted = Field(
            field.name, label: field.label, hint: field.hint ?? view.t("form.files"), error: field.error,
            isRequired: field.isRequired, id: String(field.id.dropFirst("field-".count)))
        self.field(hinted, view) { html, own in
            html.void(
                "input",
                [
                    .type("file"), Attribute("multiple", flag: isMultiple),
                    Attribute("accept", accept),
                ] + own)
        }
    }

    /// A choice of one from a list of values and their words.
    package mutating func selectField(
        _ field: Field, _ view: View, options: [(value: String, label: String)], chosen: String? = nil
    ) {
        self.field(field, view) { html, own in
            html.element("select", own) { html in
                for option in options {
                    html.option(.value(option.value), .selected(option.value == chosen), text: option.label)
                }
            }
        }
    }

    /// A box to tick, with its label after it.
    package mutating func checkbox(_ field: Field, value: String = "yes", isTicked: Bool = false) {
        div(.class("choice")) { html in
            html.void(
                "input",
                [.type("checkbox"), .id(field.id), .name(field.name), .value(value), .checked(isTicked)])
            html.label(.for(field.id), text: field.label)
        }
    }

    /// A choice of one from a few, all seen at once.
    package mutating func radios(
        _ field: Field, _ view: View, options: [(value: String, label: String)], chosen: String? = nil
    ) {
        fieldset(.class("field"), .ariaDescribedBy(field.descriptions)) { html in
            html.legend(text: field.label)
            if let hint = field.hint { html.p(.class("hint"), .id(field.id + "-hint"), text: hint) }
            if let error = field.error {
                html.p(.class("field-error"), .id(field.id + "-error"), text: error)
            }
            for option in options {
                html.div(.class("choice")) { html in
                    let id = field.id + "-" + option.value
                    html.input(
                        .type("radio"), .id(id), .name(field.name), .value(option.value),
                        .checked(option.value == chosen), .required(field.isRequired))
                    html.label(.for(id), text: option.label)
                }
            }
        }
    }

    /// The buttons of a form: what it does, and the way back.
    package mutating func formButtons(submit: String, _ view: View, back: SitePath? = nil, isDangerous: Bool = false) {
        div(.class("buttons")) { html in
            html.button(.type("submit"), .class(isDangerous ? "button is-danger" : "button is-primary"), text: submit)
            if let back { html.a(.class("button is-quiet"), .href(back.path), text: view.t("form.cancel")) }
        }
    }

    /// What is wrong with a form, above it, each line leading to its field.
    package mutating func errorSummary(_ fields: [Field], _ view: View) {
        let wrong = fields.filter { $0.error != nil }
        guard !wrong.isEmpty else { return }
        alert(.danger, title: view.t("form.errors", count: wrong.count)) { html in
            html.ul { html in
                for field in wrong {
                    html.li { $0.a(.href("#" + field.id), text: "\(field.label): \(field.error ?? "")") }
                }
            }
        }
    }
}
