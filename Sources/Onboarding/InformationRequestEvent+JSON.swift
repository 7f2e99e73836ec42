import CanonicalJSON

/// A step and the subject of its case, as one object of the journal.
private struct Step<Content: Codable>: Codable {
    var step: Content
    var subject: CaseSubject
}

private struct Nothing: Codable {}

/// The recorded form: the table says how each event is read, `parts` how it is written; a test holds one to the other.
extension InformationRequestEvent {
    private typealias Reader = @Sendable ([UInt8]) throws -> Self

    private static let readers: KeyValuePairs<String, Reader> = [
        "planLineApproved": { .planLineApproved(try CanonicalCoding.decode(PlanLineApproved.self, from: $0)) },
        "planLineAmended": step(Self.planLineAmended),
        "requestSent": step(Self.requestSent),
        "requestSendingFailed": step(Self.requestSendingFailed),
        "requestReceived": step(Self.requestReceived),
        "responsiblePersonAppointed": step(Self.responsiblePersonAppointed),
        "informationSubmitted": step(Self.informationSubmitted),
        "informationReturned": step(Self.informationReturned),
        "informationEntered": step(Self.informationEntered),
        "trainingHeld": step(Self.trainingHeld),
        "protocolSigned": step(Self.protocolSigned),
        "protocolCompleted": step { (_: Nothing, subject) in .protocolCompleted(subject) },
        "wentLive": step { (_: Nothing, subject) in .wentLive(subject) },
        "requestCancelled": step(Self.requestCancelled),
        "contactMade": step(Self.contactMade),
        "entryCorrected": step(Self.entryCorrected),
    ]

    private static func step<Content: Codable & SendableMetatype>(
        _ make: @escaping @Sendable (Content, CaseSubject) -> Self
    ) -> Reader {
        { payload in
            let read = try CanonicalCoding.decode(Step<Content>.self, from: payload)
            return make(read.step, read.subject)
        }
    }

    package static let names = readers.map(\.key)

    /// The name, what was recorded, and the body and service of the case.
    private var parts: (name: String, content: any Codable, subject: CaseSubject) {
        switch self {
        case .planLineApproved(let line):
            ("planLineApproved", line, CaseSubject(body: line.body, service: line.service, zone: line.zone))
        case .planLineAmended(let step, let subject): ("planLineAmended", step, subject)
        case .requestSent(let step, let subject): ("requestSent", step, subject)
        case .requestSendingFailed(let step, let subject): ("requestSendingFailed", step, subject)
        case .requestReceived(let step, let subject): ("requestReceived", step, subject)
        case .responsiblePersonAppointed(let step, let subject): ("responsiblePersonAppointed", step, subject)
        case .informationSubmitted(let step, let subject): ("informationSubmitted", step, subject)
        case .informationReturned(let step, let subject): ("informationReturned", step, subject)
        case .informationEntered(let step, let subject): ("informationEntered", step, subject)
        case .trainingHeld(let step, let subject): ("trainingHeld", step, subject)
        case .protocolSigned(let step, let subject): ("protocolSigned", step, subject)
        case .protocolCompleted(let subject): ("protocolCompleted", Nothing(), subject)
        case .wentLive(let subject): ("wentLive", Nothing(), subject)
        case .requestCancelled(let step, let subject): ("requestCancelled", step, subject)
        case .contactMade(let step, let subject): ("contactMade", step, subject)
        case .entryCorrected(let step, let subject): ("entryCorrected", step, subject)
        }
    }

    package var name: String { parts.name }

    /// The body and the service of the case.
    package var subject: CaseSubject { parts.subject }

    /// The documents that came with the event, by their SHA-256.
    package var document: String? {
        switch self {
        case .planLineAmended(let step, _): step.document
        case .requestSent(let step, _): step.document
        case .requestReceived(let step, _): step.document
        case .responsiblePersonAppointed(let step, _): step.document
        case .informationSubmitted(let step, _): step.document
        case .requestSendingFailed(let step, _), .informationReturned(let step, _), .trainingHeld(let step, _),
            .requestCancelled(let step, _), .contactMade(let step, _):
            step.document
        case .protocolSigned(let step, _): step.document
        case .planLineApproved, .informationEntered, .protocolCompleted, .wentLive, .entryCorrected: nil
        }
    }

    package func write(to json: inout JSONWriter) throws {
        func bytes(_ content: some Codable, _ subject: CaseSubject) throws -> [UInt8] {
            try CanonicalCoding.encode(Step(step: content, subject: subject))
        }
        if case .planLineApproved(let line) = self { return json.canonical(try CanonicalCoding.encode(line)) }
        json.canonical(try bytes(parts.content, parts.subject))
    }

    package init(name: String, payload: [UInt8]) throws {
        guard let read = Self.readers.first(where: { $0.key == name })?.value else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is no event of an information request"))
        }
        self = try read(payload)
    }
}
