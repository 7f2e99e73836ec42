/// The events of cases that have a wording on the timeline; others are shown by their name.
package enum CaseEventName: String, CaseIterable, Sendable {
    case planLineApproved, requestSent, requestSendingFailed, requestReceived, responsiblePersonAppointed
    case informationSubmitted, informationReturned, informationEntered, trainingHeld, protocolSigned
    case protocolCompleted, wentLive, contactMade, entryCorrected, planLineAmended, requestCancelled
    case complaintRegistered, complaintTransferred, complaintExtended, applicantTold, complaintAnswered
    case complaintWithdrawn, complaintClassified, complaintCorrected, complaintAnnulled, complaintNoted,
        complaintRevealed
    case monthEnded, reportSealed, reportDelivered, reportUndelivered
    case changeTookEffect, changeSubmitted, responsiblePersonLeft, responsiblePersonNotified
    case additionalRequestReceived, additionalAnswered, additionalRefused, repeatedRefusal, agencyInformed
    case trainingRequested, agencyTrainingHeld
    case letterDrafted, letterEdited, letterFinished, letterSigned, letterDropped
    case termBreached, clocksRecalculated, clockReviewed
}

/// The states of an information request.
package enum RequestStateName: String, CaseIterable, Sendable {
    case planned, sent, sendingFailed, received, appointed, submitted, returned, entered, trained, accepted, live,
        cancelled
}
