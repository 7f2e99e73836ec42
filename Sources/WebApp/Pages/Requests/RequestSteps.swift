import Casework
import Journal
import Languages
import Markup
import Onboarding
import Rulebook
import WorkingDays

/// The next steps of a request, each a form with the law beside it.
extension RequestPage {
    /// The steps that can be recorded now: the chain first, then what can happen at any time.
    func steps(correcting entry: Int?) -> [RequestStep] {
        var steps = state.nextSteps.compactMap(RequestStep.init)
        steps.removeAll { $0 == .cancel }
        if state.isInForce {
            steps.append(.contact)
            for duty in state.possibleDuties {
                switch duty {
                case .additionalRequest: steps.append(.additional)
                case .informationChange: steps.append(.change)
                case .responsiblePersonChange: steps.append(.newPerson)
                case .refusalNotice, .agencyTraining: break
                }
            }
            if state.completedAt == nil { steps.append(.cancel) }
        }
        if entry != nil { steps.insert(.correct, at: 0) }
        return steps
    }

    /// The form of a step; nil for a correction of an entry that is not there.
    func form(_ step: RequestStep, _ site: WebRequest) -> StepForm? {
        let entry = Int(site.form["entry"]) ?? site.query("correct").flatMap(Int.init)
        let view = site.reader
        var form = StepForm(
            step: step.rawValue, path: .request(.value(record.id)), fields: step.fields(state, card: card, view),
            version: parts.events.count, earliest: step.step.flatMap(state.earliest))
        form.isDangerous = step == .cancel
        if step == .correct {
            guard let entry, let wrong = parts.events.first(where: { $0.recorded.version == entry }) else { return nil }
            form.hidden = [("entry", "\(entry)")]
            form.fields[0].preset = view.dates.machine(wrong.moment)
            form.problem = nil
        }
        return form
    }

    func steps(into html: inout HTML, _ view: View) {
        let drawn = forms.map { form in form.step == sent?.step ? sent ?? form : form }
        let chain = drawn.filter { RequestStep(rawValue: $0.step)?.step != nil && $0.step != "cancel" }
        let correcting = drawn.filter { $0.step == "correct" }
        let others = drawn.filter { form in
            !chain.contains { $0.step == form.step } && form.step != "correct"
        }
        if let sent, !forms.contains(where: { $0.step == sent.step }), let step = RequestStep(rawValue: sent.step) {
            html.overtakenStep(sent, title: view.name("stepTitle", step), view)
        }
        for form in correcting {
            html.panel(view.t("step.correctTitle"), id: "correct") { $0.stepBody(form, self, view) }
        }
        if !chain.isEmpty {
            html.panel(view.t("request.next"), id: "next") { html in
                for (index, form) in chain.enumerated() {
                    let isOpen = sent == nil ? index == 0 && correcting.isEmpty : form.step == sent?.step
                    html.step(form, self, isOpen: isOpen, view)
                }
            }
        } else if let text = rest(view) {
            html.panel(view.t("request.next"), id: "next") { $0.p(text: text) }
        }
        if !others.isEmpty {
            html.panel(view.t("request.other"), id: "other") { html in
                for form in others { html.step(form, self, isOpen: form.step == sent?.step, view) }
            }
        }
    }

    /// What is to be said where no step of the chain is left.
    private func rest(_ view: View) -> String? {
        if state.liveAt != nil { return view.t("request.isLive") }
        if state.cancelledAt != nil { return view.t("request.isCancelled") }
        return nil
    }
}

extension HTML {
    /// A step that opens on a click; the first one is open.
    fileprivate mutating func step(_ form: StepForm, _ page: RequestPage, isOpen: Bool, _ view: View) {
        let title = RequestStep(rawValue: form.step).map { view.name("stepTitle", $0) } ?? ""
        foldedStep(form, title: title, isOpen: isOpen) { html in
            if let clock = page.clock(of: form) {
                html.badge(clock.state(on: view.today), view, text: clock.note(page.parts, view))
            }
        } content: { html in
            html.stepParts(form, page, view)
        }
    }

    fileprivate mutating func stepBody(_ form: StepForm, _ page: RequestPage, _ view: View) {
        div(.class("step-body")) { $0.stepParts(form, page, view) }
    }

    /// The form, and the law beside it.
    private mutating func stepParts(_ form: StepForm, _ page: RequestPage, _ view: View) {
        div { html in
            if form.step == "goLive", form.values == nil, let from = page.waiting, from > view.today {
                // Before the first allowed day there is nothing to record.
                return html.alert(.info, title: view.t("step.wait", ["date": DateText.short(from)]))
            }
            if form.step == "correct", let entry = page.entry(of: form) {
                html.p(
                    .class("hint"),
                    text: view.t(
                        "step.correctWhat",
                        [
                            "event": view.event(entry.recorded.name),
                            "time": view.dates.short(entry.moment),
                        ]))
            }
            html.stepForm(form, view)
        }
        law(page.rules(of: form), view)
    }

    /// What the law says, in its own words and with its paragraph.
    mutating func law(_ rules: [ClockRule], _ view: View) {
        guard !rules.isEmpty else { return }
        aside(.class("law"), .ariaLabel(view.t("step.law"))) { html in
            for rule in rules {
                html.p(.class("law-cite"), text: view.t("step.cite", ["paragraph": rule.cite[view.language]]))
                html.p(text: rule.explanation[view.language])
            }
        }
    }
}

extension RequestPage {
    /// The first day on which consulting may start (797 §9).
    fileprivate var waiting: CivilDate? { parts.clocks.first { $0.force == .waiting }?.due }

    fileprivate func rules(of form: StepForm) -> [ClockRule] {
        RequestStep(rawValue: form.step)?.rules(in: parts.procedures) ?? []
    }

    /// The open clock that the step stops.
    fileprivate func clock(of form: StepForm) -> ClockRow? {
        guard let event = RequestStep(rawValue: form.step)?.event else { return nil }
        let rules = parts.procedures.flatMap(\.rules).filter { rule in
            rule.plannedFact == nil && rule.stops.contains { $0.event == event }
        }
        return parts.clocks.first { clock in clock.endedOn == nil && rules.contains { $0.id == clock.rule } }
    }

    fileprivate func entry(of form: StepForm) -> CaseParts.Entry? {
        let number = form.hidden.first { $0.name == "entry" }.flatMap { Int($0.value) }
        return parts.events.first { $0.recorded.version == number }
    }
}
