import Complaints
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// One complaint: its term with the proof, and what happened; no personal data.
struct ComplaintPage: Page {
    let record: ComplaintRecord
    let service: Localized?
    let body: Localized
    let parts: CaseParts

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("complaint.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: service?[view.language])
        html.facts(
            [
                Fact(view.t("complaints.kind"), view.name("complaintKind", record.kind)),
                Fact(view.t("clocks.body"), body[view.language]),
                Fact(view.t("complaints.forum"), record.forumNumber ?? "–"),
                Fact(view.t("complaints.filed"), view.dates.short(record.filedAt)),
                Fact(view.t("complaints.registered"), DateText.short(record.registeredOn)),
                Fact(view.t("requests.state"), view.name("complaintStatus", record.status)),
                Fact(view.t("complaints.outcome"), record.outcome.map { view.name("outcome", $0) } ?? "–"),
                Fact(view.t("complaints.applicant"), view.t("complaints.masked")),
            ])
        html.clocks(parts, view)
        html.history(parts, view)
    }
}

extension ComplaintPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await site.environment.centre.journal.read { db in
            try ComplaintRecord.fetch(id: id, in: db).map { record in
                (
                    record, try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try Registry.localizedName(of: record.body, on: today, in: db)
                )
            }
        }
        guard let (record, service, body) = found,
            let parts = try await CaseParts(StreamID(kind: Complaint.streamKind, id: id), site)
        else { throw SiteError(.notFound, "no complaint \(id)") }
        return site.page(
            ComplaintPage(
                record: record, service: service, body: body ?? Localized(kk: record.body, ru: record.body),
                parts: parts))
    }
}
