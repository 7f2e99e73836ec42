/// Light, dark, or what the person's computer prefers.
package enum Theme: String, CaseIterable, Hashable, Sendable {
    case system
    case light
    case dark
}

/// A short message after something was done, carried over one redirect by a cookie that holds only its name.
package enum Notice: String, CaseIterable, Hashable, Sendable {
    case signedOut
    case passwordChanged
    case secondFactorAdded
    case sessionsEnded
    case sessionEnded
    case otherSessionsEnded
    case tokenRevoked
    case recoveryFew
    case accountChanged
    case deliveryRequeued
    case clockConfirmed
    case contactClosed
    case guidanceRecorded
    case gapReported
    case knowledgeChanged
    case cardMailed
    case stepRecorded
    case calendarChanged
    case stepDone
    case planApproved
    case letterSaved
    case letterFinished
    case bodyActDone
    case linkMade
    case feedMade
    case complaintRegistered
    case submissionRegistered
    case submissionClosed
}
