import Accounts
import Casework
import Complaints
import ContactCentre
import Contacts
import Hummingbird
import Intake
import Journal
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// How to complain (797 §17), in the caller's language, with the term computed for today; and the form to register one.
struct ComplaintGuidePage: Page {
    var bar: CallBar?
    var drawsCall: Bool { bar != nil }
    let terms: ComplaintTerms?
    var sheet: IntakeSheet
    /// What the caller is told after his words were registered, left or closed.
    var outcome: IntakeOutcome?

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js", "intake.js"] }
    func title(_ view: View) -> String { view.t("guide.title") }

    func draw(into html: inout HTML, _ view: View) {
        bar?.draw(into: &html, view)
        html.pageHeader(title(view), lead: view.t("guide.lead"))
        outcome?.draw(into: &html, view)
        // Once the words are read, they are what the conversation is about.
        if sheet.reading != nil, outcome == nil { sheet.draw(into: &html, view) }
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
        if view.may(.registerComplaints), outcome == nil, sheet.reading == nil {
            let isOpen = !sheet.wrong.isEmpty || sheet.problem != nil
            html.details(.class("panel fold"), Attribute("open", flag: isOpen), Attribute("data-words", "fold")) {
                html in
                html.summary { $0.h2(text: view.t("filing.title")) }
                sheet.draw(into: &html, view)
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
}

extension ComplaintGuidePage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, form: Form()))
    }

    static func told(_ site: WebRequest) async throws -> Response {
        let terms = try await ComplaintTerms(site.environment.centre.casework, at: site.environment.now())
        return try await CallActions.guided(site) { language in
            ContactGuidanceGiven(
                guidance: .complaint, language: language, dueOn: terms?.body?.due.date, edition: terms?.edition)
        }
    }

    /// Does what the form asks with the words of the caller.
    static func act(_ site: WebRequest) async throws -> Response {
        var page = try await page(site, form: site.form)
        let contact = page.bar?.contact
        let language = contact?.language ?? site.context.language
        let words = IntakeWords(
            text: site.form["subject"], channel: (contact?.channel ?? .phone).rawValue,
            language: (language == .ru ? Language.ru : .kk).rawValue, contacts: ComplaintContacts(site.form),
            contact: contact?.id, receivedAt: site.environment.now())
        var work = IntakeWork(site, page.sheet, words)
        let actor = try site.authority.actor
        if work.act == .leave {
            if let receipt = try await work.leave(by: actor) { return try await done(.left(receipt), site) }
        } else {
            try await work.read()
            if let receipts = try await work.register(by: actor) {
                return try await done(.registered(receipts, site), site)
            }
            if try await work.close(by: actor) { return try await done(.closed, site) }
        }
        page.sheet = work.sheet
        return work.answer(page)
    }

    private static func done(_ outcome: IntakeOutcome, _ site: WebRequest) async throws -> Response {
        var page = try await page(site, form: Form())
        page.outcome = outcome
        return site.page(page)
    }

    private static func page(_ site: WebRequest, form: Form) async throws -> ComplaintGuidePage {
        let now = site.environment.now()
        let bar = try await site.callBar()
        var sheet = IntakeSheet(
            path: .callComplaintFile, form: form, names: try await IntakeWork.names(site), mayLeave: true)
        // The card that was read out, or that is open, says what it is about.
        if site.request.method == .get, let service = bar?.contact?.service ?? site.query("card") {
            sheet.form["service"] = service
        }
        return ComplaintGuidePage(
            bar: bar, terms: try await ComplaintTerms(site.environment.centre.casework, at: now), sheet: sheet)
    }
}
