import Markup
import WorkingDays

/// One thing that happened, on the timeline of a case.
package struct TimelineEntry: Sendable {
    /// What happened, in words.
    package let title: String
    /// When it happened.
    package let occurredAt: Moment
    /// When it was recorded, where that was another time.
    package let recordedAt: Moment?
    /// Who recorded it, in words.
    package let actor: String?
    /// The state whose colour the mark bears; nil for a neutral one.
    package let state: ClockState?
    /// What else there is to say.
    package let content: (@Sendable (inout HTML) -> Void)?

    /// An entry.
    package init(
        title: String, occurredAt: Moment, recordedAt: Moment? = nil, actor: String? = nil, state: ClockState? = nil,
        content: (@Sendable (inout HTML) -> Void)? = nil
    ) {
        self.title = title
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.actor = actor
        self.state = state
        self.content = content
    }
}

extension HTML {
    /// What happened to a case, in order; when it happened and when it was recorded are both shown.
    package mutating func timeline(_ entries: [TimelineEntry], _ view: View) {
        ol(.class("timeline")) { html in
            for entry in entries {
                html.li(.class("timeline-entry " + (entry.state?.className ?? "is-neutral"))) { html in
                    html.span(.class("timeline-mark"), .ariaHidden) { html in
                        if let state = entry.state { html.icon(state.icon) }
                    }
                    html.p(.class("timeline-title"), text: entry.title)
                    html.p(.class("timeline-meta")) { html in
                        html.moment(entry.occurredAt, view)
                        if let actor = entry.actor { html.span(text: actor) }
                        if let recorded = entry.recordedAt, recorded != entry.occurredAt {
                            html.span(text: view.t("timeline.recorded", ["time": view.dates.short(recorded)]))
                        }
                    }
                    if let content = entry.content { html.div(.class("timeline-content"), content: content) }
                }
            }
        }
    }

    /// A moment on the clock of the contact centre, and for machines.
    package mutating func moment(_ moment: Moment, _ view: View) {
        time(.datetime(moment.description), text: view.dates.short(moment))
    }

    /// A date, and for machines.
    package mutating func date(_ date: CivilDate, _ view: View) {
        time(.datetime(date.description), .title(view.dates.weekday(date)), text: DateText.short(date))
    }
}
