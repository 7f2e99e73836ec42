import Casework

/// What is known of a letter.
package struct LetterState: Hashable, Sendable {
    /// What it says; nil where there is no such letter.
    package var drafted: LetterDrafted?
    /// Its number and its PDF.
    package var finished: LetterFinished?
    /// Whether it was given up.
    package var isDropped = false
}

/// What can be asked of a letter.
package enum LetterCommand: Sendable {
    /// Begins it.
    case draft(LetterDrafted)
    /// Changes its text.
    case edit(LetterEdited)
    /// Numbers and prints it.
    case finish(LetterFinished)
    /// Takes in the signed scan; a better scan may follow.
    case sign(document: String)
    /// Gives the draft up.
    case drop(reason: String)
}

/// The kind of case “letter”.
package enum Letter: CaseKind {
    package static let streamKind = "letter"
    package static let procedure: String? = nil
    package static var initial: LetterState { LetterState() }

    package static func evolve(_ state: inout LetterState, by event: LetterEvent, stamp: EventStamp) {
        switch event {
        case .letterDrafted(let drafted): state.drafted = drafted
        case .letterEdited(let edited):
            state.drafted?.kk = edited.kk
            state.drafted?.ru = edited.ru
        case .letterFinished(let finished): state.finished = finished
        case .letterSigned: break
        case .letterDropped: state.isDropped = true
        }
    }

    package static func decide(
        _ command: LetterCommand, on state: LetterState, in context: DecisionContext
    ) throws -> [Happening<LetterEvent>] {
        if case .draft(let drafted) = command {
            guard state.drafted == nil else { throw CorrespondenceRefusal.letterExists("This letter exists already.") }
            try check(drafted.kk, "kk")
            try check(drafted.ru, "ru")
            return [Happening(.letterDrafted(drafted), at: context.now)]
        }
        guard state.drafted != nil else {
            throw CorrespondenceRefusal.letterUnknown("There is no such letter: check the number.")
        }
        guard !state.isDropped else {
            throw CorrespondenceRefusal.letterDropped("This letter was given up: begin another.")
        }
        if case .sign(let document) = command {
            guard state.finished != nil else {
                throw CorrespondenceRefusal.letterNotFinished(
                    "The letter has no number yet: finish it, then have it signed.")
            }
            return [Happening(.letterSigned(LetterSigned(document: document)), at: context.now)]
        }
        guard state.finished == nil else {
            throw CorrespondenceRefusal.letterFinished("The letter is finished and its text stands: write another.")
        }
        switch command {
        case .draft, .sign: return []
        case .edit(let edited):
            try check(edited.kk, "kk")
            try check(edited.ru, "ru")
            return [Happening(.letterEdited(edited), at: context.now)]
        case .finish(let finished): return [Happening(.letterFinished(finished), at: context.now)]
        case .drop(let reason):
            guard reason.contains(where: { !$0.isWhitespace }) else {
                throw CorrespondenceRefusal.letterReasonMissing("Say why the letter is given up.", field: "reason")
            }
            return [Happening(.letterDropped(LetterDropped(reason: reason)), at: context.now)]
        }
    }

    private static func check(_ text: LetterText, _ language: String) throws {
        let parts = [("addressee", text.addressee), ("subject", text.subject), ("text", text.text)]
        for (field, part) in parts where !part.contains(where: { !$0.isWhitespace }) {
            throw CorrespondenceRefusal.letterEmpty(
                "The letter needs its \(field) in both languages: \(language) is empty.",
                field: "\(language)-\(field)")
        }
    }
}
