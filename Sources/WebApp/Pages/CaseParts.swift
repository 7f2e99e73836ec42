import Casework
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What pages of cases share: the clocks with their proof, and what happened.
struct CaseParts: Sendable {
    /// The clocks, by date.
    let clocks: [ClockRow]
    /// The titles of the clocks' rules.
    let titles: [String: Localized]
    /// What happened, oldest first.
    let events: [(recorded: RecordedEvent, changes: [ClockChange])]
    /// The calendar in force, for the names of days in proofs.
    let calendar: WorkingCalendar

    /// Reads a case; nil where it does not exist.
    init?(_ stream: StreamID, _ site: WebRequest) async throws {
        let casework = site.environment.centre.casework
        let history = try await casework.history(of: stream)
        guard !history.isEmpty else { return nil }
        events = history.map { ($0.recorded, $0.event.changes) }
        let (clocks, calendar) = try await casework.journal.read { db in
            (try ClockRow.fetch(of: stream, in: db), try casework.calendars.calendar(in: db))
        }
        self.clocks = clocks
        self.calendar = calendar
        titles = Self.titles(casework.rulebooks)
    }

    /// The titles of all rules.
    static func titles(_ rulebooks: RulebookSet) -> [String: Localized] {
        Dictionary(
            rulebooks.editions.flatMap { $0.procedures.flatMap(\.rules) }.map { ($0.id, $0.title) },
            uniquingKeysWith: { first, _ in first })
    }

    func title(_ rule: String, _ view: View) -> String { titles[rule]?[view.language] ?? rule }
}

extension ClockRow {
    /// How the clock stands, for its badge.
    func state(on today: CivilDate) -> ClockState {
        switch status {
        case .running: due == today ? .dueToday : due < today ? .breached : .running
        case .suspended: .suspended
        case .met: .met
        case .breached: .breached
        case .cancelled, .waiting: .waiting
        }
    }
}

extension HTML {
    /// The clocks of a case: state, duty, owner, date; each date opens its proof.
    mutating func clocks(_ parts: CaseParts, _ view: View) {
        panel(view.t("case.clocks"), id: "clocks") { html in
            for clock in parts.clocks {
                html.element("details", [.class("clock")]) { html in
                    html.element("summary", []) { html in
                        html.badge(clock.state(on: view.today), view)
                        html.text(" " + parts.title(clock.rule, view) + " · ")
                        html.text(view.name("owner", clock.owner) + " · ")
                        html.date(clock.due, view)
                    }
                    if let proof = Proof(parsing: clock.proof, names: parts.calendar) {
                        html.proofTable(DueDate(proof: proof), view)
                    }
                }
            }
        }
    }

    /// What happened in a case, with what it did to the clocks.
    mutating func history(_ parts: CaseParts, _ view: View) {
        panel(view.t("case.history"), id: "history") { html in
            html.timeline(
                parts.events.map { event, changes in
                    let name = CaseEventName(rawValue: event.name)
                    let isLate = changes.contains { $0.outcome == .late || $0.kind == .breached }
                    let lines = changes.map { change in
                        let due = change.due.map { " — " + DateText.short($0) } ?? ""
                        return parts.title(change.clock, view) + due
                    }
                    return TimelineEntry(
                        title: name.map { view.name("event", $0) } ?? event.name, occurredAt: event.occurredAt,
                        recordedAt: event.recordedAt == event.occurredAt ? nil : event.recordedAt,
                        actor: event.actor.rawValue,
                        state: isLate ? .breached : changes.contains { $0.outcome == .met } ? .met : nil
                    ) { html in
                        for line in lines { html.small(text: line) }
                    }
                }, view)
        }
    }
}
