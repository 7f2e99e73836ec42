import Accounts
import Applications
import CanonicalJSON
import Complaints
import ContactCentre
import Forms
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Reporting
import WorkingDays

/// The reports (797 §18 by month, §13-14 by quarter): figures, what is behind each, the seal, the sealed document.
enum ReportAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var reports: [(period: ReportPeriod, desk: any PeriodDesk)] = []
        for desk in api.centre.reports.desks { reports += try await desk.standings().map { ($0.period, desk) } }
        var items: [JSON] = []
        for (period, desk) in reports.dropFirst(try page.offset).prefix(page.limit + 1) {
            items.append(try await desk.report(period).state.json(of: period, named: desk.name(of: period)))
        }
        return try page.answer(items) { $0 }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let (period, desk) = try period(api)
        let report = try await desk.report(period)
        let figures = try await desk.figures(period, asOf: api.today)
        guard var members = report.state.json(of: period, named: desk.name(of: period)).object else {
            throw APIProblem.missing("report")
        }
        members["version"] = .number(report.version)
        members["figures"] = figures.json(of: desk.form.form)
        return .versioned(.object(members), report.version)
    }

    /// The complaints behind a number.
    static func behind(_ api: APIRequest) async throws -> APIAnswer {
        let (period, desk) = try period(api)
        let page = try APIPage(api)
        let form = desk.form
        guard let number = ReportNumber(name: try api.parameter("name"), in: form.form),
            let behind = form.form.row(number.row)?.made?.behind
        else {
            throw APIProblem.missing("number of this name in the report")
        }
        let (limit, offset) = (page.limit + 1, try page.offset)
        let today = api.today
        if behind == .applications {
            let rows = try await api.centre.journal.read { db in
                try form.rows(
                    ApplicationRow.columns, behind: number, period, asOf: today, limit: limit, offset: offset, in: db
                ).compactMap { ApplicationRow($0) }
            }
            return try page.answer(rows) { .object(["number": .string($0.number)]) }
        }
        let records = try await api.centre.journal.read { db in
            try form.cases(behind: number, period, asOf: today, limit: limit, offset: offset, in: db).compactMap {
                try ComplaintRecord.fetch(id: $0, in: db)
            }
        }
        guard api.authority.may(.readComplaints) else {
            // Who reads reports and not complaints sees which they are and no more.
            return try page.answer(records) { .object(["number": .string($0.id)]) }
        }
        return try page.answer(records) { $0.json }
    }

    static func seal(_ api: APIRequest) async throws -> APIAnswer {
        let reason = try api.fields(["reason"]).optionalText("reason")
        let (period, desk) = try period(api)
        let sealed = try await desk.seal(
            period, reason: reason, by: api.actor, at: api.now, once: try api.key())
        return .created(sealed.json, at: "reports/\(desk.name(of: period))/revisions/\(sealed.revision)")
    }

    /// A sealed document as it is kept: contacts are ciphertext in it.
    static func document(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        let (period, desk) = try period(api)
        let report = try await desk.report(period)
        let revision = Int(try api.parameter("revision"))
        guard let sealed = report.state.sealed.first(where: { $0.revision == revision }),
            let bytes = try await desk.document(sealed)
        else { throw APIProblem.missing("such sealed report") }
        return Response(
            status: .ok, headers: [.contentType: "application/json", .eTag: "\"\(sealed.digest)\""],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A sealed revision as a workbook, in the language that is asked for.
    static func workbook(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, ["language"])
        let api = try APIRequest(site)
        try api.authority.require(.readReports)
        try api.authority.require(.exportLists)
        let (period, desk) = try period(api)
        guard let language = Language(rawValue: site.query("language") ?? "kk") else {
            throw APIProblem(.badRequest, "“language” is kk, ru or en.")
        }
        let maker = ReportWorkbook(
            texts: site.environment.texts, language: language, zone: site.environment.zone,
            showsCases: api.authority.may(.readComplaints))
        guard let revision = Int(try api.parameter("revision")),
            let book = try await maker.workbook(period, by: desk, revision: revision, in: api.centre)
        else { throw APIProblem.missing("such sealed report") }
        return WebRequest.file("report-\(desk.name(of: period))-\(revision)", of: try await WebRequest.bytes(of: book))
    }

    /// The figures as a table, for a spreadsheet.
    static func export(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        try api.authority.require(.exportLists)
        let (period, desk) = try period(api)
        let figures = try await desk.figures(period, asOf: api.today)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"report-\(desk.name(of: period)).csv\"",
            ],
            body: .init(byteBuffer: ByteBuffer(string: figures.table(of: period, desk.form.form))))
    }

    private static func period(_ api: APIRequest) throws -> (ReportPeriod, any PeriodDesk) {
        guard let named = api.centre.reports.named(try api.parameter("period")) else {
            throw APIProblem.missing(
                "such report: write a month as 2026-03, a quarter as 2026-Q1, others as violations-2026-03, 3mk-2026-Q1"
            )
        }
        return named
    }
}
