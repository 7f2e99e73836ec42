import Attachments
import Casework
import Complaints
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Logging
import Registry
import WorkingDays

/// What an applicant's link answers and does; every act is an event in the name of the link.
extension StandingPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        if site.request.method == .get {
            try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        }
        return BodyLinkPage.unlisted(site.page(try await page(link, site)))
    }

    /// Before a byte of the form is read: the link opens something, and is not acted by too often.
    static func admit(_ site: WebRequest) async throws -> Response? {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        try site.limiters.link.take(link.id, at: site.environment.now())
        return nil
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        guard let act = StandingAct(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        let token = try site.parameter("token")
        var reader = StepReader(act.form(token: token, site.reader), site, keepsDocuments: false)
        do {
            if try await perform(act, link, &reader) {
                return BodyLinkPage.unlisted(site.redirect(to: .standing(.value(token)), notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        var page = try await page(link, site)
        page.sent = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// The document of an answer, or what the applicant added: `GET /status/{token}/files/{digest}`.
    static func file(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let digest = try site.parameter("digest")
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        let stream = StreamID(kind: Complaint.streamKind, id: link.request)
        guard try await centre.journal.read({ try CaseDocuments.has(stream, digest, in: $0) }) else {
            return try BodyLinkPage.ended(site)
        }
        let file = try await centre.attachments.open(digest)
        return BodyLinkPage.unlisted(FileDownload.response(file, name: "\(link.request)-\(digest.prefix(8))"))
    }

    private static func link(_ site: WebRequest) async throws -> BodyLinkRecord? {
        try await site.environment.centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now(), opening: [.standing])
    }

    private static func page(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> StandingPage {
        let centre = site.environment.centre
        let stream = StreamID(kind: Complaint.streamKind, id: link.request)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await centre.journal.read { db in
            try ComplaintRecord.fetch(id: link.request, in: db).map { record in
                (
                    record, try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try Registry.bodyNames(on: today, in: db)
                )
            }
        }
        guard let (record, service, names) = found, let parts = try await CaseParts(stream, site) else {
            throw SiteError(.notFound, "The complaint of the link is gone.")
        }
        let state = try await centre.casework.load(Complaint.self, id: link.request).state
        let token = try site.parameter("token")
        return StandingPage(
            record: record, state: state, service: service,
            story: try await ComplaintStory(parts, record, bodies: names, opensSealed: true, site),
            clocks: parts.clocks, titles: parts.titles, calendar: parts.calendar,
            forms: StandingAct.possible(state).map { $0.form(token: token, site.reader) }, token: token, link: link)
    }

    /// Does what the form says; false where something is wrong with it, which the reader's form then says.
    private static func perform(
        _ act: StandingAct, _ link: BodyLinkRecord, _ reader: inout StepReader
    ) async throws -> Bool {
        let site = reader.site
        let (desk, now) = (site.environment.centre.complaints, site.environment.now())
        let (number, actor) = (link.request, BodyLinkDesk.actor(of: link))
        let key = try site.formKey(of: actor)
        switch act {
        case .add:
            let text = reader.optional("text")
            reader.checkDocument()
            guard reader.isRight else { return false }
            let document = reader.document
            try await site.keeping("document", for: actor) {
                try await desk.add(number, text: text, document: document, by: actor, at: now, once: key)
            }
        case .withdraw:
            let reason = reader.optional("reason")
            if site.form["sure"] != "yes" { reader.fail("sure", site.reader.t("step.missing")) }
            guard reader.isRight else { return false }
            try await desk.withdraw(number, reason: reason, happenedAt: now, by: actor, at: now, once: key)
        case .helped, .notHelped:
            try await desk.rate(number, isHelpful: act == .helped, by: actor, at: now, once: key)
        case .continue:
            let words = reader.text("text")
            guard reader.isRight else { return false }
            _ = try await desk.continue(number, words: words, by: actor, at: now, once: key)
        }
        return true
    }
}

extension StandingEntryPage {
    static func show(_ site: WebRequest) async throws -> Response {
        BodyLinkPage.unlisted(site.page(StandingEntryPage()))
    }

    /// Before a byte is read: nobody tries codes by the thousand, of one number or from one place.
    static func admit(_ site: WebRequest) async throws -> Response? {
        try site.limiters.signIn.take("status \(site.context.customer)", at: site.environment.now())
        return nil
    }

    static func find(_ site: WebRequest) async throws -> Response {
        let (desk, now) = (site.environment.centre.bodyLinks, site.environment.now())
        let number = String(site.form["number"].filter { !$0.isWhitespace }.prefix(40))
        try site.limiters.signIn.take("status of \(number)", at: now)
        guard let link = try await desk.find(number: number, code: site.form["code"], at: now) else {
            SecurityLog.write("security.link", ["what": "wrong code"], site.context)
            let page = StandingEntryPage(number: number, isWrong: true)
            return BodyLinkPage.unlisted(site.page(page, status: .unprocessableContent))
        }
        return BodyLinkPage.unlisted(site.redirect(to: .standing(.value(desk.token(of: link)))))
    }
}
