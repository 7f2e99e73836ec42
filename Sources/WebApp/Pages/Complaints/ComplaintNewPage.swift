import Casework
import Complaints
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// Registers a complaint that came by letter, in person or from the forum, outside of any call.
struct ComplaintNewPage: Page {
    var filing: FilingForm
    /// What came of it, for those who may not read complaints.
    var receipt: (receipt: ComplaintReceipt, body: Localized)?

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("complaints.register") }

    func draw(into html: inout HTML, _ view: View) {
        if view.may(.readComplaints) { html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view) }
        html.pageHeader(title(view), lead: view.t("complaints.registerLead"))
        if let (receipt, body) = receipt {
            html.alert(.success, title: view.t("filing.done", ["number": receipt.number])) { html in
                html.p(
                    text: view.t(
                        "filing.doneTerm", ["body": body[view.language], "date": view.dates.long(receipt.dueOn)]))
            }
        }
        html.div(.class("panel")) { html in filing.draw(into: &html, view) }
    }
}

extension ComplaintNewPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    private static func page(_ site: WebRequest) async throws -> ComplaintNewPage {
        let (now, zone, language) = (site.environment.now(), site.environment.zone, site.context.language)
        let today = zone.civilDate(of: now)
        let (services, bodies, regions) = try await site.environment.centre.journal.read { db in
            (
                try Registry.serviceNames(in: db), try Registry.bodyNames(on: today, in: db),
                try Registry.regions(on: today, in: db).map { (code: $0.code, name: $0.name(on: today)) }
            )
        }
        let isSent = !site.form["key"].isEmpty
        var desk = FilingDesk(
            moment: isSent ? MomentField(site.form) : MomentField(now: now, zone: zone),
            key: isSent ? site.form["key"] : site.freshKey)
        desk.services = services.sorted(in: language)
        desk.bodies = bodies.sorted(in: language)
        var filing = FilingForm(form: site.form)
        filing.desk = desk
        filing.regions = regions.sorted(byText: { $0.name[language] })
        return ComplaintNewPage(filing: filing)
    }

    /// Registers what was sent; the same form sent twice is registered once.
    static func register(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.registerComplaints)
        var page = try await page(site)
        let (now, zone) = (site.environment.now(), site.environment.zone)
        let at = page.filing.desk?.moment.moment(now: now, zone: zone)
        if at == nil || (at.map { $0 > now } ?? false) {
            page.filing.desk?.momentProblem = site.reader.t(at == nil ? "step.noMoment" : "step.future")
        }
        try await page.resolve(on: zone.civilDate(of: at ?? now), site)
        let form = site.form
        let filed = FilingMoment(at: at ?? now, channel: FilingDesk.channel(form).rawValue)
        let filing = page.filing.filing(language: FilingDesk.language(form), at: filed)
        guard var filing, page.filing.wrong.isEmpty, page.filing.desk?.momentProblem == nil else {
            page.filing.form = form
            return site.page(page, status: .unprocessableContent)
        }
        filing.forumNumber = form["number"].isEmpty ? nil : form["number"]
        do {
            let key = CommandKey("filing/\(authority.actor)/\(form["key"])", content: "\(filing)".utf8)
            let receipt = try await site.environment.centre.complaints.register(
                filing, by: authority.actor, at: now, once: form["key"].isEmpty ? nil : key)
            if authority.may(.readComplaints) {
                return site.redirect(to: .complaint(.value(receipt.number)), notice: .complaintRegistered)
            }
            let body = try await site.environment.centre.journal.read { db in
                try Registry.localizedName(of: receipt.body, on: zone.civilDate(of: now), in: db)
            }
            var done = ComplaintNewPage(filing: page.filing)
            done.filing.form = Form()
            done.filing.desk = FilingDesk(
                moment: MomentField(now: now, zone: zone), key: site.freshKey,
                services: page.filing.desk?.services ?? [], bodies: page.filing.desk?.bodies ?? [])
            done.receipt = (receipt, body ?? Localized(kk: receipt.body, ru: receipt.body))
            return site.page(done)
        } catch let refusal as Refusal {
            page.filing.take(refusal)
        } catch is RoutingError {
            page.filing.wrong.insert(.body)
        }
        page.filing.form = form
        return site.page(page, status: .unprocessableContent)
    }

    /// Puts codes where names were given; what means nothing, or more than one thing, is marked.
    private mutating func resolve(on date: CivilDate, _ site: WebRequest) async throws {
        let (service, body, language) = (site.form["service"], site.form["body"], site.context.language)
        let picked = try await site.environment.centre.journal.read { db in
            [
                (
                    FilingField.service,
                    service.isEmpty ? nil : try FilingDesk.service(service, language, in: db)
                ),
                (.body, body.isEmpty ? nil : try FilingDesk.body(body, on: date, language, in: db)),
            ]
        }
        for (field, meaning) in picked {
            switch meaning {
            case nil: continue
            case .one(let code): filing.form[field.rawValue] = code
            case .some(.none): filing.wrong.insert(field)
            case .several(let names):
                filing.wrong.insert(field)
                filing.desk?.candidates[field] = names
            }
        }
    }
}
