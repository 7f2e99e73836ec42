import Correspondence
import KnowledgeBase
import Languages
import Markup
import Onboarding

/// What a body can do by its link.
enum BodyAct: String, CaseIterable, Sendable {
    /// Confirm that it has the request.
    case receive
    /// Appoint the responsible person (797 §5).
    case appoint
    /// Upload the form (797 §5).
    case submit
    /// Confirm that a card is up to date.
    case confirm

    /// What a body can do to its request as it stands; cards come besides.
    static func next(_ state: InformationRequestState) -> BodyAct? {
        let steps = state.nextSteps
        if steps.contains(.receive) { return .receive }
        if steps.contains(.appoint) { return .appoint }
        return steps.contains(.submit) ? .submit : nil
    }
}

/// The form of an act, as it was typed and with what is wrong.
struct BodyActForm: Sendable {
    let token: String
    var typed = Form()
    /// What is wrong: the act, the field (nil for all of it) and the words.
    var problem: (act: BodyAct, field: String?, text: String)?
    /// A word for this one sending, so that a double tap does nothing twice.
    let key: String

    private func field(
        _ act: BodyAct, _ name: String, _ label: TextKey, _ view: View, isRequired: Bool = true
    ) -> Field {
        Field(
            name, label: view.t(label),
            error: problem.flatMap { $0.act == act && $0.field == name ? $0.text : nil }, isRequired: isRequired,
            id: "\(act.rawValue)-\(name)")
    }

    func draw(_ act: BodyAct, into html: inout HTML, _ view: View, card: CardRecord? = nil) {
        if let problem, problem.act == act, problem.field == nil { html.alert(.danger, title: problem.text) }
        html.uploadForm(to: .bodyLink(.value(token)), view, .class("form")) { html in
            html.input(.type("hidden"), .name("act"), .value(act.rawValue))
            html.input(.type("hidden"), .name("key"), .value(key))
            switch act {
            case .receive:
                html.textField(
                    field(act, "number", "bodyLink.incoming", view, isRequired: false), view, value: typed["number"])
            case .appoint:
                html.textField(
                    field(act, "name", "bodyLink.name", view), view, value: typed["name"],
                    Attribute("autocomplete", "off"))
                html.textField(field(act, "position", "bodyLink.position", view), view, value: typed["position"])
                html.textField(
                    field(act, "phone", "bodyLink.phone", view), view, type: "tel", value: typed["phone"])
                html.textField(
                    field(act, "email", "bodyLink.email", view, isRequired: false), view, type: "email",
                    value: typed["email"])
                html.textField(
                    field(act, "order", "bodyLink.order", view, isRequired: false), view, value: typed["order"])
            case .submit:
                html.fileField(field(act, "file", "bodyLink.file", view), view)
                html.checkbox(field(act, "signed", "bodyLink.signed", view), isTicked: !typed["signed"].isEmpty)
                html.checkbox(field(act, "complete", "bodyLink.complete", view), isTicked: !typed["complete"].isEmpty)
            case .confirm:
                if let card {
                    html.input(.type("hidden"), .name("card"), .value(card.card.code))
                    html.input(.type("hidden"), .name("edition"), .value("\(card.edition)"))
                }
            }
            html.formButtons(submit: view.name("bodyAct", act), view)
        }
    }
}
