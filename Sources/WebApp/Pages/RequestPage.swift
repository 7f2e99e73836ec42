import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// One information request: its clocks with their proof, and what happened.
struct RequestPage: Page {
    let record: InformationRequestRecord
    let service: Localized
    let body: Localized
    let parts: CaseParts

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("request.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.requests"), .requests)], view)
        html.pageHeader(title(view), lead: service[view.language])
        html.facts(
            [
                Fact(view.t("clocks.body"), body[view.language]),
                Fact(
                    view.t("requests.state"),
                    RequestStateName(rawValue: record.state).map { view.name("requestState", $0) } ?? record.state),
                Fact(view.t("requests.planned"), CivilDate(record.requestOn).map(DateText.short) ?? "–"),
                Fact(view.t("request.outgoing"), record.number ?? "–"),
            ])
        html.clocks(parts, view)
        html.history(parts, view)
    }
}

extension RequestPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await site.environment.centre.journal.read { db in
            try InformationRequestRecord.fetch(id: id, in: db).map { record in
                (
                    record, try Registry.service(record.service, in: db)?.name,
                    try Registry.localizedName(of: record.body, on: today, in: db)
                )
            }
        }
        guard let (record, service, body) = found,
            let parts = try await CaseParts(StreamID(kind: InformationRequest.streamKind, id: id), site)
        else { throw SiteError(.notFound, "no request \(id)") }
        return site.page(
            RequestPage(
                record: record, service: service ?? Localized(kk: record.service, ru: record.service),
                body: body ?? Localized(kk: record.body, ru: record.body), parts: parts))
    }
}
