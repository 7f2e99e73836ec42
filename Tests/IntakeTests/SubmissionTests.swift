import Casework
import Complaints
import Intake
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Words that came in and what becomes of them")
struct SubmissionTests {
    private static let now = Moment(millisecondsSince1970: 1_773_900_000_000)
    private static let proposal = IntakeProposal(
        fields: [
            FieldProposal(.nature, "complaint", sure: 990), FieldProposal(.kind, "order", sure: 700),
            FieldProposal(.service, nil, sure: 0), FieldProposal(.body, "G71", sure: 800, rule: "reception-at-psc"),
        ], sure: 800)

    private static func received() -> SubmissionReceived {
        SubmissionReceived(
            channel: "mail", person: String(repeating: "0", count: 32), proposal: proposal, text: "sealed")
    }

    private static let commands: [String: Submission.Command] = [
        "receive": .receive(received(), at: now),
        "receive later": .receive(received(), at: now.adding(milliseconds: 1)),
        "register": .register(SubmissionRegistered(choices: [], complaints: ["2026-000001"], routing: "t@2013-04-15")),
        "register nothing": .register(SubmissionRegistered(choices: [], complaints: [], routing: "t@2013-04-15")),
        "close": .close(SubmissionClosed(choices: [], ground: .noComplaint)),
        "close as a duplicate": .close(SubmissionClosed(choices: [], duplicateOf: "2026-000001", ground: .duplicate)),
        "close as a duplicate of nothing": .close(SubmissionClosed(choices: [], ground: .duplicate)),
        "look": .reveal(purpose: "call back"), "look for nothing": .reveal(purpose: " "),
        "close with a number": .close(SubmissionClosed(choices: [], duplicateOf: "1", ground: .notOurs)),
    ]

    @Test(
        "words are received, then registered or closed, once; a refusal names its rule",
        arguments: [
            (["receive"], "submissionReceived"), (["receive later"], "intake.inFuture"),
            (["receive", "receive"], "intake.exists"), (["register"], "intake.unknown"), (["close"], "intake.unknown"),
            (["receive", "register"], "submissionRegistered"), (["receive", "register nothing"], "intake.nothing"),
            (["receive", "close"], "submissionClosed"), (["receive", "register", "close"], "intake.done"),
            (["receive", "close", "register"], "intake.done"),
            (["receive", "close as a duplicate"], "submissionClosed"),
            (["receive", "close as a duplicate of nothing"], "intake.duplicateOf"),
            (["receive", "close with a number"], "intake.duplicateOf"), (["look"], "intake.unknown"),
            (["receive", "look for nothing"], "intake.purpose"), (["receive", "close", "look"], "submissionRevealed"),
        ])
    func decide(_ names: [String], _ expected: String) throws {
        let context = DecisionContext(
            now: Self.now, actor: Actor("test"),
            calendar: try ScheduleFolder(path: Repository.path + "/schedules").calendar(), zone: .almaty,
            clocks: CaseClocks(), procedure: nil)
        var state = Submission.initial
        for (place, name) in names.enumerated() {
            let command = try #require(Self.commands[name])
            do {
                let happenings = try Submission.decide(command, on: state, in: context)
                for happening in happenings {
                    let stamp = EventStamp(
                        version: place + 1, occurredAt: happening.occurredAt, recordedAt: Self.now, actor: Actor("test")
                    )
                    Submission.evolve(&state, by: happening.event, stamp: stamp)
                }
                if place == names.count - 1 { #expect(happenings.map(\.event.name) == [expected]) }
            } catch let refusal as Refusal {
                #expect(place == names.count - 1 && refusal.code == expected)
            }
        }
    }

    @Test(
        "what was taken stands beside what was proposed, with its rule and how sure it was; a field not asked is left out"
    )
    func choices() {
        let choices = Self.proposal.choices([
            .nature: "complaint", .kind: "standard", .service: String?.none, .body: "G71", .region: "71",
        ])
        #expect(choices.map(\.field) == [.nature, .kind, .service, .region, .body])
        #expect(choices.map(\.isAsProposed) == [true, false, true, false, true])
        #expect(choices.last?.rule == "reception-at-psc" && choices.last?.sure == 800)
        #expect(choices.first { $0.field == .region }?.proposed == nil)
    }

    @Test("what is no complaint is closed as such, what is of others as not ours", arguments: IntakeNature.allCases)
    func closing(_ nature: IntakeNature) {
        let elsewhere: Set<IntakeNature> = [.court, .privateFirm, .utilities, .police, .otherLaw]
        let expected: SubmissionGround? =
            nature == .complaint ? nil : elsewhere.contains(nature) ? .notOurs : .noComplaint
        #expect(nature.closing == expected)
    }

    @Test("numbers of what came in are told from those of complaints")
    func numbers() {
        #expect(SubmissionNumber(year: 2026, ordinal: 7).description == "IN-2026-000007")
        #expect(SubmissionNumber("IN-2026-000007") == SubmissionNumber(year: 2026, ordinal: 7))
        #expect(SubmissionNumber("2026-000007") == nil && ComplaintNumber("IN-2026-000007") == nil)
    }
}
