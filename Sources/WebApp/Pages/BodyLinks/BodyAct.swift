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

    /// The form of the act; of a confirmation, for the edition of the card that is seen.
    /// - Parameter draft: of a submission, what stands for the form on the screen that goes with it: whether it is filled in
    ///   whole is then known.
    func form(token: String, edition: Int? = nil, draft: String? = nil, _ view: View) -> StepForm {
        var hidden = edition.map { [(name: "edition", value: "\($0)")] } ?? []
        if let draft { hidden.append((name: "draft", value: draft)) }
        return StepForm(
            step: rawValue, path: .bodyLink(.value(token)),
            fields: fields(view).filter { draft == nil || $0.name != "complete" }, hidden: hidden,
            submit: view.name("bodyAct", self))
    }

    private func fields(_ view: View) -> [StepField] {
        func line(
            _ name: String, _ label: TextKey, type: StaticString = "text", isRequired: Bool = true
        ) -> StepField {
            StepField(name: name, kind: .line(type: type), label: view.t(label), isRequired: isRequired)
        }
        func tick(_ name: String, _ label: TextKey) -> StepField {
            StepField(name: name, kind: .tick, label: view.t(label), isRequired: false)
        }
        return switch self {
        case .receive: [line("number", "bodyLink.incoming", isRequired: false)]
        case .appoint:
            [
                line("name", "bodyLink.name"), line("position", "bodyLink.position"),
                line("phone", "bodyLink.phone", type: "tel"),
                line("email", "bodyLink.email", type: "email", isRequired: false),
                line("order", "bodyLink.order", isRequired: false),
            ]
        case .submit:
            [
                StepField(name: "document", kind: .document, label: view.t("bodyLink.file")),
                tick("signed", "bodyLink.signed"), tick("complete", "bodyLink.complete"),
            ]
        case .confirm: []
        }
    }
}
