import Casework
import Correspondence
import Foundation
import GRDB
import Journal
import Languages
import TestSupport
import Testing
import WorkingDays

@Suite("Calendars of deadlines")
struct FeedTests {
    /// What a reader makes of a calendar: its lines, put together again byte by byte, as a cut may part what is seen as one
    /// character.
    private static func lines(_ text: String) -> [String] {
        var lines: [[UInt8]] = []
        for line in text.utf8.split(separator: 0x0D, omittingEmptySubsequences: false) {
            let line = line.first == 0x0A ? line.dropFirst() : line
            if line.first == 0x20, let last = lines.indices.last {
                lines[last] += line.dropFirst()
            } else {
                lines.append(Array(line))
            }
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What stands behind the name of a property, with nothing escaped.
    private static func value(_ name: String, in lines: [String]) -> [UInt8] {
        var value: [UInt8] = []
        var isEscaped = false
        let line = Array((lines.first { $0.hasPrefix(name + ":") } ?? "").utf8)
        for byte in line.dropFirst(name.utf8.count + 1) {
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            if !isEscaped { value.append(byte) }
        }
        return value
    }

    private func text(_ world: World, address: String? = nil) async throws -> String {
        let names = ["MIA": Localized(kk: "Министрлік, \\ішкі", ru: "Министерство; внутренних")]
        let services = ["S0288": Localized(kk: "Паспорт", ru: "Паспорта")]
        return try await world.feeds.text(of: ["onboarding"], bodies: names, services: services) { stream in
            address.map { $0 + stream.id }
        }
    }

    @Test(
        "a deadline stands in it with its duty, its body, its service, its paragraph and its page; nobody's name does")
    func deadline() async throws {
        let world = try await World()
        try await world.request(World.received)
        let lines = Self.lines(try await text(world, address: "https://ucc.example/requests/"))
        #expect(lines.contains("UID:onboarding-2026-7-MIA-appoint-responsible-person@bailanys"))
        #expect(lines.contains("DTSTART;VALUE=DATE:20260326") && lines.contains("DTEND;VALUE=DATE:20260327"))
        #expect(lines.contains("URL:https://ucc.example/requests/2026-7-MIA"))
        let summary = try #require(lines.first { $0.hasPrefix("SUMMARY:") && $0.contains("ответственн") })
        #expect(summary.hasSuffix(" · Министрлік\\, \\\\ішкі / Министерство\\; внутренних · S0288"), "\(summary)")
        let description = try #require(lines.first { $0.hasPrefix("DESCRIPTION:") })
        for part in ["Паспорт\\nПаспорта", "§5: Орган назначает", "2026-7-MIA"] {
            #expect(description.contains(part), "\(part)")
        }
    }

    @Test("a deadline that moves keeps its name, so that it moves in the reader's calendar too")
    func moved() async throws {
        let world = try await World()
        try world.put(1, of: "onboarding", due: world.today)
        func event() async throws -> (uid: String?, day: String?) {
            let lines = Self.lines(try await text(world))
            return (lines.first { $0.hasPrefix("UID:") }, lines.first { $0.hasPrefix("DTSTART") })
        }
        let before = try await event()
        try world.write { try $0.execute(sql: "UPDATE clock SET due = '2026-03-30'") }
        let after = try await event()
        #expect(before.uid == after.uid && before.uid != nil)
        #expect(before.day == "DTSTART;VALUE=DATE:20260319" && after.day == "DTSTART;VALUE=DATE:20260330")
    }

    @Test("a feed opens with its last secret alone, and with none once it is revoked")
    func secrets() async throws {
        let world = try await World()
        let (feeds, actor, now) = (world.feeds, world.actor, world.now)
        try await feeds.revoke(for: 7, by: actor, at: now)
        #expect(try world.events(StreamID("calendarFeed/7")).isEmpty)
        try await feeds.make(for: 7, secret: "first", by: actor, at: now)
        try await feeds.make(for: 8, secret: "other", by: actor, at: now)
        #expect(try await feeds.account(of: "first") == 7)
        let later = now.adding(milliseconds: 5)
        try await feeds.make(for: 7, secret: "second", by: actor, at: later)
        #expect(try await feeds.account(of: "first") == nil)
        #expect(try await feeds.account(of: "second") == 7)
        #expect(try await feeds.account(of: "other") == 8)
        #expect(try await feeds.madeAt(for: 7) == later)
        try world.expectSameAfterRebuild()
        for _ in 0..<2 { try await feeds.revoke(for: 7, by: actor, at: later) }
        #expect(try await feeds.account(of: "second") == nil)
        #expect(try await feeds.madeAt(for: 7) == nil)
        #expect(
            try world.events(StreamID("calendarFeed/7"))
                == ["calendarFeedMade", "calendarFeedMade", "calendarFeedRevoked"])
        // After the end a new one may be made.
        try await feeds.make(for: 7, secret: "third", by: actor, at: later)
        #expect(try await feeds.account(of: "third") == 7)
        let kept = try world.journal.readNow { try SQLiteEventStore(db: $0).events(of: StreamID("calendarFeed/7")) }
        #expect(!kept.contains { String(decoding: $0.payload, as: UTF8.self).contains("third") })
    }

    @Test(
        "what has a meaning of its own in a calendar is escaped, and nothing can begin a line",
        arguments: [
            ("a\\b;c,d", "a\\\\b\\;c\\,d"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\nb"),
            ("a\rBEGIN:VEVENT", "a BEGIN:VEVENT"),
            ("a\tb", "a b"), ("a\u{0}\u{1B}b\u{7F}", "ab"), ("«Қазақ» – ұзақ", "«Қазақ» – ұзақ"), ("", ""), (":", ":"),
            ("\\n", "\\\\n"),
        ])
    func escaping(text: String, expected: String) throws {
        let event = ICalendarText.Event(
            uid: "u", on: try day("2026-03-19"), stamp: try at("2026-03-19 10:00"), summary: text, description: "")
        let lines = Self.lines(ICalendarText(name: "x", events: [event]).text)
        #expect(lines.first { $0.hasPrefix("SUMMARY") } == "SUMMARY:" + expected)
        #expect(lines.filter { $0.hasPrefix("BEGIN:") }.count == 2)
    }

    @Test("lines of every length are cut at 75 octets, within no character, and are whole again when put together")
    func folding() throws {
        var random = SeededGenerator(seed: 4)
        let letters = Array("aқ€😀 ,;é").map(String.init) + ["👨‍👩‍👧", "и\u{306}"]
        for length in 0..<240 {
            let summary = (0..<length).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
            let event = ICalendarText.Event(
                uid: "u", on: try day("2026-12-31"), stamp: try at("2026-03-19 10:00"), summary: summary,
                description: "", url: "https://x/\(length)")
            let text = ICalendarText(name: "x", events: [event]).text
            let raw = text.components(separatedBy: "\r\n")
            #expect(raw.allSatisfy { $0.utf8.count <= 75 }, "\(length)")
            // What goes on in another line fills the one before, but for the character that no longer fits.
            for (line, next) in zip(raw, raw.dropFirst()) where next.hasPrefix(" ") {
                #expect(line.utf8.count > 71, "\(length): \(line)")
            }
            #expect(Self.value("SUMMARY", in: Self.lines(text)) == Array(summary.utf8), "\(length)")
        }
    }

    @Test("an address is written as it is, and cannot bring a line of its own")
    func address() throws {
        let event = ICalendarText.Event(
            uid: "u", on: try day("2026-03-19"), stamp: try at("2026-03-19 10:00"), summary: "x", description: "",
            url: "https://ucc.example/a?b=1,2;3\r\nATTACH:x")
        let lines = Self.lines(ICalendarText(name: "x", events: [event]).text)
        #expect(lines.contains("URL:https://ucc.example/a?b=1,2;3ATTACH:x"))
        #expect(!lines.contains { $0.hasPrefix("ATTACH") })
    }
}
