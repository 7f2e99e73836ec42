/// The events of docs/rulebooks.md, for tests of modules that stand below those that make them.
///
/// The program itself asks the catalogue of its modules; a test of `ContactCentre` holds this table to it.
package enum KnownEvents {
    /// For each procedure the events that its clocks ask about.
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
        "violation-report": ["monthEnded", "reportDelivered"],
        "corporation-report": ["quarterEnded", "reportDelivered"],
        "electronic-report": ["quarterEnded", "reportDelivered"],
        "discrepancy": ["discrepancyFound", "explanationSent"],
        "complaint-review": [
            "complaintRegistered", "complaintAnswered", "complaintExtended", "applicantTold", "complaintTransferred",
            "complaintWithdrawn", "complaintReturnProposed", "complaintReturnDeclined",
        ],
        "appeal-review": [
            "appealRegistered", "appealAnswered", "appealExtended", "appealExtensionTold", "appealFoundFaulty",
            "appealReturned", "appealArrivedElsewhere", "appealRedirected",
        ],
        "act-complaint": [
            "actComplaintReceived", "actComplaintPassedUp", "actComplaintSatisfied", "actComplaintRegistered",
            "actComplaintDecided", "caseRemanded", "decidedAnew",
        ],
    ]

    /// All of them.
    package static let all = Set(byProcedure.values.flatMap { $0 })
}
