import Applications
import Casework
import ContactCentre
import Contacts
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// What a caller is told of his application (797 §15): the stage, since when, until when it must be provided and why until then, by how
/// much it is late, and what he can do then. Nothing of any person stands in it, since nothing of any is known.
struct StageAnswer: Sendable {
    let record: ApplicationRecord
    let service: Localized?
    let body: Localized?
    /// How many days past the last one it is; nil where it is not, or has ended.
    let overdue: Int?
    /// The last day with its proof, by the calendar in force; nil where only the day is told.
    let due: DueDate?

    private var application: Applications.Application { record.application }

    /// Whether it is late, or was.
    var isLate: Bool { overdue != nil || record.line.late != nil }

    /// What is known, as it stands today.
    /// - Throws: `CalendarError` where the calendar of a year is missing.
    static func of(_ record: ApplicationRecord, in centre: ContactCentre, on today: CivilDate) async throws
        -> StageAnswer
    {
        try await centre.journal.read { [calendars = centre.casework.calendars, zone = centre.casework.zone] db in
            let calendar = try calendars.calendar(in: db)
            let application = record.application
            return StageAnswer(
                record: record, service: try Registry.service(application.service, in: db)?.name,
                body: try Registry.localizedName(of: application.provider, on: today, in: db),
                overdue: try record.overdue(on: today, calendar),
                due: try application.term.map {
                    try calendar.due($0, from: zone.civilDate(of: application.acceptedAt), zone: zone)
                })
        }
    }

    /// Draws it in the language that is spoken.
    func draw(into html: inout HTML, _ own: View, spoken: Language) {
        let zone = own.zone
        html.h2(
            .id("stage"), text: application.standing.map { own.name("stage", $0.stage) } ?? own.t("stagePage.untold"))
        var facts = [
            Fact(
                own.t("stagePage.since"),
                (application.standing?.at).map { own.dates.long(zone.civilDate(of: $0)) } ?? "–"),
            Fact(own.t("stagePage.service"), service?[spoken] ?? application.service),
            Fact(
                own.t("stagePage.body"),
                (body?[spoken] ?? application.provider) + (application.unit.map { ", \($0)" } ?? "")),
            Fact(own.t("stagePage.accepted"), own.dates.long(zone.civilDate(of: application.acceptedAt))),
            Fact(own.t("stagePage.due"), own.dates.long(record.line.due)),
        ]
        if let finished = application.finishedAt, let result = application.result {
            facts.append(
                Fact(
                    own.name("applicationResult", result), own.dates.long(zone.civilDate(of: finished))))
        }
        html.facts(facts)
        lateness(into: &html, own)
        if let ground = application.dueGround {
            html.p(text: own.t("stagePage.ground", ["ground": ground]))
        }
        if let due {
            html.details { html in
                html.summary(text: own.t("guide.proof"))
                html.proofTable(due, own)
                if due.date != record.line.due {
                    html.p(.class("note"), text: own.t("stagePage.otherDay", ["day": own.dates.long(due.date)]))
                }
            }
        }
        html.p(
            .class("hint"),
            text: own.t(
                "stagePage.taken",
                ["time": own.dates.short(record.takenAt), "source": own.name("applicationSource", record.source)]))
    }

    private func lateness(into html: inout HTML, _ own: View) {
        func words(_ days: Int) -> String {
            own.t(TextKey(family: "lateBy", member: record.line.unit.rawValue), count: days)
        }
        if let overdue {
            html.alert(.danger, title: own.t("stagePage.overdue", ["days": words(overdue)])) { html in
                html.ol(.class("steps")) { html in
                    html.li(text: own.t("stagePage.doAsk"))
                    html.li(text: own.t("stagePage.doComplain"))
                }
            }
        } else if let late = record.line.late {
            html.alert(.warning, title: own.t("stagePage.wasLate", ["days": words(late)])) { html in
                html.p(text: own.t("stagePage.doComplainAfter"))
            }
        } else if application.finishedAt == nil {
            html.p(text: own.t("stagePage.inTime"))
        }
    }
}
