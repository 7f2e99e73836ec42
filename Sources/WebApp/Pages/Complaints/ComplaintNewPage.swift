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
import Registry
import WorkingDays

/// Takes in words that came by letter, in person or from the forum, outside of any call: they are read, looked at, registered.
struct ComplaintNewPage: Page {
    var sheet: IntakeSheet
    /// What came of it, for those who may not read complaints.
    var outcome: IntakeOutcome?

    var section: NavigationSection? { .complaints }
    var scripts: [String] { ["intake.js"] }
    func title(_ view: View) -> String { view.t("complaints.register") }

    func draw(into html: inout HTML, _ view: View) {
        if view.may(.readComplaints) { html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view) }
        html.pageHeader(title(view), lead: view.t("complaints.registerLead"))
        outcome?.draw(into: &html, view)
        if sheet.reading == nil {
            html.div(.class("panel")) { html in sheet.draw(into: &html, view) }
        } else {
            sheet.draw(into: &html, view)
        }
    }
}

/// What came of words: complaints with their bodies and days, left to others, or closed.
enum IntakeOutcome: Sendable {
    /// They were registered.
    case registered([(receipt: ComplaintReceipt, body: Localized)])
    /// They wait for those who decide.
    case left(SubmissionReceipt)
    /// They were closed without a complaint.
    case closed

    func draw(into html: inout HTML, _ view: View) {
        switch self {
        case .registered(let complaints):
            for (receipt, body) in complaints {
                html.alert(.success, title: view.t("filing.done", ["number": receipt.number])) { html in
                    html.p(
                        text: view.t(
                            "filing.doneTerm", ["body": body[view.language], "date": view.dates.long(receipt.dueOn)]))
                }
            }
        case .left(let receipt):
            html.alert(.success, title: view.t("intake.left", ["number": receipt.number])) { html in
                html.p(text: view.t("intake.leftText"))
            }
        case .closed: html.alert(.success, title: view.name("notice", Notice.submissionClosed))
        }
    }

    /// Complaints with the names of their bodies.
    static func registered(_ receipts: [ComplaintReceipt], _ site: WebRequest) async throws -> IntakeOutcome {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let names = try await site.environment.centre.journal.read { db in
            try receipts.map { try Registry.localizedName(of: $0.body, on: today, in: db) }
        }
        return .registered(zip(receipts, names).map { ($0, $1 ?? Localized(kk: $0.body, ru: $0.body)) })
    }
}

extension ComplaintNewPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    /// The page before anything was typed.
    private static func page(_ site: WebRequest) async throws -> ComplaintNewPage {
        var sheet = IntakeSheet(path: .complaintNew, names: try await IntakeWork.names(site), mayLeave: true)
        sheet.desk = FilingDesk(moment: site.reader.dates.machine(site.environment.now()))
        return ComplaintNewPage(sheet: sheet)
    }

    /// Does what the form asks; the same form sent twice is registered once.
    static func act(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.registerComplaints)
        var page = try await page(site)
        let (now, form) = (site.environment.now(), site.form)
        page.sheet.form = form
        page.sheet.desk?.moment = form["at"]
        var at = now
        do {
            at = try site.reader.dates.moment(typed: form["at"], now: now)
        } catch {
            page.sheet.desk?.momentProblem = error.words(site.reader)
        }
        let words = IntakeWords(
            text: form["subject"], channel: FilingDesk.channel(form).rawValue,
            language: FilingDesk.language(form).rawValue, contacts: ComplaintContacts(form),
            forumNumber: form["number"].isEmpty ? nil : form["number"], receivedAt: at)
        var work = IntakeWork(site, page.sheet, words)
        if work.act == .leave {
            if let receipt = try await work.leave(by: authority.actor) {
                return try await done(.left(receipt), site)
            }
        } else {
            try await work.read()
            if let receipts = try await work.register(by: authority.actor) {
                if authority.may(.readComplaints), let first = receipts.first, receipts.count == 1 {
                    return site.redirect(to: .complaint(.value(first.number)), notice: .complaintRegistered)
                }
                return try await done(.registered(receipts, site), site)
            }
            if try await work.close(by: authority.actor) { return try await done(.closed, site) }
        }
        page.sheet = work.sheet
        return work.answer(page)
    }

    /// A clean page with a word about what was done.
    private static func done(_ outcome: IntakeOutcome, _ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        page.outcome = outcome
        return site.page(page)
    }
}

extension IntakeWork {
    /// The page with the sheet as it stands, or the part of it that a script asked for.
    func answer(_ page: some Page) -> Response {
        let isRight = sheet.wrong.isEmpty && sheet.problem == nil && sheet.desk?.momentProblem == nil
        let status: HTTPResponse.Status = isRight ? .ok : sheet.problem == nil ? .unprocessableContent : .conflict
        guard site.wantsFragment else { return site.page(page, status: status) }
        return site.fragment(status: isRight ? .ok : .unprocessableContent) { html, view in
            sheet.drawDecision(into: &html, view)
        }
    }
}

extension ComplaintContacts {
    /// What a form says of the person.
    init(_ form: Form) {
        self.init(
            name: form["name"], phone: form["phone"], email: form["email"], address: form["address"], iin: form["iin"])
    }
}
