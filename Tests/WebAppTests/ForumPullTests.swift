import Complaints
import ContactCentre
import Foundation
import GRDB
import Hummingbird
import Journal
import LoopbackServer
import Synchronization
import TestSupport
import Testing

@testable import WebApp

/// A forum: pages of items, each found by its cursor, and what it was asked for.
private final class Forum: Sendable {
    let asked = Mutex<[String]>([])
    let tokens = Mutex<[String]>([])
    private let pages: Mutex<[String: (status: HTTPResponse.Status, body: String)]>

    init(_ pages: [String: String]) {
        self.pages = Mutex(pages.mapValues { (.ok, $0) })
    }

    func answer(_ cursor: String, _ body: String, _ status: HTTPResponse.Status = .ok) {
        pages.withLock { $0[cursor] = (status, body) }
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("/words") { request, _ in
            let cursor = request.uri.queryParameters["cursor"].map(String.init) ?? ""
            self.asked.withLock { $0.append(cursor) }
            self.tokens.withLock { $0.append(request.headers[.authorization] ?? "") }
            let page = self.pages.withLock { $0[cursor] } ?? (.notFound, "")
            return Response(status: page.status, body: .init(byteBuffer: .init(string: page.body)))
        }
        return router
    }
}

@Suite("What citizens wrote on the forum is fetched, each once")
struct ForumPullTests {
    private static func item(_ number: String, _ text: String, more: String = "") -> String {
        """
        {"number": "\(number)", "receivedAt": "2026-03-10T10:30:00+05:00", "text": "\(text)"\(more)}
        """
    }

    private func page(_ items: [String], next: String? = nil, more: Bool = false) -> String {
        "{\"items\": [\(items.joined(separator: ","))], \"next\": \(next.map { "\"\($0)\"" } ?? "null"), \"more\": \(more)}"
    }

    private func numbers(_ site: Site) async throws -> [String] {
        try await site.journal.read { db in
            try String.fetchAll(db, sql: "SELECT forumNumber FROM submission ORDER BY id")
        }
    }

    private func with(
        _ forum: Forum, _ body: (Site, ForumPull, DemoCertificates) async throws -> Void
    ) async throws {
        let certificates = try DemoCertificates()
        try await withServer(forum.router, tls: try certificates.server()) { port in
            let site = try await Site(bringsUpToDate: true) { _ in
            } settings: { settings in
                settings.forumAddress = "https://127.0.0.1:\(port)/words"
                settings.forumToken = "told-nobody"
                settings.forumAuthority = certificates.path("ca.pem")
            }
            try await body(site, try #require(site.centre.forum), certificates)
        }
    }

    @Test("pages are walked by their cursor; the next pull goes on there; what is known by its number comes once")
    func pages() async throws {
        let forum = Forum([
            "": page(
                [
                    Self.item(
                        "F-1", "В ЦОНе Караганды нахамили", more: ", \"contacts\": {\"name\": \"Сынақова Айша\"}"),
                    Self.item("F-2", "Портал не принимает заявку"),
                ], next: "a", more: true),
            "a": page([Self.item("F-3", "Үшінші апта жауап жоқ", more: ", \"language\": \"kk\"")], next: "b"),
            "b": page([Self.item("F-3", "Үшінші апта жауап жоқ")], next: "c"),
        ])
        try await with(forum) { site, pull, _ in
            let first = try #require(try await pull.round())
            #expect(first.fault == nil && first.lastReceived == 3 && first.cursor == "b" && first.answeredAt != nil)
            let second = try #require(try await pull.round())
            #expect(second.lastReceived == 0 && second.received == 3 && second.cursor == "c")
            #expect(forum.asked.withLock { $0 } == ["", "a", "b"])
            #expect(forum.tokens.withLock { Set($0) } == ["Bearer told-nobody"])
            #expect(try await numbers(site) == ["F-1", "F-2", "F-3"])
            // From the beginning, as without its file: nothing comes twice.
            try FileManager.default.removeItem(atPath: site.centre.data.forum)
            let again = try #require(try await pull.round())
            #expect(again.lastReceived == 0 && again.cursor == "b" && again.received == 0)
            #expect(try await numbers(site).count == 3)
            let kept = try String(contentsOfFile: site.centre.data.forum, encoding: .utf8)
            #expect(!kept.contains("Сынақова") && !kept.contains("нахамили") && !kept.contains("told-nobody"))
        }
    }

    @Test("what the forum's file has registered is not received again, also of somebody who was erased since")
    func imported() async throws {
        let forum = Forum(["": page([Self.item("F-1", "Сынақ"), Self.item("F-2", "Портал не работает")], next: "a")])
        try await with(forum) { site, pull, _ in
            let number = try await site.centre.complaints.register(
                ComplaintFiling(
                    forumNumber: "F-1", kind: .order, body: "MNE", subject: "Сынақ",
                    contacts: ComplaintContacts(name: "Айша Сынақова"), filedAt: site.time.now),
                by: Actor("test"), at: site.time.now
            ).number
            _ = try await site.centre.erasePerson(ofComplaint: number, reason: "asked for it", by: Actor("test"))
            let state = try #require(try await pull.round())
            #expect(state.fault == nil && state.lastReceived == 1 && state.refused.isEmpty)
            #expect(try await numbers(site) == ["F-2"])
        }
    }

    @Test("an entry that cannot be taken is told by its number and stops no other; mended, it is taken")
    func refused() async throws {
        let long = String(repeating: "ә", count: 40_000)
        let forum = Forum([
            "": page(
                [
                    Self.item("F-1", "Портал не принимает заявку"), "{\"number\": \"F-2\", \"text\": \"нет времени\"}",
                    Self.item("F-3", long), "7", Self.item("F-4", "ЦОН закрыт", more: ", \"language\": \"de\""),
                    Self.item("F-5", "Нет талонов", more: ", \"contacts\": {\"iin\": \"12\"}"),
                    "{\"number\": \"F-6\", \"text\": \"завтра\", \"receivedAt\": \"2099-01-01T00:00:00+05:00\"}",
                    Self.item("F-7", "Очередь не движется"),
                ], next: "a")
        ])
        try await with(forum) { site, pull, _ in
            let state = try #require(try await pull.round())
            #expect(state.fault == nil && state.received == 2)
            #expect(state.refused.map(\.number) == ["F-2", "F-3", "item 4", "F-4", "F-5", "F-6"])
            #expect(try await numbers(site) == ["F-1", "F-7"])
            try await site.test { browser in
                try await browser.signIn("complaintsOfficer")
                #expect(try await browser.get("/complaints/incoming").text.contains("F-3"))
            }
            forum.answer("", page([Self.item("F-2", "теперь с временем")], next: "a"))
            let mended = try #require(try await pull.round(from: ""))
            #expect(mended.lastReceived == 1 && !mended.refused.contains { $0.number == "F-2" })
        }
    }

    @Test("a forum that is down, says something else or stands still is told, and the cursor stays")
    func faults() async throws {
        let forum = Forum(["": page([Self.item("F-1", "Портал не работает")], next: "a")])
        try await with(forum) { site, pull, _ in
            _ = try await pull.round()
            let answers: [(String, HTTPResponse.Status, String)] = [
                ("", .serviceUnavailable, "503"), ("{", .ok, "no JSON"), ("[]", .ok, "no JSON object"),
                ("{\"items\": 1}", .ok, "items"), (page([], next: "a", more: true), .ok, "same “next”"),
                ("{\"items\": [], \"next\": 5}", .ok, "next"),
                (page((0...500).map { Self.item("F-\($0)", "x") }), .ok, "501 items"),
            ]
            for (body, status, words) in answers {
                forum.answer("a", body, status)
                let state = try #require(try await pull.round())
                #expect(state.fault?.contains(words) == true, "\(state.fault ?? "none")")
                #expect(state.cursor == "a" && state.fault?.contains("told-nobody") == false)
            }
            try await site.test { browser in
                try await browser.signIn("complaintsOfficer")
                browser[cookie: "language"] = "en"
                #expect(try await browser.get("/complaints/incoming").text.contains("The forum does not answer"))
            }
            forum.answer("a", page([Self.item("F-2", "ЦОН закрыт")], next: "b"))
            let healed = try #require(try await pull.round())
            #expect(healed.fault == nil && healed.cursor == "b")
            #expect(try await numbers(site) == ["F-1", "F-2"])
        }
    }

    @Test("whoever is not the forum by its certificate gets no token; nothing is fetched where no address is set")
    func strangers() async throws {
        let forum = Forum(["": page([])])
        let (own, other) = (try DemoCertificates(), try DemoCertificates())
        try await withServer(forum.router, tls: try other.server()) { port in
            let site = try await Site { _ in
            } settings: { settings in
                settings.forumAddress = "https://127.0.0.1:\(port)/words"
                settings.forumToken = "told-nobody"
                settings.forumAuthority = own.path("ca.pem")
            }
            let state = try #require(try await site.centre.forum?.round())
            #expect(state.fault != nil && forum.asked.withLock(\.isEmpty))
        }
        #expect(try await Site().centre.forum == nil)
    }
}
