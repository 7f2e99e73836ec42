import WorkingDays

/// Due dates already computed, with the text of their proofs.
///
/// A million complaints of a year have a few hundred different days zero. The caller owns the cache and passes it in;
/// it forgets everything when the calendar is another one.
package struct DueCache: Sendable {
    /// A due date in the form in which a change records it.
    package struct Entry: Hashable, Sendable {
        /// The date.
        package let date: CivilDate
        /// The working-day target of a fixed date.
        package let target: CivilDate?
        /// Whether the date depends on an estimated year.
        package let isProvisional: Bool
        /// The compact proof.
        package let proof: String
    }

    private struct Key: Hashable {
        let term: Term
        let dayZero: CivilDate
        let zone: String?
    }

    private var digest = ""
    private var entries: [Key: Entry] = [:]
    private let capacity = 50_000

    /// An empty cache.
    package init() {}

    /// The due date of a term, computed at the first asking. Throws as `WorkingCalendar.due`.
    package mutating func due(
        _ term: Term, from dayZero: CivilDate, zone: CivilZone?, calendar: WorkingCalendar
    ) throws(CalendarError) -> Entry {
        if digest != calendar.digest {
            digest = calendar.digest
            entries.removeAll()
        }
        let key = Key(term: term, dayZero: dayZero, zone: zone?.name)
        if let entry = entries[key] { return entry }
        let due = try calendar.due(term, from: dayZero, zone: zone)
        let entry = Entry(
            date: due.date, target: due.target, isProvisional: due.isProvisional, proof: due.proof.description)
        if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
        entries[key] = entry
        return entry
    }
}
