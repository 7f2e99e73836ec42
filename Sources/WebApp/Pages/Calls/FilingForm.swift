import Casework
import Complaints
import Languages
import Markup

/// The fields of a complaint that is registered during a call; the names that `Refusal` uses for them.
enum FilingField: String, CaseIterable, Sendable {
    case kind, subject, service, body, region, place, name, phone, email, address, iin, filing
}

/// Where the applicant was served.
enum FilingPlace: String, CaseIterable, Sendable {
    case portal, psc, office
}

/// The form by which a complaint is registered from a call, with what is wrong beside each field.
struct FilingForm: Sendable {
    var form = Form()
    /// The fields that have to be mended.
    var wrong: Set<FilingField> = []
    /// The regions of today.
    var regions: [(code: String, name: Localized)] = []
    /// What is asked besides where no call runs; nil during a call.
    var desk: FilingDesk?

    /// A field of the form.
    private func field(_ field: FilingField, _ view: View, isRequired: Bool = false, hint: String? = nil) -> Field {
        var error = wrong.contains(field) ? view.name("filingProblem", field) : nil
        if let names = desk?.candidates[field], error != nil {
            error = view.t("filing.several", ["list": names.joined(separator: "; ")])
        }
        return Field(
            field.rawValue, label: view.name("filingField", field), hint: hint, error: error, isRequired: isRequired)
    }

    private func value(_ field: FilingField) -> String { form[field.rawValue] }

    func draw(into html: inout HTML, _ view: View) {
        let all = FilingField.allCases.filter { $0 != .filing }.map { field($0, view) }
        html.errorSummary(all, view)
        if wrong.contains(.filing) { html.alert(.danger, title: view.name("filingProblem", FilingField.filing)) }
        let path: SitePath = desk == nil ? .callComplaintFile : .complaintNew
        html.postForm(to: path, view, .class("form is-wide"), .autocomplete("off")) { html in
            desk?.draw(into: &html, form, view)
            html.radios(
                field(.kind, view, isRequired: true), view,
                options: ComplaintKind.allCases.map { ($0.rawValue, view.name("complaintKind", $0)) },
                chosen: form["kind"].isEmpty ? nil : form["kind"])
            html.textArea(field(.subject, view, isRequired: true), view, rows: 5, value: value(.subject))
            html.div(.class("form-row")) { html in
                html.textField(
                    field(.service, view, hint: view.t(desk == nil ? "filing.serviceHint" : "filing.servicePick")),
                    view, value: value(.service), Attribute("maxlength", desk == nil ? 20 : 300),
                    Attribute("list", "services").when(desk != nil))
                html.textField(
                    field(.body, view, hint: view.t(desk == nil ? "filing.bodyHint" : "filing.bodyPick")), view,
                    value: value(.body), Attribute("maxlength", desk == nil ? 40 : 300),
                    Attribute("list", "bodies").when(desk != nil))
            }
            html.div(.class("form-row")) { html in
                html.selectField(
                    field(.region, view), view,
                    options: [("", view.t("filing.notSaid"))] + regions.map { ($0.code, $0.name[view.language]) },
                    chosen: value(.region))
                html.selectField(
                    field(.place, view), view,
                    options: [("", view.t("filing.notSaid"))]
                        + FilingPlace.allCases.map { ($0.rawValue, view.name("place", $0)) },
                    chosen: value(.place))
            }
            html.div(.class("form-row")) { html in
                html.textField(field(.name, view), view, value: value(.name))
                html.textField(field(.phone, view), view, type: "tel", value: value(.phone))
            }
            html.div(.class("form-row")) { html in
                html.textField(field(.email, view), view, type: "text", value: value(.email))
                html.textField(
                    field(.iin, view), view, value: value(.iin), Attribute("inputmode", "numeric"),
                    Attribute("maxlength", 12))
            }
            html.textField(field(.address, view), view, value: value(.address))
            html.p(.class("note"), text: view.t("filing.privacy"))
            html.formButtons(submit: view.t("filing.submit"), view)
        }
    }

    /// What the form says; nil where something is missing, which is then in `wrong`.
    mutating func filing(language: Language, at now: FilingMoment) -> ComplaintFiling? {
        func given(_ field: FilingField) -> String? { value(field).isEmpty ? nil : value(field) }
        let kind = ComplaintKind(rawValue: form["kind"])
        if kind == nil { wrong.insert(.kind) }
        if given(.subject) == nil { wrong.insert(.subject) }
        guard let kind, let subject = given(.subject) else { return nil }
        return ComplaintFiling(
            channel: now.channel, kind: kind, service: given(.service)?.uppercased(), body: given(.body)?.uppercased(),
            region: given(.region), place: given(.place), language: (language == .ru ? Language.ru : .kk).rawValue,
            subject: subject,
            contacts: ComplaintContacts(
                name: given(.name), phone: given(.phone), email: given(.email), address: given(.address),
                iin: given(.iin)),
            filedAt: now.at)
    }

    /// Marks the field that a refusal names.
    mutating func take(_ refusal: Refusal) {
        wrong.insert(refusal.field.flatMap(FilingField.init(rawValue:)) ?? .filing)
    }
}
