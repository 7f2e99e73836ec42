import Complaints
import Languages
import Markup

/// What a body can do to a complaint by its link.
enum ComplaintBodyAct: String, CaseIterable, Sendable {
    /// Confirm that it has the complaint.
    case receive
    /// Answer it.
    case answer
    /// Ask the applicant something.
    case ask
    /// Extend the review within the law.
    case extend
    /// Return it and name the body that is competent.
    case giveBack

    /// What a body can do now; nothing where the complaint is closed or with another body.
    /// - Parameters:
    ///   - isReceived: whether the body confirmed that it has it.
    ///   - daysLeft: the working days by which the law still lets it extend.
    static func possible(isReceived: Bool, daysLeft: Int) -> [ComplaintBodyAct] {
        allCases.filter { act in
            switch act {
            case .receive: !isReceived
            case .extend: daysLeft > 0
            case .answer, .ask, .giveBack: true
            }
        }
    }

    /// The form of the act.
    /// - Parameter bodies: to which the complaint may be returned.
    func form(
        path: SitePath, daysLeft: Int, bodies: [(code: String, name: String)], _ view: View
    ) -> StepForm {
        StepForm(
            step: rawValue, path: path, fields: fields(daysLeft: daysLeft, bodies, view),
            submit: view.name("complaintBodyAct", self))
    }

    private func fields(daysLeft: Int, _ bodies: [(code: String, name: String)], _ view: View) -> [StepField] {
        func area(_ name: String, _ label: TextKey, hint: TextKey? = nil, isRequired: Bool = true) -> StepField {
            StepField(
                name: name, kind: .area, label: view.t(label), hint: hint.map { view.t($0) }, isRequired: isRequired)
        }
        switch self {
        case .receive:
            return [
                StepField(
                    name: "number", kind: .line(type: "text"), label: view.t("bodyLink.incoming"), isRequired: false)
            ]
        case .answer:
            return [
                StepField(
                    name: "outcome", kind: .radios(view.options("outcome", ComplaintOutcome.self)),
                    label: view.t("complaints.outcome")),
                area("text", "way.answerText", hint: "way.answerHint"),
                area("measures", "complaintField.measures", isRequired: false),
                StepField(name: "document", kind: .document, label: view.t("complaintField.file"), isRequired: false),
            ]
        case .ask: return [area("question", "way.question", hint: "way.questionHint")]
        case .extend:
            return [
                StepField(
                    name: "days", kind: .line(type: "number"), label: view.t("complaintField.days"),
                    hint: view.t("way.daysLeft", count: daysLeft)),
                area("reason", "complaintField.reason", hint: "way.noNames"),
            ]
        case .giveBack:
            return [
                StepField(
                    name: "body", kind: .choice([("", view.t("form.choose"))] + bodies.map { ($0.code, $0.name) }),
                    label: view.t("way.competent")),
                area("reason", "complaintField.reason", hint: "way.noNames"),
            ]
        }
    }
}
