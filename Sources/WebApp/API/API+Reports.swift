import CanonicalJSON
import Complaints
import HTTPTypes
import Hummingbird
import Journal
import Reporting
import WorkingDays

/// The monthly reports (797 §18): figures, what is behind each, the seal, the sealed document.
enum ReportAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let months = try await api.centre.reports.months()
        var items: [JSON] = []
        for month in months.dropFirst(try page.offset).prefix(page.limit + 1) {
            items.append(try await api.centre.reports.report(month).state.json(of: month))
        }
        return try page.answer(items) { $0 }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let month = try month(api)
        let report = try await api.centre.reports.report(month)
        let figures = try await api.centre.reports.figures(month, asOf: api.today)
        guard var members = report.state.json(of: month).object else { throw APIProblem.missing("report") }
        members["version"] = .number(report.version)
        members["figures"] = figures.json
        return .versioned(.object(members), report.version)
    }

    /// The complaints behind a number.
    static func behind(_ api: APIRequest) async throws -> APIAnswer {
        let (month, page) = (try month(api), try APIPage(api))
        guard let number = ReportNumber(name: try api.parameter("name")) else {
            throw APIProblem.missing("number of this name in the report")
        }
        let (limit, offset) = (page.limit + 1, try page.offset)
        let today = api.today
        let records = try await api.centre.journal.read { db in
            try number.complaints(month, asOf: today, limit: limit, offset: offset, in: db).compactMap {
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
        let month = try month(api)
        let sealed = try await api.centre.reports.seal(
            month, reason: reason, by: api.actor, at: api.now, once: try api.key())
        return .created(sealed.json, at: "reports/\(month)/revisions/\(sealed.revision)")
    }

    /// A sealed document as it is kept: contacts are ciphertext in it.
    static func document(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        let month = try month(api)
        let report = try await api.centre.reports.report(month)
        let revision = Int(try api.parameter("revision"))
        guard let sealed = report.state.sealed.first(where: { $0.revision == revision }),
            let bytes = try await api.centre.reports.document(sealed)
        else { throw APIProblem.missing("such sealed report") }
        return Response(
            status: .ok, headers: [.contentType: "application/json", .eTag: "\"\(sealed.digest)\""],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The figures as a table, for a spreadsheet.
    static func export(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        try api.authority.require(.exportLists)
        let month = try month(api)
        let figures = try await api.centre.reports.figures(month, asOf: api.today)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"report-\(month).csv\"",
            ],
            body: .init(byteBuffer: ByteBuffer(string: figures.table(of: month))))
    }

    private static func month(_ api: APIRequest) throws -> CivilMonth {
        guard let month = CivilMonth(try api.parameter("period")) else {
            throw APIProblem.missing("such month: write it as 2026-03")
        }
        return month
    }
}
