import Accounts
import Blocking
import CanonicalJSON
import Casework
import ContactCentre
import HTTPTypes
import Journal
import Onboarding
import Registry
import WorkingDays

/// Information requests (797 §3-12): lists, one with its clocks and timeline, every step as a command.
enum RequestAPI {
    static let queries = APIPage.queries + ["state", "body", "service", "month"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = InformationRequestRecord.Filter()
        filter.state = try api.queryChoices("state", RequestState.self).first
        filter.body = api.site.query("body")
        filter.service = api.site.query("service")
        if let month = api.site.query("month") {
            guard let month = CivilMonth(month) else {
                throw APIProblem(.badRequest, "The query month is a month as 2026-03.")
            }
            filter.month = month
        }
        let (chosen, limit, offset) = (filter, page.limit + 1, try page.offset)
        let records = try await api.centre.journal.read { db in
            try InformationRequestRecord.fetch(chosen, limit: limit, offset: offset, in: db)
        }
        return try page.answer(records) { $0.json }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let id = try api.parameter("id")
        guard let document = try await CaseDocument.request(id, in: api.centre) else {
            throw APIProblem.missing("request “\(id)”")
        }
        return .versioned(document.json, document.version)
    }
}

/// One step of a request: its address, the members it takes, the command they make.
struct APIRequestStep: Sendable {
    let name: String
    let members: [String]
    let command: @Sendable (APIFields, Moment, APIRequest) throws -> InformationRequestCommand

    /// All steps but the appointment, which enters a person into the registry, and the correction.
    static let all: [APIRequestStep] = [
        APIRequestStep("send", ["number", "channel", "again", "document"]) { fields, at, api in
            .send(
                RequestSent(
                    number: try fields.text("number"), channel: try fields.text("channel"),
                    again: try fields.optionalChoice("again", RequestSent.Again.self),
                    document: try fields.document("document", api)), at: at)
        },
        APIRequestStep("sending-failed", noteMembers) { .sendingFailed(try note($0, $2), at: $1) },
        APIRequestStep("receipt", ["proof", "document"]) { fields, at, api in
            .receive(
                RequestReceived(proof: try fields.text("proof"), document: try fields.document("document", api)),
                at: at)
        },
        APIRequestStep("submission", ["isSignedByHead", "isComplete", "medium", "document"]) { fields, at, api in
            .submit(
                InformationSubmitted(
                    isSignedByHead: try fields.bool("isSignedByHead"), isComplete: try fields.bool("isComplete"),
                    medium: try fields.optionalChoice("medium", SubmissionMedium.self)?.rawValue
                        ?? SubmissionMedium.electronic.rawValue,
                    document: try fields.document("document", api)), at: at)
        },
        APIRequestStep("return", noteMembers) { .giveBack(try note($0, $2), at: $1) },
        APIRequestStep("entry", ["card", "edition"]) { fields, at, _ in
            .enter(InformationEntered(card: try fields.text("card"), edition: try fields.int("edition")), at: at)
        },
        APIRequestStep("training", noteMembers) { .train(try note($0, $2), at: $1) },
        APIRequestStep("signature", ["side", "position", "document"]) { fields, at, api in
            .sign(
                ProtocolSigned(
                    side: try fields.choice("side", ProtocolSigned.Side.self), position: try fields.text("position"),
                    document: try fields.document("document", api)), at: at)
        },
        APIRequestStep("go-live", []) { _, at, _ in .goLive(at: at) },
        APIRequestStep("cancellation", noteMembers) { .cancel(try note($0, $2), at: $1) },
        APIRequestStep("contact", noteMembers) { .contact(try note($0, $2), at: $1) },
    ]

    private static let noteMembers = ["text", "document"]

    private static func note(_ fields: APIFields, _ api: APIRequest) throws -> StepNote {
        StepNote(text: try fields.text("text"), document: try fields.document("document", api))
    }

    init(
        _ name: String, _ members: [String],
        _ command: @escaping @Sendable (APIFields, Moment, APIRequest) throws -> InformationRequestCommand
    ) {
        self.name = name
        self.members = members
        self.command = command
    }

    var route: Route {
        .api(post: "requests/:id/\(name)", .manageRequests) { api in
            let id = try api.parameter("id")
            let fields = try api.fields(members + ["at"])
            let command = try command(fields, try fields.moment("at", or: api.now), api)
            let version = try await api.centre.onboarding.perform(
                command, on: id, by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
            return .step(StreamID(kind: InformationRequest.streamKind, id: id), version)
        }
    }
}

/// How information is submitted.
private enum SubmissionMedium: String, CaseIterable { case electronic, paper, both }

extension RequestAPI {
    /// Appoints the responsible person; his details are sealed before anything is recorded (797 §5).
    static func appoint(_ api: APIRequest) async throws -> APIAnswer {
        let id = try api.parameter("id")
        let fields = try api.fields(["person", "order", "document", "at"])
        let details = try ResponsiblePersonDetails(fields.object("person", ResponsiblePersonDetails.members))
        let record = try await api.centre.journal.read { try InformationRequestRecord.fetch(id: id, in: $0) }
        guard let body = record?.body else { throw APIProblem.missing("request “\(id)”") }
        let vault = api.centre.vault
        // The key is on the disk before the transaction; the reading connection's thread is one that may block.
        let sealed = try await Blocking.brief.run { try details.sealed(of: body, in: vault) }
        let version = try await api.centre.onboarding.appoint(
            sealed, order: try fields.optionalText("order"), document: try fields.document("document", api), to: id,
            happenedAt: try fields.moment("at", or: api.now), by: api.actor, at: api.now,
            expecting: try api.expected(), once: try api.key())
        return .step(StreamID(kind: InformationRequest.streamKind, id: id), version)
    }

    /// Puts the moment of an earlier entry right; the clocks follow.
    static func correct(_ api: APIRequest) async throws -> APIAnswer {
        let id = try api.parameter("id")
        let fields = try api.fields(["entry", "moment", "reason"])
        guard try fields.optionalText("moment") != nil else { throw APIProblem.field("moment", "Give a moment.") }
        guard try await api.centre.journal.read({ try InformationRequestRecord.fetch(id: id, in: $0) }) != nil else {
            throw APIProblem.missing("request “\(id)”")
        }
        let version = try await api.centre.onboarding.correctMoment(
            of: try fields.int("entry"), to: try fields.moment("moment", or: api.now),
            reason: try fields.text("reason"), on: id, by: api.actor, at: api.now, expecting: try api.expected(),
            once: try api.key())
        return .step(StreamID(kind: InformationRequest.streamKind, id: id), version)
    }
}
