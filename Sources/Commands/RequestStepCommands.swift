import ArgumentParser
import Attachments
import CanonicalJSON
import Casework
import ContactCentre
import Foundation
import Journal
import Onboarding
import Registry
import WebApp
import WorkingDays

/// What every step takes: which request, when, the document, how to answer.
struct StepOptions: ParsableArguments {
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The request, for instance 2026-1-MIA.") var id: String
    @Option(help: "When it happened, as 2026-03-19T10:30:00+05:00; now unless given.") var at: String?
    @Option(help: "A document that goes with it: a PDF, picture, office document or text.") var document: String?
    @Option(help: "A word of your own that makes a repetition harmless: the same again changes nothing.") var once:
        String?
}

/// One step of a request on the command line.
protocol RequestStepCommand: OfficeCommand {
    var step: StepOptions { get }
    /// What is asked of the request.
    func command(at moment: Moment, document: String?) throws -> InformationRequestCommand
}

extension RequestStepCommand {
    var options: OfficeOptions { step.options }

    func run(in office: Office) async throws {
        let moment = try office.moment(step.at)
        let document = try office.attach(step.document)
        let command = try command(at: moment, document: document)
        let key = step.once.map { CommandKey("cli/\($0)", content: "\(step.id) \(command)".utf8) }
        let version = try await office.centre.onboarding.perform(
            command, on: step.id, by: office.actor, at: office.now, once: key)
        try await office.answer(step.id, version: version)
    }
}

extension RequestsCommand {
    /// The commands of the steps, in the order of the law.
    static let steps: [any ParsableCommand.Type] = [
        RequestSend.self, RequestReceive.self, RequestAppoint.self, RequestSubmit.self, RequestReturn.self,
        RequestEnter.self, RequestTrain.self, RequestSign.self, RequestGoLive.self, RequestChange.self,
        RequestCancel.self,
    ]
}

/// `bailanys requests send`.
struct RequestSend: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Record that the request was sent (797 §4).",
        discussion: """
            Example: bailanys requests send 2026-1-MIA --number 05-12/101 --channel documentolog
            Example: bailanys requests send 2026-1-MIA --number 05-12/140 --again lost
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "The outgoing number.") var number: String
    @Option(help: "How: documentolog, email, courier or post.") var channel = "documentolog"
    @Option(help: "Why it is sent again: lost, wrong-address or failed.") var again: String?

    func validate() throws {
        if let again, RequestSent.Again(rawValue: again) == nil {
            throw ValidationError("--again takes lost, wrong-address or failed, not “\(again)”.")
        }
    }

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .send(
            RequestSent(
                number: number, channel: channel, again: again.flatMap(RequestSent.Again.init(rawValue:)),
                document: document), at: moment)
    }
}

/// `bailanys requests receive`.
struct RequestReceive: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Record the body's receipt; its first term starts with it (797 §5).",
        discussion: """
            Example: bailanys requests receive 2026-1-MIA --proof "incoming 4411" --at 2026-03-19T10:30:00+05:00
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "What proves it: the incoming number, the acknowledgement, the courier's receipt.") var proof: String

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .receive(RequestReceived(proof: proof, document: document), at: moment)
    }
}

/// `bailanys requests appoint`.
struct RequestAppoint: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "appoint", abstract: "Record the appointment of the responsible person (797 §5).",
        discussion: """
            Who it is stands in a file, so that no name stays in a shell history: \
            {"name":"…","position":"…","phone":"…","email":"…"}.
            Example: bailanys requests appoint 2026-1-MIA --person person.json --order "Order 9 of 2026-03-20"
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "The JSON file that says who it is.") var person: String
    @Option(help: "The number and date of the order.") var order: String?

    var options: OfficeOptions { step.options }

    func run(in office: Office) async throws {
        let details = try office.sent(inFile: person, ResponsiblePersonDetails.init(sent:))
        let record = try await office.centre.journal.read { [id = step.id] db in
            try InformationRequestRecord.fetch(id: id, in: db)
        }
        guard let record else {
            throw CaseworkError.noSuchCase(StreamID(kind: InformationRequest.streamKind, id: step.id))
        }
        let version = try await office.centre.onboarding.appoint(
            try details.sealed(of: record.body, in: office.centre.vault), order: order,
            document: try office.attach(step.document), to: step.id, happenedAt: try office.moment(step.at),
            by: office.actor, at: office.now,
            once: step.once.map { CommandKey("cli/\($0)", content: "\(step.id) appoint \(details)".utf8) })
        try await office.answer(step.id, version: version)
    }
}

/// `bailanys requests submit`.
struct RequestSubmit: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Record the information that came (797 §5).",
        discussion: """
            What lacks is named by --missing; then, or without --signed, the information is recorded as returned at once and \
            the term runs anew. The fields of the form: \
            \(AppendixField.allCases.map(\.rawValue).joined(separator: ", ")).
            Example: bailanys requests submit 2026-1-MIA --signed --document form.pdf
            Example: bailanys requests submit 2026-1-MIA --signed --missing \(AppendixField.allCases[0].rawValue)
            """)
    @OptionGroup var step: StepOptions
    @Flag(help: "The head of the body has signed it.") var signed = false
    @Option(help: "electronic, paper or both.") var medium = "electronic"
    @Option(help: "A field of the form that lacks; may be given several times.") var missing: [String] = []

    func validate() throws {
        for field in missing where AppendixField(rawValue: field) == nil {
            throw ValidationError("“\(field)” is no field of the form: see `bailanys requests submit --help`.")
        }
    }

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .submit(
            InformationSubmitted(
                isSignedByHead: signed, isComplete: missing.isEmpty, medium: medium, document: document,
                missing: missing.compactMap(AppendixField.init(rawValue:))), at: moment)
    }
}

/// `bailanys requests return`.
struct RequestReturn: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "Return the information with the reason; the term runs anew.",
        discussion: "Example: bailanys requests return 2026-1-MIA --reason \"the form is not signed by the head\"")
    @OptionGroup var step: StepOptions
    @Option(help: "Why.") var reason: String

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .giveBack(StepNote(text: reason, document: document), at: moment)
    }
}

/// `bailanys requests enter`.
struct RequestEnter: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "enter", abstract: "Record that the information stands in the knowledge base (797 §5).",
        discussion: "Example: bailanys requests enter 2026-1-MIA --card S0288 --edition 2")
    @OptionGroup var step: StepOptions
    @Option(help: "The code of the card.") var card: String
    @Option(help: "The edition of the card.") var edition: Int

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .enter(InformationEntered(card: card, edition: edition), at: moment)
    }
}

/// `bailanys requests train`.
struct RequestTrain: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Record the training of the centre's staff (797 §8).",
        discussion: """
            Example: bailanys requests train 2026-1-MIA --text "24 operators, by the head of the department"
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "Who, where, how many.") var text: String

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .train(StepNote(text: text, document: document), at: moment)
    }
}

/// `bailanys requests sign`.
struct RequestSign: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Record one side's signature under the protocol of acceptance (797 §8).",
        discussion: """
            Example: bailanys requests sign 2026-1-MIA --side body --position "head of department" --document scan.pdf
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "centre or body.") var side: String
    @Option(help: "The position of the representative.") var position: String

    func validate() throws {
        if ProtocolSigned.Side(rawValue: side) == nil {
            throw ValidationError("--side takes centre or body, not “\(side)”.")
        }
    }

    func command(at moment: Moment, document: String?) throws -> InformationRequestCommand {
        guard let side = ProtocolSigned.Side(rawValue: side) else {
            throw CommandFailure("--side takes centre or body.")
        }
        return .sign(ProtocolSigned(side: side, position: position, document: document), at: moment)
    }
}

/// `bailanys requests golive`.
struct RequestGoLive: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "golive", abstract: "Start consulting, once the waiting period has passed (797 §9).",
        discussion: "Example: bailanys requests golive 2026-1-MIA")
    @OptionGroup var step: StepOptions

    func command(at moment: Moment, document: String?) -> InformationRequestCommand { .goLive(at: moment) }
}

/// `bailanys requests cancel`.
struct RequestCancel: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take the request off the plan; its terms end without an outcome.",
        discussion: "Example: bailanys requests cancel 2026-1-MIA --reason \"the service was abolished\"")
    @OptionGroup var step: StepOptions
    @Option(help: "Why.") var reason: String

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .cancel(StepNote(text: reason, document: document), at: moment)
    }
}

/// `bailanys requests correct`.
struct RequestCorrect: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Correct when an entry happened; the clocks follow, the entry stays.",
        discussion: """
            Example: bailanys requests correct 2026-1-MIA --entry 3 --at 2026-03-18T16:00:00+05:00 --reason "a slip"
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "The number of the entry, as `requests show` prints it.") var entry: Int
    @Option(help: "Why the entry was wrong.") var reason: String

    var options: OfficeOptions { step.options }

    func validate() throws {
        if step.at == nil { throw ValidationError("--at must say when it really happened.") }
    }

    func run(in office: Office) async throws {
        let version = try await office.centre.onboarding.correctMoment(
            of: entry, to: try office.moment(step.at), reason: reason, on: step.id, by: office.actor, at: office.now)
        try await office.answer(step.id, version: version)
    }
}

extension Office {
    /// Keeps a document and gives its digest.
    func attach(_ file: String?) throws -> String? {
        guard let file else { return nil }
        let bytes = try contents(of: file, upTo: centre.attachments.limit)
        do {
            return try centre.attachments.saveNow(bytes, named: URL(fileURLWithPath: file).lastPathComponent).digest
        } catch let error as AttachmentError {
            throw CommandFailure("\(file): \(error)", ErrorKind(error))
        }
    }

    /// Says where a request stands after a step.
    func answer(_ id: String, version: Int) async throws {
        let record = try await centre.journal.read { try InformationRequestRecord.fetch(id: id, in: $0) }
        guard let record else { return }
        answer(record.json, "Recorded: \(id) is \(record.state), \(version) entries.")
    }
}
