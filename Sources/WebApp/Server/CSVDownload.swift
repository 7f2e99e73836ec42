import Accounts
import CSV
import Hummingbird

/// A list as a file for a spreadsheet: UTF-8 with its mark, semicolons, as Excel opens it in Kazakh and Russian.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
struct CSVDownload: Sendable {
    /// The name of the file, without its ending.
    let name: String
    /// What stands above the columns.
    let headings: [String]
    /// The cells, row by row.
    var rows: [[String]] = []

    /// How many rows a file holds at most.
    static let limit = 50_000

    /// The bytes of the file.
    var text: String {
        let writer = CSVWriter(separator: .semicolon, defuses: true)
        var bytes: [UInt8] = []
        for row in [headings] + rows { writer.append(row, to: &bytes) }
        return "\u{FEFF}" + String(decoding: bytes, as: UTF8.self)
    }

    /// The answer.
    /// - Throws: `NotPermitted` for somebody who may not take lists out.
    func response(_ site: WebRequest) throws -> Response {
        try site.authority.require(.exportLists)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"\(name).csv\"", .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
