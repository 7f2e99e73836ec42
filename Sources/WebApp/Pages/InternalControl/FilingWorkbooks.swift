import Attachments
import Blocking
import ContactCentre
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

/// What goes back to a body: the blank of its form, and its own file with each fault marked at its cell.
extension FilingPage {
    /// The blank of a body's form, in the language that the address names or else in that of the act.
    static func blank(_ site: WebRequest) async throws -> Response {
        let page = try await load(site)
        return try await blank(page.id, page.form, of: page.body, site)
    }

    /// The same for a body that is known.
    static func blank(
        _ id: FilingID, _ form: StatutoryForm, of name: Localized, _ site: WebRequest
    ) async throws -> Response {
        let language = site.query("language").flatMap(Language.init(rawValue:)) ?? form.language
        guard FilingBlank.languages.contains(language) else {
            throw SiteError(.notFound, "A blank is in Kazakh or in Russian.")
        }
        let services = try await site.environment.centre.journal.read { db in
            var filter = ServiceFilter()
            filter.owner = id.body
            return try Registry.services(filter, in: db).map(\.name)
        }
        let body = FilingBlank.Body(code: id.body, name: name, services: services)
        let blank = try await Blocking.long.run {
            FilingBlank(form, id.period, for: body, in: language, lines: 5, filled: FormTable())
        }
        guard let blank else { throw SiteError(.notFound, "The form \(form.code) has no blank.") }
        return WebRequest.file("\(id)-\(language.rawValue)", of: try await WebRequest.bytes(of: blank.workbook))
    }

    /// The last file that came, written anew with each fault marked.
    static func marked(_ site: WebRequest) async throws -> Response {
        let page = try await load(site)
        guard let report = page.report, let digest = page.state.last?.note.file else {
            throw SiteError(.notFound, "no file of the filing \(page.id)")
        }
        return try await marked(page.id, report, file: digest, site)
    }

    /// A kept file, written anew with each fault marked.
    static func marked(
        _ id: FilingID, _ report: FilingReport, file: String, _ site: WebRequest
    ) async throws -> Response {
        let centre = site.environment.centre
        let (language, day) = (site.context.language, id.period.last)
        let bytes = try await Blocking.long.run {
            try MarkedFiling(ByteSource(path: centre.attachments.place(of: file)), report, in: language, on: day)
                .workbook.bytes()
        }
        return WebRequest.file("\(id)-marked", of: bytes)
    }

    /// Whether there is a blank of the form.
    var hasBlank: Bool { form.rows.allSatisfy { !$0.repeats } }
}
