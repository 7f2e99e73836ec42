import Casework
import Onboarding
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
    case complaintNotClosed = "complaint-notClosed"
    case complaintOrder = "complaint-order"
    case complaintUnknownBody = "complaint-unknownBody"
    case complaintAnnulled = "complaint-annulled"
    case complaintAfterStep = "complaint-afterStep"
    case complaintDuplicateOf = "complaint-duplicateOf"
    case correctionFormerTerm = "correction-formerTerm"
    case cardChanged = "card-changed"
    case cardOtherCode = "card-otherCode"
    case cardNoReason = "card-noReason"
    case cardSame = "card-same"
    case cardStale = "card-stale"
    case cardWithdrawn = "card-withdrawn"
    case cardNoDocument = "card-noDocument"
    case cardUnknownBody = "card-unknownBody"
    case gapEnded = "gap-ended"
    case gapNoReason = "gap-noReason"
    case gapNoEdition = "gap-noEdition"
    case synonymChanged = "synonym-changed"
    case synonymNoReason = "synonym-noReason"
    case synonymSame = "synonym-same"
    case synonymId = "synonym-id"
    case synonymSay = "synonym-say"
    case synonymMean = "synonym-mean"
    case synonymLong = "synonym-long"
    case synonymColloquial = "synonym-colloquial"
    case queryWords = "query-words"
    case queryCard = "query-card"
    case letterEmpty = "letter-empty"
    case letterNoCase = "letter-noCase"
    case letterTooEarly = "letter-tooEarly"
    case letterFinished = "letter-finished"
    case letterReasonMissing = "letter-reasonMissing"
    case reviewReasonMissing = "review-reasonMissing"
    case reviewNoClock = "review-noClock"
    case reviewNothing = "review-nothing"
    case reviewCalendar = "review-calendar"
    case reportMonthNotOver = "report-monthNotOver"
    case reportSealed = "report-sealed"
    case reportReasonMissing = "report-reasonMissing"
    case reportUnbalanced = "report-unbalanced"
    case reportUnchanged = "report-unchanged"
    case draftDone = "draft-done"
    case draftEmpty = "draft-empty"
    case draftReasonMissing = "draft-reasonMissing"
    case draftUnknownCode = "draft-unknownCode"
    case cardNotWithdrawn = "card-notWithdrawn"
    case gapEmpty = "gap-empty"
    case gapNoRequest = "gap-noRequest"
    case gapUnknownCode = "gap-unknownCode"
    case letterDropped = "letter-dropped"
    case letterNotFinished = "letter-notFinished"
    case mailAddress = "mail-address"
    case contactClosed = "contact-closed"
    case contactNoCard = "contact-noCard"
    case contactNotYours = "contact-notYours"
    case calendarReasonMissing = "calendar-reasonMissing"
    case personPurposeMissing = "responsiblePerson-purposeMissing"
}

extension WebRequest {
    /// What a refusal says in the reader's language.
    func words(of refusal: Refusal) -> String {
        let member =
            RefusalCode(rawValue: refusal.code.replacing(".", with: "-"))?.rawValue
            ?? OnboardingRefusal(rawValue: refusal.code)?.rawValue
        guard let member else { return refusal.reason }
        return environment.texts.text(TextKey(family: "refusal", member: member), context.language)
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
