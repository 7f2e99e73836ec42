import Forms
import Registry
import WorkingDays

/// A form that a body files for a period.
package struct OwedFiling: Sendable {
    /// The form.
    package let form: StatutoryForm
    /// The filing.
    package let id: FilingID
    /// The last day on which it is in time.
    package let due: CivilDate
}

extension FilingDuty {
    /// How far back a body files what it has not filed yet, in days: five quarters, so that a year can be put right.
    package static let reach = 460

    /// The forms that a body files, each for its running period and those that ended within `reach` days: what can be filed
    /// first, by its last day.
    package static func owed(by body: PublicBody, of forms: [StatutoryForm], on today: CivilDate) -> [OwedFiling] {
        guard let tier = tier(of: body) else { return [] }
        let own = forms.filter { $0.submission?.senders.contains { $0.tier == tier } ?? false }
        return own.flatMap { form -> [OwedFiling] in
            var periods = periods(of: form, before: today, limit: 16).filter {
                $0.last >= today.adding(days: -reach)
            }
            if form.to.map({ $0 >= today }) ?? true, form.from <= today {
                periods.insert(form.period(containing: today), at: 0)
            }
            var known: Set<String> = []
            return periods.filter { known.insert("\($0)").inserted && body.exists(on: min($0.last, today)) }.map {
                OwedFiling(
                    form: form, id: FilingID(form: form.code, period: $0, body: body.code),
                    due: form.submission?.lastDay(of: $0) ?? $0.last)
            }
        }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }
}
