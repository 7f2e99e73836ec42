import Languages
import WorkingDays

/// Who sends a form to the Agency, and by which day.
package struct FormSubmission: Hashable, Sendable {
    /// A rank of bodies that files a form of its own.
    package enum Tier: String, CaseIterable, Hashable, Sendable {
        /// A central state body, with all that is below it.
        case centralBody = "central-body"
        /// A territorial unit of a central body; what it sends is inside what that body sends.
        case territorialUnit = "territorial-unit"
        /// A region, a city of republican significance or the capital, with all that is below it.
        case region
        /// A district; what it sends is inside what its region sends.
        case district
        /// The body authorised for informatization.
        case itBody = "it-body"
    }

    /// Who files it with whom.
    package struct Sender: Hashable, Sendable {
        /// The rank.
        package let tier: Tier
        /// Whether the Agency itself gets it, and not a body between.
        package let isToAgency: Bool
    }

    /// The day of the month after the period: the last one on which it is in time.
    package let day: Int
    /// Where that is said, in the words of the act.
    package let cite: String
    /// The ranks that file it, the highest first.
    package let senders: [Sender]

    /// The last day on which the form of a period is in time. A date stays a date, whether or not it is worked (RULES).
    package func lastDay(of period: ReportPeriod) -> CivilDate {
        period.last.adding(days: day)
    }
}
