import Casework
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import InternalControl
import Journal
import Languages
import Spreadsheets
import WorkingDays

/// What a body does with the cases of a discrepancy by its link; what is refused leaves nothing.
extension CasesLinkPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        try await FilingsLinkPage.looked(link, site)
        return BodyLinkPage.unlisted(site.page(page))
    }

    static func template(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        return BodyLinkPage.unlisted(try await CasesPage.template(of: page.page.number, site))
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), var page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        switch site.form["step"] {
        case take: return BodyLinkPage.unlisted(try await page.take(site))
        case answerCases: return BodyLinkPage.unlisted(try await page.answerCases(site))
        default: throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
    }

    /// Takes the list: whole, or its faults are told and nothing stays.
    private mutating func take(_ site: WebRequest) async throws -> Response {
        guard let upload = page.upload else { return site.page(self, status: .conflict) }
        var reader = StepReader(upload, site, keepsDocuments: false)
        do {
            if let sent = CasesPage.sent(&reader, site) {
                let centre = site.environment.centre
                let (outcome, file) = try await centre.readBodyList(of: page.number, ByteSource(path: sent))
                guard let list = outcome.list else {
                    page.refused = outcome.faults
                    return site.page(self, status: .unprocessableContent)
                }
                try await centre.internalControl.takeList(
                    list, outcome, file: file, by: link, at: site.environment.now(),
                    once: try site.formKey(of: BodyLinkDesk.actor(of: link), part: file))
                return site.redirect(to: path.path + "#cases", notice: .bodyActDone)
            }
        } catch {
            try reader.take(error)
        }
        page.upload = reader.form
        return site.page(self, status: reader.status)
    }

    /// What the body makes of single cases; each must be one of the open ones, so that nobody fills the case with words of his own.
    private mutating func answerCases(_ site: WebRequest) async throws -> Response {
        guard let answer else { return site.page(self, status: .conflict) }
        var reader = StepReader(answer, site, keepsDocuments: false)
        let open = Set((page.comparison?.open ?? []).map(\.key))
        chosen = Set(site.form.all("case")).intersection(open)
        do {
            let stance = reader.chosen("stance", BodyStance.self)
            let text = reader.text("text")
            if stance == .reason, text.isEmpty { reader.fail("text", site.reader.t("step.missing")) }
            if chosen.isEmpty { reader.form.problem = site.reader.t("cases.chooseSome") }
            if chosen.count > Self.mostAnswered { reader.form.problem = site.reader.t("cases.chooseFewer") }
            if reader.isRight {
                try await site.environment.centre.internalControl.answer(
                    page.number, DiscrepancyNote(text: text, stance: stance, cases: chosen.sorted()), by: link,
                    at: site.environment.now(), once: try site.formKey(of: BodyLinkDesk.actor(of: link)))
                return site.redirect(to: path.path + "#cases", notice: .bodyActDone)
            }
        } catch {
            try reader.take(error)
        }
        self.answer = reader.form
        return site.page(self, status: reader.status)
    }

    /// The page of the discrepancy in the address; nil where it is another body's, or there is none.
    private static func load(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> CasesLinkPage? {
        guard var page = try await CasesPage.load(try site.parameter("id"), site), page.figures.body == link.body else {
            return nil
        }
        let (token, view) = (try site.parameter("token"), site.reader)
        let path = SitePath.bodyLinkCases(.value(token), .value(page.number))
        var answer: StepForm?
        if page.state.settled == nil {
            page.upload = StepForm(
                step: take, path: path,
                fields: [
                    StepField(
                        name: "document", kind: .document, label: view.t("cases.file"), hint: view.t("cases.fileHint"))
                ], submit: view.t("cases.send"))
            answer = StepForm(
                step: answerCases, path: path,
                fields: [
                    StepField(name: "stance", kind: .radios([]), label: view.t("filingsLink.stanceLabel")),
                    StepField(
                        name: "text", kind: .area, label: view.t("filingsLink.stanceText"), hint: view.t("way.noNames"),
                        isRequired: false),
                ])
        }
        return CasesLinkPage(link: link, token: token, page: page, answer: answer)
    }
}
