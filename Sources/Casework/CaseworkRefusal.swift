/// Why a command on the work on any case is refused; each has its words in the string tables.
package enum CaseworkRefusal: String, RefusalCode {
    case calendarReasonMissing = "calendar.reasonMissing"
    case calendarUnchanged = "calendar.unchanged"
    case correctionFormerTerm = "correction.formerTerm"
    case reviewCalendar = "review.calendar"
    case reviewNoClock = "review.noClock"
    case reviewNothing = "review.nothing"
    case reviewReasonMissing = "review.reasonMissing"
}
