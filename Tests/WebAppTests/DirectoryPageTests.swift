import Accounts
import ContactCentre
import Directory
import DirectorySupport
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import WebApp

@Suite("Signing in by the organisation's directory")
struct DirectoryPageTests {
    private static func site(
        _ slapd: Slapd, sleep: @escaping @Sendable (Duration) async throws -> Void = defaultSleep
    ) async throws -> Site {
        let server = slapd.server()
        return try await Site(sleep: sleep) { settings in
            settings.directoryAddress = server.address
            settings.directoryAuthority = server.authorityFile
            settings.directoryUser = server.user
            settings.directoryPassword = server.password
            settings.directoryBase = server.base
            settings.directoryGroups = [
                "operator=\(Slapd.group("operators"))", "coordinator = \(Slapd.group("coordinators"))",
            ]
        }
    }

    @Test("from the sign-in page in, with the roles of both groups; a visitor and a wrong password stay out")
    func way() async throws {
        let slapd = try Slapd()
        let site = try await Self.site(slapd)
        try await site.test { browser in
            #expect(try await browser.signIn("saule", password: Slapd.password).status == .forbidden)
            #expect(try await browser.signIn("aigerim", password: "wrong").status == .forbidden)
            #expect(try await browser.signIn("aigerim", password: "").status == .forbidden)
            #expect(try await browser.signIn("aigerim", password: Slapd.password).headers[.location] == "/")
            let account = try await browser.get("/account").text
            #expect(account.contains("Айгерім Сапарова") && !account.contains("/account/password"))
            #expect(try await browser.get("/requests").status == .ok)
            let changed = try await browser.post(
                "/account/password",
                ["old": Slapd.password, "new": "он жолдың торабы", "repeated": "он жолдың торабы"],
                from: "/account/password")
            #expect(changed.status == .unprocessableContent)
            let admin = Browser(client: browser.client)
            try await admin.signIn("administrator")
            let list = try await admin.get("/accounts").text
            let path = String(try #require(list.firstMatch(of: /href="(\/accounts\/\d+)">Айгерім/)?.output.1))
            let page = try await admin.get(path).text
            #expect(!page.contains(#"value="roles""#) && !page.contains(#"value="password""#))
            let forced = try await admin.post(path, ["act": "roles", "auditor": "yes"], from: path)
            #expect(forced.status == .unprocessableContent)
        }
    }

    @Test("who is taken out of the directory is out at the next look of the timer", .timeLimit(.minutes(10)))
    func timer() async throws {
        let slapd = try Slapd()
        // It looks once, and then whenever the test says so.
        let (rounds, next) = AsyncStream.makeStream(of: Void.self)
        let looked = Mutex(0)
        let site = try await Self.site(slapd) { _ in
            looked.withLock { $0 += 1 }
            for await _ in rounds { return }
            throw CancellationError()
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(
            configuration: .init(services: [try #require(site.centre.directoryService(logger))], logger: logger))
        let running = Task { try await group.run() }
        @Sendable func reached(_ count: Int) async throws {
            while looked.withLock(\.self) < count {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        try await site.test { browser in
            try await browser.signIn("berik", password: Slapd.password)
            #expect(try await browser.get("/requests").status == .ok)
            try slapd.remove("berik")
            try await reached(1)
            next.yield()
            try await reached(2)
            #expect(try await browser.get("/requests").headers[.location] == "/sign-in")
            #expect(try await browser.signIn("berik", password: Slapd.password).status == .forbidden)
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }

    @Test("a directory that is down is said on the page; who is in stays in, and a local account gets in")
    func down() async throws {
        let slapd = try Slapd()
        let site = try await Self.site(slapd)
        try await site.test { browser in
            try await browser.signIn("aigerim", password: Slapd.password)
            slapd.stop()
            let other = Browser(client: browser.client)
            other[cookie: "language"] = "ru"
            let refused = try await other.signIn("berik", password: Slapd.password)
            #expect(refused.status == .forbidden && refused.text.contains("Каталог организации не отвечает"))
            #expect(try await other.get("/sign-in").text.contains("Каталог организации не отвечает"))
            #expect(try await browser.get("/requests").status == .ok)
            #expect(try await other.signIn("coordinator").headers[.location] == "/")
            try slapd.start()
            site.time.advance(milliseconds: 20_000)
            let third = Browser(client: browser.client)
            #expect(try await third.signIn("berik", password: Slapd.password).headers[.location] == "/")
            #expect(try await !Browser(client: browser.client).get("/sign-in").text.contains("не отвечает"))
        }
    }

    @Test(
        "settings of a directory that cannot be right are refused with what is missing",
        arguments: [
            ("directory-base: ou=people", "directory-address"),
            ("directory-address: ldaps://x\ndirectory-base: ou=people", "directory-groups"),
            (
                "directory-address: ldaps://x\ndirectory-base: ou=p\ndirectory-groups: [\"operator=cn=a\"]\ndirectory-user: cn=x",
                "together"
            ),
            (
                "directory-address: ldaps://x\ndirectory-base: ou=p\ndirectory-groups: [\"operator=cn=a\"]\ndirectory-user: cn=x\ndirectory-password: \"\"",
                "takes a text"
            ),
            (
                "directory-address: ldaps://x\ndirectory-base: ou=p\ndirectory-groups: [\"operator=cn=a\"]\ndirectory-filter: uid={name}",
                "in brackets"
            ),
            (
                "directory-address: ldaps://x\ndirectory-base: ou=p\ndirectory-groups: [\"chief=cn=a\"]",
                "role=distinguished name"
            ),
            ("directory-address: http://x", "ldaps://"),
        ])
    func settings(text: String, word: String) throws {
        let folder = TemporaryFolder()
        let path = folder.file("bailanys.yaml")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let faults = SettingsCheck(path: path, text: text).result.faults
        #expect(faults.contains { $0.contains(word) }, "\(faults)")
    }
}
