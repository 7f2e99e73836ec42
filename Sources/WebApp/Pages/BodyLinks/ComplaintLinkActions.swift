import Accounts
import Attachments
import Casework
import Complaints
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Markup
import PersonalData
import Registry
import Rulebook
import WorkingDays

/// What a body's link to a complaint answers and does; every act is an event in the name of the link.
extension ComplaintLinkPage {
    static func show(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        // HEAD is no look: a program asks whether the address is there.
        let isLook = site.request.method == .get
        return BodyLinkPage.unlisted(site.page(try await page(link, isLook: isLook, site)))
    }

    static func act(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        guard let act = ComplaintBodyAct(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        var page = try await page(link, isLook: true, site)
        let token = try site.parameter("token")
        let form = page.forms.first { $0.step == act.rawValue } ?? Self.form(act, token, daysLeft: 0, [], site)
        var reader = StepReader(form, site, keepsDocuments: false)
        do {
            if try await perform(act, link, &reader) {
                return BodyLinkPage.unlisted(site.redirect(to: .bodyLink(.value(token)), notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        page.sent = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// A document of the complaint, for the body that has it: `GET /body/{token}/files/{digest}`.
    static func file(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let digest = try site.parameter("digest")
        let link = try await centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now(), opening: [.complaint])
        guard let link else { return try BodyLinkPage.ended(site) }
        let stream = StreamID(kind: Complaint.streamKind, id: link.request)
        let isTheirs = try await centre.journal.read { db in
            try ComplaintRecord.fetch(id: link.request, in: db)?.body == link.body
                && CaseDocuments.has(stream, digest, in: db)
        }
        guard isTheirs else { return try BodyLinkPage.ended(site) }
        let file = try await centre.attachments.open(digest)
        return BodyLinkPage.unlisted(FileDownload.response(file, name: "\(link.request)-\(digest.prefix(8))"))
    }

    private static func form(
        _ act: ComplaintBodyAct, _ token: String, daysLeft: Int, _ bodies: [(code: String, name: String)],
        _ site: WebRequest
    ) -> StepForm {
        act.form(path: .bodyLink(.value(token)), daysLeft: daysLeft, bodies: bodies, site.reader)
    }

    private static func page(
        _ link: BodyLinkRecord, isLook: Bool, _ site: WebRequest
    ) async throws -> ComplaintLinkPage {
        let (centre, now) = (site.environment.centre, site.environment.now())
        let stream = StreamID(kind: Complaint.streamKind, id: link.request)
        let today = site.environment.zone.civilDate(of: now)
        let found = try await centre.journal.read { db in
            try ComplaintRecord.fetch(id: link.request, in: db).map { record in
                (
                    record, try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try Registry.bodyNames(on: today, in: db),
                    try BodyChoice.all(on: today, in: db)
                )
            }
        }
        guard let (record, service, names, choices) = found, let parts = try await CaseParts(stream, site) else {
            throw SiteError(.notFound, "The complaint of the link is gone.")
        }
        let state = try await centre.casework.load(Complaint.self, id: link.request).state
        let isTheirs = record.body == link.body
        var revealed: RevealedComplaint?
        if isLook, isTheirs, record.status == .open {
            revealed = try await centre.complaints.reveal(
                record.id, to: link.body, by: BodyLinkDesk.actor(of: link), at: now)
        }
        if isLook { try await centre.bodyLinks.opened(link, at: now) }
        let story = try await ComplaintStory(parts, record, bodies: names, opensSealed: isTheirs, site)
        var forms: [StepForm] = []
        if isTheirs, record.status == .open {
            let token = try site.parameter("token")
            let left = parts.procedure?.extensionLeft(for: record, on: today) ?? 0
            let bodies = BodyChoice.labels(choices, without: record.body, site.reader)
            forms = ComplaintBodyAct.possible(isReceived: state.receivedAt != nil, daysLeft: left).map {
                form($0, token, daysLeft: left, bodies, site)
            }
        }
        return ComplaintLinkPage(
            link: link, record: record, state: state, service: service, story: story, clocks: parts.clocks,
            titles: parts.titles, calendar: parts.calendar, revealed: revealed, forms: forms,
            token: try site.parameter("token"))
    }

    /// Does what the form says; false where something is wrong with it, which the reader's form then says.
    private static func perform(
        _ act: ComplaintBodyAct, _ link: BodyLinkRecord, _ reader: inout StepReader
    ) async throws -> Bool {
        let site = reader.site
        let (desk, now) = (site.environment.centre.complaints, site.environment.now())
        let (number, body, actor) = (link.request, link.body, BodyLinkDesk.actor(of: link))
        let key = try site.formKey(of: actor)
        switch act {
        case .receive:
            let reference = reader.optional("number")
            guard reader.isRight else { return false }
            try await desk.receive(number, as: body, reference: reference, by: actor, at: now, once: key)
        case .answer:
            let outcome = reader.chosen("outcome", ComplaintOutcome.self)
            let (text, measures) = (reader.text("text"), reader.optional("measures"))
            reader.checkDocument()
            guard reader.isRight, let outcome else { return false }
            let document = reader.document
            try await site.keeping("document", for: actor) {
                try await desk.answer(
                    number, as: body, outcome: outcome, text: text, attachment: document, measures: measures,
                    by: actor, at: now, once: key)
            }
        case .ask:
            let question = reader.text("question")
            guard reader.isRight else { return false }
            try await desk.ask(number, as: body, question: question, by: actor, at: now, once: key)
        case .extend:
            let reason = reader.text("reason")
            guard let days = reader.number("days"), reader.isRight else { return false }
            try await desk.extend(number, as: body, days: days, reason: reason, by: actor, at: now, once: key)
        case .giveBack:
            let (proposed, reason) = (reader.text("body"), reader.text("reason"))
            guard reader.isRight else { return false }
            try await desk.giveBack(
                number, as: body, naming: proposed, reason: reason, by: actor, at: now, once: key)
        }
        return true
    }
}

extension Procedure {
    /// The working days by which the body that has a complaint may still extend its review on a day; 0 where the law does
    /// not let it, or the term is over.
    func extensionLeft(for record: ComplaintRecord, on today: CivilDate) -> Int {
        guard record.status == .open, record.dueOn >= today,
            let allowance = rule(record.reviewer.clock)?.extension,
            allowance.allowed.contains(Extender(bodyKind: record.bodyKind).rawValue)
        else { return 0 }
        return max(0, allowance.limit - record.extendedBy)
    }
}
