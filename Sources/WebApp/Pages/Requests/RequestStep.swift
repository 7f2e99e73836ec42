import Casework
import Journal
import Languages
import Onboarding
import Rulebook
import WorkingDays

/// What can be recorded on the page of a request; each has a form.
enum RequestStep: String, CaseIterable, Sendable {
    case send, sendingFailed, receive, appoint, submit, giveBack, enter, train, sign, goLive
    case contact, additional, change, newPerson, cancel, correct

    init?(_ step: OnboardingStep) {
        self.init(rawValue: step == .return ? "giveBack" : step.rawValue)
    }

    /// The step of the domain, for those that belong to its chain.
    var step: OnboardingStep? { OnboardingStep(rawValue: self == .giveBack ? "return" : rawValue) }

    /// The event by which the law speaks of the step.
    var event: String? {
        switch self {
        case .send: "requestSent"
        case .receive: "requestReceived"
        case .appoint: "responsiblePersonAppointed"
        case .submit: "informationSubmitted"
        case .giveBack: "informationReturned"
        case .enter: "informationEntered"
        case .train: "trainingHeld"
        case .sign: "protocolCompleted"
        case .goLive: "wentLive"
        case .additional: "additionalRequestReceived"
        case .change: "changeTookEffect"
        case .newPerson: "responsiblePersonLeft"
        case .sendingFailed, .contact, .cancel, .correct: nil
        }
    }

    /// The rules of law that stand beside the form: those that the step ends, else those that it begins.
    func rules(in procedures: [Procedure]) -> [ClockRule] {
        guard let event else { return [] }
        let all = procedures.flatMap(\.rules).filter { $0.plannedFact == nil }
        let ending = all.filter { rule in rule.stops.contains { $0.event == event } }
        if !ending.isEmpty { return ending }
        let again = all.filter { rule in rule.restarts.contains { $0.trigger.event == event } }
        return self == .giveBack ? again : all.filter { rule in rule.starts.contains { $0.event == event } }
    }
}

/// How a request is sent, and on what the information comes.
enum RequestChannel: String, CaseIterable, Sendable {
    case documentolog, email, courier, post
}

/// On what the information comes (797 §5).
enum RequestMedium: String, CaseIterable, Sendable {
    case electronic, paper, both
}

/// The short cases that can begin on the page of a request.
extension RequestStep {
    var duty: DutyName? {
        switch self {
        case .additional: .additionalRequest
        case .change: .informationChange
        case .newPerson: .responsiblePersonChange
        default: nil
        }
    }
}

extension RequestStep {
    /// What the form of the step asks.
    func fields(_ state: InformationRequestState, card: (code: String, edition: Int)?, _ view: View) -> [StepField] {
        let at = StepField(name: "at", kind: .moment(now: false), label: view.t("step.at"))
        let atNow = StepField(name: "at", kind: .moment(now: true), label: view.t("step.at"))
        func line(_ name: String, _ label: TextKey, isRequired: Bool = true, preset: String = "") -> StepField {
            StepField(
                name: name, kind: .line(type: "text"), label: view.t(label), isRequired: isRequired, preset: preset)
        }
        func area(_ name: String, _ label: TextKey) -> StepField {
            StepField(name: name, kind: .area, label: view.t(label))
        }
        func document(_ label: TextKey) -> StepField {
            StepField(name: "document", kind: .document, label: view.t(label), isRequired: false)
        }
        switch self {
        case .send:
            var fields = [
                atNow, line("number", "request.outgoing"),
                StepField(
                    name: "channel", kind: .choice(view.options("sendChannel", RequestChannel.self)),
                    label: view.t("step.channel")),
                document("step.documentRequest"),
            ]
            if state.sentAt != nil, state.failedAt == nil {
                let again = RequestSent.Again.allCases.filter { $0 != .failed }
                fields.insert(
                    StepField(
                        name: "again", kind: .radios(again.map { ($0.rawValue, view.name("sentAgain", $0)) }),
                        label: view.t("step.again")), at: 1)
            }
            return fields
        case .sendingFailed: return [at, area("text", "step.failure")]
        case .receive:
            var proof = line("proof", "step.proof")
            proof.hint = view.t("step.proofHint")
            return [at, proof, document("step.documentReceipt")]
        case .appoint:
            return [at] + Self.person(view) + [
                line("order", "step.order2", isRequired: false), document("step.documentOrder"),
            ]
        case .submit:
            return [
                at,
                StepField(
                    name: "medium", kind: .radios(view.options("medium", RequestMedium.self)),
                    label: view.t("step.medium")),
                StepField(
                    name: "missing",
                    kind: .boxes(AppendixField.allCases.map { ($0.rawValue, view.name("appendix", $0)) }),
                    label: view.t("step.lacking"), hint: view.t("step.lackingHint"), isRequired: false),
                StepField(name: "compared", kind: .tick, label: view.t("step.compared")),
                StepField(
                    name: "signed",
                    kind: .radios([("yes", view.t("step.signedYes")), ("no", view.t("step.signedNo"))]),
                    label: view.t("step.signedByHead")),
                document("step.documentForm"),
            ]
        case .giveBack: return [at, area("reason", "step.returnReason"), document("step.documentLetter")]
        case .enter:
            return [
                atNow, line("card", "step.card", preset: card?.code ?? state.line?.service ?? ""),
                line("edition", "step.edition", preset: card.map { "\($0.edition)" } ?? ""),
            ]
        case .train: return [at, area("text", "step.training"), document("step.documentTraining")]
        case .sign:
            let sides = ProtocolSigned.Side.allCases.filter { !state.signed.contains($0) }
            return [
                at,
                StepField(
                    name: "side", kind: .radios(sides.map { ($0.rawValue, view.name("side", $0)) }),
                    label: view.t("step.side"), preset: sides.count == 1 ? sides[0].rawValue : ""),
                line("position", "step.position"), document("step.documentProtocol"),
            ]
        case .goLive: return [atNow]
        case .contact: return [atNow, area("text", "step.contact")]
        case .additional:
            return [
                at, area("text", "step.question"), line("reference", "request.outgoing", isRequired: false),
                document("step.documentRequest"),
            ]
        case .change:
            return [
                atNow, StepField(name: "on", kind: .day, label: view.t("step.effect")), area("text", "step.change"),
            ]
        case .newPerson: return [at, area("text", "step.leaving")]
        case .cancel: return [atNow, area("reason", "step.reason"), document("step.documentAct")]
        case .correct:
            return [
                StepField(name: "at", kind: .moment(now: false), label: view.t("step.right")),
                area("reason", "step.correctReason"),
            ]
        }
    }

    /// Who is responsible (797 §5, §7).
    static func person(_ view: View) -> [StepField] {
        [
            StepField(name: "name", kind: .line(type: "text"), label: view.t("person.name")),
            StepField(name: "position", kind: .line(type: "text"), label: view.t("person.position")),
            StepField(name: "phone", kind: .line(type: "tel"), label: view.t("person.phone")),
            StepField(name: "email", kind: .line(type: "email"), label: view.t("person.email"), isRequired: false),
        ]
    }
}

extension View {
    /// The values of an enumeration with their words, for a choice.
    func options<Value: CaseIterable & RawRepresentable>(
        _ family: StaticString, _ type: Value.Type
    ) -> [(value: String, label: String)] where Value.RawValue == String {
        type.allCases.map { ($0.rawValue, name(family, $0)) }
    }
}
