import Markup
import WorkingDays

/// A day and a time of day, as two fields; both empty mean now.
struct MomentField: Sendable {
    /// The day, in the form of `<input type=date>`.
    var day = ""
    /// The time, in the form of `<input type=time>`.
    var time = ""

    /// What was typed.
    init(_ form: Form, prefix: String = "on") {
        day = form[prefix + "-day"]
        time = form[prefix + "-time"]
    }

    /// Today and now, where the contact centre is.
    init(now: Moment, zone: CivilZone) {
        let clock = zone.wallClock(of: now)
        day = zone.civilDate(of: now).description
        time = "\(clock.hour < 10 ? "0" : "")\(clock.hour):\(clock.minute < 10 ? "0" : "")\(clock.minute)"
    }

    /// The moment that is meant; nil where what was typed is none.
    ///
    /// The minute that it is now means now, so that nothing recorded at once lies in the future.
    func moment(now: Moment, zone: CivilZone) -> Moment? {
        guard !day.isEmpty || !time.isEmpty else { return now }
        guard let date = CivilDate(day) else { return nil }
        let parts = time.split(separator: ":").map { Int($0) }
        guard parts.count >= 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        let typed = zone.start(of: date).adding(milliseconds: Int64(hour * 60 + minute) * 60_000)
        let isThisMinute = typed <= now && now.millisecondsSince1970 - typed.millisecondsSince1970 < 60_000
        return isThisMinute ? now : typed
    }
}

extension HTML {
    /// When something happened: a day and a time.
    mutating func momentField(
        _ value: MomentField, label: String, error: String?, id: String, _ view: View, prefix: String = "on"
    ) {
        fieldset(.class("field moment")) { html in
            html.legend(text: label)
            if let error { html.p(.class("field-error"), .id(id + "-error"), text: error) }
            html.div(.class("form-row")) { html in
                html.input(
                    .type("date"), .id(id + "-day"), .name(prefix + "-day"), .value(value.day),
                    .ariaLabel(label + ": " + view.t("moment.day")), .required())
                html.input(
                    .type("time"), .id(id + "-time"), .name(prefix + "-time"), .value(value.time),
                    .ariaLabel(label + ": " + view.t("moment.time")), .required())
            }
        }
    }
}
