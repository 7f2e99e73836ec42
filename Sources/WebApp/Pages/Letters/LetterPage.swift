import Accounts
import Attachments
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import WorkingDays

/// One letter: its text while it is a draft, its PDF, the signed scan.
struct LetterPage: Page {
    let record: LetterRecord
    let letter: LetterDrafted
    let version: Int
    let parts: CaseParts
    var problem: (field: String?, text: String)?

    var section: NavigationSection? { .letters }
    func title(_ view: View) -> String {
        record.outgoing.map { view.t("letter.numbered", ["number": $0]) } ?? view.t("letter.draft")
    }

    func draw(into html: inout HTML, _ view: View) {
        let id = PathPart.value(record.id)
        html.breadcrumbs([(view.t("nav.letters"), .letters)], view)
        html.pageHeader(title(view), lead: view.name("letterKind", record.kind)) { html in
            html.a(.class("button"), .href(SitePath.letterPDF(id).path)) { html in
                html.icon(.download)
                html.text(view.t(record.stage == .draft ? "letter.preview" : "letter.pdf"))
            }
            if record.scan != nil {
                html.a(.class("button"), .href(SitePath.letterScan(id).path)) { html in
                    html.icon(.download)
                    html.text(view.t("letter.scan"))
                }
            }
        }
        if let problem, problem.field == nil { html.alert(.danger, title: problem.text) }
        html.facts([
            Fact(view.t("letters.stage"), view.name("letterStage", record.stage)),
            Fact(view.t("letters.case")) { html in
                guard let path = record.about.casePath(view) else { return html.text(record.about.id) }
                html.a(.href(path.path), text: record.about.id)
            },
            Fact(view.t("letters.outgoing"), record.outgoing.map { "№ \($0)" } ?? "–"),
            Fact(view.t("letter.attached")) { html in enclosures(&html, view) },
        ])
        let mayChange = view.may(.manageRequests)
        if record.stage == .draft, mayChange { form(&html, id, view) } else { texts(&html, view) }
        if mayChange, record.stage == .finished || record.stage == .signed { scanForm(&html, id, view) }
        html.history(parts, view)
    }

    /// What goes with it, each to be opened.
    private func enclosures(_ html: inout HTML, _ view: View) {
        guard !letter.attachments.isEmpty else { return html.text(view.t("letter.nothingAttached")) }
        html.ol(.class("plain-list")) { html in
            for (index, digest) in letter.attachments.enumerated() {
                let title = letter.titles.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                html.li { html in
                    html.a(.href(SitePath.file(.value(digest)).with(["case": record.about.rawValue]))) { html in
                        if let title {
                            html.localized(Localized(kk: title.kk, ru: title.ru), view)
                        } else {
                            html.code(text: "SHA-256 \(digest.prefix(16))…")
                        }
                    }
                }
            }
        }
    }

    private func form(_ html: inout HTML, _ id: PathPart, _ view: View) {
        html.panel(view.t("letter.text"), id: "text") { html in
            html.p(.class("hint"), text: view.t("letter.textHelp"))
            html.postForm(to: .letter(id), view, .class("letter-form")) { html in
                html.input(.type("hidden"), .name("version"), .value("\(version)"))
                html.div(.class("letter-columns")) { html in
                    column(&html, "kk", letter.kk, view)
                    column(&html, "ru", letter.ru, view)
                }
                html.formButtons(submit: view.t("form.save"), view)
            }
        }
        html.panel(view.t("letter.finishing"), id: "finishing") { html in
            html.p(.class("hint"), text: view.t("letter.finishHelp"))
            html.postForm(to: .letterFinish(id), view) { html in
                html.input(.type("hidden"), .name("version"), .value("\(version)"))
                html.formButtons(submit: view.t("letter.finish"), view)
            }
            html.element("details", [.class("step"), Attribute("open", flag: problem?.field == "reason")]) { html in
                html.summary { html in
                    html.icon(.chevron)
                    html.span(.class("step-title"), text: view.t("letter.drop"))
                }
                html.postForm(to: .letterDrop(id), view, .class("form")) { html in
                    html.textField(field("reason", "complaintField.reason", view), view)
                    html.formButtons(submit: view.t("letter.drop"), view, isDangerous: true)
                }
            }
        }
    }

    private func field(_ name: String, _ label: TextKey, _ view: View) -> Field {
        Field(name, label: view.t(label), error: problem.flatMap { $0.field == name ? $0.text : nil })
    }

    private func column(_ html: inout HTML, _ code: String, _ text: LetterText, _ view: View) {
        let language: Language = code == "kk" ? .kk : .ru
        html.fieldset(.class("letter-column"), .lang(language)) { html in
            html.legend(text: view.name("languageName", language))
            html.textArea(field("\(code)-addressee", "letter.addressee", view), view, rows: 2, value: text.addressee)
            html.textArea(field("\(code)-subject", "letters.subject", view), view, rows: 2, value: text.subject)
            html.textArea(field("\(code)-text", "letter.text", view), view, rows: 16, value: text.text)
        }
    }

    private func texts(_ html: inout HTML, _ view: View) {
        html.panel(view.t("letter.text"), id: "text") { html in
            html.div(.class("letter-columns")) { html in
                for (language, text) in [(Language.kk, letter.kk), (.ru, letter.ru)] {
                    html.div(.class("letter-column"), .lang(language)) { html in
                        html.p(.class("note"), text: text.addressee)
                        html.h3(text: text.subject)
                        for line in text.text.split(separator: "\n") { html.p(text: String(line)) }
                    }
                }
            }
        }
    }

    private func scanForm(_ html: inout HTML, _ id: PathPart, _ view: View) {
        html.panel(view.t("letter.signing"), id: "signing") { html in
            if let scan = record.scan {
                html.p(.class("note")) { html in
                    html.text(view.t("letter.hash") + " ")
                    html.code(text: scan)
                }
            }
            html.uploadForm(to: .letterScan(id), view, .class("form")) { html in
                html.fileField(field("file", "letter.scanFile", view), view)
                html.formButtons(submit: view.t("letter.attach"), view)
            }
        }
    }
}

extension LetterPage {
    private static func page(_ site: WebRequest) async throws -> LetterPage {
        let id = try site.parameter("id")
        let centre = site.environment.centre
        let letter = try await centre.casework.load(Letter.self, id: id)
        guard let record = try await centre.journal.read({ try LetterRecord.fetch(id: id, in: $0) }),
            let drafted = letter.state.drafted, let parts = try await CaseParts(letter.stream, site)
        else { throw SiteError(.notFound, "There is no letter \(id).") }
        guard record.kind != .complaint || site.user?.authority.may(.readComplaints) ?? false else {
            throw SiteError(.notFound, "There is no letter \(id).")
        }
        return LetterPage(record: record, letter: drafted, version: letter.version, parts: parts)
    }

    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    /// The PDF: as it would be while it is a draft, as it was kept afterwards.
    static func pdf(_ site: WebRequest) async throws -> Response {
        let page = try await page(site)
        let centre = site.environment.centre
        if let document = page.record.document {
            return FileDownload.response(try await centre.attachments.open(document), name: "letter-\(page.record.id)")
        }
        let state = try await centre.casework.load(Letter.self, id: page.record.id).state
        let bytes = try await centre.letters.pdf(
            of: state, date: site.environment.zone.civilDate(of: site.environment.now()))
        var response = Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf",
                .contentDisposition: "inline; filename=\"draft-\(page.record.id).pdf\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
        return response
    }

    /// The signed scan.
    static func download(_ site: WebRequest) async throws -> Response {
        let page = try await page(site)
        guard let scan = page.record.scan else { throw SiteError(.notFound, "The letter has no scan yet.") }
        let file = try await site.environment.centre.attachments.open(scan)
        return FileDownload.response(file, name: "letter-\(page.record.id)-signed")
    }

    /// Does a step and comes back, or shows the page again with what is wrong.
    private static func perform(
        _ site: WebRequest, notice: Notice, _ step: (LetterDesk, String, Actor, Moment) async throws -> Void
    ) async throws -> Response {
        let id = try site.parameter("id")
        do {
            try await step(
                site.environment.centre.letters, id, try site.authority.actor, site.environment.now())
            return site.redirect(to: .letter(.value(id)), notice: notice)
        } catch let refusal as Refusal where !refusal.isMissing {
            var page = try await page(site)
            page.problem = (refusal.field, site.words(of: refusal))
            return site.page(page, status: .unprocessableContent)
        }
    }

    static func edit(_ site: WebRequest) async throws -> Response {
        let form = site.form
        func text(_ code: String) -> LetterText {
            func plain(_ name: String) -> String {
                form["\(code)-\(name)"].replacing("\r\n", with: "\n")
            }
            return LetterText(addressee: plain("addressee"), subject: plain("subject"), text: plain("text"))
        }
        return try await perform(site, notice: .letterSaved) { desk, id, actor, now in
            try await desk.edit(
                id, kk: text("kk"), ru: text("ru"), by: actor, at: now, expecting: Int(form["version"]))
        }
    }

    static func finish(_ site: WebRequest) async throws -> Response {
        let version = Int(site.form["version"])
        return try await perform(site, notice: .letterFinished) { desk, id, actor, now in
            try await desk.finish(id, by: actor, at: now, expecting: version)
        }
    }

    static func drop(_ site: WebRequest) async throws -> Response {
        let reason = site.form["reason"]
        return try await perform(site, notice: .letterSaved) { desk, id, actor, now in
            try await desk.drop(id, reason: reason, by: actor, at: now)
        }
    }

    static func scan(_ site: WebRequest) async throws -> Response {
        guard let file = site.files("file").first else {
            var page = try await page(site)
            let missing = site.environment.texts.text("form.missing", site.context.language)
            page.problem = ("file", site.fileProblem("file") ?? missing)
            return site.page(page, status: .unprocessableContent)
        }
        return try await perform(site, notice: .letterSaved) { desk, id, actor, now in
            try await desk.sign(id, scan: file.digest, by: actor, at: now)
        }
    }
}
