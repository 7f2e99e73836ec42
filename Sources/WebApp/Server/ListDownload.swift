import Accounts
import Blocking
import ContactCentre
import Correspondence
import Hummingbird
import Languages
import Printing
import Workbooks

/// A list as a file: a text, or a workbook, as its address asks (`format=csv`, `format=xlsx`).
struct ListDownload: Sendable {
    /// What a list is written as.
    enum Format: String, CaseIterable {
        case csv, xlsx
    }

    /// The name of the file, without its ending.
    let name: String
    /// What stands in it.
    var table: ListTable

    /// The cells, row by row.
    var rows: [[ListTable.Cell]] {
        get { table.rows }
        set { table.rows = newValue }
    }

    init(name: String, title: String, headings: [String]) {
        self.name = name
        table = ListTable(title: title, headings: headings)
    }

    /// How many rows a file holds at most.
    static let limit = 50_000

    /// The answer. That the list was taken out is recorded before it is given: which list and how much, not what was looked for.
    /// - Throws: `NotPermitted` for somebody who may not take lists out; `WorkbookError`; `JournalError`, `DatabaseError` where it
    ///   cannot be recorded.
    func response(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.exportLists)
        guard let user = site.user else { throw SiteError(.unauthorized, "Sign in first.") }
        try await site.environment.accounts.recordListTaken(
            AccountEvent.ListTaken(
                list: String(site.request.uri.path.dropFirst().prefix(100)), format: (site.listFormat ?? .csv).rawValue,
                rows: rows.count), by: user.number, at: site.environment.now())
        guard site.listFormat == .xlsx else {
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8",
                    .contentDisposition: "attachment; filename=\"\(name).csv\"", .cacheControl: "no-store",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: table.csv)))
        }
        return try await site.workbook(name, title: table.title, [table.sheet])
    }
}

extension WebRequest {
    /// What the list is wanted as; nil for a page.
    var listFormat: ListDownload.Format? { query("format").flatMap(ListDownload.Format.init(rawValue:)) }

    /// Whether the list is wanted as a file.
    var wantsFile: Bool { listFormat != nil }

    /// A workbook as a file, made on a thread that may be busy for it.
    /// - Parameters:
    ///   - name: the name of the file, without its ending.
    ///   - title: its title, for the properties of the file.
    /// - Throws: `WorkbookError`.
    func workbook(_ name: String, title: String, _ sheets: [WorkbookSheet]) async throws -> Response {
        let view = reader
        let book = Workbook(title: title, language: view.language.rawValue, day: view.today, sheets: sheets)
        return Self.file(name, of: try await Self.bytes(of: book))
    }

    /// The bytes of a workbook; a long one does not stand in the way of short work.
    static func bytes(of book: Workbook) async throws -> [UInt8] {
        let cells = book.sheets.reduce(0) { $0 + $1.cells.count }
        return try await (cells > 20_000 ? Blocking.long : .brief).run { try book.bytes() }
    }

    /// The answer with a workbook.
    static func file(_ name: String, of bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: Workbook.mediaType, .contentDisposition: "attachment; filename=\"\(name).xlsx\"",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A workbook printed on pages, PDF.
    /// - Throws: `PDFFailure`.
    static func pages(of book: Workbook, _ site: WebRequest) async throws -> [UInt8] {
        let author = site.environment.centre.letters.templates.letterhead.text("organisation", .kk)
        return try await Blocking.brief.run { try book.pdf(author: author) }
    }

    /// The answer with a workbook printed on pages.
    /// - Throws: `PDFFailure`.
    static func pdf(_ name: String, of book: Workbook, _ site: WebRequest) async throws -> Response {
        let bytes = try await pages(of: book, site)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf", .contentDisposition: "attachment; filename=\"\(name).pdf\"",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
