import Complaints
import Languages
import Markup

/// What the person who complained can do by his link.
enum StandingAct: String, CaseIterable, Sendable {
    /// Answer a question, or add words or a document of his own accord.
    case add
    /// Take the complaint back.
    case withdraw
    /// Say that the answer helped.
    case helped
    /// Say that it did not.
    case notHelped
    /// Take the answer to the Agency.
    case `continue`

    /// What can be done to a complaint as it stands.
    static func possible(_ state: Complaint.State) -> [StandingAct] {
        switch state.status {
        case .open: return [.add, .withdraw]
        case .answered:
            var acts: [StandingAct] = state.isHelpful == nil ? [.helped, .notHelped] : []
            let isDisputable = state.reviewer == .body && state.continuedAs == nil && state.isHelpful != true
            if isDisputable { acts.append(.continue) }
            return acts
        default: return []
        }
    }

    /// Whether it is one press without a question.
    var isPress: Bool { self == .helped || self == .notHelped }

    /// The form of the act.
    func form(token: String, _ view: View) -> StepForm {
        StepForm(
            step: rawValue, path: .standing(.value(token)), fields: fields(view), isDangerous: self == .withdraw,
            submit: view.name("standingAct", self))
    }

    private func fields(_ view: View) -> [StepField] {
        switch self {
        case .add:
            [
                StepField(name: "text", kind: .area, label: view.t("standing.words"), isRequired: false),
                StepField(
                    name: "document", kind: .document, label: view.t("standing.document"),
                    hint: view.t("standing.documentHint"), isRequired: false),
            ]
        case .withdraw:
            [
                StepField(
                    name: "reason", kind: .area, label: view.t("standing.reason"), hint: view.t("way.noNames"),
                    isRequired: false),
                StepField(name: "sure", kind: .tick, label: view.t("standing.sure")),
            ]
        case .helped, .notHelped: []
        case .continue:
            [
                StepField(
                    name: "text", kind: .area, label: view.t("standing.why"), hint: view.t("standing.whyHint"))
            ]
        }
    }
}
