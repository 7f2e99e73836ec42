import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What a body sees of an entry of the ledger by its link: which of its terms was exceeded and why that day, until when it may
/// reply, and the form of its reply. No account, no script needed; nothing of a person.
struct ViolationLinkPage: Page {
    let link: BodyLinkRecord
    let entry: Violation
    let names: ViolationNames
    let calendar: WorkingCalendar
    /// What it has said so far, oldest first.
    let replies: [(at: Moment, reply: ViolationReplied)]
    var form: StepForm

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("violationLink.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: names.bodies[link.body]?[view.language] ?? link.body)
            html.h1(text: names.duty(entry.rule, view))
            html.p(.class("lead"), text: view.t("violationLink.lead"))
            html.facts(facts(view))
            html.element("details", []) { html in
                html.summary(text: view.t("bodyLink.why"))
                if let proof = Proof(parsing: entry.proof, names: calendar) {
                    html.proofTable(DueDate(proof: proof), view)
                }
            }
        }
        if !replies.isEmpty {
            html.div(.class("sheet")) { html in
                html.h2(text: view.t("violationLink.said"))
                for (at, reply) in replies {
                    html.p(.class("hint")) { html in
                        html.moment(at, view)
                        if reply.isLate { html.text(" · " + view.t("violations.replyLate")) }
                    }
                    html.div(.class("quote")) { html in
                        for line in reply.text.split(separator: "\n") { html.p(text: String(line)) }
                    }
                }
            }
        }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t("violationLink.reply"))
            if let by = entry.replyBy {
                html.p { html in
                    html.text(view.t("violationLink.until") + " ")
                    html.strong { $0.date(by, view) }
                }
                if view.today > by { html.p(.class("note"), text: view.t("violationLink.late")) }
            }
            html.stepForm(form, view)
        }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func facts(_ view: View) -> [Fact] {
        var facts = [
            Fact(view.t("clocks.case"), entry.stream.id), Fact(view.t("violations.due"), DateText.short(entry.due)),
            Fact(view.t("violations.doneOn"), entry.endedOn.map(DateText.short) ?? view.t("violation.notDone")),
        ]
        if let late = entry.late(calendar, view) { facts.append(Fact(view.t("violations.late"), late)) }
        if let service = entry.service {
            facts.insert(Fact(view.t("requests.service"), names.services[service]?[view.language] ?? service), at: 1)
        }
        return facts
    }
}

extension ViolationLinkPage {
    /// The step of its form.
    static let step = "reply"

    static func show(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        // HEAD is no look: a program asks whether the address is there.
        if site.request.method == .get {
            try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        }
        guard let page = try await page(link, site) else { return try BodyLinkPage.ended(site) }
        return BodyLinkPage.unlisted(site.page(page))
    }

    /// Takes the reply; every one is an event in the name of the link.
    static func act(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        guard site.form["step"] == step else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        guard var page = try await page(link, site) else { return try BodyLinkPage.ended(site) }
        var reader = StepReader(page.form, site, keepsDocuments: false)
        let actor = BodyLinkDesk.actor(of: link)
        do {
            let text = reader.text("text")
            reader.checkDocument()
            if reader.isRight {
                let (document, key) = (reader.document, try site.formKey(of: actor))
                try await site.keeping("document", for: actor) {
                    try await site.environment.centre.violations.reply(
                        by: link, text: text, document: document, at: site.environment.now(), once: key)
                }
                return BodyLinkPage.unlisted(
                    site.redirect(to: .bodyLink(.value(try site.parameter("token"))), notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        page.form = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// The page of a link; nil where the entry is another body's by now.
    private static func page(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> ViolationLinkPage? {
        let centre = site.environment.centre
        guard let id = Violation.ID(link.request), let found = try await centre.casework.violation(id),
            found.entry.body == link.body
        else { return nil }
        let view = site.reader
        let replies = found.history.compactMap { recorded, event -> (at: Moment, reply: ViolationReplied)? in
            guard let happened = event.content as? ViolationEvent, happened.id(in: id.stream) == id,
                case .violationReplied(let reply) = happened
            else { return nil }
            return (recorded.occurredAt, reply)
        }
        let form = StepForm(
            step: step, path: .bodyLink(.value(try site.parameter("token"))),
            fields: [
                StepField(
                    name: "text", kind: .area, label: view.t("violationLink.text"), hint: view.t("violation.wordsHint")),
                StepField(name: "document", kind: .document, label: view.t("violation.document"), isRequired: false),
            ], submit: view.t("violationLink.send"))
        return ViolationLinkPage(
            link: link, entry: found.entry,
            names: try await ViolationNames(on: centre.casework.today(site.environment.now()), site),
            calendar: try await centre.journal.read { try centre.casework.calendars.calendar(in: $0) },
            replies: replies, form: form)
    }
}
