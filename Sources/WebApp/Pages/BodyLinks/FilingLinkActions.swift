import Attachments
import Blocking
import Casework
import ContactCentre
import Correspondence
import Filings
import Forms
import Foundation
import Hummingbird
import InternalControl
import Journal
import Languages
import Registry
import Spreadsheets
import Workbooks
import WorkingDays

/// What a body does with one of its forms by its link; every act is an event in the name of the link.
extension FilingLinkPage {
    /// The step that sends a file, and the beginning of those that answer a question.
    static let take = "take", answer = "answer-"
    /// How large a form with its file may be, in bytes; a filled form has some ten thousand.
    static let limit = 12 * 1_024 * 1_024
    /// How large a marked workbook a page carries back, in bytes.
    static let carried = 3 * 1_024 * 1_024
    static let mediaType = Workbook.mediaType

    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        try await FilingsLinkPage.looked(link, site)
        return BodyLinkPage.unlisted(site.page(page))
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), var page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        let step = site.form["step"]
        guard let form = page.forms.first(where: { $0.step == step }) else {
            // Sent once more, a form whose step is done is answered as before; else somebody was quicker.
            if let key = try site.formKey(of: BodyLinkDesk.actor(of: link)),
                try await site.environment.centre.journal.isDone(key)
            {
                return BodyLinkPage.unlisted(site.redirect(to: page.path, notice: .bodyActDone))
            }
            return BodyLinkPage.unlisted(site.page(page, status: .conflict))
        }
        var reader = StepReader(form, site, keepsDocuments: false)
        do {
            let isDone =
                step == take ? try await page.take(link, &reader) : try await page.answer(link, &reader)
            if isDone {
                let place = step == take ? "#receipt" : "#questions"
                return BodyLinkPage.unlisted(site.redirect(to: page.path.path + place, notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        page.sent = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// Checks the file; one without a fault is kept and taken in one act, of any other nothing stays.
    private mutating func take(_ link: BodyLinkRecord, _ reader: inout StepReader) async throws -> Bool {
        let site = reader.site
        let (centre, actor) = (site.environment.centre, BodyLinkDesk.actor(of: link))
        let reason = reader.optional("reason")
        reader.checkDocument()
        guard reader.isRight, let file = site.multipart?.arrived["document"]?.first else { return false }
        let report = try await centre.checkFiling(
            id, ByteSource(path: file.path), digest: file.attachment.digest, state)
        let note = try centre.internalControl.note(
            id, report, file: file.attachment.digest, channel: .link, reason: reason)
        guard note.faults == 0 else {
            refused = Refused(
                report: report, name: file.attachment.name, marked: await marked(file, report, site.context.language))
            return false
        }
        let (now, key) = (site.environment.now(), try site.formKey(of: actor))
        let (id, version) = (id, version)
        _ = try await site.keeping("document", for: actor) {
            try await centre.internalControl.take(id, note, by: link, at: now, expecting: version, once: key)
        }
        return true
    }

    /// The file with its faults marked; nil where it cannot be made a workbook, or one too large for a page.
    private func marked(_ file: ArrivedFile, _ report: FilingReport, _ language: Language) async -> [UInt8]? {
        let day = id.period.last
        // What is no workbook and no table cannot be marked: the list of faults says so.
        let bytes = try? await Blocking.long.run {
            try MarkedFiling(ByteSource(path: file.path), report, in: language, on: day).workbook.bytes()
        }
        return bytes.flatMap { $0.count <= Self.carried ? $0 : nil }
    }

    private func answer(_ link: BodyLinkRecord, _ reader: inout StepReader) async throws -> Bool {
        let site = reader.site
        guard let index = Int(reader.form.step.dropFirst(Self.answer.count)), doubts.indices.contains(index) else {
            return false
        }
        let (doubt, text) = (doubts[index], reader.text("text"))
        guard site.form["question"] == doubt.question else {
            // The questions are others by now: what was typed stays, to be read beside them.
            reader.form.problem = site.reader.t("step.conflict")
            return false
        }
        guard reader.isRight else { return false }
        try await site.environment.centre.internalControl.answer(
            id,
            FilingAnswer(rule: doubt.rule ?? doubt.name.rawValue, row: doubt.row, column: doubt.column, text: text),
            by: link, at: site.environment.now(), once: try site.formKey(of: BodyLinkDesk.actor(of: link)))
        return true
    }

    // MARK: - Files

    /// The blank of the form, with body and period filled in: `GET /body/{token}/filings/{id}/blank`.
    static func blank(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        return BodyLinkPage.unlisted(try await FilingPage.blank(page.id, page.form, of: page.body, site))
    }

    /// The file that an officer sent back, with its faults marked: `GET /body/{token}/filings/{id}/marked`.
    static func marked(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        guard page.state.taken == nil, let report = page.report, let file = page.state.last?.note.file else {
            throw SiteError(.notFound, "Nothing of the filing \(page.id) was sent back.")
        }
        return BodyLinkPage.unlisted(try await FilingPage.marked(page.id, report, file: file, site))
    }

    // MARK: - Reading

    /// The page of the form in the address; nil where the body of the link does not owe it.
    static func load(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> FilingLinkPage? {
        let (centre, now) = (site.environment.centre, site.environment.now())
        let desk = centre.internalControl
        let today = site.environment.zone.civilDate(of: now)
        guard let id = FilingID(try site.parameter("id")), id.body == link.body else { return nil }
        let filing = try await desk.filing(id)
        let found = try await centre.journal.read {
            db -> (OwedFiling, Localized, FilingRecord?, [DiscrepancyRecord])? in
            guard let body = try Registry.body(link.body, in: db),
                let owed = FilingDuty.owed(by: body, of: desk.filed, on: today).first(where: { $0.id == id })
            else { return nil }
            var filter = DiscrepancyRecord.Filter()
            filter.filing = id
            return (
                owed, body.name(on: id.period.last), try FilingRecord.fetch(id, in: db),
                try DiscrepancyRecord.fetch(filter, limit: 100, in: db)
            )
        }
        guard let (owed, body, record, discrepancies) = found else { return nil }
        var report: FilingReport?
        if let file = (filing.state.taken ?? filing.state.last)?.note.file, centre.attachments.holds(file) {
            report = try await centre.readFiling(id, file: file, filing.state)
        }
        var page = FilingLinkPage(
            link: link, token: try site.parameter("token"), id: id, form: try desk.form(of: id), body: body,
            due: owed.due, record: record, state: filing.state, version: filing.version, report: report,
            discrepancies: discrepancies)
        page.forms = page.steps(site.reader)
        return page
    }

    private func steps(_ view: View) -> [StepForm] {
        var forms: [StepForm] = []
        let canBeRevised = !form.bonds.contains { $0.kind == .noSecondFiling }
        if id.period.last < view.today, state.taken == nil || canBeRevised {
            var fields = [
                StepField(
                    name: "document", kind: .document, label: view.t("filingsLink.document"),
                    hint: view.t("filingsLink.documentHint"))
            ]
            if state.taken != nil {
                fields.append(StepField(name: "reason", kind: .area, label: view.t("internalControl.reason")))
            }
            forms.append(StepForm(step: Self.take, path: path, fields: fields, submit: view.t("filingsLink.send")))
        }
        for (index, doubt) in doubts.enumerated() {
            forms.append(
                StepForm(
                    step: Self.answer + "\(index)", path: path,
                    fields: [
                        StepField(
                            name: "text", kind: .area, label: view.t("filingsLink.answerText"),
                            hint: view.t("way.noNames"))
                    ], hidden: [("question", doubt.question)], submit: view.t("filingsLink.answerSend")))
        }
        return forms
    }
}
