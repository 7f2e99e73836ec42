import Foundation
import GRDB
import Journal
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import Accounts

/// A directory that says what a test lets it say.
private final class StandInDirectory: PeopleDirectory {
    struct Down: Error {}
    let people = Mutex<[String: ForeignPerson]>([:])
    let isDown = Mutex(false)
    let asked = Mutex(0)
    /// The names and keys of whom it says what cannot be used.
    let odd = Mutex<Set<String>>([])

    func person(named name: String, password: String) async throws -> ForeignAnswer {
        asked.withLock { $0 += 1 }
        if isDown.withLock(\.self) { return .silent("down") }
        if odd.withLock({ $0.contains(name) }) { return .odd("other") }
        guard password == AccountsFixture.password else { return .nobody }
        return people.withLock { $0[name] }.map(ForeignAnswer.person) ?? .nobody
    }

    func people(_ keys: [String]) async throws -> ForeignFindings {
        if isDown.withLock(\.self) { throw Down() }
        let all = people.withLock { $0.values }
        let unsure = odd.withLock { $0.intersection(keys) }
        return ForeignFindings(
            found: Dictionary(
                all.filter { keys.contains($0.key) && !unsure.contains($0.key) }.map { ($0.key, $0) },
                uniquingKeysWith: { first, _ in first }), unsure: unsure)
    }

    subscript(name: String) -> ForeignPerson? {
        get { people.withLock { $0[name] } }
        set { people.withLock { $0[name] = newValue } }
    }
}

@Suite("People of the organisation's directory")
struct DirectorySignInTests {
    private let directory = StandInDirectory()
    private let fixture: AccountsFixture
    private var accounts: Accounts { fixture.accounts }
    private let start = AccountsFixture.start

    init() throws {
        fixture = try AccountsFixture(people: directory)
        directory["aigerim"] = ForeignPerson(key: "k1", displayName: "Айгерім", roles: [.operatorRole])
    }

    private func token(_ name: String, at now: Moment = AccountsFixture.start) async throws -> SessionToken? {
        guard case .signedIn(let token, _, _) = try await fixture.signIn(name, at: now) else { return nil }
        return token
    }

    private func later(_ minutes: Int64) -> Moment { start.adding(milliseconds: minutes * 60_000) }

    @Test("the account is made at the first sign-in, with the roles of the groups, and is the same at the next")
    func first() async throws {
        let token = try #require(try await token("aigerim"))
        let session = try #require(try await accounts.session(token, at: start))
        #expect(session.user.displayName == "Айгерім" && session.user.roles == [.operatorRole] && session.step == nil)
        _ = try #require(try await self.token("AIGERIM "))
        let all = try await accounts.all(for: fixture.root)
        #expect(all.map(\.home) == [.directory] && all.map(\.loginName) == ["aigerim"])
        #expect(try fixture.eventNames == ["accountCreated", "userSignedIn", "userSignedIn"])
    }

    @Test("many who come for the first time at once get an account each, and each the one")
    func many() async throws {
        for index in 0..<12 {
            directory["person\(index)"] = ForeignPerson(key: "p\(index)", displayName: "", roles: [.operatorRole])
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for index in 0..<24 {
                tasks.addTask { _ = try #require(try await self.token("person\(index % 12)")) }
            }
            try await tasks.waitForAll()
        }
        let all = try await accounts.all(for: fixture.root)
        #expect(Set(all.map(\.loginName)).count == 12 && all.count == 12)
    }

    @Test("who is in no group that counts gets no account; a wrong password neither")
    func strangers() async throws {
        directory["visitor"] = ForeignPerson(key: "k2", displayName: "x", roles: [])
        #expect(try await token("visitor") == nil)
        guard case .refused = try await fixture.signIn("aigerim", "wrong") else {
            Issue.record("let in")
            return
        }
        #expect(try await accounts.isEmpty())
    }

    @Test("a local account is never asked for there, and gets in while the directory is down")
    func local() async throws {
        try await fixture.create("admin", [.administrator])
        directory["admin"] = ForeignPerson(key: "k9", displayName: "x", roles: [.auditor])
        directory.isDown.withLock { $0 = true }
        let session = try await accounts.session(try #require(try await token("admin")), at: start)
        #expect(session?.user.roles == [.administrator])
        #expect(directory.asked.withLock(\.self) == 0 && !accounts.isDirectorySilent)
        #expect(try await token("aigerim") == nil)
        #expect(accounts.isDirectorySilent)
        // Nobody waits for it again within the next seconds, and no attempt was counted.
        for _ in 0..<10 { #expect(try await token("aigerim") == nil) }
        #expect(directory.asked.withLock(\.self) == 1)
        directory.isDown.withLock { $0 = false }
        #expect(try await token("aigerim", at: later(1)) != nil)
        #expect(!accounts.isDirectorySilent)
    }

    @Test("who was taken away is closed at the next look, sessions and tokens with him; who comes back gets in again")
    func removed() async throws {
        let token = try #require(try await token("aigerim"))
        let number = try #require(try await accounts.session(token, at: start)).user.number
        let program = try await accounts.issueToken(for: number, label: "x", by: fixture.root, at: start)
        let person = directory["aigerim"]
        directory["aigerim"] = nil
        let round = try await accounts.followDirectory(at: later(5))
        #expect(round == DirectoryRound(asked: 1, ended: 1))
        #expect(try await accounts.session(token, at: later(5)) == nil)
        #expect(try await accounts.session(program, at: later(5)) == nil)
        #expect(try await accounts.all(for: fixture.root).map(\.account.isDisabled) == [true])
        directory["aigerim"] = person
        // Only he himself opens it again, by a sign-in.
        _ = try await accounts.followDirectory(at: later(10))
        #expect(try await accounts.all(for: fixture.root).map(\.account.isDisabled) == [true])
        #expect(try await self.token("aigerim", at: later(11)) != nil)
        #expect(try await accounts.session(token, at: later(11)) == nil)
    }

    @Test(
        "a directory that finds nobody any more, or nobody in his groups, closes nobody and is told of; one who leaves is closed",
        arguments: [false, true])
    func emptied(keepsPeople: Bool) async throws {
        for index in 2...3 {
            directory["person\(index)"] = ForeignPerson(key: "k\(index)", displayName: "", roles: [.operatorRole])
        }
        let token = try #require(try await token("aigerim"))
        for index in 2...3 { _ = try #require(try await self.token("person\(index)")) }
        let all = directory.people.withLock(\.self)
        directory.people.withLock { people in
            people =
                keepsPeople
                ? people.mapValues { ForeignPerson(key: $0.key, displayName: $0.displayName, roles: []) } : [:]
        }
        await #expect(throws: DirectoryImplausible(asked: 3)) { try await accounts.followDirectory(at: later(5)) }
        #expect(accounts.directoryImplausible == 3 && accounts.isDirectorySilent)
        #expect(try await accounts.session(token, at: later(5)) != nil)
        #expect(try await accounts.all(for: fixture.root).allSatisfy { !$0.account.isDisabled })
        #expect(try !fixture.eventNames.contains("accountDisabled"))
        // It has come to its senses, and one of them did leave.
        directory.people.withLock { $0 = all }
        directory["person3"] = nil
        #expect(try await accounts.followDirectory(at: later(10)) == DirectoryRound(asked: 3, ended: 1))
        #expect(accounts.directoryImplausible == nil && !accounts.isDirectorySilent)
    }

    @Test("what the directory says wrongly of one holds up nobody else, at the sign-in and when all are followed")
    func oddOne() async throws {
        directory["berik"] = ForeignPerson(key: "k2", displayName: "Берік", roles: [.operatorRole])
        let berik = try #require(try await token("berik"))
        _ = try #require(try await token("aigerim"))
        directory.odd.withLock { $0 = ["berik", "k2"] }
        #expect(try await token("berik") == nil)
        // In the same second: nobody waits because of him.
        #expect(try await token("aigerim") != nil)
        #expect(!accounts.isDirectorySilent)
        directory["aigerim"] = ForeignPerson(key: "k1", displayName: "Айгерім", roles: [.coordinator])
        #expect(try await accounts.followDirectory(at: later(5)) == DirectoryRound(asked: 2, changed: 1, unsure: 1))
        #expect(try await accounts.session(berik, at: later(5)) != nil)
        // He guesses no further under an entry of which nothing is said.
        for _ in 0..<20 { _ = try await token("berik") }
        guard case .tooManyAttempts = try await fixture.signIn("berik") else {
            Issue.record("attempts were not counted")
            return
        }
    }

    @Test("what an administrator has closed stays closed, whatever the directory says")
    func closed() async throws {
        _ = try #require(try await token("aigerim"))
        try await accounts.disable(1, reason: "left", by: fixture.root, at: start)
        #expect(try await token("aigerim") == nil)
        #expect(try fixture.eventNames.last == "userSignInRefused")
    }

    @Test("other groups are other roles, and end the sessions of before")
    func roles() async throws {
        let token = try #require(try await token("aigerim"))
        directory["aigerim"] = ForeignPerson(key: "k1", displayName: "Айгерім С.", roles: [.coordinator])
        #expect(try await accounts.followDirectory(at: later(5)).changed == 1)
        #expect(try await accounts.session(token, at: later(5)) == nil)
        let next = try #require(try await self.token("aigerim", at: later(6)))
        let user = try await accounts.session(next, at: later(6))?.user
        #expect(user?.roles == [.coordinator] && user?.displayName == "Айгерім С.")
    }

    @Test("while the directory is silent a session goes on for the hours of the setting, and no longer")
    func grace() async throws {
        let fixture = try AccountsFixture(
            policy: SessionPolicy(idleLimit: .max / 4, absoluteLimit: .max / 4, vouchLimit: 3_600_000),
            people: directory)
        guard case .signedIn(let token, _, _) = try await fixture.signIn("aigerim") else {
            Issue.record("not let in")
            return
        }
        directory.isDown.withLock { $0 = true }
        await #expect(throws: StandInDirectory.Down.self) { try await fixture.accounts.followDirectory(at: later(5)) }
        #expect(try await fixture.accounts.session(token, at: later(59)) != nil)
        #expect(try await fixture.accounts.session(token, at: later(61)) == nil)
        directory.isDown.withLock { $0 = false }
        _ = try await fixture.accounts.followDirectory(at: later(62))
        #expect(try await fixture.accounts.session(token, at: later(63)) != nil)
    }

    @Test("password and roles are the directory's to change; the second factor is asked for as of anybody")
    func foreign() async throws {
        let token = try #require(try await token("aigerim"))
        let user = try #require(try await accounts.session(token, at: start)).user
        await #expect(throws: AccountError.foreign(1)) {
            try await accounts.changeRoles(of: 1, to: [.auditor], by: fixture.root, at: start)
        }
        await #expect(throws: AccountError.foreign(1)) {
            try await accounts.resetPassword(of: 1, to: "сегіз жолдың торабы", by: fixture.root, at: start)
        }
        await #expect(throws: AccountError.foreign(1)) {
            try await accounts.changePassword(
                of: user, from: AccountsFixture.password, to: "сегіз жолдың торабы", at: start)
        }
    }

    @Test("a file of accounts of the edition before opens, and its people are local")
    func migration() async throws {
        let old = try AccountsFixture()
        try await old.create("admin", [.administrator])
        try old.accounts.close()
        let path = old.folder.file("accounts.sqlite")
        try await DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: """
                    DROP INDEX credentialByHome;
                    ALTER TABLE credential DROP COLUMN home; ALTER TABLE credential DROP COLUMN homeKey;
                    ALTER TABLE session DROP COLUMN homeSession;
                    ALTER TABLE credential DROP COLUMN checkedAt; ALTER TABLE credential DROP COLUMN isEndedByHome;
                    DELETE FROM grdb_migrations WHERE identifier = '0004-home';
                    """)
        }
        let accounts = try Accounts(
            journal: old.journal, vaultPath: path, cost: .trivial, randomBytes: AccountsFixture.randomBytes)
        guard
            case .signedIn = try await accounts.signIn(
                loginName: "admin", password: AccountsFixture.password, at: start)
        else {
            Issue.record("not let in")
            return
        }
        #expect(try await accounts.all(for: old.root).map(\.home) == [.local])
    }
}
