/// The names of all events that clocks may ask about, by procedure: the contract with the feature modules.
///
/// docs/rulebooks.md says what each means and which facts it carries.
package enum KnownEvents {
    /// For each procedure the events that its module makes.
    package static let byProcedure: [String: [String]] = [
        "onboarding": [
            "planLineApproved", "planLineAmended", "requestCancelled", "requestSent", "requestReceived",
            "responsiblePersonAppointed", "informationSubmitted",
            "informationReturned", "informationEntered", "trainingHeld", "protocolSigned", "protocolCompleted",
            "wentLive",
        ],
        "information-change": ["changeTookEffect", "changeSubmitted"],
        "responsible-person-change": ["responsiblePersonLeft", "responsiblePersonNotified"],
        "additional-request": ["additionalRequestReceived", "additionalAnswered", "additionalRefused"],
        "refusal-notice": ["repeatedRefusal", "agencyInformed"],
        "agency-training": ["trainingRequested", "agencyTrainingHeld"],
        "quarterly-report": ["quarterEnded", "reportDelivered"],
        "monthly-report": ["monthEnded", "reportDelivered"],
        "discrepancy": ["discrepancyFound", "explanationSent"],
        "complaint-review": [
            "complaintRegistered", "complaintAnswered", "complaintExtended", "applicantTold", "complaintTransferred",
            "complaintWithdrawn",
        ],
    ]

    /// All of them.
    package static let all = Set(byProcedure.values.flatMap { $0 })
}
