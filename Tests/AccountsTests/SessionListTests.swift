import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import Accounts

@Suite("The list of one's sessions")
struct SessionListTests {
    private let now = AccountsFixture.start

    private func signIn(_ fixture: AccountsFixture, _ client: String?) async throws -> SessionToken {
        let outcome = try await fixture.accounts.signIn(
            loginName: "aigerim", password: AccountsFixture.password, from: SignInOrigin(client: client), at: now)
        guard case .signedIn(let token, _, _) = outcome else { throw AccountError.wrongPassword }
        return token
    }

    private func user(_ number: Int64) -> SignedInUser {
        SignedInUser(number: number, loginName: "aigerim", displayName: "A", roles: [.operatorRole])
    }

    @Test("each says from which kind of browser, how and since when; one is ended alone, or all others")
    func ended() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let desk = try await signIn(fixture, "Firefox, Linux")
        let telephone = try await signIn(fixture, "Chrome, Android")
        let third = try await signIn(fixture, nil)
        let program = try await fixture.accounts.issueToken(for: number, label: "x", by: fixture.root, at: now)
        let listed = try await fixture.accounts.sessions(of: user(number), seenBy: desk, at: now)
        #expect(Set(listed.map(\.client)) == ["Firefox, Linux", "Chrome, Android", nil])
        #expect(listed.filter { $0.kind == .browser }.allSatisfy { $0.way == .password && $0.proof == nil })
        #expect(listed.filter(\.isThis).map(\.client) == ["Firefox, Linux"])
        #expect(!listed.contains { desk.text.contains($0.id) || program.text.contains($0.id) })
        let lost = try #require(listed.first { $0.client == "Chrome, Android" })
        try await fixture.accounts.endSession(lost.id, of: number, by: user(number).authority, at: now)
        #expect(try await fixture.accounts.session(telephone, at: now) == nil)
        #expect(try await fixture.accounts.session(third, at: now) != nil)
        #expect(try fixture.eventNames.last == "accountSessionEnded")
        await #expect(throws: AccountError.unknownSession(lost.id)) {
            try await fixture.accounts.endSession(lost.id, of: number, by: user(number).authority, at: now)
        }
        try await fixture.accounts.endOtherSessions(of: user(number), but: desk, at: now)
        #expect(try await fixture.accounts.session(third, at: now) == nil)
        #expect(try await fixture.accounts.session(desk, at: now) != nil)
        #expect(try await fixture.accounts.session(program, at: now) != nil)
    }

    @Test("nobody sees or ends another's sessions but who manages accounts; a token is ended as a token only")
    func others() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let other = try await fixture.create("berik", [.operatorRole])
        let session = try await signIn(fixture, nil)
        _ = try await fixture.accounts.issueToken(for: number, label: "x", by: fixture.root, at: now)
        let listed = try await fixture.accounts.sessions(of: number, by: fixture.root, at: now)
        let (browser, program) = (
            try #require(listed.first { $0.kind == .browser }), try #require(listed.first { $0.kind == .program })
        )
        for act in [
            {
                try await fixture.accounts.endSession(
                    browser.id, of: number, by: self.user(other).authority, at: self.now)
            },
            { _ = try await fixture.accounts.sessions(of: number, by: self.user(other).authority, at: self.now) },
        ] as [@Sendable () async throws -> Void] {
            await #expect(throws: NotPermitted(permission: .manageAccounts)) { try await act() }
        }
        // Nor by a number that is one's own and a session that is not.
        await #expect(throws: AccountError.unknownSession(browser.id)) {
            try await fixture.accounts.endSession(browser.id, of: other, by: user(other).authority, at: now)
        }
        await #expect(throws: AccountError.unknownSession(program.id)) {
            try await fixture.accounts.endSession(program.id, of: number, by: fixture.root, at: now)
        }
        try await fixture.accounts.endSession(browser.id, of: number, by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(session, at: now) == nil)
    }

    @Test("a file of the edition before opens, and its sessions and tokens stay valid")
    func earlier() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let session = try await signIn(fixture, "Firefox, Linux")
        let program = try await fixture.accounts.issueToken(for: number, label: "x", by: fixture.root, at: now)
        try fixture.accounts.close()
        let path = fixture.folder.file("accounts.sqlite")
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            for column in ["client", "way", "proof", "scope", "endsAt"] {
                try db.execute(sql: "ALTER TABLE session DROP COLUMN \(column)")
            }
            try db.execute(
                sql: """
                    DROP TABLE recoveryCode;
                    DELETE FROM grdb_migrations WHERE identifier = '0005-sessions-and-recovery';
                    """)
        }
        try queue.close()
        let accounts = try Accounts(
            journal: fixture.journal, vaultPath: path, cost: .trivial, randomBytes: AccountsFixture.randomBytes)
        let listed = try await accounts.sessions(of: user(number), seenBy: session, at: now)
        #expect(listed.count == 2 && listed.allSatisfy { $0.client == nil && $0.way == nil })
        #expect(try await accounts.session(program, at: now)?.user.authority == user(number).authority)
        try accounts.close()
    }
}
