import CanonicalJSON
import Casework
import Complaints
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("What can happen to a complaint")
struct DecisionTests {
    static let registered = ComplaintRegistered(
        body: "MJ", bodyKind: "central", channel: "forum", ground: .officeHours, kind: .order,
        registeredOn: CivilDate(dayNumber: 20_500), reviewer: .body, routing: "t@2013-04-15", rule: "named-body",
        service: "S1")

    private func context(_ now: Moment) throws -> DecisionContext {
        DecisionContext(
            now: now, actor: Actor("test"),
            calendar: try ScheduleFolder(path: Repository.path + "/schedules").calendar(),
            zone: .almaty, clocks: CaseClocks(), procedure: nil)
    }

    private func state(_ commands: [Complaint.Command]) throws -> Complaint.State {
        var state = Complaint.initial
        for command in commands {
            for (index, happening) in try Complaint.decide(
                command, on: state, in: context(try at("2026-06-01 09:00"))
            ).enumerated() {
                Complaint.evolve(
                    &state, by: happening.event,
                    stamp: EventStamp(
                        version: index + 1, occurredAt: happening.occurredAt, recordedAt: happening.occurredAt,
                        actor: Actor("test")))
            }
        }
        return state
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var before: [String] = ["register"]
        let command: String
        /// The events that follow, or the code of the refusal.
        let expected: [String]
    }

    static let cases: [Case] = [
        Case(testDescription: "registering", before: [], command: "register", expected: ["complaintRegistered"]),
        Case(testDescription: "registering twice", command: "register", expected: ["complaint.exists"]),
        Case(
            testDescription: "answering what does not exist", before: [], command: "answer",
            expected: ["complaint.unknown"]),
        Case(
            testDescription: "filing in the future", before: [], command: "register future",
            expected: ["complaint.inFuture"]),
        Case(testDescription: "answering", command: "answer", expected: ["complaintAnswered"]),
        Case(
            testDescription: "answering before the filing", command: "answer early",
            expected: ["complaint.beforeFiling"]),
        Case(
            testDescription: "answering twice", before: ["register", "answer"], command: "answer",
            expected: ["complaint.closed"]),
        Case(
            testDescription: "answering what was withdrawn", before: ["register", "withdraw"], command: "answer",
            expected: ["complaint.closed"]),
        Case(testDescription: "transferring", command: "transfer KGD", expected: ["complaintTransferred"]),
        Case(
            testDescription: "transferring to the same body", command: "transfer MJ", expected: ["complaint.sameBody"]),
        Case(
            testDescription: "transferring without a reason", command: "transfer without reason",
            expected: ["complaint.reasonMissing"]),
        Case(testDescription: "extending", command: "extend", expected: ["complaintExtended"]),
        Case(testDescription: "extending by no day", command: "extend by nothing", expected: ["complaint.noDays"]),
        Case(testDescription: "telling of no extension", command: "tell", expected: ["complaint.notExtended"]),
        Case(
            testDescription: "telling of an extension", before: ["register", "extend"], command: "tell",
            expected: ["applicantTold"]),
        Case(testDescription: "correcting the kind", command: "classify", expected: ["complaintClassified"]),
        Case(
            testDescription: "correcting it to what it is", before: ["register", "classify"], command: "classify",
            expected: []),
        Case(
            testDescription: "answering before it was handed over", before: ["register", "transfer KGD"],
            command: "answer before the transfer", expected: ["complaint.order"]),
        Case(
            testDescription: "telling of an extension before it", before: ["register", "extend"],
            command: "tell early", expected: ["complaint.order"]),
        Case(
            testDescription: "correcting the moment of an answer", before: ["register", "answer"],
            command: "correct the answer", expected: ["complaintCorrected"]),
        Case(
            testDescription: "correcting it to what it is", before: ["register", "answer"],
            command: "correct to the same", expected: []),
        Case(
            testDescription: "correcting the answer of an open complaint", command: "correct the answer",
            expected: ["complaint.notClosed"]),
        Case(
            testDescription: "correcting without a reason", before: ["register", "answer"],
            command: "correct without reason", expected: ["complaint.reasonMissing"]),
        Case(
            testDescription: "correcting to before the filing", before: ["register", "answer"],
            command: "correct to before the filing", expected: ["complaint.beforeFiling"]),
        Case(
            testDescription: "a note on a closed complaint", before: ["register", "answer"], command: "note",
            expected: ["complaintNoted"]),
        Case(
            testDescription: "correcting the kind of a closed one", before: ["register", "answer"], command: "classify",
            expected: ["complaintClassified"]),
    ]

    /// A row of the table names a command that there is not.
    private struct UnknownCommand: Error { let name: String }

    static func command(_ name: String) throws -> Complaint.Command {
        let filed = try at("2026-03-02 10:00")
        let later = try at("2026-03-04 10:00")
        return switch name {
        case "register": .register(registered, at: filed)
        case "register future": .register(registered, at: try at("2027-03-02 10:00"))
        case "answer": .answer(ComplaintAnswered(outcome: .satisfied), at: later)
        case "answer early": .answer(ComplaintAnswered(outcome: .satisfied), at: try at("2026-03-02 09:59"))
        case "withdraw": .withdraw(reason: nil, at: later)
        case "transfer KGD":
            .transfer(
                body: "KGD", unit: nil, bodyKind: "central", registeredOn: try day("2026-03-04"), reason: "not ours",
                at: later)
        case "transfer MJ":
            .transfer(
                body: "MJ", unit: nil, bodyKind: "central", registeredOn: try day("2026-03-04"), reason: "not ours",
                at: later)
        case "transfer without reason":
            .transfer(
                body: "KGD", unit: nil, bodyKind: "central", registeredOn: try day("2026-03-04"), reason: " ", at: later
            )
        case "extend": .extend(days: 5, reason: "documents", at: later)
        case "extend by nothing": .extend(days: 0, reason: "documents", at: later)
        case "answer before the transfer":
            .answer(ComplaintAnswered(outcome: .satisfied), at: try at("2026-03-04 09:59"))
        case "tell early": .tellApplicant(by: "forum", at: try at("2026-03-03 10:00"))
        case "correct the answer":
            .correctClosing(entry: 2, reason: "typed wrongly", at: try at("2026-03-03 10:00"))
        case "correct to the same": .correctClosing(entry: 2, reason: "typed wrongly", at: later)
        case "correct without reason": .correctClosing(entry: 2, reason: " ", at: filed)
        case "correct to before the filing":
            .correctClosing(entry: 2, reason: "typed wrongly", at: try at("2026-03-01 10:00"))
        case "tell": .tellApplicant(by: "forum", at: later)
        case "classify": .classify(.standard, reason: "about the fee")
        case "note": .note(ComplaintNoted(text: "sealed"))
        default: throw UnknownCommand(name: name)
        }
    }

    @Test("A command on a state gives its events, or a refusal that says why", arguments: cases)
    func decides(_ example: Case) throws {
        let before = try state(example.before.map { try Self.command($0) })
        do {
            let happenings = try Complaint.decide(
                try Self.command(example.command), on: before, in: context(try at("2026-06-01 09:00")))
            #expect(happenings.map(\.event.name) == example.expected)
        } catch let refusal as Refusal {
            #expect([refusal.code] == example.expected)
            #expect(refusal.reason.hasSuffix("."))
        }
    }

    @Test("Each event has the bytes of its Codable form, and is read back from them")
    func bytes() throws {
        var full = Self.registered
        full.contacts = "c2VhbGVk"
        full.forumNumber = "F-\"1\"/Ә"
        full.language = "kk"
        full.named = "MJ"
        full.person = "00ff"
        full.region = "75"
        full.subject = "c2VhbGVk"
        let filed = try at("2026-03-02 10:00")
        let day = Self.registered.registeredOn
        let refiled = ComplaintCorrected(
            entry: 1, moment: filed, reason: "ж",
            registration: .init(ground: .officeHours, on: day, was: day),
            was: filed)
        var events: [(ComplaintEvent, any Encodable)] =
            [
                (.complaintRegistered(Self.registered), Self.registered), (.complaintRegistered(full), full),
                pair {
                    ComplaintTransferred(body: "A", bodyKind: "local", reason: "б\n", reviewer: .agency, service: $0)
                }(
                    "S1"),
                pair { ComplaintTransferred(body: "A", bodyKind: "local", reason: "б", reviewer: .body, service: $0) }(
                    nil),
                pair { ComplaintExtended(body: "A", by: .agency, days: 10, reason: "в", service: $0) }("S1"),
                pair { ComplaintAnswered(answer: $0, attachment: $0, measures: $0, outcome: .partly) }("x"),
                pair { ComplaintAnswered(answer: $0, attachment: $0, measures: $0, outcome: .explained) }(nil),
                pair { ComplaintWithdrawn(reason: $0) }("г"), pair { ComplaintWithdrawn(reason: $0) }(nil),
                (.applicantTold(ApplicantTold(by: "forum")), ApplicantTold(by: "forum")),
                (
                    .complaintClassified(ComplaintClassified(kind: .other, reason: "д")),
                    ComplaintClassified(kind: .other, reason: "д")
                ),
                (
                    .complaintCorrected(ComplaintCorrected(entry: 3, moment: filed, reason: "ж", was: filed)),
                    ComplaintCorrected(entry: 3, moment: filed, reason: "ж", was: filed)
                ),
                (.complaintCorrected(refiled), refiled),
                (
                    .complaintAnnulled(ComplaintAnnulled(duplicateOf: "2026-000001", ground: .duplicate, reason: "з")),
                    ComplaintAnnulled(duplicateOf: "2026-000001", ground: .duplicate, reason: "з")
                ),
                (.complaintRevealed(ComplaintRevealed(purpose: "и")), ComplaintRevealed(purpose: "и")),
                (
                    .complaintRevealed(ComplaintRevealed(body: "KGD", purpose: "и")),
                    ComplaintRevealed(body: "KGD", purpose: "и")
                ),
                (.complaintNoted(ComplaintNoted(text: "е")), ComplaintNoted(text: "е")),
            ]
        events += way
        var continuing = full
        continuing.continues = "2026-000001"
        (continuing.namedUnit, continuing.place, continuing.unit) = ("rural", "office", "71")
        continuing.namedKind = "local"
        var json = JSONWriter()
        try ComplaintEvent.complaintRegistered(continuing).write(to: &json)
        let written = json.bytes
        #expect(written == (try CanonicalCoding.encode(continuing)))
        #expect(Set(events.map(\.0.name)) == Set(ComplaintEvent.names))
        for (event, plain) in events {
            var json = JSONWriter()
            try event.write(to: &json)
            #expect(json.bytes == (try CanonicalCoding.encode(plain)), "\(event.name)")
            #expect(try ComplaintEvent(name: event.name, payload: json.bytes) == event)
        }
    }

    /// The events on the way to the body and back.
    private var way: [(ComplaintEvent, any Encodable)] {
        let received = ComplaintReceived(body: "KGD", reference: "7/1")
        let returned = ComplaintReturnProposed(body: "KGD", proposed: "MJ", reason: "й")
        let asked = ApplicantAsked(body: "KGD", question: "c2VhbGVk")
        let added = ApplicantAdded(document: String(repeating: "a", count: 64), text: "c2VhbGVk")
        return [
            (.complaintReceived(received), received), (.complaintReturnProposed(returned), returned),
            (.complaintReturnDeclined(ComplaintReturnDeclined(reason: "к")), ComplaintReturnDeclined(reason: "к")),
            (.applicantAsked(asked), asked), (.applicantAdded(added), added),
            (.answerRated(AnswerRated(isHelpful: false)), AnswerRated(isHelpful: false)),
            (
                .complaintContinued(ComplaintContinued(number: "2026-000002")),
                ComplaintContinued(number: "2026-000002")
            ),
            (
                .unlawfulStepFound(UnlawfulStepFound(breach: "extension-too-late", body: "MJ", days: 3)),
                UnlawfulStepFound(breach: "extension-too-late", body: "MJ", days: 3)
            ),
            (.complaintAssigned(ComplaintAssigned(to: 7)), ComplaintAssigned(to: 7)),
            (.complaintAssigned(ComplaintAssigned()), ComplaintAssigned()),
        ]
    }

    private func pair(_ make: @escaping (String?) -> ComplaintTransferred) -> (String?) -> (
        ComplaintEvent, any Encodable
    ) {
        { (.complaintTransferred(make($0)), make($0)) }
    }
    private func pair(_ make: @escaping (String?) -> ComplaintExtended) -> (String?) -> (ComplaintEvent, any Encodable)
    {
        { (.complaintExtended(make($0)), make($0)) }
    }
    private func pair(_ make: @escaping (String?) -> ComplaintAnswered) -> (String?) -> (ComplaintEvent, any Encodable)
    {
        { (.complaintAnswered(make($0)), make($0)) }
    }
    private func pair(_ make: @escaping (String?) -> ComplaintWithdrawn) -> (String?) -> (ComplaintEvent, any Encodable)
    {
        { (.complaintWithdrawn(make($0)), make($0)) }
    }
}
