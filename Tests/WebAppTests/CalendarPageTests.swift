import Casework
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Testing
import WebApp
import WorkingDays

@Suite("The calendar on its page")
struct CalendarPageTests {
    private static let day = [
        "edition": "1", "date": "2026-03-20", "kind": "transferredDayOff", "nameKK": "Ауыстырылған күн",
        "nameRU": "Перенос", "basisKK": "Сынақ № 1", "basisRU": "Проверка № 1",
    ]

    @Test("a change is seen before it is made, needs a reason, is made once, and can be undone; each is an edition")
    func change() async throws {
        let site = try await Site(bringsUpToDate: true)
        @Sendable func isWorked() async throws -> Bool {
            try await site.centre.journal.read { db in
                try site.centre.casework.calendars.calendar(in: db)
                    .isWorkingDay(try #require(CivilDate("2026-03-20")))
            }
        }
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let preview = try await browser.post("/calendar/preview", Self.day, from: "/calendar")
            #expect(preview.status == .ok)
            #expect(preview.text.contains("Ауыстырылған күн"))
            #expect(try await isWorked())
            let noReason = try await browser.post("/calendar/adopt", Self.day, from: "/calendar")
            #expect(noReason.status == .unprocessableContent)
            #expect(try await isWorked())
            var confirmed = Self.day
            confirmed["reason"] = "Үкімет қаулысы"
            #expect(try await browser.post("/calendar/adopt", confirmed, from: "/calendar").status == .seeOther)
            #expect(try await !isWorked())
            #expect(try await browser.post("/calendar/adopt", confirmed, from: "/calendar").status == .conflict)
            let undo = ["edition": "2", "act": "undo", "reason": "Қате"]
            #expect(try await browser.post("/calendar/adopt", undo, from: "/calendar").status == .seeOther)
            #expect(try await isWorked())
            let page = try await browser.get("/calendar").text
            #expect(page.contains("Үкімет қаулысы") && page.contains("Қате"))
        }
    }

    @Test(
        "a field that is wrong goes back with what was typed",
        arguments: [
            ("date", "2026-02-30"), ("date", "2099-01-01"), ("kind", "feast"), ("nameKK", ""), ("basisKK", " "),
            ("basisRU", ""),
        ])
    func wrong(field: String, value: String) async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            var fields = Self.day
            fields[field] = value
            // The confirmation is a form like the first, and may come without having been previewed.
            for path in ["/calendar/preview", "/calendar/adopt"] {
                let answer = try await browser.post(path, fields.merging(["reason": "Қаулы"]) { $1 }, from: "/calendar")
                #expect(answer.status == .unprocessableContent, "\(path)")
                #expect(answer.text.contains("field-error"), "\(path)")
                #expect(answer.text.contains("value=\"Перенос\""), "\(path)")
            }
        }
    }

    @Test("adopting with a field that is wrong or missing goes back to the form and changes nothing")
    func adoptedWrong() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            var dateless = Self.day
            dateless["date"] = "2026-02-30"
            for fields in [[:], ["edition": "1"], dateless] {
                let answer = try await browser.post("/calendar/adopt", fields, from: "/calendar")
                #expect(answer.status == .unprocessableContent, "\(fields)")
            }
        }
    }

    @Test("who may read the calendar may not change it by that")
    func rights() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("operator")
            let page = try await browser.get("/calendar")
            #expect(page.status == .ok)
            #expect(!page.text.contains("/calendar/preview"))
            let token = try await browser.token(on: "/")
            #expect(try await browser.post("/calendar/preview", Self.day, token: token).status == .forbidden)
        }
    }
}
