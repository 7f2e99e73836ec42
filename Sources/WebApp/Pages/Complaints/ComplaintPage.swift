import Casework
import Complaints
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
    /// The forms of what can be done; none once the complaint is closed or for those who may not.
    var steps: [ComplaintStepForm] = []
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
        html.facts([
            Fact(view.t("requests.state")) { html in
                html.badge(record.state(on: view.today), view)
                html.text(" " + view.name("complaintStatus", record.status))
            },
            Fact(view.t("complaints.kind"), view.name("complaintKind", record.kind)),
            Fact(view.t("clocks.body")) { $0.bodyName(record.body, body, view) },
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
        ])
        applicant(into: &html, view)
        if !steps.isEmpty {
            html.panel(view.t("complaint.steps"), id: "steps") { html in
                for step in steps { step.draw(into: &html, view) }
            }
        }
        html.clocks(parts, view)
        html.history(parts, view) { entry, html in
            let reason: String? =
                switch entry.content as? ComplaintEvent {
                case .complaintCorrected(let event): event.reason
                case .complaintAnnulled(let event): event.reason
                default: nil
                }
            if let reason { html.p(.class("quote"), text: reason) }
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
                    try Registry.bodyNames(on: today, in: db)
                )
            }
        }
        guard let (record, service, bodies) = found,
            let parts = try await CaseParts(StreamID(kind: Complaint.streamKind, id: id), site)
        else { throw SiteError(.notFound, "no complaint \(id)") }
        var page = ComplaintPage(
            record: record, service: service, body: bodies[record.body] ?? Localized(kk: record.body, ru: record.body),
            parts: parts)
        let mayManage = site.user?.authority.may(.manageComplaints) ?? false
        if mayManage {
            let language = site.context.language
            let others = bodies.filter { $0.key != record.body }.map { (code: $0.key, name: $0.value) }
                .sorted { ($0.name[language], $0.code) < ($1.name[language], $1.code) }
            let possible = ComplaintStep.allCases.filter { $0.isPossible(for: record) }
            page.steps = possible.map { step in
                ComplaintStepForm(
                    step: step, complaint: id, moment: MomentField(now: now, zone: site.environment.zone),
                    version: parts.events.last?.recorded.version ?? 0,
                    key: SessionKey.random(site.environment.randomBytes),
                    filed: step == .refile ? site.reader.dates.short(record.filedAt) : "",
                    bodies: step == .transfer ? others : [])
            }
        }
        return page
    }
}

extension ComplaintStep {
    /// Whether the step makes sense for a complaint as it stands.
    func isPossible(for record: ComplaintRecord) -> Bool {
        switch self {
        case .note: true
        case .classify, .refile, .annul: record.status != .annulled
        case .told: record.status == .open && record.extendedBy > 0
        case .answer, .extend, .transfer, .withdraw: record.status == .open
        }
    }
}

/// Words for one sending of a form.
enum SessionKey {
    /// 128 random bits in hexadecimal digits.
    static func random(_ bytes: (Int) -> [UInt8]) -> String {
        "form-" + bytes(16).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }
}
