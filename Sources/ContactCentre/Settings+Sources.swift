import Forms
import WorkingDays

/// From where the centre fetches by itself, and from when it reports what it fetched.
extension Settings {
    /// How the forum is reached; nil where nothing is fetched from it.
    var forum: CursorSource? {
        forumAddress.map {
            CursorSource(
                address: $0, token: forumToken, authority: forumAuthority, name: "The forum", setting: "forum-address")
        }
    }

    /// How the monitoring system is reached; nil where nothing is fetched from it.
    var stageSource: CursorSource? {
        stageAddress.map {
            CursorSource(
                address: $0, token: stageToken, authority: stageAuthority, name: "The monitoring system",
                setting: "stage-address")
        }
    }

    /// The first period of a form that is made from stage data: that of the month that is set, or the first quarter that has no month
    /// before it; nil where none is made by itself.
    func firstStagePeriod(of form: StatutoryForm) -> ReportPeriod? {
        guard let month = stageReportsFirstPeriod.flatMap({ CivilMonth($0) }) else { return nil }
        let period = form.period(containing: month.first)
        return period.first == month.first ? period : period.next
    }

    /// The working day on which the reports from stage data are made unless it is set: records of the last days have come by then,
    /// and the law's day lies well behind it.
    static let standardStageReportDay = 6
}
