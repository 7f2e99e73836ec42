import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Foundation
import Onboarding
import Registry
import WebApp
import WorkingDays

/// What a short case takes: the body, when, the words, the document.
struct DutyOptions: ParsableArguments {
    @OptionGroup var options: OfficeOptions
    @Option(help: "When it happened, as 2026-03-19T10:30:00+05:00; now unless given.") var at: String?
    @Option(help: "What is asked, answered or told.") var text: String
    @Option(help: "A document that goes with it.") var document: [String] = []

    func validate() throws { try Written.moment(at) }
}

/// `bailanys requests change`.
struct RequestChange: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Begin a case beside the requests, or end it (797 §6, §7, §10).",
        discussion: """
            Begin: --kind information-change, responsible-person-change or additional-request, with --body; prints the \
            number. End: --end NUMBER, the kind as before. A refusal is recorded by `requests refuse`.
            Example: bailanys requests change --body MIA --service S0288 --on 2026-04-01 --text "the fee changes"
            A responsible person who left answers no more from then on (--person names his registration where several \
            answer, `bailanys registry persons BODY`); the notice of it ends with the details of the new one in a file, as \
            for `requests appoint`.
            Example: bailanys requests change --kind additional-request --end 2026-000003 --text "answered by letter 7"
            Example: bailanys requests change --kind responsible-person-change --end MIA-2026-08-28 --details new.json \
            --text "letter 7"
            """)
    @OptionGroup var duty: DutyOptions
    @Option(help: "information-change, responsible-person-change, additional-request or agency-training.")
    var kind = "information-change"
    @Option(help: "The code of the body.") var body: String?
    @Option(help: "The code of the service.") var service: String?
    @Option(help: "The day on which a change takes effect, as 2026-03-19.") var on: String?
    @Option(help: "The number of the case that ends.") var end: String?
    @Option(help: "The registration of the responsible person who left.") var person: String?
    @Option(help: "The JSON file that says who answers for the body now.") var details: String?

    var options: OfficeOptions { duty.options }

    func validate() throws {
        if DutyName(rawValue: kind) == nil || kind == DutyName.refusalNotice.rawValue {
            throw ValidationError("--kind does not take “\(kind)”: see --help.")
        }
        let isPersonChange = kind == DutyName.responsiblePersonChange.rawValue
        if isPersonChange, end != nil, details == nil {
            throw ValidationError("--details names the file that says who answers for the body now (797 §7).")
        }
        if details != nil, !isPersonChange || end == nil {
            throw ValidationError("--details goes with the end of a responsible-person-change only.")
        }
        if end == nil, body == nil { throw ValidationError("--body names the body of a case that begins.") }
        if let on, CivilDate(on) == nil { throw ValidationError("“\(on)” is no date: write it as 2026-03-19.") }
    }

    func run(in office: Office) async throws {
        guard let name = DutyName(rawValue: kind) else { return }
        let note = DutyNote(
            body: body ?? "", service: service, text: duty.text,
            documents: try await office.attach(duty.document), on: on.flatMap { CivilDate($0) }, registration: person)
        let moment = try office.moment(duty.at)
        if let end, let details {
            let details = try office.sent(inFile: details, ResponsiblePersonDetails.init(sent:))
            let body = try await office.centre.onboarding.duty(name, id: end).begun?.body ?? ""
            try await office.centre.onboarding.notifyResponsiblePerson(
                try details.sealed(of: body, in: office.centre.vault), ending: end, note,
                since: office.centre.casework.zone.civilDate(of: moment), happenedAt: moment, by: office.actor,
                at: office.now)
            office.tell(name, end)
        } else if let end {
            let event = (name.kind.ends.first { $0 != .additionalRefused } ?? name.kind.ends[0]).rawValue
            try await office.centre.onboarding.end(
                name, id: end, by: event, note, happenedAt: moment, by: office.actor, at: office.now)
            office.tell(name, end)
        } else {
            let id = try await office.centre.onboarding.begin(
                name, note, happenedAt: moment, by: office.actor, at: office.now)
            office.tell(name, id)
        }
    }
}

/// `bailanys requests refuse`.
struct RequestRefuse: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse",
        abstract: "Record a body's refusal of additional information, with its ground (797 §11).",
        discussion: """
            The second refusal of a body in a month begins the duty to inform the Agency (797 §12).
            Example: bailanys requests refuse 2026-000003 --ground commercial-secret --text "letter 5-1/33"
            """)
    @OptionGroup var duty: DutyOptions
    @Argument(help: "The number of the additional request.") var id: String
    @Option(help: "state-secret, commercial-secret, other-secret or none.") var ground: String

    var options: OfficeOptions { duty.options }

    func validate() throws {
        if !DutyNote.grounds.contains(ground) {
            throw ValidationError("--ground takes \(DutyNote.grounds.joined(separator: ", ")), not “\(ground)”.")
        }
    }

    func run(in office: Office) async throws {
        let note = DutyNote(
            body: "", text: duty.text, ground: ground, documents: try await office.attach(duty.document)
        )
        try await office.centre.onboarding.end(
            .additionalRequest, id: id, by: "additionalRefused", note, happenedAt: try office.moment(duty.at),
            by: office.actor, at: office.now)
        office.tell(.additionalRequest, id)
    }
}

/// `bailanys requests notify`.
struct RequestNotify: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "Record the notice to the Agency of a body's refusals (797 §12).",
        discussion: """
            The number of the case is the body and the month: MIA-2026-03. The refusals' documents go with it.
            Example: bailanys requests notify MIA-2026-03 --number 05-12/77 --text "two refusals in March"
            """)
    @OptionGroup var duty: DutyOptions
    @Argument(help: "The number of the notice, for instance MIA-2026-03.") var id: String
    @Option(help: "The outgoing number.") var number: String

    var options: OfficeOptions { duty.options }

    func run(in office: Office) async throws {
        let note = DutyNote(
            body: "", text: duty.text, reference: number,
            documents: try await office.attach(duty.document))
        try await office.centre.onboarding.end(
            .refusalNotice, id: id, by: "agencyInformed", note, happenedAt: try office.moment(duty.at),
            by: office.actor, at: office.now)
        office.tell(.refusalNotice, id)
    }
}

extension Office {
    /// Says what was recorded.
    fileprivate func tell(_ name: DutyName, _ id: String) {
        answer(
            .object(["kind": .string(name.rawValue), "id": .string(id)]), "Recorded: \(name.rawValue)/\(id).")
    }
}
