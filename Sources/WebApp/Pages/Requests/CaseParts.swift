import Accounts
import Casework
import ContactCentre
import Correspondence
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What pages of cases share: the clocks with their proof, and what happened.
struct CaseParts: Sendable {
    /// One thing that happened.
    struct Entry: Sendable {
        /// As the journal has it.
        let recorded: RecordedEvent
        /// What happened.
        let content: any EventContent
        /// What it did to the clocks.
        let changes: [ClockChange]
        /// When it happened, by what is known today.
        let moment: Moment
    }

    /// The clocks, by date.
    let clocks: [ClockRow]
    /// What of it stands in the ledger of violations.
    let violations: [Violation]
    /// The grounds by which a violation is excused.
    let grounds: [ViolationRules.Ground]
    /// The titles of the clocks' rules.
    let titles: [String: Localized]
    /// What happened, oldest first.
    let events: [Entry]
    /// The calendar in force, for the names of days in proofs.
    let calendar: WorkingCalendar
    /// The procedures in force; for the law beside a form and the terms that are still to come.
    let procedures: [Procedure]
    /// The procedure of the case; nil where it has none.
    let procedure: Procedure?
    /// The names of those who recorded something, by actor.
    let names: [Actor: String]

    /// Reads a case; nil where it does not exist.
    init?(_ stream: StreamID, _ site: WebRequest) async throws {
        let casework = site.environment.centre.casework
        let history = try await casework.history(of: stream)
        guard let first = history.first else { return nil }
        var moments: [Int: Moment] = [:]
        for (_, event) in history {
            if let correction = event.content.correction { moments[correction.entry] = correction.moment }
        }
        events = history.map { recorded, event in
            Entry(
                recorded: recorded, content: event.content, changes: event.changes,
                moment: moments[recorded.version] ?? recorded.occurredAt)
        }
        let (clocks, calendar, violations) = try await casework.journal.read { db in
            (
                try ClockRow.fetch(of: stream, in: db), try casework.calendars.calendar(in: db),
                try Violation.fetch(of: stream, in: db)
            )
        }
        self.violations = violations
        grounds = site.environment.centre.violations.rules.grounds
        self.clocks = clocks
        self.calendar = calendar
        titles = casework.rulebooks.ruleTitles
        let edition = first.event.edition.flatMap { casework.rulebooks.edition($0) }
        procedures = edition?.procedures ?? []
        procedure = procedures.first { procedure in
            clocks.contains { clock in procedure.rule(clock.rule) != nil }
        }
        var names: [Actor: String] = [:]
        for actor in Set(history.map(\.recorded.actor)) {
            names[actor] = try await site.environment.accounts.displayName(of: actor)
        }
        self.names = names
    }

    /// Whether a clock of the case is a target of our own, which nobody can violate.
    func isTarget(_ rule: String) -> Bool { clocks.contains { $0.rule == rule && !$0.force.canBeBreached } }

    func title(_ rule: String, _ view: View) -> String { titles[rule]?[view.language] ?? rule }

    /// Who recorded something, in words: a name, the program itself, or what the journal says.
    func name(of actor: Actor, _ view: View) -> String {
        if actor == .timer { return view.t("actor.timer") }
        if actor.rawValue.hasPrefix("body-link:") { return view.t("actor.bodyLink") }
        if actor.rawValue.hasPrefix("applicant-link:") { return view.t("actor.applicantLink") }
        return names[actor] ?? actor.rawValue
    }
}

extension ClockState {
    /// How a clock stands on a day, whether or not midnight has noted that its date passed.
    init(_ standing: ClockStanding, force: ClockForce, due: CivilDate, on today: CivilDate) {
        let past: ClockState = force.canBeBreached ? .breached : .missed
        self =
            switch standing {
            case .running: due == today ? .dueToday : due < today ? past : .running
            case .suspended: .suspended
            case .met: .met
            case .breached: .breached
            case .missed: .missed
            case .cancelled, .waiting: .waiting
            }
    }
}

extension Clock {
    /// How the clock stands, for its badge.
    func state(on today: CivilDate) -> ClockState {
        ClockState(ClockStanding(status, force: force), force: force, due: due, on: today)
    }
}

extension ClockRow {
    /// How the clock stands, for its badge.
    func state(on today: CivilDate) -> ClockState { ClockState(standing, force: force, due: due, on: today) }

    /// What there is to say of it: days left, days late, done, from when.
    func note(_ parts: CaseParts, _ view: View) -> String {
        // A year without a calendar has no count of days; the state alone is said then.
        func days(_ from: CivilDate, _ to: CivilDate) -> Int? {
            try? parts.calendar.workingDays(after: from, through: to)
        }
        let today = view.today
        switch (status, endedOn) {
        case (.cancelled, _): return view.t("clock.cancelled")
        case (.met, let ended?): return view.t("clock.done", ["date": DateText.short(ended)])
        case (.breached, let ended?):
            return view.t(
                standing == .missed ? "clock.doneAfterTarget" : "clock.doneLate", ["date": DateText.short(ended)])
        case (.waiting, _): return view.t("clock.from", ["date": DateText.short(due)])
        case (.suspended, _): return view.name("state", ClockState.suspended)
        case (.running, _) where due == today: return view.name("state", ClockState.dueToday)
        case (.running, _) where due > today:
            return days(today, due).map { view.t("clock.left", count: $0) } ?? view.name("state", ClockState.running)
        default:
            let state = state(on: today)
            guard let late = days(due, today), late > 0 else { return view.name("state", state) }
            return view.t(state == .missed ? "clock.pastTarget" : "clock.overdue", count: late)
        }
    }

    /// How much of the term has passed, in thousandths.
    func passed(_ parts: CaseParts, on today: CivilDate) -> Int {
        if endedOn != nil || status == .breached { return 1_000 }
        let end = min(today, due)
        guard due > dayZero, end > dayZero else { return end >= due ? 1_000 : 0 }
        // Without a calendar of the year the days are counted as they come.
        let whole = (try? parts.calendar.workingDays(after: dayZero, through: due)) ?? dayZero.days(to: due)
        let gone = (try? parts.calendar.workingDays(after: dayZero, through: end)) ?? dayZero.days(to: end)
        return whole > 0 ? gone * 1_000 / whole : 1_000
    }
}

extension HTML {
    /// The chain of terms of a case: done, running, to come; each date leads to its proof on the page.
    mutating func clockChain(_ parts: CaseParts, _ view: View) {
        let years = parts.clocks.filter { $0.endedOn == nil }.map(\.due.year) + [view.today.year]
        missingCalendars(Set(years.filter { !parts.calendar.years.contains($0) }), view)
        let known = Dictionary(parts.clocks.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
        let rules = parts.procedure?.rules ?? []
        let isOver = parts.clocks.allSatisfy { $0.endedOn != nil }
        let segments = rules.compactMap { rule -> ClockSegment? in
            let owner = view.name("owner", rule.owner) + " · " + rule.cite[view.language]
            guard let clock = known[rule.id] else {
                // A rule that needs a fact which the case does not have never begins.
                if isOver || !rule.conditions.isEmpty || rule.plannedFact != nil { return nil }
                return ClockSegment(
                    title: rule.title[view.language], owner: owner, state: .waiting, note: view.t("clock.toCome"),
                    date: nil, passed: 0)
            }
            return ClockSegment(
                title: rule.title[view.language], owner: owner, state: clock.state(on: view.today),
                note: clock.note(parts, view), date: DateText.short(clock.due), proofAddress: "#proof-" + rule.id,
                passed: clock.passed(parts, on: view.today))
        }
        clockBar(segments, label: view.t("case.clocks"), view)
    }

    /// The proofs of the dates, one below the other, closed until somebody asks.
    mutating func proofs(_ parts: CaseParts, _ view: View) {
        div(.class("proofs")) { html in
            let order = (parts.procedure?.rules ?? []).map(\.id)
            let place = { (clock: ClockRow) in order.firstIndex(of: clock.rule) ?? order.count }
            for clock in parts.clocks.sorted(by: { place($0) < place($1) }) {
                guard let proof = Proof(parsing: clock.proof, names: parts.calendar) else { continue }
                html.details(.class("proof")) { html in
                    html.summary { html in
                        html.icon(.chevron)
                        html.span(text: parts.title(clock.rule, view))
                        html.date(clock.due, view)
                    }
                    html.div(.id("proof-" + clock.rule), .class("proof-body")) { html in
                        if let rule = parts.procedure?.rule(clock.rule) {
                            html.p(
                                .class("hint"), text: rule.cite[view.language] + ": " + rule.explanation[view.language])
                        }
                        html.proofTable(DueDate(proof: proof), view)
                    }
                }
            }
        }
    }

    /// What of a case stands in the ledger of violations, each with its entry.
    private mutating func violations(_ parts: CaseParts, _ view: View) {
        guard !parts.violations.isEmpty, view.may(.readReports) else { return }
        ul(.class("plain-list")) { html in
            for entry in parts.violations {
                html.li { html in
                    html.violationState(entry, view)
                    html.text(" ")
                    html.a(
                        .href(SitePath.violation(.value("\(entry.id)")).path),
                        text: view.t("violation.inLedger", ["duty": parts.title(entry.rule, view)]))
                }
            }
        }
    }

    /// The clocks of a case: the chain, and each date with its proof.
    mutating func clocks(_ parts: CaseParts, _ view: View) {
        panel(view.t("case.clocks"), id: "clocks") { html in
            html.reviews(parts, view)
            html.clockChain(parts, view)
            html.violations(parts, view)
            html.proofs(parts, view)
        }
    }

    /// What happened in a case, with what it did to the clocks; `details` draws what else an entry says.
    mutating func history(
        _ parts: CaseParts, _ view: View,
        details: (@Sendable (CaseParts.Entry, inout HTML) -> Void)? = nil
    ) {
        panel(view.t("case.history"), id: "history") { html in
            html.timeline(
                parts.events.map { entry in
                    let recorded = entry.recorded
                    let late = entry.changes.filter { $0.outcome == .late || $0.kind == .breached }
                    let isMissed = !late.isEmpty && late.allSatisfy { parts.isTarget($0.clock) }
                    let title =
                        isMissed && recorded.name == CaseworkEvent.Name.termBreached.rawValue
                        ? view.t("event.targetMissed")
                        : view.event(recorded.name)
                    return TimelineEntry(
                        title: title,
                        occurredAt: entry.moment, recordedAt: recorded.recordedAt,
                        actor: parts.name(of: recorded.actor, view),
                        state: isMissed
                            ? .missed
                            : !late.isEmpty ? .breached : entry.changes.contains { $0.outcome == .met } ? .met : nil
                    ) { html in
                        if entry.moment != recorded.occurredAt {
                            html.p(
                                .class("hint"),
                                text: view.t("entry.was", ["time": view.dates.short(recorded.occurredAt)]))
                        }
                        if let happened = entry.content as? ViolationEvent {
                            html.violationEvent(happened, of: recorded.stream, parts.grounds, view)
                        }
                        details?(entry, &html)
                        html.clockChanges(entry.changes, parts, view)
                    }
                }, view)
        }
    }

    /// What an entry did to the clocks, one line each.
    private mutating func clockChanges(_ changes: [ClockChange], _ parts: CaseParts, _ view: View) {
        guard !changes.isEmpty else { return }
        ul(.class("clock-changes")) { html in
            for change in changes {
                html.li { html in
                    html.span(.class("clock-change-rule"), text: parts.title(change.clock, view))
                    html.text(": " + view.words(of: change, isTarget: parts.isTarget(change.clock)))
                    if change.kind == .reviewed, let reason = change.reason {
                        html.text(" – " + (reason == ClockChange.borneOut ? view.t("clock.borneOut") : reason))
                    }
                }
            }
        }
    }
}

extension View {
    /// What happened to a clock, in words.
    fileprivate func words(of change: ClockChange, isTarget: Bool) -> String {
        let what =
            switch change.outcome {
            case .late: t(isTarget ? "clock.stoppedAfterTarget" : "clock.stoppedLate")
            case .met: t("clock.stoppedMet")
            case nil:
                isTarget && change.kind == .breached ? t("clock.targetMissed") : name("clockChange", change.kind)
            }
        switch change.kind {
        case .started, .restarted, .extended, .resumed, .recalculated:
            return change.due.map { what + ", " + t("clock.until", ["date": DateText.short($0)]) } ?? what
        default: return what
        }
    }
}
