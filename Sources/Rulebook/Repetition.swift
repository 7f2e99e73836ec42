import WorkingDays

/// When a thing counts as having happened repeatedly: so often within so many months (797 §12, “неоднократно”).
///
/// The months run from date to date, as in the acts: from 31 March a month ends on 30 April.
package struct Repetition: Hashable, Sendable {
    /// From this many times on it is repeated; at least 2.
    package let times: Int
    /// Within this many months.
    package let months: Int

    /// A rule of repetition.
    package init(times: Int, months: Int) {
        self.times = times
        self.months = months
    }

    /// The last day on which a thing that happened first on `date` can be repeated.
    package func end(from date: CivilDate) -> CivilDate {
        let day = CivilMonth(date).first.days(to: date) + 1
        let month = (0..<months).reduce(CivilMonth(date)) { month, _ in month.next }
        return month.day(day) ?? month.last
    }
}
