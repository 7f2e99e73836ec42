import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// One complaint: its term with the proof, what happened, and what can be done next.
///
/// The applicant is masked until somebody says what he needs the name for; that look is recorded.
struct ComplaintPage: Page {
    let record: ComplaintRecord
    let service: Localized?
    let body: Localized
    let parts: CaseParts
    /// What happened, with the words that the reader may read.
    let story: ComplaintStory
    /// What it says and where it came from.
    let background: ComplaintBackground
    let names: IntakeNames
    /// The bodies to which it may be handed, by name; nobody for those who may not.
    var bodies: [(code: String, name: String)] = []
    /// Those between whom it goes.
    let officers: ComplaintOfficers
    /// The way to the body and back; nil for those who do not manage complaints.
    var way: ComplaintWayPanel?
    /// The forms of what can be done; none for those who may not.
    var steps: [StepForm] = []
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?
    /// What was opened a moment ago.
    var revealed: RevealedComplaint?
    /// Why nothing was opened.
    var purposeProblem: String?

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("complaint.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: service?[view.language])
        annulment(into: &html, view)
        html.facts(
            [
                Fact(view.t("requests.state")) { html in
                    html.badge(record.state(on: view.today), view)
                    html.text(" " + view.name("complaintStatus", record.status))
                },
                Fact(view.t("complaints.kind"), view.name("complaintKind", record.kind)),
                Fact(view.t("clocks.body")) { html in
                    html.bodyName(record.body, body, view)
                    if let unit = UnitNames(names).words(unit, view) { html.text(" · \(unit)") }
                },
                Fact(view.t("complaints.assignee")) { [officers] in $0.holder(record.assignee, officers, view) },
                Fact(view.t("complaints.forum"), record.forumNumber ?? "–"),
                Fact(view.t("complaints.filed")) { html in
                    html.text(view.dates.short(record.filedAt))
                    guard let former = refilings.first else { return }
                    html.p(.class("hint"), text: view.t("complaint.was", ["time": view.dates.short(former.was)]))
                },
                Fact(view.t("complaints.registered")) { html in
                    html.text(DateText.short(record.registeredOn))
                    guard let former = refilings.first?.registration, former.was != record.registeredOn else { return }
                    html.p(.class("hint"), text: view.t("complaint.was", ["time": DateText.short(former.was)]))
                },
                Fact(view.t("clocks.due")) { $0.date(record.dueOn, view) },
                Fact(view.t("complaints.closed"), record.closedOn.map { DateText.short($0) } ?? "–"),
                Fact(view.t("complaints.outcome"), record.outcome.map { view.name("outcome", $0) } ?? "–"),
            ] + background.facts(record, names, view))
        holding(into: &html, view)
        if let text = background.text {
            html.panel(view.t("complaint.subject"), id: "words") { html in
                text.draw(into: &html, view)
                html.p(.class("hint"), text: view.t("story.masked"))
            }
        }
        applicant(into: &html, view)
        way?.draw(into: &html, view)
        steps(into: &html, view)
        html.clocks(parts, view)
        let file: (@Sendable (String) -> String)? =
            view.may(.revealPersonalData)
            ? { @Sendable [record] digest in
                SitePath.file(.value(digest)).with(["case": "\(Complaint.streamKind)/\(record.id)"])
            } : nil
        html.history(parts, view) { [story, background] entry, html in
            if let line = story.line(entry.recorded.version) { html.storyLine(line, of: story, view, file: file) }
            background.draw(entry, into: &html, view)
        }
    }

    /// Through which of its units the body is addressed now.
    private var unit: String? {
        parts.events.reduce(nil) { unit, entry in
            switch entry.content as? ComplaintEvent {
            case .complaintRegistered(let event): event.unit
            case .complaintTransferred(let event): event.unit
            default: unit
            }
        }
    }

    /// The corrections of the moment of filing, the first first.
    private var refilings: [ComplaintCorrected] {
        parts.events.compactMap { entry in
            guard case .complaintCorrected(let event)? = entry.content as? ComplaintEvent, event.registration != nil
            else { return nil }
            return event
        }
    }

    /// That the complaint is none, why, and which one stands in its place.
    private func annulment(into html: inout HTML, _ view: View) {
        for entry in parts.events {
            guard case .complaintAnnulled(let event)? = entry.content as? ComplaintEvent else { continue }
            html.alert(.warning, title: view.t("complaint.annulled")) { html in
                html.p { html in
                    html.text(view.name("annulment", event.ground))
                    guard let original = event.duplicateOf else { return }
                    html.text(": ")
                    html.a(.href(SitePath.complaint(.value(original)).path), text: original)
                }
                html.p(.class("quote"), text: event.reason)
                html.p(.class("hint"), text: view.t("complaint.annulledText"))
            }
        }
    }

    private func steps(into html: inout HTML, _ view: View) {
        func title(_ form: StepForm) -> String {
            ComplaintStep(rawValue: form.step).map { view.name("complaintStep", $0) } ?? ""
        }
        if let sent, !steps.contains(where: { $0.step == sent.step }) {
            html.overtakenStep(sent, title: title(sent), view)
        }
        let others = steps.filter { !(ComplaintStep(rawValue: $0.step)?.isHolding ?? false) }
        guard !others.isEmpty else { return }
        html.panel(view.t("complaint.steps"), id: "steps") { html in
            for form in others {
                let drawn = sent?.step == form.step ? sent ?? form : form
                html.foldedStep(form, title: title(form), isOpen: sent?.step == form.step) { html in
                    html.div { $0.stepForm(drawn, view) }
                }
            }
        }
    }

    /// The form of a step.
    func form(_ step: ComplaintStep, _ view: View) -> StepForm {
        // A step follows the filing, and the last transfer or extension; the moment of the filing follows nothing.
        let before = parts.events.compactMap { entry -> Moment? in
            switch entry.content as? ComplaintEvent {
            case .complaintRegistered, .complaintTransferred, .complaintExtended: entry.moment
            default: nil
            }
        }
        return StepForm(
            step: step.rawValue, path: .complaintStep(.value(record.id), .value(step.rawValue)),
            fields: step.fields(
                record, bodies: bodies, regions: names.regions.map { ($0.code, $0.name[view.language]) },
                officers: officers.others(than: record.assignee), view),
            version: parts.events.last?.recorded.version ?? 0,
            isDangerous: step.isDangerous, submit: view.name("complaintStep", step),
            earliest: step == .refile ? nil : before.max())
    }

    private func applicant(into html: inout HTML, _ view: View) {
        html.panel(view.t("complaints.applicant"), id: "applicant") { html in
            if let revealed {
                let contacts = revealed.contacts
                let facts: [(TextKey, String?)] = [
                    ("complaint.name", contacts?.name), ("complaint.phone", contacts?.phone),
                    ("complaint.email", contacts?.email), ("complaint.address", contacts?.address),
                    ("complaint.iin", contacts?.iin), ("complaint.subject", revealed.subject),
                ]
                html.facts(facts.compactMap { key, text in text.map { Fact(view.t(key), $0) } })
                return html.p(.class("note"), text: view.t("complaint.revealedNote"))
            }
            html.p(text: view.t("complaints.masked"))
            guard view.may(.revealPersonalData) else { return }
            html.postForm(to: .complaintReveal(.value(record.id)), view, .class("form")) { html in
                html.textField(
                    Field(
                        "purpose", label: view.t("complaint.purpose"), hint: view.t("complaint.purposeHint"),
                        error: purposeProblem), view, .autocomplete("off"))
                html.div(.class("buttons")) { html in
                    html.button(.type("submit"), .class("button"), text: view.t("complaint.reveal"))
                }
            }
        }
    }
}

extension ComplaintPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    /// The page as it stands now.
    static func page(_ site: WebRequest) async throws -> ComplaintPage {
        let id = try site.parameter("id")
        let now = site.environment.now()
        let today = site.environment.zone.civilDate(of: now)
        let found = try await site.environment.centre.journal.read { db in
            try ComplaintRecord.fetch(id: id, in: db).map { record in
                (
                    record, try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try Registry.bodyNames(on: today, in: db), try BodyChoice.all(on: today, in: db)
                )
            }
        }
        guard let (record, service, bodies, choices) = found,
            let parts = try await CaseParts(StreamID(kind: Complaint.streamKind, id: id), site)
        else { throw SiteError(.notFound, "no complaint \(id)") }
        var page = ComplaintPage(
            record: record, service: service, body: bodies[record.body] ?? Localized(kk: record.body, ru: record.body),
            parts: parts,
            story: try await ComplaintStory(parts, record, bodies: bodies, opensSealed: false, site),
            background: try await ComplaintBackground(record, parts, site), names: try await IntakeWork.names(site),
            officers: try await ComplaintOfficers(site))
        if site.user?.authority.may(.manageComplaints) ?? false {
            page.bodies = BodyChoice.labels(choices, without: record.body, site.reader)
            page.way = try await ComplaintWayPanel(record, page.story, site)
            page.steps = ComplaintStep.allCases.filter { [page] in
                $0.isPossible(for: record, among: page.officers)
            }.map { page.form($0, site.reader) }
        }
        return page
    }
}
