import Accounts
import CardSearch
import Complaints
import Contacts
import Delivery
import KnowledgeBase
import Languages
import Registry
import Rulebook
import WorkingDays

extension TextFamily {
    /// All families: the texts whose names are put together at run time. `StringTableTests` asks for each of them.
    package static let all: [TextFamily] = [
        TextFamily("role", Role.self),
        TextFamily("roleText", Role.self),
        TextFamily("state", ClockState.self),
        TextFamily("theme", Theme.self),
        TextFamily("month", 1...12),
        TextFamily("monthOf", 1...12),
        TextFamily("weekday", 1...7),
        TextFamily("weekdayShort", 1...7),
        TextFamily("proofReason", Proof.Reason.self),
        TextFamily("passwordProblem", PasswordRules.Problem.self),
        TextFamily("fileProblem", FileProblem.self),
        TextFamily("notice", Notice.self),
        TextFamily("errorTitle", ErrorKind.self),
        TextFamily("errorText", ErrorKind.self),
        TextFamily("event", CaseEventName.self),
        TextFamily("requestState", RequestStateName.self),
        TextFamily("owner", ClockOwner.self),
        TextFamily("homeWaiting", HomeFigures.Waiting.self),
        TextFamily("dayKind", CalendarProposal.DayKind.self),
        TextFamily("calendarProblem", CalendarProposal.Problem.self),
        TextFamily("complaintStep", ComplaintStep.self),
        TextFamily("refusal", RefusalCode.self),
        TextFamily("complaintKind", ComplaintKind.self),
        TextFamily("complaintStatus", ComplaintStatus.self),
        TextFamily("outcome", ComplaintOutcome.self),
        TextFamily("deliveryPhase", DeliveryState.Phase.self),
        TextFamily("cardState", CardState.self),
        TextFamily("cardContent", Card.Content.self),
        TextFamily("sphere", Sphere.self),
        TextFamily("channel", ServiceChannel.self),
        TextFamily("contactChannel", ContactChannel.self),
        TextFamily("contactTopic", ContactTopic.self),
        TextFamily("contactOutcome", ContactOutcome.self),
        TextFamily("reading", Reading.Through.self),
        TextFamily("foundIn", FoundIn.self),
        TextFamily("languageName", Language.self),
        TextFamily("stage", ApplicationStage.self),
        TextFamily("filingField", FilingField.self),
        TextFamily("filingProblem", FilingField.self),
        TextFamily("place", FilingPlace.self),
        TextFamily("cardMissing", CardPart.self),
    ]
}
