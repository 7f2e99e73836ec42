import Casework
import Journal
import Onboarding
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// Steps a day apart, then one that is refused.
struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let before: [InformationRequestCommand]
    let command: InformationRequestCommand

    /// - Parameter hour: hours from the last step to the refused one.
    init(
        _ description: String, _ code: String, after steps: [Step], hour: Int = 24,
        _ command: Step
    ) {
        (testDescription, self.code) = (description, code)
        before = steps.enumerated().map { $1(Self.moment(24 * $0)) }
        self.command = command(Self.moment(24 * max(0, steps.count - 1) + hour))
    }

    static func moment(_ hours: Int) -> Moment {
        Moment(millisecondsSince1970: 1_773_900_000_000 + Int64(hours) * 3_600_000)
    }
}

@Suite("What is refused, with a sentence that says what to do")
struct RefusalTests {
    static let approve: Step = { .approve(Steps.line, at: $0) }
    static let sent: [Step] = [approve, Steps.send()]
    static let received = sent + [Steps.receive]
    static let appointed = received + [Steps.appoint]
    static let submitted = appointed + [Steps.submit()]
    static let trained = submitted + [Steps.train]
    static let signed = trained + [Steps.sign(.body), Steps.sign(.centre)]
    static let live = trained + [Steps.enter, Steps.sign(.body), Steps.sign(.centre), Steps.goLive]

    static let table: [Refused] = [
        Refused("a step of no case", "onboarding.unknown", after: [], Steps.send()),
        Refused("a line twice", "onboarding.exists", after: [approve], approve),
        Refused("a step in the future", "onboarding.future", after: [approve], hour: 9_000, Steps.send()),
        Refused("sent without a number", "onboarding.numberMissing", after: [approve]) {
            .send(RequestSent(number: " ", channel: "mail"), at: $0)
        },
        Refused("sent again the first time", "onboarding.notSent", after: [approve], Steps.send(.lost)),
        Refused("sent twice without a reason", "onboarding.sent", after: sent, Steps.send()),
        Refused("sent again before the first time", "onboarding.order", after: sent, hour: -5, Steps.send(.lost)),
        Refused("sent after the appointment", "onboarding.appointed", after: appointed, Steps.send(.lost)),
        Refused("failed before it was sent", "onboarding.notSent", after: [approve], Steps.failed),
        Refused("failed twice", "onboarding.sendingFailed", after: sent + [Steps.failed], Steps.failed),
        Refused("failed after the receipt", "onboarding.received", after: received, Steps.failed),
        Refused("failed before the sending", "onboarding.order", after: sent, hour: -5, Steps.failed),
        Refused("received before it was sent", "onboarding.notSent", after: [approve], Steps.receive),
        Refused(
            "received after the sending failed", "onboarding.sendingFailed", after: sent + [Steps.failed], Steps.receive
        ),
        Refused("received twice", "onboarding.received", after: received, Steps.receive),
        Refused(
            "received twice after a loss", "onboarding.received", after: received + [Steps.send(.lost), Steps.receive],
            Steps.receive),
        Refused(
            "received after the appointment", "onboarding.appointed",
            after: received + [Steps.send(.lost), Steps.appoint], Steps.receive),
        Refused("received before the sending", "onboarding.order", after: sent, hour: -5, Steps.receive),
        Refused("received without proof", "onboarding.proofMissing", after: sent) {
            .receive(RequestReceived(proof: "  "), at: $0)
        },
        Refused("appointed before the receipt", "onboarding.requestNotReceived", after: sent, Steps.appoint),
        Refused("appointed twice", "onboarding.appointed", after: appointed, Steps.appoint),
        Refused("appointed before that moment", "onboarding.order", after: received, hour: -5, Steps.appoint),
        Refused("submitted by nobody", "onboarding.nobodyAppointed", after: received, Steps.submit()),
        Refused("submitted twice", "onboarding.submitted", after: submitted, Steps.submit()),
        Refused("submitted before the appointment", "onboarding.order", after: appointed, hour: -5, Steps.submit()),
        Refused("returned before it came", "onboarding.nothingSubmitted", after: appointed, Steps.giveBack),
        Refused(
            "returned after a return", "onboarding.nothingSubmitted", after: submitted + [Steps.giveBack],
            Steps.giveBack),
        Refused("returned when entered", "onboarding.entered", after: submitted + [Steps.enter], Steps.giveBack),
        Refused("returned when trained", "onboarding.trained", after: trained, Steps.giveBack),
        Refused("returned without a reason", "onboarding.reasonMissing", after: submitted) {
            .giveBack(StepNote(text: ""), at: $0)
        },
        Refused("entered before it came", "onboarding.nothingSubmitted", after: appointed, Steps.enter),
        Refused(
            "entered after a return", "onboarding.nothingSubmitted", after: submitted + [Steps.giveBack], Steps.enter),
        Refused(
            "entered when unsigned", "onboarding.nothingSubmitted", after: appointed + [Steps.submit(signed: false)],
            Steps.enter),
        Refused("entered twice", "onboarding.entered", after: submitted + [Steps.enter], Steps.enter),
        Refused("entered before that moment", "onboarding.order", after: submitted, hour: -5, Steps.enter),
        Refused("trained without information", "onboarding.nothingSubmitted", after: appointed, Steps.train),
        Refused("trained twice", "onboarding.trained", after: trained, Steps.train),
        Refused("signed before the training", "onboarding.notTrained", after: submitted, Steps.sign(.body)),
        Refused("one side twice", "onboarding.signed", after: trained + [Steps.sign(.body)], Steps.sign(.body)),
        Refused("signed before that moment", "onboarding.order", after: trained, hour: -5, Steps.sign(.body)),
        Refused(
            "live with one signature", "onboarding.protocolMissing", after: trained + [Steps.enter, Steps.sign(.body)],
            Steps.goLive),
        Refused("live without a card", "onboarding.notEntered", after: signed, Steps.goLive),
        Refused("live twice", "onboarding.live", after: live, Steps.goLive),
        Refused("a correction without a reason", "onboarding.reasonMissing", after: sent) { _ in
            .correct(EntryCorrected(entry: 1, text: "x", reason: ""))
        },
        Refused("a correction of no entry", "onboarding.entryUnknown", after: sent) { _ in
            .correct(EntryCorrected(entry: 3, text: "x", reason: "typed wrongly"))
        },
    ]

    @Test("Each refusal has its code, changes nothing and ends with a full stop", arguments: table)
    func refused(row: Refused) throws {
        let now = Refused.moment(8_000)
        let context = DecisionContext(
            now: now, actor: Actor("test"), calendar: try TestCentre.schedules.calendar(), zone: .almaty,
            clocks: CaseClocks(), procedure: nil)
        var state = InformationRequest.initial
        var version = 0
        for command in row.before {
            for happening in try InformationRequest.decide(command, on: state, in: context) {
                version += 1
                let stamp = EventStamp(
                    version: version, occurredAt: happening.occurredAt, recordedAt: now, actor: context.actor)
                InformationRequest.evolve(&state, by: happening.event, stamp: stamp)
            }
        }
        let refusal = try #require(throws: Refusal.self) {
            try InformationRequest.decide(row.command, on: state, in: context)
        }
        #expect(refusal.code == row.code)
        #expect(refusal.reason.hasSuffix("."))
    }

    @Test("The steps offered next are the steps that are taken")
    func nextSteps() throws {
        let context = DecisionContext(
            now: Refused.moment(8_000), actor: Actor("test"), calendar: try TestCentre.schedules.calendar(),
            zone: .almaty,
            clocks: CaseClocks(), procedure: nil)
        let ways: [OnboardingStep: Step] = [
            .send: Steps.send(), .sendingFailed: Steps.failed, .receive: Steps.receive, .appoint: Steps.appoint,
            .submit: Steps.submit(), .return: Steps.giveBack, .enter: Steps.enter, .train: Steps.train,
            .goLive: Steps.goLive,
        ]
        var state = InformationRequest.initial
        for (index, step) in Self.live.enumerated() {
            for happening in try InformationRequest.decide(step(Refused.moment(24 * index)), on: state, in: context) {
                let stamp = EventStamp(
                    version: index + 1, occurredAt: happening.occurredAt, recordedAt: context.now, actor: context.actor)
                InformationRequest.evolve(&state, by: happening.event, stamp: stamp)
            }
            let moment = Refused.moment(24 * index + 12)
            for (name, way) in ways {
                // A second sending needs its reason; whether it is offered is looked at with one.
                let command = name == .send && state.sentAt != nil ? Steps.send(.lost)(moment) : way(moment)
                // What is refused is not taken.
                let isTaken = (try? InformationRequest.decide(command, on: state, in: context)) != nil
                #expect(state.nextSteps.contains(name) == isTaken, "\(name) after \(index) steps")
            }
            let sides = ProtocolSigned.Side.allCases.filter {
                (try? InformationRequest.decide(Steps.sign($0)(moment), on: state, in: context)) != nil  // as above
            }
            #expect(state.nextSteps.contains(.sign) == !sides.isEmpty)
        }
    }
}
