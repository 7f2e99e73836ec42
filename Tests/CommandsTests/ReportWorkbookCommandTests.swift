import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("bailanys report workbook")
struct ReportWorkbookCommandTests {
    @Test("It writes a sealed report, the same bytes each time, takes no file's place, and says where there is none")
    func writes() async throws {
        let office = try await CallerOffice()
        #expect(try await office.fails(["report", "workbook", "2026-02", "a.xlsx"]).contains("no such sealed report"))
        try await office.run("report", "seal", "2026-02")
        try await office.run("report", "workbook", "2026-02", "a.xlsx", "--language", "kk")
        try await office.run("report", "workbook", "2026-02", "b.xlsx", "--language", "kk")
        let (first, second) = (
            FileManager.default.contents(atPath: office.there.file("a.xlsx")),
            FileManager.default.contents(atPath: office.there.file("b.xlsx"))
        )
        #expect(first != nil && first == second && first?.starts(with: [0x50, 0x4B]) == true)
        #expect(try await office.fails(["report", "workbook", "2026-02", "a.xlsx"]).contains("exists already"))
        #expect(
            try await office.fails(["report", "workbook", "2026-02", "c.xlsx", "--revision", "7"]).contains("no such"))
    }

    @Test("report pdf writes the same numbers on pages, the same bytes each time, and takes no file's place")
    func pages() async throws {
        let office = try await CallerOffice()
        #expect(try await office.fails(["report", "pdf", "2026-02", "a.pdf"]).contains("no such sealed report"))
        try await office.run("report", "seal", "2026-02")
        for name in ["a.pdf", "b.pdf"] { try await office.run("report", "pdf", "2026-02", name) }
        let (first, second) = (
            FileManager.default.contents(atPath: office.there.file("a.pdf")),
            FileManager.default.contents(atPath: office.there.file("b.pdf"))
        )
        #expect(first != nil && first == second && first?.starts(with: Array("%PDF-".utf8)) == true)
        #expect(try await office.fails(["report", "pdf", "2026-02", "a.pdf"]).contains("exists already"))
    }
}
