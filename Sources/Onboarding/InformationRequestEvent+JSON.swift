import Casework

/// A step and the subject of its case, as one object of the journal.
private struct Step<Content: Codable>: Codable {
    var step: Content
    var subject: CaseSubject
}

/// The recorded form: a step beside the subject of its case; the line of the plan is its own subject.
extension InformationRequestEvent {
    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case planLineApproved, planLineAmended, requestSent, requestSendingFailed, requestReceived,
            responsiblePersonAppointed, informationSubmitted, informationReturned, informationEntered, trainingHeld,
            protocolSigned, protocolCompleted, wentLive, requestCancelled, contactMade, entryCorrected
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .planLineApproved(let line): Tagged(.planLineApproved, line)
        case .planLineAmended(let content, let subject): step(.planLineAmended, content, subject)
        case .requestSent(let content, let subject): step(.requestSent, content, subject)
        case .requestSendingFailed(let content, let subject): step(.requestSendingFailed, content, subject)
        case .requestReceived(let content, let subject): step(.requestReceived, content, subject)
        case .responsiblePersonAppointed(let content, let subject): step(.responsiblePersonAppointed, content, subject)
        case .informationSubmitted(let content, let subject): step(.informationSubmitted, content, subject)
        case .informationReturned(let content, let subject): step(.informationReturned, content, subject)
        case .informationEntered(let content, let subject): step(.informationEntered, content, subject)
        case .trainingHeld(let content, let subject): step(.trainingHeld, content, subject)
        case .protocolSigned(let content, let subject): step(.protocolSigned, content, subject)
        case .protocolCompleted(let subject): step(.protocolCompleted, NothingMore(), subject)
        case .wentLive(let subject): step(.wentLive, NothingMore(), subject)
        case .requestCancelled(let content, let subject): step(.requestCancelled, content, subject)
        case .contactMade(let content, let subject): step(.contactMade, content, subject)
        case .entryCorrected(let content, let subject): step(.entryCorrected, content, subject)
        }
    }

    private func step(_ name: Name, _ content: some Codable, _ subject: CaseSubject) -> Tagged<Name> {
        Tagged(name, Step(step: content, subject: subject))
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .planLineApproved: .planLineApproved(try content())
        case .planLineAmended: try step(content, Self.planLineAmended)
        case .requestSent: try step(content, Self.requestSent)
        case .requestSendingFailed: try step(content, Self.requestSendingFailed)
        case .requestReceived: try step(content, Self.requestReceived)
        case .responsiblePersonAppointed: try step(content, Self.responsiblePersonAppointed)
        case .informationSubmitted: try step(content, Self.informationSubmitted)
        case .informationReturned: try step(content, Self.informationReturned)
        case .informationEntered: try step(content, Self.informationEntered)
        case .trainingHeld: try step(content, Self.trainingHeld)
        case .protocolSigned: try step(content, Self.protocolSigned)
        case .protocolCompleted: try step(content) { (_: NothingMore, subject) in .protocolCompleted(subject) }
        case .wentLive: try step(content) { (_: NothingMore, subject) in .wentLive(subject) }
        case .requestCancelled: try step(content, Self.requestCancelled)
        case .contactMade: try step(content, Self.contactMade)
        case .entryCorrected: try step(content, Self.entryCorrected)
        }
    }

    private static func step<Content: Codable>(
        _ content: EventReader, _ make: (Content, CaseSubject) -> Self
    ) throws -> Self {
        let read = try content(Step<Content>.self)
        return make(read.step, read.subject)
    }

    /// The body and the service of the case.
    package var subject: CaseSubject {
        switch self {
        case .planLineApproved(let line): CaseSubject(body: line.body, service: line.service, zone: line.zone)
        case .planLineAmended(_, let subject), .requestSent(_, let subject), .requestSendingFailed(_, let subject),
            .requestReceived(_, let subject), .responsiblePersonAppointed(_, let subject),
            .informationSubmitted(_, let subject), .informationReturned(_, let subject),
            .informationEntered(_, let subject), .trainingHeld(_, let subject), .protocolSigned(_, let subject),
            .protocolCompleted(let subject), .wentLive(let subject), .requestCancelled(_, let subject),
            .contactMade(_, let subject), .entryCorrected(_, let subject):
            subject
        }
    }

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
}
