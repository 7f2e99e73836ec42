import Accounts
import Blocking
import Casework
import ContactCentre
import Forms
import HTTPTypes
import Hummingbird
import InternalControl
import Journal
import Languages
import Registry
import Spreadsheets
import WorkingDays

/// What an officer does with a discrepancy case by case.
extension CasesPage {
    /// The step that takes the list.
    static let take = "list"

    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    static func act(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.sealReports)
        var page = try await load(site)
        switch site.form["step"] {
        case take: return try await page.take(site)
        case confirm: return try await page.confirm(site)
        default: throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
    }

    /// The template of the list: `GET …/cases/template?language=kk`.
    static func template(_ site: WebRequest) async throws -> Response {
        try await template(of: try site.parameter("id"), site)
    }

    /// The template of the list of a discrepancy, in the language that the address names or else the reader's, where it is one of the acts.
    static func template(of number: String, _ site: WebRequest) async throws -> Response {
        let language = site.query("language").flatMap(Language.init(rawValue:)) ?? site.context.language
        let desk = site.environment.centre.internalControl
        guard try await desk.discrepancy(number).state.figures != nil else {
            throw SiteError(.notFound, "no discrepancy \(number)")
        }
        let blank = try await desk.listBlank(number, in: language)
        return WebRequest.file("\(number)-\(language.rawValue)", of: try await WebRequest.bytes(of: blank.workbook))
    }

    /// Takes the list that came: whole, or its faults are told and nothing stays.
    private mutating func take(_ site: WebRequest) async throws -> Response {
        guard let upload else { return site.page(self, status: .conflict) }
        var reader = StepReader(upload, site, keepsDocuments: false)
        let channel = reader.chosen("channel", FilingNote.Channel.self)
        do {
            if let sent = Self.sent(&reader, site), let channel {
                let centre = site.environment.centre
                let (outcome, file) = try await centre.readBodyList(of: number, ByteSource(path: sent))
                guard let list = outcome.list else {
                    refused = outcome.faults
                    self.upload = reader.form
                    return site.page(self, status: .unprocessableContent)
                }
                let actor = try site.authority.actor
                try await centre.internalControl.takeList(
                    list, outcome, file: file, channel: channel, by: actor, at: site.environment.now(),
                    expecting: reader.version, once: try site.formKey(of: actor, part: file))
                return site.redirect(to: path, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        self.upload = reader.form
        return site.page(self, status: reader.status)
    }

    /// Where the list lies that came with the form, until the answer is given; a mistake at its field where none did.
    static func sent(_ reader: inout StepReader, _ site: WebRequest) -> String? {
        if let problem = site.fileProblem("document") { reader.fail("document", problem) }
        guard let sent = site.spooledFile("document") else {
            reader.fail("document", site.reader.t("step.missing"))
            return nil
        }
        return reader.isRight ? sent.path : nil
    }

    /// Gives the chosen cases of a group their cause.
    private mutating func confirm(_ site: WebRequest) async throws -> Response {
        let actor = try site.authority.actor
        do {
            try await site.environment.centre.internalControl.confirmCases(
                site.form.all("case"), cause: site.form["cause"], text: site.form["text"], on: number, by: actor,
                at: site.environment.now(), expecting: Int(site.form["version"]), once: try site.formKey(of: actor))
            return site.redirect(to: path, notice: .stepRecorded)
        } catch {
            let told = try site.problem(error)
            problem = (site.form["group"], told.text)
            return site.page(self, status: told.status)
        }
    }

    // MARK: - Reading

    static func load(_ site: WebRequest) async throws -> CasesPage {
        let number = try site.parameter("id")
        guard var page = try await load(number, site) else { throw SiteError(.notFound, "no discrepancy \(number)") }
        let view = site.reader
        if page.state.settled == nil {
            let channels = FilingNote.Channel.allCases.map { ($0.rawValue, view.name("bodyFilingChannel", $0)) }
            page.upload = StepForm(
                step: take, path: page.path,
                fields: [
                    StepField(
                        name: "document", kind: .document, label: view.t("cases.file"), hint: view.t("cases.fileHint")),
                    StepField(
                        name: "channel", kind: .choice(channels), label: view.t("internalControl.channel"),
                        preset: FilingNote.Channel.mail.rawValue),
                ], version: page.version, submit: view.t("cases.send"))
        }
        return page
    }

    /// The page of a discrepancy without its forms; nil where there is none.
    static func load(_ number: String, _ site: WebRequest) async throws -> CasesPage? {
        let centre = site.environment.centre
        let desk = centre.internalControl
        let found = try await desk.discrepancy(number)
        guard let figures = found.state.figures, let id = FilingID(figures.filing) else { return nil }
        return try await centre.journal.read { db in
            var (comparison, isTooMany) = (CaseComparison?.none, false)
            do {
                comparison = try desk.cases(found.state, in: db)
            } catch let refusal as Refusal where refusal.code == InternalControlRefusal.casesTooMany.rawValue {
                isTooMany = true
            }
            let name = try Registry.localizedName(of: figures.body, on: id.period.last, in: db)
            return CasesPage(
                number: number, id: id, form: try desk.form(of: id),
                body: name ?? Localized(kk: figures.body, ru: figures.body), figures: figures, state: found.state,
                version: found.version, comparison: comparison, isTooMany: isTooMany, rules: desk.rules,
                services: comparison == nil ? [:] : try Registry.serviceNames(in: db),
                bodies: comparison == nil ? [:] : try Registry.bodyNames(on: id.period.last, in: db))
        }
    }
}
