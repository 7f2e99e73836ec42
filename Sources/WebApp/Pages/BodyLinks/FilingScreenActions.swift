import Attachments
import Blocking
import ContactCentre
import Correspondence
import Filings
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Registry
import Spreadsheets
import Workbooks
import WorkingDays

/// What a body does with the fields of its form on the screen.
extension FilingScreenPage {
    /// How large the fields may be, in bytes.
    static let limit = 512 * 1_024

    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        guard page.filing.isOpen else { return BodyLinkPage.unlisted(site.redirect(to: page.filing.path)) }
        try await FilingsLinkPage.looked(link, site)
        return BodyLinkPage.unlisted(site.page(page))
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), var page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        guard let act = Act(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        // What was filed meanwhile is shown there, also to whoever pressed twice.
        guard page.filing.isOpen else { return BodyLinkPage.unlisted(site.redirect(to: page.filing.path)) }
        page.reason = String(site.form["reason"].prefix(4_000))
        let isNamed = page.read(site.form, filling: act == .zeros ? "0" : act == .dashes ? "-" : nil)
        if act == .zeros || act == .dashes { return BodyLinkPage.unlisted(site.page(page)) }
        guard isNamed else {
            page.problem = site.reader.t("filingsLink.nameLines")
            return BodyLinkPage.unlisted(site.page(page, status: .unprocessableContent))
        }
        do {
            let bytes = try await page.workbook(site)
            let report = try await site.environment.centre.checkFiling(
                page.filing.id, ByteSource(bytes), page.filing.state)
            page.report = report
            if act == .take, report.isTaken {
                try await page.file(bytes, report, link, site)
                return BodyLinkPage.unlisted(
                    site.redirect(to: page.filing.path.path + "#receipt", notice: .bodyActDone))
            }
            return BodyLinkPage.unlisted(site.page(page, status: report.isTaken ? .ok : .unprocessableContent))
        } catch {
            let problem = try site.problem(error)
            page.problem = problem.text
            return BodyLinkPage.unlisted(site.page(page, status: problem.status))
        }
    }

    /// Reads what was typed. Lines that hold nothing are passed over.
    /// - Parameter filling: what stands in cells that were left empty; nil to leave them so.
    /// - Returns: false where a line has numbers and no name.
    private mutating func read(_ form: Form, filling: String?) -> Bool {
        var (table, isNamed) = (FormTable(), true)
        for row in filing.form.numbers {
            let columns = filing.form.columns(of: row)
            func cells(_ line: [Int], _ filling: String?) -> [String: FormCell] {
                var cells: [String: FormCell] = [:]
                for column in columns {
                    let place = FormPlace(row: row.code, line: line, column: column.code)
                    guard open.contains(place) else { continue }
                    let typed = String(form[Self.name(place)].prefix(20))
                    cells[column.code] = FormCell(typed.isEmpty ? filling ?? "" : typed)
                }
                return cells
            }
            var lines: [FormTable.Line] = []
            for index in 0..<(row.lines.isEmpty ? 0 : Self.lines) {
                let name = String(form[Self.lineName(row.code, index)].prefix(300))
                let typed = cells([index], name.isEmpty ? nil : filling)
                guard !name.isEmpty || typed.values.contains(where: { $0 != .empty }) else { continue }
                if name.isEmpty { isNamed = false }
                lines.append(FormTable.Line(name: name, cells: typed))
            }
            table.add(row: row.code, cells: cells([], filling), lines: lines)
        }
        self.table = table
        return isNamed
    }

    /// The workbook that the fields are.
    private func workbook(_ site: WebRequest) async throws -> [UInt8] {
        let (form, period, table) = (filing.form, filing.id.period, table)
        let body = FilingBlank.Body(code: filing.id.body, name: filing.body)
        let language: Language = site.context.language == .kk ? .kk : .ru
        return try await Blocking.long.run {
            guard let blank = FilingBlank(form, period, for: body, in: language, lines: 0, filled: table) else {
                throw SiteError(.notFound, "The form \(form.code) has no blank.")
            }
            return try blank.workbook.bytes()
        }
    }

    /// Keeps the workbook and takes it, in one act.
    private func file(
        _ bytes: [UInt8], _ report: FilingReport, _ link: BodyLinkRecord, _ site: WebRequest
    ) async throws {
        let (centre, actor, now) = (
            site.environment.centre, BodyLinkDesk.actor(of: link), site.environment.now()
        )
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        continuation.yield(bytes)
        continuation.finish()
        let file = try await centre.attachments.receive(chunks, named: "\(filing.id).xlsx")
        defer { file.discard() }
        let note = try centre.internalControl.note(
            filing.id, report, file: file.attachment.digest, channel: .link, reason: reason.isEmpty ? nil : reason)
        let (id, version, key) = (filing.id, filing.version, try site.formKey(of: actor))
        _ = try await centre.attachments.keep([file], for: actor.rawValue) { _ in
            try await centre.internalControl.take(id, note, by: link, at: now, expecting: version, once: key)
        }
    }

    private static func load(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> FilingScreenPage? {
        guard let filing = try await FilingLinkPage.load(link, site), filing.hasBlank else { return nil }
        let (form, period) = (filing.form, filing.id.period)
        let body = FilingBlank.Body(code: filing.id.body, name: filing.body)
        let blank = try await Blocking.long.run {
            FilingBlank(form, period, for: body, in: form.language, lines: Self.lines)
        }
        guard let blank else { return nil }
        let open = blank.places.keys.filter { place in
            let column = form.row(place.row).flatMap { row in
                form.columns(of: row).first { $0.code == place.column }
            }
            // The months of a cumulative form that are yet to come are closed.
            return column?.month.map { $0 <= period.last.month } ?? true
        }
        return FilingScreenPage(filing: filing, open: Set(open))
    }
}
