import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// The ways in which a short case ends, each with a form.
enum DutyEnd: String, CaseIterable, Sendable {
    case changeSubmitted, responsiblePersonNotified, additionalAnswered, additionalRefused, agencyInformed
    case agencyTrainingHeld
}

/// The grounds of a refusal (797 §11.1); anything else is no ground of law.
enum DutyGround: String, CaseIterable, Sendable {
    case stateSecret = "state-secret"
    case commercialSecret = "commercial-secret"
    case otherSecret = "other-secret"
    case none
}

/// One short case: an additional request, a change, a new responsible person, the notice to the Agency.
struct DutyPage: Page {
    let name: DutyName
    let record: DutyRecord
    let state: DutyState
    let body: Localized
    let service: Localized?
    /// The request beside which it stands; nil where there is none.
    let request: String?
    let parts: CaseParts
    var forms: [StepForm]
    var sent: StepForm?

    var section: NavigationSection? { .requests }
    var path: SitePath { .duty(.value(name.rawValue), .value(record.stream.id)) }
    func title(_ view: View) -> String { view.name("duty", name) }

    func draw(into html: inout HTML, _ view: View) {
        var way = [(label: view.t("nav.requests"), path: SitePath.requests)]
        if let request { way.append((view.t("request.title", ["number": request]), .request(.value(request)))) }
        html.breadcrumbs(way, view)
        html.pageHeader(title(view), lead: body[view.language])
        if let annulled = state.annulled { self.annulled(annulled, into: &html, view) }
        html.clocks(parts, view)
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                if view.may(.manageRequests) {
                    steps(into: &html, view)
                    if let sent, !forms.contains(where: { $0.step == sent.step }) {
                        html.overtakenStep(sent, title: view.dutyEnd(sent.step), view)
                    }
                }
                html.history(parts, view) { entry, html in entryOf(entry, into: &html, view) }
            }
            html.panel(view.t("request.facts"), id: "facts") { html in
                var facts = [
                    Fact(view.t("clocks.body")) { $0.bodyName(record.body, body, view) },
                    Fact(view.t("duty.number"), record.stream.id),
                    Fact(view.t("duty.text"), record.text),
                ]
                if let service { facts.insert(Fact(view.t("requests.service"), service[view.language]), at: 1) }
                html.facts(facts)
            }
        }
    }

    /// The ways in which it ends, a correction that was asked for, and at last its annulment.
    private func steps(into html: inout HTML, _ view: View) {
        let (ends, others) = (forms.filter { DutyEnd(rawValue: $0.step) != nil }, forms)
        if let form = others.first(where: { $0.step == DutyAmendment.correct.rawValue }) {
            html.panel(view.t("step.correctTitle"), id: "correct") { html in
                html.p(.class("hint"), text: view.t("duty.correctHint"))
                html.stepForm(form.step == sent?.step ? sent ?? form : form, view)
            }
        }
        if !ends.isEmpty { panel(view.t("request.next"), id: "next", ends, opensFirst: true, into: &html, view) }
        let annul = others.filter { $0.step == DutyAmendment.annul.rawValue }
        if !annul.isEmpty { panel(view.t("request.other"), id: "other", annul, opensFirst: false, into: &html, view) }
    }

    private func panel(
        _ title: String, id: String, _ forms: [StepForm], opensFirst: Bool, into html: inout HTML, _ view: View
    ) {
        html.panel(title, id: id) { html in
            for (index, form) in forms.enumerated() {
                let drawn = form.step == sent?.step ? sent ?? form : form
                let isOpen = sent == nil ? index == 0 && opensFirst : form.step == sent?.step
                html.foldedStep(form, title: view.dutyEnd(form.step), isOpen: isOpen) { html in
                    html.div { $0.stepForm(drawn, view) }
                    html.law(parts.procedure?.rules ?? [], view)
                }
            }
        }
    }

    private func entryOf(_ entry: CaseParts.Entry, into html: inout HTML, _ view: View) {
        guard let event = entry.content as? DutyEvent else { return }
        html.p(text: view.text(of: event))
        if let correction = event.note.corrects {
            html.p(
                text: view.t(
                    "duty.corrected",
                    [
                        "number": "\(correction.entry)", "time": view.dates.short(correction.moment),
                        "day": correction.on.map(DateText.short) ?? "–",
                    ]))
        }
        if let ground = event.note.ground.flatMap(DutyGround.init(rawValue:)) {
            html.p(text: view.t("step.ground") + ": " + view.name("ground", ground))
        }
        if let reference = event.note.reference { html.p(.class("hint"), text: reference) }
        html.p(.class("entry-links")) { html in
            for digest in event.note.documents {
                html.a(.href(SitePath.file(.value(digest)).with(["case": record.stream.rawValue]))) { html in
                    html.icon(.download)
                    html.text(view.t("entry.document"))
                }
            }
            let number = entry.recorded.version
            if view.may(.manageRequests), state.canCorrect(number, of: name) {
                let address = SitePath.duty(.value(name.rawValue), .value(record.stream.id))
                html.a(
                    .href(address.with(["correct": "\(number)"]) + "#correct"),
                    .ariaLabel(view.t("entry.correctLabel", ["number": "\(number)"])), text: view.t("entry.correct"))
            }
        }
    }
}

extension View {
    /// How a short case ended, in words.
    func dutyEnd(_ event: String) -> String {
        DutyEnd(rawValue: event).map { name("dutyEnd", $0) }
            ?? DutyAmendment(rawValue: event).map { name("dutyAmendment", $0) } ?? event
    }
}

extension View {
    /// Where a short case stands, in words.
    func standing(of duty: DutyRecord) -> String {
        if duty.annulledOn != nil { return event("dutyAnnulled") }
        return duty.endedBy.map { dutyEnd($0) } ?? t("duty.open")
    }
}

extension DutyPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    /// Ends the case as its form says.
    static func end(_ site: WebRequest) async throws -> Response {
        var page = try await load(site)
        let path = page.path
        if let amendment = DutyAmendment(rawValue: site.form["step"]) {
            return try await page.amend(amendment, site)
        }
        guard page.name.kind.ends.map(\.rawValue).contains(site.form["step"]) else {
            throw SiteError(.badRequest, "The form names no end of such a case.")
        }
        let form = page.form(site.form["step"], site)
        var reader = StepReader(form, site)
        let at = reader.moment()
        reader.checkDocument()
        var note = DutyNote(
            body: page.record.body, text: reader.text("text"), ground: reader.optional("ground"),
            reference: reader.optional("reference"), documents: reader.document.map { [$0] } ?? [])
        do {
            if page.state.ended != nil || page.state.annulled != nil {
                if try await reader.wasRecorded() { return site.redirect(to: path, notice: .stepDone) }
                page.sent = reader.form
                return site.page(page, status: reader.status)
            }
            let desk = site.environment.centre.onboarding
            let (actor, now) = (try site.authority.actor, site.environment.now())
            let id = page.record.stream.id
            if form.step == DutyEnd.responsiblePersonNotified.rawValue {
                let details = RequestStep.details(&reader)
                // The words of the entry name nobody: the journal is no place for a person's data.
                note.text = reader.site.form["order"]
                if reader.isRight {
                    try await desk.notifyResponsiblePerson(
                        try await RequestStep.sealed(details, of: page.record.body, site), ending: id, note,
                        since: site.environment.zone.civilDate(of: at), happenedAt: at, by: actor, at: now,
                        once: try reader.key)
                    return site.redirect(to: path, notice: .stepRecorded)
                }
            } else if reader.isRight {
                try await desk.end(
                    page.name, id: id, by: form.step, note, happenedAt: at, by: actor, at: now, once: try reader.key)
                return site.redirect(to: path, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    private static func load(_ site: WebRequest) async throws -> DutyPage {
        let kind = try site.parameter("kind")
        let id = try site.parameter("id")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let stream = StreamID(kind: kind, id: id)
        guard let name = DutyName(rawValue: kind), let parts = try await CaseParts(stream, site) else {
            throw SiteError(.notFound, "no case \(kind)/\(id)")
        }
        let state = try await site.environment.centre.onboarding.duty(name, id: id)
        let found = try await site.environment.centre.journal.read { db in
            try DutyRecord.fetch(stream, in: db).map { record in
                (
                    record, try Registry.localizedName(of: record.body, on: today, in: db),
                    try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try record.service.flatMap {
                        try InformationRequestRecord.last(of: $0, body: record.body, in: db)?.id
                    }
                )
            }
        }
        guard let (record, body, service, request) = found else { throw SiteError(.notFound, "no case \(stream)") }
        var page = DutyPage(
            name: name, record: record, state: state, body: body ?? Localized(kk: record.body, ru: record.body),
            service: service, request: request, parts: parts, forms: [])
        page.forms =
            state.ended == nil && state.annulled == nil ? name.kind.ends.map { page.form($0.rawValue, site) } : []
        page.forms += page.amendments(site)
        return page
    }

    private func form(_ event: String, _ site: WebRequest) -> StepForm {
        let view = site.reader
        let at = StepField(name: "at", kind: .moment(now: false), label: view.t("step.at"))
        let hasBegunDocuments = !(state.begun?.documents ?? []).isEmpty
        let isNotice = event == DutyEnd.agencyInformed.rawValue
        let document = StepField(
            name: "document", kind: .document,
            label: view.t(isNotice ? "step.documentRefusals" : "step.documentAnswer"),
            isRequired: isNotice && !hasBegunDocuments)
        let reference = StepField(
            name: "reference", kind: .line(type: "text"), label: view.t("request.outgoing"), isRequired: isNotice)
        let text = StepField(name: "text", kind: .area, label: view.t("duty.answer"))
        var fields: [StepField] = [at]
        switch DutyEnd(rawValue: event) {
        case .responsiblePersonNotified:
            fields += RequestStep.person(view)
            fields.append(
                StepField(name: "order", kind: .line(type: "text"), label: view.t("step.order2"), isRequired: false))
        case .additionalRefused:
            fields += [
                StepField(
                    name: "ground", kind: .radios(view.options("ground", DutyGround.self)),
                    label: view.t("step.ground")), text,
            ]
        case .agencyInformed: fields += [reference, text]
        default: fields.append(text)
        }
        return StepForm(
            step: event, path: path, fields: fields + [document],
            earliest: state.begunAt)
    }
}
