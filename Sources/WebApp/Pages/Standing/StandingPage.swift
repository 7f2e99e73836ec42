import Casework
import Complaints
import Correspondence
import Languages
import Markup
import Rulebook
import WorkingDays

/// How a complaint stands, for the person who complained: by the link in his mail, without an account and without a script.
///
/// Neither his name nor his words stand on it: whoever finds the link learns what the centre and the body have said.
struct StandingPage: Page {
    let record: ComplaintRecord
    let state: Complaint.State
    let service: Localized?
    let story: ComplaintStory
    let clocks: [ClockRow]
    let titles: [String: Localized]
    let calendar: WorkingCalendar
    let forms: [StepForm]
    let token: String
    /// When the link ends, by words.
    let link: BodyLinkRecord
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("complaint.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.h1(text: title(view))
            html.p(.class("lead"), text: lead(view))
            html.facts(facts(view))
        }
        for clock in clocks where clock.endedOn == nil && Reviewer.allCases.contains(where: { $0.clock == clock.rule })
        {
            html.linkClock(clock, title: titles[clock.rule], calendar, view)
        }
        answer(into: &html, view)
        acts(into: &html, view)
        history(into: &html, view)
        html.p(.class("note"), text: view.t("standing.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func lead(_ view: View) -> String {
        switch record.status {
        case .open: view.t(state.isAsked ? "standing.asked" : "standing.open")
        case .answered: view.t("standing.answered")
        default: view.t("standing.closed", ["state": view.name("complaintStatus", record.status)])
        }
    }

    private func facts(_ view: View) -> [Fact] {
        var facts = [
            Fact(view.t("requests.state"), view.name("complaintStatus", record.status)),
            Fact(view.t("standing.body"), story.name(record.body, view)),
            Fact(view.t("complaints.registered"), DateText.short(record.registeredOn)),
        ]
        if let service { facts.append(Fact(view.t("way.service"), service[view.language])) }
        if record.status == .open { facts.append(Fact(view.t("clocks.due")) { $0.date(record.dueOn, view) }) }
        if let at = state.receivedAt { facts.append(Fact(view.t("way.received"), view.dates.short(at))) }
        if let closed = record.closedOn { facts.append(Fact(view.t("complaints.closed"), DateText.short(closed))) }
        if let next = state.continuedAs { facts.append(Fact(view.t("standing.continuedAs"), "№ " + next)) }
        if let first = state.registered?.continues { facts.append(Fact(view.t("way.continues"), "№ " + first)) }
        return facts
    }

    private func answer(into html: inout HTML, _ view: View) {
        guard record.status == .answered, let line = story.answer else { return }
        html.div(.class("sheet"), .id("answer")) { html in
            html.h2(text: view.t("standing.answer"))
            html.storyLine(line, of: story, view, file: file)
        }
    }

    private var file: @Sendable (String) -> String {
        { [token] digest in SitePath.standingFile(.value(token), .value(digest)).path }
    }

    private func acts(into html: inout HTML, _ view: View) {
        func title(_ form: StepForm) -> String {
            StandingAct(rawValue: form.step).map { view.name("standingAct", $0) } ?? ""
        }
        if let sent, !forms.contains(where: { $0.step == sent.step }) {
            html.div(.class("sheet")) { $0.stepForm(sent, view) }
        }
        guard !forms.isEmpty else { return }
        let presses = forms.filter { StandingAct(rawValue: $0.step)?.isPress ?? false }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t(presses.isEmpty ? "way.acts" : "standing.didItHelp"))
            if !presses.isEmpty {
                html.div(.class("buttons")) { html in for form in presses { html.stepForm(form, view) } }
            }
            for form in forms where !presses.contains(where: { $0.step == form.step }) {
                let drawn = sent?.step == form.step ? sent ?? form : form
                let isAnswer = form.step == StandingAct.add.rawValue && state.isAsked
                html.foldedStep(form, title: title(form), isOpen: isAnswer || sent?.step == form.step) { html in
                    html.div { html in
                        if form.step == StandingAct.continue.rawValue {
                            html.p(text: view.t("standing.continueHelp"))
                        }
                        html.stepForm(drawn, view)
                    }
                }
            }
        }
    }

    private func history(into html: inout HTML, _ view: View) {
        let told = story.lines.filter { line in
            switch line.event {
            case .complaintRegistered, .complaintTransferred, .complaintExtended, .complaintReceived, .applicantAsked,
                .applicantAdded, .complaintAnswered, .complaintWithdrawn, .complaintContinued:
                true
            default: false
            }
        }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t("way.sofar"))
            html.timeline(
                told.map { line in
                    TimelineEntry(title: view.event(line.event.name), occurredAt: line.moment) { [story, file] html in
                        // The answer stands above, whole.
                        if case .complaintAnswered = line.event { return }
                        html.storyLine(line, of: story, view, file: file)
                    }
                }, view)
        }
    }
}

/// Where a complaint is found by its number and the code that came with it: `/status`.
struct StandingEntryPage: Page {
    var number = ""
    var isWrong = false

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("standing.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.h1(text: title(view))
            html.p(.class("lead"), text: view.t("standing.entryLead"))
            if isWrong { html.alert(.danger, title: view.t("standing.entryWrong")) }
            html.postForm(to: .standingEntry, view, .class("form"), .autocomplete("off")) { html in
                html.textField(
                    Field("number", label: view.t("standing.number"), hint: "2026-000123"), view, value: number)
                html.textField(
                    Field("code", label: view.t("standing.code"), hint: "ABCDE-FGHJK"), view, .autocomplete("off"))
                html.formButtons(submit: view.t("standing.look"), view)
            }
        }
    }
}
