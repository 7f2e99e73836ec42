import Accounts
import Hummingbird
import Markup
import Reporting

extension ReportPage {
    /// The link to a sealed revision as a workbook, for who may take lists out.
    func workbookLink(of sealed: ReportSealed, into html: inout HTML, _ view: View) {
        guard view.may(.exportLists) else { return }
        html.p { html in
            html.a(
                .class("button is-quiet"),
                .href(SitePath.reportWorkbook(.value("\(period)"), .value("\(sealed.revision)")).path)
            ) { html in
                html.icon(.download)
                html.text(view.t("report.workbook"))
            }
            html.text(" ")
            html.a(
                .class("button is-quiet"),
                .href(SitePath.reportPages(.value("\(period)"), .value("\(sealed.revision)")).path)
            ) { html in
                html.icon(.download)
                html.text(view.t("report.pages"))
            }
        }
    }

    /// A sealed revision as PDF, in the languages of the act.
    static func pages(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        let (period, _) = try report(site)
        let view = site.reader
        let maker = ReportWorkbook(texts: view.texts, language: view.language, zone: view.zone, showsCases: false)
        guard let revision = Int(try site.parameter("revision")),
            let book = try await maker.pages(period, revision: revision, in: site.environment.centre)
        else { throw SiteError(.notFound, "no such sealed report") }
        return try await WebRequest.pdf("report-\(period)-\(revision)", of: book, site)
    }

    /// A sealed revision as a workbook, in the reader's language and those of the act.
    static func workbook(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        let (period, _) = try report(site)
        let view = site.reader
        let maker = ReportWorkbook(
            texts: view.texts, language: view.language, zone: view.zone, showsCases: view.may(.readComplaints))
        guard let revision = Int(try site.parameter("revision")),
            let book = try await maker.workbook(period, revision: revision, in: site.environment.centre)
        else { throw SiteError(.notFound, "no such sealed report") }
        return WebRequest.file("report-\(period)-\(revision)", of: try await WebRequest.bytes(of: book))
    }
}
