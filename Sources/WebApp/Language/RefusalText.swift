import Casework
import Rulebook

/// The refusals of the domain (`complaint.closed` is `complaint-closed` here) that have words for a person; all others are shown in English, as they are logged.
package enum RefusalCode: String, CaseIterable, Sendable {
    case complaintClosed = "complaint-closed"
    case complaintBeforeFiling = "complaint-beforeFiling"
    case complaintInFuture = "complaint-inFuture"
    case complaintReasonMissing = "complaint-reasonMissing"
    case complaintSameBody = "complaint-sameBody"
    case complaintNoDays = "complaint-noDays"
    case complaintNotExtended = "complaint-notExtended"
    case complaintUnknownBody = "complaint-unknownBody"
}

extension WebRequest {
    /// What a refusal says in the reader's language.
    func words(of refusal: Refusal) -> String {
        guard let code = RefusalCode(rawValue: refusal.code.replacing(".", with: "-")) else { return refusal.reason }
        return environment.texts.text(TextKey(family: "refusal", member: code.rawValue), context.language)
    }

    /// What a clock's refusal says in the reader's language.
    func words(of error: ClockError) -> String {
        func text(_ key: TextKey, _ values: [String: String] = [:]) -> String {
            environment.texts.text(key, context.language, values)
        }
        return switch error {
        case .extensionNotAllowed: text("clockRefusal.notAllowed")
        case .extensionBeyondLimit(_, _, let left): text("clockRefusal.beyondLimit", ["left": "\(left)"])
        case .extensionTooLate: text("clockRefusal.tooLate")
        case .tooEarly(_, let from): text("clockRefusal.tooEarly", ["date": DateText.short(from)])
        case .calendar, .notInForce, .missingFact: error.description
        }
    }
}
