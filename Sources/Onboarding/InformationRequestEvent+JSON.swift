import CanonicalJSON

/// A step and the subject of its case, as one object of the journal.
private struct Step<Content: Codable>: Codable {
    var step: Content
    var subject: CaseSubject
}

private struct Nothing: Codable {}

extension InformationRequestEvent {
    package func write(to json: inout JSONWriter) throws {
        func bytes(_ content: some Codable, _ subject: CaseSubject) throws -> [UInt8] {
            try CanonicalCoding.encode(Step(step: content, subject: subject))
        }
        let bytes: [UInt8] =
            switch self {
            case .planLineApproved(let line): try CanonicalCoding.encode(line)
            case .requestSent(let step, let subject): try bytes(step, subject)
            case .requestSendingFailed(let step, let subject), .informationReturned(let step, let subject),
                .trainingHeld(let step, let subject), .contactMade(let step, let subject):
                try bytes(step, subject)
            case .requestReceived(let step, let subject): try bytes(step, subject)
            case .responsiblePersonAppointed(let step, let subject): try bytes(step, subject)
            case .informationSubmitted(let step, let subject): try bytes(step, subject)
            case .informationEntered(let step, let subject): try bytes(step, subject)
            case .protocolSigned(let step, let subject): try bytes(step, subject)
            case .entryCorrected(let step, let subject): try bytes(step, subject)
            case .protocolCompleted(let subject), .wentLive(let subject): try bytes(Nothing(), subject)
            }
        json.canonical(bytes)
    }

    package init(name: String, payload: [UInt8]) throws {
        func read<Content: Codable>(_ type: Content.Type) throws -> (Content, CaseSubject) {
            let read = try CanonicalCoding.decode(Step<Content>.self, from: payload)
            return (read.step, read.subject)
        }
        func made<Content: Codable>(_ make: (Content, CaseSubject) -> Self) throws -> Self {
            let (content, subject) = try read(Content.self)
            return make(content, subject)
        }
        switch name {
        case "planLineApproved":
            self = .planLineApproved(try CanonicalCoding.decode(PlanLineApproved.self, from: payload))
        case "requestSent": self = try made(Self.requestSent)
        case "requestSendingFailed": self = try made(Self.requestSendingFailed)
        case "requestReceived": self = try made(Self.requestReceived)
        case "responsiblePersonAppointed": self = try made(Self.responsiblePersonAppointed)
        case "informationSubmitted": self = try made(Self.informationSubmitted)
        case "informationReturned": self = try made(Self.informationReturned)
        case "informationEntered": self = try made(Self.informationEntered)
        case "trainingHeld": self = try made(Self.trainingHeld)
        case "protocolSigned": self = try made(Self.protocolSigned)
        case "protocolCompleted": self = .protocolCompleted(try read(Nothing.self).1)
        case "wentLive": self = .wentLive(try read(Nothing.self).1)
        case "contactMade": self = try made(Self.contactMade)
        case "entryCorrected": self = try made(Self.entryCorrected)
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is no event of an information request"))
        }
    }
}
