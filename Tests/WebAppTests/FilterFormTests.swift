import Accounts
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing
import WebApp

@Suite("Forms that narrow a list")
struct FilterFormTests {
    private static let paths = [
        "/complaints", "/requests", "/contacts", "/letters", "/knowledge", "/clocks", "/bodies", "/knowledge/synonyms",
    ]

    @Test("ask for nothing: a list is narrowed by whatever is filled in")
    func nothingRequired() async throws {
        let site = try await Site()
        _ = try await site.create("chief", Set(Role.allCases))
        try await site.test { browser in
            try await browser.signIn("chief")
            for path in Self.paths {
                let page = try await browser.get(path)
                #expect(page.status == .ok, "\(path)")
                let forms = page.text.components(separatedBy: "<form").dropFirst()
                    .compactMap { $0.components(separatedBy: "</form>").first }
                    .filter { $0.contains("method=\"get\"") }
                #expect(!forms.isEmpty, "\(path)")
                for form in forms {
                    #expect(!form.contains(" required"), "\(path): \(form)")
                    #expect(!form.contains("class=\"optional\""), "\(path): \(form)")
                    #expect(form.contains("type=\"submit\""), "\(path)")
                }
            }
        }
    }
}
