import Accounts
import HTTPTypes
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
                .href(SitePath.reportWorkbook(.value(name), .value("\(sealed.revision)")).path)
            ) { html in
                html.icon(.download)
                html.text(view.t("report.workbook"))
            }
            html.text(" ")
            html.a(
                .class("button is-quiet"),
                .href(SitePath.reportPages(.value(name), .value("\(sealed.revision)")).path)
            ) { html in
                html.icon(.download)
                html.text(view.t("report.pages"))
            }
            html.text(" ")
            html.a(
                .class("button is-quiet"),
                .href(SitePath.reportTable(.value(name), .value("\(sealed.revision)")).path)
            ) { html in
                html.icon(.download)
                html.text(view.t("report.table"))
            }
        }
    }

    /// A sealed revision as PDF, in the languages of the act.
    static func pages(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        let (period, desk) = try report(site)
        let view = site.reader
        let maker = ReportWorkbook(texts: view.texts, language: view.language, zone: view.zone, showsCases: false)
        guard let revision = Int(try site.parameter("revision")),
            let book = try await maker.pages(period, by: desk, revision: revision, in: site.environment.centre)
        else { throw SiteError(.notFound, "no such sealed report") }
        return try await WebRequest.pdf("report-\(desk.name(of: period))-\(revision)", of: book, site)
    }

    /// The numbers of a sealed revision as a table for a program, with what they are made of.
    static func table(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        let (period, desk) = try report(site)
        guard let revision = Int(try site.parameter("revision")),
            let sealed = try await desk.report(period).state.sealed.first(where: { $0.revision == revision }),
            let figures = try await desk.figures(of: sealed)
        else { throw SiteError(.notFound, "no such sealed report") }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"report-\(desk.name(of: period))-\(revision).csv\"",
            ], body: .init(byteBuffer: ByteBuffer(string: figures.table(of: period, desk.form.form))))
    }

    /// A sealed revision as a workbook, in the reader's language and those of the act.
    static func workbook(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        let (period, desk) = try report(site)
        let view = site.reader
        let maker = ReportWorkbook(
            texts: view.texts, language: view.language, zone: view.zone, showsCases: view.may(.readComplaints))
        guard let revision = Int(try site.parameter("revision")),
            let book = try await maker.workbook(period, by: desk, revision: revision, in: site.environment.centre)
        else { throw SiteError(.notFound, "no such sealed report") }
        return WebRequest.file("report-\(desk.name(of: period))-\(revision)", of: try await WebRequest.bytes(of: book))
    }
}
