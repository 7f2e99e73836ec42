import ArgumentParser
import Attachments
import Blocking
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

    func validate() throws { try Written.moment(at) }
}

extension StepOptions {
    /// The key of `--once`: it stands for what was typed, so that a repetition is known whenever it comes.
    /// - Parameters:
    ///   - name: of the step.
    ///   - document: the digest of the document.
    ///   - typed: what was typed for this step, each field at its place.
    func key(_ name: String, document: String?, _ typed: [String?]) -> CommandKey? {
        once.map { word in
            // Absent and empty are not the same.
            let fields = [name, id, at, document] + typed
            return CommandKey(
                "cli/\(word)", content: fields.map { $0.map { "=" + $0 } ?? "" }.joined(separator: "\u{1E}").utf8)
        }
    }
}

/// One step of a request on the command line.
protocol RequestStepCommand: OfficeCommand {
    var step: StepOptions { get }
    /// What was typed for this step beside `step`, each field at its place; nothing that differs from run to run.
    var typed: [String?] { get }
    /// What is asked of the request.
    func command(at moment: Moment, document: String?) throws -> InformationRequestCommand
}

extension RequestStepCommand {
    var options: OfficeOptions { step.options }

    func run(in office: Office) async throws {
        let moment = try office.moment(step.at)
        let document = try await office.attach(step.document)
        let command = try command(at: moment, document: document)
        let key = step.key(Self.configuration.commandName ?? "", document: document, typed)
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

    var typed: [String?] { [number, channel, again] }

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

    var typed: [String?] { [proof] }

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
        let document = try await office.attach(step.document)
        // Sealing makes the person's key durable.
        let sealed = try await Blocking.brief.run { [vault = office.centre.vault] in
            try details.sealed(of: record.body, in: vault)
        }
        let typed = [details.name, details.position, details.phone, details.email, order]
        let version = try await office.centre.onboarding.appoint(
            sealed, order: order, document: document, to: step.id, happenedAt: try office.moment(step.at),
            by: office.actor, at: office.now, once: step.key("appoint", document: document, typed))
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

    var typed: [String?] { ["\(signed)", medium] + missing }

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

    var typed: [String?] { [reason] }

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

    var typed: [String?] { [card, "\(edition)"] }

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

    var typed: [String?] { [text] }

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

    var typed: [String?] { [side, position] }

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

    var typed: [String?] { [] }

    func command(at moment: Moment, document: String?) -> InformationRequestCommand { .goLive(at: moment) }
}

/// `bailanys requests cancel`.
struct RequestCancel: RequestStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take the request off the plan; its terms end without an outcome.",
        discussion: "Example: bailanys requests cancel 2026-1-MIA --reason \"the service was abolished\"")
    @OptionGroup var step: StepOptions
    @Option(help: "Why.") var reason: String

    var typed: [String?] { [reason] }

    func command(at moment: Moment, document: String?) -> InformationRequestCommand {
        .cancel(StepNote(text: reason, document: document), at: moment)
    }
}

extension Office {
    /// Keeps a document and gives its digest.
    func attach(_ file: String?) async throws -> String? {
        guard let file else { return nil }
        return try await Blocking.brief.run {
            let bytes = try contents(of: file, upTo: centre.attachments.limit)
            do {
                let name = URL(fileURLWithPath: file).lastPathComponent
                return try centre.attachments.saveNow(bytes, named: name, for: actor.rawValue).digest
            } catch let error as AttachmentError {
                throw CommandFailure("\(file): \(error)", ErrorKind(error))
            }
        }
    }

    /// Keeps documents and gives their digests.
    func attach(_ files: [String]) async throws -> [String] {
        var digests: [String] = []
        for file in files { if let digest = try await attach(file) { digests.append(digest) } }
        return digests
    }

    /// Says where a request stands after a step.
    func answer(_ id: String, version: Int) async throws {
        let record = try await centre.journal.read { try InformationRequestRecord.fetch(id: id, in: $0) }
        guard let record else { return }
        answer(record.json, "Recorded: \(id) is \(record.state), \(version) entries.")
    }
}
