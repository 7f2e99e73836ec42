import Accounts
import Complaints
import ContactCentre
import HTTPTypes
import HummingbirdTesting
import Journal
import NIOCore
import Reporting
import Spreadsheets
import TestSupport
import Testing
import WebApp
import Workbooks
import WorkingDays

@Suite("Lists, statistics and reports as workbooks")
struct WorkbookDownloadTests {
    /// The tables of an answer, read by the reader of filings, which knows nothing of the writer.
    private func grids(_ response: TestResponse) throws -> [SheetGrid] {
        #expect(response.status == .ok && response.headers[.contentType] == Workbook.mediaType)
        #expect(response.headers[.contentDisposition]?.contains(".xlsx\"") == true)
        var grids: [SheetGrid] = []
        try Spreadsheet.read(ByteSource(Array(buffer: response.body))) { grids.append($0) }
        return grids
    }

    private func prepared(forumNumber: String = "=1+1") async throws -> Site {
        let site = try await BodyPageTests.prepared()
        for number in 1...3 {
            _ = try await site.centre.complaints.register(
                ComplaintFiling(
                    forumNumber: number == 1 ? forumNumber : "F-\(number)", kind: number == 1 ? .employees : .order,
                    body: "MNE", subject: "Сынақ", contacts: ComplaintContacts(), filedAt: site.time.now),
                by: Actor("test"), at: site.time.now)
        }
        return site
    }

    @Test("Each list is there as a workbook with the cells of its text; the page offers both")
    func lists() async throws {
        let site = try await prepared()
        try await site.test { browser in
            try await browser.signIn("auditor")
            for path in ["/complaints?", "/bodies?kind=central&", "/requests?", "/clocks?list=open&", "/letters?"] {
                let text = try await browser.get(path + "format=csv").text
                let rows = text.split(separator: "\r\n", omittingEmptySubsequences: true)
                let sheets = try grids(try await browser.get(path + "format=xlsx"))
                let grid = try #require(sheets.first, "\(path)")
                #expect(sheets.count == 1 && grid.rows.count == rows.count, "\(path)")
                let heads = grid.rows[0].cells.map(\.cell.shown).joined(separator: ";")
                #expect("\u{FEFF}" + heads == String(rows[0]), "\(path)")
                let page = try await browser.get(path).text
                #expect(page.contains("format=csv") && page.contains("format=xlsx"), "\(path)")
            }
        }
    }

    @Test("Days are days, and what begins like a formula is a text")
    func typed() async throws {
        let site = try await prepared()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let grid = try #require(try grids(try await browser.get("/complaints?sort=number&format=xlsx")).first)
            let row = try #require(grid.rows.dropFirst().first)
            #expect(row[1] == .text("=1+1"))
            guard case .number(_, .date) = row[4] else {
                Issue.record("\(String(describing: row[4]))")
                return
            }
            #expect(row[4]?.shown == "19.03.2026")
        }
    }

    @Test("Who may not take lists out gets no workbook of a list, of the statistics or of a report")
    func forbidden() async throws {
        let site = try await prepared()
        _ = try await site.centre.reports.monthly.seal(
            try #require(ReportPeriod("2026-02")), by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("administrator")
            for path in [
                "/bodies?format=xlsx", "/statistics?format=xlsx", "/reports/2026-02/revisions/1/workbook",
                "/reports/2026-02/revisions/1/pdf",
            ] {
                #expect(try await browser.get(path).status == .forbidden, "\(path)")
            }
            #expect(try await !browser.get("/reports/2026-02").text.contains("/workbook"))
            #expect(try await !browser.get("/statistics").text.contains("format=xlsx"))
        }
    }

    @Test("The statistics are a sheet for each of their tables, with the numbers of the page")
    func statistics() async throws {
        let site = try await prepared()
        try await site.test { browser in
            try await browser.signIn("auditor")
            let sheets = try grids(try await browser.get("/statistics?month=2026-03&format=xlsx"))
            #expect(sheets.count == 6 && Set(sheets.compactMap(\.name)).count == 6)
            // March, with its heads.
            #expect(sheets[0].rows.count == 32)
            let complaints = try #require(sheets[4].rows.last)
            #expect(complaints.cells.contains { $0.cell == .number(2, .decimals(0)) || $0.cell.shown == "2" })
        }
    }

    @Test("A sealed report is a workbook: its numbers, its seal, the cases for readers of complaints alone")
    func report() async throws {
        let site = try await prepared()
        site.time.advance(milliseconds: 14 * 86_400_000)
        let month = try #require(ReportPeriod("2026-03"))
        let sealed = try await site.centre.reports.monthly.seal(month, by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = try await browser.get("/reports/2026-03").text
            #expect(page.contains("/reports/2026-03/revisions/1/workbook"))
            let few = try grids(try await browser.get("/reports/2026-03/revisions/1/workbook"))
            #expect(try await browser.get("/reports/2026-03/revisions/2/workbook").status == .notFound)
            #expect(try await browser.get("/reports/2026-03/revisions/x/workbook").status == .notFound)
            #expect(try await browser.get("/reports/2026-01/revisions/1/workbook").status == .notFound)
            #expect(page.contains("/reports/2026-03/revisions/1/pdf"))
            let pages = try await browser.get("/reports/2026-03/revisions/1/pdf")
            #expect(pages.headers[.contentType] == "application/pdf")
            #expect(pages.text.hasPrefix("%PDF-"))
            #expect(try await browser.get("/reports/2026-03/revisions/1/pdf").body == pages.body)
            #expect(try await browser.get("/reports/2026-03/revisions/2/pdf").status == .notFound)
            let figures = try #require(few.first)
            #expect(figures.rows.contains { $0.cells.contains { $0.cell.shown.contains(sealed.digest) } })
            let received = figures.rows.first { row in
                row[1].map { ["Айда түсті", "Поступило за месяц"].contains($0.shown) } ?? false
            }
            #expect(received?[2]?.shown == "3", "\(figures.rows.map { $0.cells.map(\.cell.shown) })")
            #expect(!few.contains { $0.rows.contains { $0.cells.contains { $0.cell.shown == "2026-000001" } } })
            #expect(
                figures.rows.contains {
                    $0.cells.contains { $0.cell.shown.contains("0 + ") && $0.cell.shown.contains(" = ") }
                })
        }
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let first = try await browser.get("/reports/2026-03/revisions/1/workbook")
            let all = try grids(first)
            #expect(all.contains { $0.rows.contains { $0.cells.contains { $0.cell.shown == "2026-000001" } } })
            #expect(!all.contains { $0.rows.contains { $0.cells.contains { $0.cell.shown.hasPrefix("sealed:") } } })
            #expect(
                Array(buffer: try await browser.get("/reports/2026-03/revisions/1/workbook").body)
                    == Array(buffer: first.body))
        }
    }

    @Test("The interface gives the same workbook in the language that is asked for, and refuses another")
    func interface() async throws {
        let site = try await prepared()
        site.time.advance(milliseconds: 14 * 86_400_000)
        _ = try await site.centre.reports.monthly.seal(
            try #require(ReportPeriod("2026-03")), by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let russian = try await api.get("reports/2026-03/revisions/1/workbook?language=ru")
            #expect(russian.status == 200 && russian.headers[.contentType] == Workbook.mediaType)
            #expect(try await api.get("reports/2026-03/revisions/1/workbook").status == 200)
            #expect(try await api.get("reports/2026-03/revisions/1/workbook?language=de").status == 400)
            #expect(try await api.get("reports/2026-03/revisions/9/workbook").status == 404)
        }
    }
}
