import Casework
import Complaints
import Contacts
import Hummingbird
import Languages
import Markup
import Registry
import WorkingDays

/// When and by which way a complaint is taken in during a call.
struct FilingMoment: Sendable {
    /// The moment.
    let at: Moment
    /// `phone`, `office`, …
    let channel: String
}

/// How to complain (797 §17), in the caller's language, with the term computed for today; and the form to register one.
struct ComplaintGuidePage: Page {
    var bar: CallBar?
    let terms: ComplaintTerms?
    var filing = FilingForm()
    /// What the caller is told after his complaint was registered.
    var receipt: (receipt: ComplaintReceipt, body: Localized)?

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { view.t("guide.title") }

    func draw(into html: inout HTML, _ view: View) {
        bar?.draw(into: &html, view)
        html.pageHeader(title(view), lead: view.t("guide.lead"))
        if let receipt { registered(receipt.receipt, receipt.body, &html, view) }
        let spoken = bar?.contact?.language ?? view.language
        guidance(view.in(spoken), spoken, &html)
        if let contact = bar?.contact {
            html.postForm(to: .callComplaintTold, view, Attribute("data-call", "told")) { html in
                html.input(.type("hidden"), .name("contact"), .value(contact.id))
                html.input(.type("hidden"), .name("back"), .value(SitePath.callComplaint.path))
                html.button(.type("submit"), .class("button is-primary"), Attribute("data-key", "told")) { html in
                    html.text(view.t("guide.told"))
                    html.shortcut("R")
                }
            }
        } else {
            html.p(.class("note"), text: view.t("guide.noContact"))
        }
        if view.may(.registerComplaints), receipt == nil {
            html.details(.class("panel fold"), Attribute("open", flag: !filing.wrong.isEmpty)) { html in
                html.summary { $0.h2(text: view.t("filing.title")) }
                filing.draw(into: &html, view)
            }
        }
        ShortcutsDialog.draw(into: &html, view)
    }

    private func guidance(_ own: View, _ language: Language, _ html: inout HTML) {
        html.section(.class("panel told-panel"), .lang(language), .ariaLabelledBy("guide")) { html in
            html.h2(.id("guide"), text: own.t("guide.heading"))
            html.ol(.class("steps")) { html in
                html.li(text: own.t("guide.forum"))
                html.li(text: own.t("guide.signature"))
                html.li(text: own.t("guide.content"))
                if let terms {
                    html.li { html in term(terms, own, &html) }
                } else {
                    html.li(text: own.t("guide.noTerm"))
                }
                if let agency = terms?.agency {
                    html.li(
                        text: own.t(
                            "guide.agency", count: agency.days, ["date": own.dates.long(agency.due.date)]))
                }
            }
            if let terms, let body = terms.body {
                html.details { html in
                    html.summary(text: own.t("guide.proof"))
                    html.proofTable(body.due, own)
                    html.p(.class("note"), text: "\(terms.act[language]) · \(terms.edition)")
                }
            }
        }
    }

    private func term(_ terms: ComplaintTerms, _ own: View, _ html: inout HTML) {
        guard let body = terms.body else { return html.text(own.t("guide.noTerm")) }
        html.text(own.t("guide.body", count: body.days) + " ")
        html.strong(text: own.t("guide.until", ["date": own.dates.long(body.due.date)]))
        if terms.ground != .officeHours {
            html.text(" " + own.t("guide.registered", ["date": own.dates.long(terms.registeredOn)]))
        }
        if let limit = body.rule.extension?.limit { html.text(" " + own.t("guide.extension", count: limit)) }
    }

    private func registered(_ receipt: ComplaintReceipt, _ body: Localized, _ html: inout HTML, _ view: View) {
        html.alert(.success, title: view.t("filing.done", ["number": receipt.number])) { html in
            html.p(
                text: view.t(
                    "filing.doneTerm", ["body": body[view.language], "date": view.dates.long(receipt.dueOn)]))
        }
    }
}

extension ComplaintGuidePage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, form: Form()))
    }

    static func told(_ site: WebRequest) async throws -> Response {
        let terms = try await ComplaintTerms(site.environment.centre, at: site.environment.now())
        return try await CallActions.guided(site) { language in
            ContactGuidanceGiven(
                guidance: .complaint, language: language, dueOn: terms?.body?.due.date, edition: terms?.edition)
        }
    }

    /// Registers a complaint from the call.
    static func file(_ site: WebRequest) async throws -> Response {
        var page = try await page(site, form: site.form)
        let channel = page.bar?.contact?.channel ?? .phone
        let language = page.bar?.contact?.language ?? site.context.language
        let now = site.environment.now()
        guard let filing = page.filing.filing(language: language, at: FilingMoment(at: now, channel: channel.rawValue))
        else { return site.page(page, status: .unprocessableContent) }
        let centre = site.environment.centre
        do {
            let receipt = try await centre.complaints.register(filing, by: try site.authority.actor, at: now)
            let today = site.environment.zone.civilDate(of: now)
            let body = try await centre.journal.read { db in
                try Registry.localizedName(of: receipt.body, on: today, in: db)
            }
            page.receipt = (receipt, body ?? Localized(kk: receipt.body, ru: receipt.body))
            return site.page(page)
        } catch let refusal as Refusal {
            page.filing.take(refusal)
        } catch is RoutingError {
            page.filing.wrong.insert(.body)
        }
        return site.page(page, status: .unprocessableContent)
    }

    private static func page(_ site: WebRequest, form: Form) async throws -> ComplaintGuidePage {
        let now = site.environment.now()
        let today = site.environment.zone.civilDate(of: now)
        let bar = try await site.callBar()
        var filing = FilingForm(form: form)
        if form["service"].isEmpty, form["subject"].isEmpty, let service = bar?.contact?.service {
            filing.form = Form(["service": service])
        }
        filing.regions = try await site.environment.centre.journal.read { db in
            try Registry.regions(on: today, in: db).map { (code: $0.code, name: $0.name(on: today)) }
        }
        return ComplaintGuidePage(
            bar: bar, terms: try await ComplaintTerms(site.environment.centre, at: now), filing: filing)
    }
}
