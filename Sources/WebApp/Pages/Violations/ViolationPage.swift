import Accounts
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// One entry of the ledger: what was late and the proof of its date, what a person decides, what the body replies.
struct ViolationPage: Page {
    let entry: Violation
    /// The place of the last event that changed it.
    let version: Int
    let names: ViolationNames
    let parts: CaseParts
    /// The law of the clock.
    let law: ClockRule?
    /// What was decided, as it was said; nil where nothing was.
    let decided: ViolationDecided?
    /// The replies of the body, the latest first.
    let replies: [CaseParts.Entry]
    /// The link by which the body replies, and its address; nil where none is open.
    let link: (record: BodyLinkRecord, address: String)?
    /// Who may decide on such cases.
    let act: Permission
    /// What can be done.
    var forms: [StepForm]
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?

    var section: NavigationSection? { .violations }
    func title(_ view: View) -> String { names.duty(entry.rule, view) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("violations.title"), .violations)], view)
        html.pageHeader(title(view), lead: lead(view)) { html in
            html.violationState(entry, view)
            guard let path = entry.stream.casePath(view) else { return }
            html.a(.class("button"), .href(path.path), text: view.t("violation.toCase", ["number": entry.stream.id]))
        }
        if entry.state == .reopened { html.violationLoss(entry, into: view) }
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                decision(into: &html, view)
                reply(into: &html, view)
                proof(into: &html, view)
                history(into: &html, view)
            }
            facts(into: &html, view)
        }
    }

    private func lead(_ view: View) -> String {
        let body = entry.body.map { names.bodies[$0]?[view.language] ?? $0 } ?? view.t("violations.ours")
        return "\(body) · \(entry.stream.id)"
    }

    private func facts(into html: inout HTML, _ view: View) {
        html.panel(view.t("request.facts"), id: "facts") { [entry, names, parts] html in
            var facts = [
                Fact(view.t("clocks.body")) { $0.violationBody(entry, names, view) },
                Fact(view.t("clocks.owner"), view.name("owner", entry.owner)),
            ]
            if let service = entry.service {
                facts.append(
                    Fact(view.t("requests.service")) { $0.serviceName(service, names.services[service], view) })
            }
            facts.append(Fact(view.t("violations.due")) { $0.date(entry.due, view) })
            if entry.mark != entry.due {
                facts.append(Fact(view.t("violation.mark")) { $0.date(entry.mark, view) })
            }
            facts.append(
                Fact(view.t("violations.doneOn"), entry.endedOn.map(DateText.short) ?? view.t("violation.notDone")))
            if let late = entry.late(parts.calendar, view) { facts.append(Fact(view.t("violations.late"), late)) }
            facts.append(Fact(view.t("violation.noticed"), DateText.short(entry.noticedOn)))
            if let law { facts.append(Fact(view.t("violation.law"), law.cite[view.language])) }
            html.facts(facts)
        }
    }

    private func proof(into html: inout HTML, _ view: View) {
        guard let proof = Proof(parsing: entry.proof, names: parts.calendar) else { return }
        html.panel(view.t("violation.proof"), id: "proof") { html in
            if let law { html.p(.class("hint"), text: law.explanation[view.language]) }
            html.proofTable(DueDate(proof: proof), view)
        }
    }

    // MARK: Decision

    private func decision(into html: inout HTML, _ view: View) {
        html.panel(view.t("violation.decision"), id: "decision") { html in
            if let decision = entry.decision { self.decision(decision, into: &html, view) }
            if entry.decision == nil, entry.state == .drafted { html.p(text: view.t("violation.undecided")) }
            if entry.state == .closed { html.p(text: view.t("violation.closedText")) }
            guard view.may(act) else { return }
            if let sent, !forms.contains(where: { $0.step == sent.step }) { html.stepForm(sent, view) }
            for form in forms {
                let drawn = sent?.step == form.step ? sent ?? form : form
                let isOpen = sent == nil ? entry.state == .reopened : sent?.step == form.step
                html.foldedStep(form, title: view.violationStep(form.step), isOpen: isOpen) { html in
                    html.div { html in
                        if let help = view.violationHelp(form.step, entry) { html.p(.class("hint"), text: help) }
                        html.stepForm(drawn, view)
                    }
                }
            }
        }
    }

    private func decision(_ decision: Violation.Decision, into html: inout HTML, _ view: View) {
        let words = view.name("violationState", decision.isExcuse ? Violation.State.excused : .confirmed)
        html.p { html in
            if entry.isStruck {
                html.element("del", [], text: words)
                html.text(" " + view.t("violation.struck"))
            } else {
                html.strong(text: words)
            }
            html.text(" · " + DateText.short(decision.decidedOn))
            if let actor = parts.events.first(where: { $0.recorded.version == decision.entry })?.recorded.actor {
                html.text(" · " + parts.name(of: actor, view))
            }
        }
        if let ground = decision.ground {
            html.p(text: view.t("violations.ground") + ": " + names.ground(ground, view))
        }
        if let decided { html.violationWords(decided.words, decided.document, entry.stream, view) }
    }

    // MARK: Reply

    private func reply(into html: inout HTML, _ view: View) {
        guard entry.body != nil else { return }
        html.panel(view.t("violations.reply"), id: "reply") { html in
            if let told = entry.toldOn, let by = entry.replyBy {
                html.p(
                    text: view.t("violation.told", ["date": DateText.short(told), "until": DateText.short(by)]))
            } else {
                html.p(.class("note"), text: view.t("violation.notTold"))
            }
            for reply in replies {
                guard case .violationReplied(let said)? = reply.content as? ViolationEvent else { continue }
                html.div(.class("quote")) { html in
                    html.p(.class("hint")) { html in
                        html.moment(reply.moment, view)
                        if said.isLate { html.text(" · " + view.t("violations.replyLate")) }
                    }
                    html.violationWords(said.text, said.document, entry.stream, view)
                }
            }
            guard view.may(act), let link else { return }
            html.field(Field("address", label: view.t("violation.link"), hint: view.t("violation.linkHint")), view) {
                html, own in
                html.void("input", own + [.type("text"), .value(link.address), Attribute("readonly", flag: true)])
            }
        }
    }

    // MARK: History

    private func history(into html: inout HTML, _ view: View) {
        let told = parts.events.filter { event in
            if let happened = event.content as? ViolationEvent { return happened.id(in: entry.stream) == entry.id }
            return event.changes.contains { $0.clock == entry.rule }
        }
        html.panel(view.t("case.history"), id: "history") { html in
            html.timeline(
                told.map { event in
                    let isLate = event.changes.contains {
                        $0.clock == entry.rule && ($0.kind == .breached || $0.outcome == .late)
                    }
                    return TimelineEntry(
                        title: view.event(event.recorded.name), occurredAt: event.moment,
                        recordedAt: event.recorded.recordedAt, actor: parts.name(of: event.recorded.actor, view),
                        state: isLate ? .breached : nil
                    ) { [entry, names] html in
                        guard let happened = event.content as? ViolationEvent else { return }
                        html.violationEvent(happened, of: entry.stream, names.grounds, view)
                    }
                }, view)
        }
    }
}

extension HTML {
    /// Why an entry waits for a person again.
    mutating func violationLoss(_ entry: Violation, into view: View) {
        let reason: TextKey =
            switch entry.loss {
            case .inTime: "violation.lossInTime"
            case .calendar, nil: "violation.lossCalendar"
            case .corrected: "violation.lossCorrected"
            case .annulled: "violation.lossAnnulled"
            }
        alert(.warning, title: view.t("violation.reopened")) { html in
            html.p(text: view.t(reason))
            html.p(text: view.t(entry.ground == .doubted ? "violation.doubtText" : "violation.goneText"))
        }
    }

    /// Words of somebody with the file that came with them.
    mutating func violationWords(_ words: String?, _ document: String?, _ stream: StreamID, _ view: View) {
        if let words {
            for line in words.split(separator: "\n") { p(text: String(line)) }
        }
        guard let document, let kind = ContactCentre.kinds[stream.kind]?.documents, view.may(kind) else { return }
        p(.class("entry-links")) { html in
            html.a(.href(SitePath.file(.value(document)).with(["case": stream.rawValue]))) { html in
                html.icon(.download)
                html.text(view.t("entry.document"))
            }
        }
    }

    /// What an event of the ledger says, below its title on a timeline.
    mutating func violationEvent(
        _ event: ViolationEvent, of stream: StreamID, _ grounds: [ViolationRules.Ground], _ view: View
    ) {
        switch event {
        case .violationConfirmed(let decided), .violationExcused(let decided):
            if let ground = decided.ground {
                let label = grounds.first { $0.code == ground }?.label[view.language] ?? ground
                p(text: view.t("violations.ground") + ": " + label)
            }
            violationWords(decided.words, decided.document, stream, view)
        case .violationDecisionWithdrawn(let amended), .violationClosed(let amended): p(text: amended.reason)
        case .violationTold(let told):
            p(text: view.t(told.way == "mail" ? "violation.toldByMail" : "violation.toldByHand"))
            p(.class("hint"), text: view.t("violations.replyBy", ["date": DateText.short(told.replyBy)]))
        case .violationReplied(let reply):
            if reply.isLate { p(.class("hint"), text: view.t("violations.replyLate")) }
            violationWords(reply.text, reply.document, stream, view)
        }
    }
}
