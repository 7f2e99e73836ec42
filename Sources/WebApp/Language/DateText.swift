import Languages
import WorkingDays

/// Dates and times as they are read in Kazakhstan.
package struct DateText: Sendable {
    let texts: Texts
    let language: Language
    let zone: CivilZone

    /// Dates in `language` on the clock of `zone`.
    package init(texts: Texts, language: Language, zone: CivilZone) {
        self.texts = texts
        self.language = language
        self.zone = zone
    }

    /// `19.03.2026`, the same in all languages.
    package static func short(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        return "\(twoDigits(day)).\(twoDigits(month)).\(year)"
    }

    /// `2026 ж. 19 наурыз`, `19 марта 2026 г.`, `19 March 2026`.
    package func long(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        return texts.text(
            "date.long", language,
            [
                "day": "\(day)", "month": texts.text(TextKey(family: "monthOf", member: "\(month)"), language),
                "year": "\(year)",
            ])
    }

    /// `2026 ж. наурыз`, `март 2026 г.`, `March 2026`.
    package func month(_ month: CivilMonth) -> String {
        let (year, number, _) = month.first.parts
        return texts.text(
            "date.month", language,
            ["month": texts.text(TextKey(family: "month", member: "\(number)"), language), "year": "\(year)"])
    }

    /// The month or the quarter: `2026 ж. I тоқсан`, `I квартал 2026 г.`, `1st quarter of 2026`.
    package func period(_ period: ReportPeriod) -> String {
        switch period {
        case .month(let month): self.month(month)
        case .quarter(let quarter):
            texts.text(
                "date.quarter", language,
                [
                    "quarter": texts.text(TextKey(family: "quarter", member: "\(quarter.quarter)"), language),
                    "year": "\(quarter.year)",
                ])
        }
    }

    /// `дүйсенбі`, `понедельник`, `Monday`.
    package func weekday(_ date: CivilDate) -> String {
        texts.text(TextKey(family: "weekday", member: "\(date.weekday.rawValue)"), language)
    }

    /// `дс`, `пн`, `Mon`.
    package func shortWeekday(_ date: CivilDate) -> String {
        texts.text(TextKey(family: "weekdayShort", member: "\(date.weekday.rawValue)"), language)
    }

    /// `14:05` on the clock of the zone.
    package func time(_ moment: Moment) -> String {
        let (hour, minute) = zone.wallClock(of: moment)
        return "\(Self.twoDigits(hour)):\(Self.twoDigits(minute))"
    }

    /// `19.03.2026 14:05` on the clock of the zone.
    package func short(_ moment: Moment) -> String {
        Self.short(zone.civilDate(of: moment)) + "\u{A0}" + time(moment)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
