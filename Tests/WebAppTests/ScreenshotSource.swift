import Foundation
import Testing
import WebApp

/// Writes the pages as files when a folder is named in `BAILANYS_PAGES`, to look at them in a browser.
@Suite("Pages as files", .enabled(if: ProcessInfo.processInfo.environment["BAILANYS_PAGES"] != nil))
struct ScreenshotSource {
    @Test("every page, in three languages")
    func pages() async throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["BAILANYS_PAGES"] ?? "")
        let site = try await Site()
        try await site.test { browser in
            for name in ["tokens.css", "site.css", "site.js", "mark.svg"] {
                try write(try await browser.get("/assets/" + name).text, folder, "assets/" + name)
            }
            for language in ["kk", "ru", "en"] {
                browser[cookie: "language"] = language
                try write(try await browser.get("/sign-in").text, folder, "sign-in.\(language).html")
                try write(try await browser.get("/nowhere").text, folder, "404.\(language).html")
                try write(
                    try await browser.signIn("coordinator", password: "wrong").text, folder, "refused.\(language).html")
                try await browser.signIn("coordinator")
                for theme in ["light", "dark"] {
                    browser[cookie: "theme"] = theme
                    for page in ["gallery", "account/password", ""] {
                        let name = page.isEmpty ? "home" : page.replacing("/", with: "-")
                        try write(try await browser.get("/" + page).text, folder, "\(name).\(language).\(theme).html")
                    }
                }
                _ = try await browser.post("/sign-out", from: "/")
                browser[cookie: "theme"] = nil
            }
        }
    }

    private func write(_ text: String, _ folder: URL, _ name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
