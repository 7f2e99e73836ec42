import Journal
import Rulebook
import WorkingDays

/// What can be asked of an entry of the ledger.
package enum ViolationCommand: Sendable {
    /// It is a violation.
    case confirm(words: String?, document: String?)
    /// There was a ground.
    case excuse(ground: String, words: String?, document: String?)
    /// What was decided is taken back.
    case withdraw(reason: String)
    /// Its ground is gone: nothing is left of it. Where a change of the calendar put it in doubt, the clock is reviewed with it.
    case close(reason: String)
    /// Its body was told.
    case tell(ViolationTold)
    /// Its body replied.
    case reply(body: String, text: String, document: String?)
}

extension Violation {
    /// The longest text of a decision, a reason or a reply, in characters.
    package static let longestText = 4_000

    /// What follows from a command on this entry; pure.
    /// - Parameters:
    ///   - rules: which grounds there are.
    ///   - today: the local day, by which a reply is late or not.
    /// - Throws: `Refusal` of `ViolationRefusal`.
    package func decide(
        _ command: ViolationCommand, by rules: ViolationRules, on today: CivilDate
    ) throws -> ViolationEvent {
        switch command {
        case .confirm(let words, let document):
            try requireUndecided()
            let decided = ViolationDecided(id, ground: nil, words: try Self.words(words), document: document)
            return .violationConfirmed(decided)
        case .excuse(let ground, let words, let document):
            try requireUndecided()
            let words = try Self.words(words)
            guard !ground.isEmpty else {
                throw ViolationRefusal.groundMissing("Name the ground that excuses.", field: "ground")
            }
            guard let known = rules.ground(ground) else {
                throw ViolationRefusal.groundUnknown(
                    "There is no ground “\(ground)”: use one of \(rules.grounds.map(\.code).joined(separator: ", ")).",
                    field: "ground")
            }
            if known.wantsWords, words == nil {
                throw ViolationRefusal.wordsMissing(
                    "This ground needs words beside it: say what it was.", field: "words")
            }
            return .violationExcused(ViolationDecided(id, ground: ground, words: words, document: document))
        case .withdraw(let reason):
            guard decision != nil, ground == .stands else {
                throw ViolationRefusal.notDecided("Nothing that counts was decided on this entry.")
            }
            return .violationDecisionWithdrawn(ViolationAmended(id, reason: try Self.reason(reason)))
        case .close(let reason):
            // A doubt is decided by the review of the clock, which comes before.
            guard state == .reopened else {
                throw ViolationRefusal.notReopened("The ground of this entry stands, or it was closed already.")
            }
            return .violationClosed(ViolationAmended(id, reason: try Self.reason(reason)))
        case .tell(let told):
            try requireGround()
            guard body != nil else {
                throw ViolationRefusal.noBody("This duty was the centre's own: there is no body to be told.")
            }
            return .violationTold(told)
        case .reply(let replying, let text, let document):
            guard let replyBy else { throw ViolationRefusal.notTold("The body was not told of this entry yet.") }
            guard replying == body else {
                throw ViolationRefusal.otherBody("The entry is about another body.")
            }
            guard let text = try Self.words(text, field: "text") else {
                throw ViolationRefusal.textMissing("Write the reply.", field: "text")
            }
            return .violationReplied(
                ViolationReplied(id, body: replying, text: text, document: document, isLate: today > replyBy))
        }
    }

    private func requireUndecided() throws {
        try requireGround()
        guard decision == nil else {
            throw ViolationRefusal.decided(
                "This entry is decided already: withdraw the decision with its reason first.")
        }
    }

    private func requireGround() throws {
        guard ground == .stands else {
            throw ViolationRefusal.gone("The ground of this entry is in doubt or gone: confirm its closing instead.")
        }
    }

    /// Words without blanks around them; nil where there are none.
    private static func words(_ text: String?, field: String = "words") throws -> String? {
        let words = (text ?? "").trimmed
        guard words.count <= longestText else {
            throw ViolationRefusal.tooLong("At most \(longestText) characters.", field: field)
        }
        return words.isEmpty ? nil : words
    }

    private static func reason(_ text: String) throws -> String {
        guard let reason = try words(text, field: "reason") else {
            throw ViolationRefusal.reasonMissing("Give the reason.", field: "reason")
        }
        return reason
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
