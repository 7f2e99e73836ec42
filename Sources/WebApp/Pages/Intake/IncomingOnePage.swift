import Accounts
import Casework
import Complaints
import ContactCentre
import HTTPTypes
import Hummingbird
import Intake
import Journal
import Languages
import Markup
import WorkingDays

/// One of what came in: the words with their evidence, the proposals beside; Enter takes them and opens the next.
struct IncomingOnePage: Page {
    let record: SubmissionRecord
    var sheet: IntakeSheet
    let waiting: Int
    /// The next in the queue; nil where this is the last.
    let next: String?
    /// The complaints that it became.
    var complaints: [String] = []
    /// Whether the words can still be opened.
    var isReadable = true
    /// Why it was not closed as a duplicate.
    var duplicateProblem: String?
    /// Who wrote, opened a moment ago.
    var revealed: OpenedSubmission?
    /// Why nothing was opened.
    var purposeProblem: String?

    var section: NavigationSection? { .complaints }
    var scripts: [String] { ["intake.js"] }
    func title(_ view: View) -> String { view.t("incoming.one", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints), (view.t("incoming.title"), .incoming)], view)
        html.pageHeader(
            title(view), lead: "\(view.channel(record.channel)), \(view.dates.short(record.receivedAt))"
        ) { html in
            html.span(.class("hint"), text: view.t("incoming.waiting", count: waiting))
            if let next {
                html.a(
                    .class("button is-quiet"), .href(SitePath.incomingOne(.value(next)).path),
                    text: view.t("incoming.skip"))
            }
        }
        guard record.state == .open else {
            done(&html, view)
            return sender(&html, view)
        }
        guard isReadable else { return html.alert(.warning, title: view.t("incoming.erased")) }
        sheet.draw(into: &html, view)
        sender(&html, view)
        html.details(.class("panel fold"), Attribute("open", flag: duplicateProblem != nil)) { html in
            html.summary { $0.h2(text: view.t("incoming.closeDuplicate")) }
            html.postForm(to: .incomingDuplicate(.value(record.id)), view, .class("form")) { html in
                html.textField(
                    Field(
                        "duplicateOf", label: view.t("incoming.duplicate"), hint: view.t("incoming.duplicateHint"),
                        error: duplicateProblem), view, value: sheet.known.first?.number ?? "",
                    Attribute("maxlength", 40))
                html.formButtons(submit: view.t("incoming.closeDuplicate"), view)
            }
        }
    }

    /// Who wrote: hidden until somebody says what for; the look is recorded.
    private func sender(_ html: inout HTML, _ view: View) {
        guard view.may(.revealPersonalData), record.contacts != nil || record.text != nil else { return }
        html.details(
            .class("panel fold"), Attribute("open", flag: revealed != nil || purposeProblem != nil)
        ) { html in
            html.summary { $0.h2(text: view.t("complaints.applicant")) }
            if let revealed {
                let contacts = revealed.contacts
                let facts: [(TextKey, String?)] = [
                    ("complaint.name", contacts?.name), ("complaint.phone", contacts?.phone),
                    ("complaint.email", contacts?.email), ("complaint.address", contacts?.address),
                    ("complaint.iin", contacts?.iin), ("complaint.subject", revealed.text),
                ]
                html.facts(facts.compactMap { key, text in text.map { Fact(view.t(key), $0) } })
                return html.p(.class("note"), text: view.t("complaint.revealedNote"))
            }
            html.postForm(to: .incomingReveal(.value(record.id)), view, .class("form")) { html in
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

    private func done(_ html: inout HTML, _ view: View) {
        html.alert(.info, title: view.t("incoming.doneAs")) { html in
            if let ground = record.ground {
                html.p { html in
                    html.text(view.name("submissionGround", ground))
                    if let original = record.duplicateOf { html.text(": \(original)") }
                }
            }
            for number in complaints {
                html.p { html in
                    html.text(view.t("incoming.registeredAs") + " ")
                    html.a(.href(SitePath.complaint(.value(number)).path), text: number)
                }
            }
        }
    }
}

extension IncomingOnePage {
    static func show(_ site: WebRequest) async throws -> Response {
        let found = try await page(site)
        var page = found.page
        guard let words = found.words else { return site.page(page) }
        var work = IntakeWork(site, page.sheet, words, submission: page.record.id)
        try await work.read()
        page.sheet = work.sheet
        return site.page(page)
    }

    /// Does what the form asks, and opens the next.
    static func act(_ site: WebRequest) async throws -> Response {
        let found = try await page(site)
        var page = found.page
        guard let words = found.words else {
            // Sent a second time, or somebody was quicker: the next one is what there is to do.
            return goOn(page, site, .stepDone)
        }
        page.sheet.form = site.form
        var work = IntakeWork(site, page.sheet, words, submission: page.record.id)
        let actor = try site.authority.actor
        try await work.read()
        if try await work.register(by: actor) != nil { return goOn(page, site, .submissionRegistered) }
        if try await work.close(by: actor) { return goOn(page, site, .submissionClosed) }
        page.sheet = work.sheet
        return work.answer(page)
    }

    /// Closes it as a duplicate of what came in before.
    static func closeDuplicate(_ site: WebRequest) async throws -> Response {
        let found = try await page(site)
        var page = found.page
        guard let words = found.words else { return goOn(page, site, .stepDone) }
        let (actor, original) = (try site.authority.actor, site.form["duplicateOf"])
        let language: Language = words.language == "ru" ? .ru : .kk
        let told = site.environment.texts.text("incoming.duplicateTold", language, ["number": original])
        do {
            try await site.environment.centre.intake.close(
                page.record.id, as: .duplicate, nature: .complaint,
                duplicateOf: original.isEmpty ? nil : original, told: told, by: actor, at: site.environment.now(),
                once: try site.formKey(of: actor))
            return goOn(page, site, .submissionClosed)
        } catch {
            page.duplicateProblem = try site.problem(error).text
        }
        var work = IntakeWork(site, page.sheet, words, submission: page.record.id)
        try await work.read()
        page.sheet = work.sheet
        return site.page(page, status: .unprocessableContent)
    }

    /// Who wrote, shown once after the look has been recorded.
    static func reveal(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.revealPersonalData)
        let found = try await page(site)
        var page = found.page
        var status = HTTPResponse.Status.ok
        do {
            page.revealed = try await site.environment.centre.intake.reveal(
                page.record.id, for: site.form["purpose"], by: authority.actor, at: site.environment.now())
        } catch let refusal as Refusal where refusal.field == "purpose" {
            page.purposeProblem = site.words(of: refusal)
            status = .unprocessableContent
        }
        if let words = found.words {
            var work = IntakeWork(site, page.sheet, words, submission: page.record.id)
            try await work.read()
            page.sheet = work.sheet
        }
        return page.revealed == nil ? site.page(page, status: status) : site.secretPage(page)
    }

    private static func goOn(_ page: IncomingOnePage, _ site: WebRequest, _ notice: Notice) -> Response {
        site.redirect(to: page.next.map { .incomingOne(.value($0)) } ?? .incoming, notice: notice)
    }

    /// The page with the words to be read; without them where it is decided or the person was erased.
    private static func page(_ site: WebRequest) async throws -> (page: IncomingOnePage, words: IntakeWords?) {
        let (id, centre) = (try site.parameter("id"), site.environment.centre)
        let found = try await centre.journal.read { db in
            try SubmissionRecord.fetch(id, in: db).map { record in
                (
                    record, try SubmissionRecord.queue(limit: 2, in: db).map(\.id).first { $0 != id },
                    try SubmissionRecord.waiting(in: db), try SubmissionRecord.complaints(of: id, in: db)
                )
            }
        }
        guard let (record, next, waiting, complaints) = found else { throw SiteError(.notFound, "no submission \(id)") }
        var sheet = IntakeSheet(path: .incomingOne(.value(id)), names: try await IntakeWork.names(site))
        sheet.isReceived = true
        var page = IncomingOnePage(
            record: record, sheet: sheet, waiting: waiting, next: next, complaints: complaints)
        guard record.state == .open else { return (page, nil) }
        let opened = try await centre.intake.opened(record)
        guard let text = opened.text else {
            page.isReadable = false
            return (page, nil)
        }
        let words = IntakeWords(
            text: text, channel: record.channel, language: record.language,
            contacts: opened.contacts ?? ComplaintContacts(), forumNumber: record.forumNumber,
            contact: record.contact, receivedAt: record.receivedAt)
        return (page, words)
    }
}
