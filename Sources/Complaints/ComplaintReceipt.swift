import WorkingDays

/// What an applicant or an officer is told when a complaint has been taken in.
package struct ComplaintReceipt: Codable, Hashable, Sendable {
    /// The number: `2026-000123`.
    package let number: String
    /// The code of the body that must answer.
    package let body: String
    /// The rule of the routing table that decided it.
    package let rule: String
    /// The day of registration.
    package let registeredOn: CivilDate
    /// The last day of the review.
    package let dueOn: CivilDate
    /// False where the complaint was registered before and nothing has changed.
    package let isNew: Bool
}
