import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Intake
import Journal
import Triage

/// What came in and is no complaint yet, for programs: received with its words, listed without them, registered or closed.
enum IncomingAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let offset = try page.offset
        let records = try await api.centre.journal.read { db in
            try SubmissionRecord.queue(limit: page.limit + 1, offset: offset, in: db)
        }
        return try page.answer(records) { $0.json(complaints: []) }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let id = try api.parameter("id")
        let found = try await api.centre.journal.read { db in
            try SubmissionRecord.fetch(id, in: db).map { ($0, try SubmissionRecord.complaints(of: id, in: db)) }
        }
        guard let (record, complaints) = found else { throw APIProblem.missing("submission “\(id)”") }
        return APIAnswer(record.json(complaints: complaints))
    }

    static func receive(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["text", "channel", "language", "contacts", "forumNumber", "receivedAt"])
        let contacts = try fields.object("contacts", ["name", "phone", "email", "address", "iin"])
        let words = IntakeWords(
            text: try fields.text("text"), channel: try fields.text("channel"),
            language: try fields.optionalChoice("language", WrittenLanguage.self)?.rawValue,
            contacts: ComplaintContacts(
                name: try contacts.optionalText("name"), phone: try contacts.optionalText("phone"),
                email: try contacts.optionalText("email"), address: try contacts.optionalText("address"),
                iin: try contacts.optionalText("iin")),
            forumNumber: try fields.optionalText("forumNumber"),
            receivedAt: try fields.moment("receivedAt", or: api.now))
        let reading = try await api.centre.readings.read(
            words.text, on: api.centre.casework.today(words.receivedAt))
        let receipt = try await api.centre.intake.receive(
            words, reading, by: api.actor, at: api.now, once: try api.key())
        return receipt.isNew
            ? .created(receipt.json, at: "complaints/incoming/\(receipt.number)") : APIAnswer(receipt.json)
    }

    static func register(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["matters"])
        let matters = try fields.objects("matters", ["kind", "service", "region", "place", "body"], most: 10).map {
            IntakeMatter(
                kind: try $0.choice("kind", ComplaintKind.self), service: try $0.optionalText("service"),
                region: try $0.optionalText("region"), place: try $0.optionalText("place"),
                named: try $0.optionalText("body"))
        }
        let receipts = try await api.centre.intake.register(
            try api.parameter("id"), as: matters, by: api.actor, at: api.now, once: try api.key())
        return APIAnswer(.object(["complaints": .array(receipts.map(\.json))]))
    }

    static func close(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["ground", "nature", "duplicateOf", "told"])
        let ground = try fields.choice("ground", SubmissionGround.self)
        let nature = try fields.optionalChoice("nature", IntakeNature.self)
        let (duplicateOf, told) = (try fields.optionalText("duplicateOf"), try fields.optionalText("told"))
        // One that does not exist is said before what is wrong with closing it.
        _ = try await one(api)
        if let nature, nature.closing != (ground == .duplicate ? nil : ground) {
            throw APIProblem.field("nature", "What is \(nature.rawValue) is not closed as \(ground.rawValue).")
        }
        guard let nature = nature ?? (ground == .duplicate ? .complaint : nil) else {
            throw APIProblem.field("nature", "Say what it is, since it is no complaint of ours.")
        }
        let id = try api.parameter("id")
        try await api.centre.intake.close(
            id, as: ground, nature: nature, duplicateOf: duplicateOf, told: told, by: api.actor, at: api.now,
            once: try api.key())
        return try await one(api)
    }
}

/// The languages in which people write to us.
private enum WrittenLanguage: String, CaseIterable { case kk, ru }

extension SubmissionRecord {
    /// The submission for programs; its words are told to nobody here.
    fileprivate func json(complaints: [String]) -> JSON {
        .members([
            "number": .string(id), "channel": .string(channel), "language": .text(language),
            "contact": .text(contact), "forumNumber": .text(forumNumber), "receivedAt": .moment(receivedAt),
            "urgent": .bool(urgent), "sure": .number(sure), "nature": .text(nature?.rawValue),
            "service": .text(service), "region": .text(region), "body": .text(body),
            "state": .string(state.rawValue), "ground": .text(ground?.rawValue), "duplicateOf": .text(duplicateOf),
            "complaints": complaints.isEmpty ? .null : .array(complaints.map(JSON.string)),
        ])
    }
}

extension SubmissionReceipt {
    /// What receiving gave, for programs.
    fileprivate var json: JSON {
        .object(["number": .string(number), "receivedAt": .moment(receivedAt), "isNew": .bool(isNew)])
    }
}
