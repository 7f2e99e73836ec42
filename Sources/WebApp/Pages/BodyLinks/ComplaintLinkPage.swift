import Casework
import Complaints
import Correspondence
import Languages
import Markup
import Rulebook
import WorkingDays

/// What a body sees of a complaint by its link: until when it must answer and why, the words, and what it can do.
///
/// No account, no script needed. Where the complaint is with another body by now, nothing of it is told.
struct ComplaintLinkPage: Page {
    let link: BodyLinkRecord
    let record: ComplaintRecord
    let state: Complaint.State
    let service: Localized?
    let story: ComplaintStory
    let clocks: [ClockRow]
    let titles: [String: Localized]
    let calendar: WorkingCalendar
    /// The words and the contacts; nil where they are not shown (any more).
    let revealed: RevealedComplaint?
    /// What can be done.
    let forms: [StepForm]
    let token: String
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("complaint.title", ["number": record.id]) }

    /// Whether the body of the link is the one that must answer.
    private var isWithBody: Bool { record.body == link.body }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: story.name(link.body, view))
            html.h1(text: title(view))
            guard isWithBody, record.status != .annulled else {
                return html.p(.class("lead"), text: view.t("way.elsewhere"))
            }
            html.p(.class("lead"), text: view.t("way.lead"))
            html.facts(facts(view))
        }
        if isWithBody, record.status != .annulled {
            for clock in clocks where clock.endedOn == nil {
                html.linkClock(clock, title: titles[clock.rule], calendar, view)
            }
            words(into: &html, view)
            conversation(into: &html, view)
            acts(into: &html, view)
        }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func facts(_ view: View) -> [Fact] {
        var facts = [
            Fact(view.t("requests.state"), view.name("complaintStatus", record.status)),
            Fact(view.t("complaints.registered"), DateText.short(record.registeredOn)),
            Fact(view.t("complaints.kind"), view.name("complaintKind", record.kind)),
        ]
        if let service { facts.append(Fact(view.t("way.service"), service[view.language])) }
        if let at = state.receivedAt {
            facts.append(Fact(view.t("way.received"), view.dates.short(at)))
        }
        if let first = state.registered?.continues { facts.append(Fact(view.t("way.continues"), "№ " + first)) }
        return facts
    }

    private func words(into html: inout HTML, _ view: View) {
        guard record.status == .open else { return }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t("complaint.subject"))
            guard let revealed, let subject = revealed.subject else {
                return html.p(text: view.t("way.erased"))
            }
            html.div(.class("quote")) { html in
                for line in subject.split(separator: "\n") { html.p(text: String(line)) }
            }
            html.h3(text: view.t("complaints.applicant"))
            let contacts = revealed.contacts
            let facts: [(TextKey, String?)] = [
                ("complaint.name", contacts?.name), ("complaint.iin", contacts?.iin),
                ("complaint.phone", contacts?.phone), ("complaint.email", contacts?.email),
                ("complaint.address", contacts?.address),
            ]
            html.facts(facts.compactMap { key, text in text.map { Fact(view.t(key), $0) } })
            html.p(.class("note"), text: view.t("way.revealed"))
        }
    }

    private func conversation(into html: inout HTML, _ view: View) {
        let told = story.lines.filter { line in
            switch line.event {
            case .applicantAsked, .applicantAdded, .complaintAnswered, .complaintExtended, .complaintReturnProposed,
                .complaintReturnDeclined, .complaintWithdrawn:
                true
            default: false
            }
        }
        guard !told.isEmpty else { return }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t("way.sofar"))
            html.timeline(
                told.map { line in
                    TimelineEntry(title: view.event(line.event.name), occurredAt: line.moment) { [token, story] html in
                        html.storyLine(line, of: story, view) { digest in
                            SitePath.bodyLinkFile(.value(token), .value(digest)).path
                        }
                    }
                }, view)
        }
    }

    private func acts(into html: inout HTML, _ view: View) {
        func title(_ form: StepForm) -> String {
            ComplaintBodyAct(rawValue: form.step).map { view.name("complaintBodyAct", $0) } ?? ""
        }
        if let sent, !forms.contains(where: { $0.step == sent.step }) {
            html.div(.class("sheet")) { $0.stepForm(sent, view) }
        }
        html.div(.class("sheet")) { html in
            guard let first = forms.first else {
                html.h2(text: view.t("bodyLink.nothing"))
                return html.p(text: view.t(record.status == .answered ? "bodyLink.thanks" : "way.closed"))
            }
            html.h2(text: view.t("way.acts"))
            for form in forms {
                let drawn = sent?.step == form.step ? sent ?? form : form
                // What comes next is open; the rest is a click away.
                let isOpen = sent == nil ? form.step == first.step : sent?.step == form.step
                html.foldedStep(form, title: title(form), isOpen: isOpen) { html in
                    html.div { html in
                        help(form, into: &html, view)
                        html.stepForm(drawn, view)
                    }
                }
            }
        }
    }

    private func help(_ form: StepForm, into html: inout HTML, _ view: View) {
        switch ComplaintBodyAct(rawValue: form.step) {
        case .receive: html.p(text: view.t("way.receiveHelp"))
        case .giveBack: html.p(text: view.t("way.giveBackHelp"))
        case .answer, .ask, .extend, nil: break
        }
    }
}

extension HTML {
    /// A running term for whoever has a link: its last day and why it is that day.
    mutating func linkClock(_ clock: ClockRow, title: Localized?, _ calendar: WorkingCalendar, _ view: View) {
        div(.class("sheet")) { html in
            html.div(.class("body-due")) { html in
                html.badge(clock.state(on: view.today), view)
                html.h2(text: title?[view.language] ?? clock.rule)
                html.p { html in
                    html.text(view.t("bodyLink.due") + " ")
                    html.strong { $0.date(clock.due, view) }
                }
            }
            html.element("details", []) { html in
                html.summary(text: view.t("bodyLink.why"))
                if let proof = Proof(parsing: clock.proof, names: calendar) {
                    html.proofTable(DueDate(proof: proof), view)
                }
            }
        }
    }
}
