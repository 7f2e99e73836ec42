import Accounts
import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

/// Accounts of its own for one test, with hashes that cost nothing.
struct AccountsFixture {
    static let start = Moment(millisecondsSince1970: 1_800_000_000_000)
    static let password = "тоғыз жолдың торабы"
    let folder = TemporaryFolder()
    let journal: Journal
    let accounts: Accounts
    let root = Authority.commandLine("test")

    init(
        policy: SessionPolicy = SessionPolicy(), throttle: SignInThrottle = SignInThrottle(),
        people: (any PeopleDirectory)? = nil
    ) throws {
        journal = try Journal(path: folder.file("journal.sqlite"), projections: [AccountProjection()])
        accounts = try Accounts(
            journal: journal, vaultPath: folder.file("accounts.sqlite"), cost: .trivial, policy: policy,
            throttle: throttle, people: people, randomBytes: AccountsFixture.randomBytes)
    }

    static let randomBytes: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    @discardableResult
    func create(_ name: String, _ roles: Set<Role>) async throws -> Int64 {
        try await accounts.create(
            loginName: name, displayName: name.capitalized, password: Self.password, roles: roles,
            mustChangePassword: false, by: root, at: Self.start)
    }

    func signIn(_ name: String, _ password: String = AccountsFixture.password, at now: Moment = start) async throws
        -> SignInOutcome
    {
        try await accounts.signIn(loginName: name, password: password, at: now)
    }

    func token(_ name: String) async throws -> SessionToken {
        guard case .signedIn(let token, _, _) = try await signIn(name) else {
            throw AccountError.wrongPassword
        }
        return token
    }

    var eventNames: [String] {
        get throws {
            try journal.readNow { db in
                try String.fetchAll(db, sql: "SELECT name FROM event ORDER BY position")
            }
        }
    }
}

@Suite("Signing in")
struct SignInTests {
    @Test("A disk on which nothing can be written keeps nobody who is signed in from reading")
    func fullDisk() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aaa", [.operatorRole])
        let token = try await fixture.token("aaa")
        try await DatabaseQueue(path: fixture.folder.file("accounts.sqlite")).write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER full BEFORE UPDATE ON session
                    BEGIN SELECT raise(ABORT, 'database or disk is full'); END
                    """)
        }
        let later = AccountsFixture.start.adding(milliseconds: 61_000)
        #expect(try await fixture.accounts.session(token, at: later)?.user.loginName == "aaa")
    }

    @Test("a name and its password open a session; the journal says so and holds neither")
    func signIn() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let outcome = try await fixture.signIn(" Aigerim ")
        guard case .signedIn(let token, let user, _) = outcome else {
            Issue.record("not signed in: \(outcome)")
            return
        }
        #expect(user.number == number)
        let session = try await fixture.accounts.session(token, at: AccountsFixture.start)
        #expect(session?.user.displayName == "Aigerim")
        #expect(try fixture.eventNames == ["accountCreated", "userSignedIn"])
        let journal = try fixture.journal.readNow { db in
            try String.fetchAll(db, sql: "SELECT payload || stream || actor FROM event").joined()
        }
        #expect(!journal.lowercased().contains("aigerim"))
        #expect(!journal.contains("scrypt"))
    }

    @Test(
        "a wrong password, a name that does not exist and a closed account get the same answer",
        arguments: [
            ("aigerim", "wrong wrong wrong"), ("nobody", AccountsFixture.password),
            ("closed", AccountsFixture.password),
        ])
    func refusal(name: String, password: String) async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        let closed = try await fixture.create("closed", [.operatorRole])
        try await fixture.accounts.disable(closed, reason: "left", by: fixture.root, at: AccountsFixture.start)
        guard case .refused = try await fixture.signIn(name, password) else {
            Issue.record("let in")
            return
        }
    }

    @Test("й typed as one character or as two is the same password")
    func composition() async throws {
        let fixture = try AccountsFixture()
        try await fixture.accounts.create(
            loginName: "sergei", displayName: "Сергей", password: "мой дивный край", roles: [.operatorRole],
            mustChangePassword: false, by: fixture.root, at: AccountsFixture.start)
        let decomposed = "мой дивный край".decomposedStringWithCanonicalMapping
        guard case .signedIn = try await fixture.signIn("sergei", decomposed) else {
            Issue.record("not let in")
            return
        }
    }

    @Test("five wrong passwords cost nothing, then even the right one has to wait, and after the wait it is let in")
    func throttle() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        for _ in 0..<5 { _ = try await fixture.signIn("aigerim", "wrong wrong wrong") }
        guard case .tooManyAttempts(let until) = try await fixture.signIn("aigerim") else {
            Issue.record("not throttled")
            return
        }
        #expect(until == AccountsFixture.start.adding(milliseconds: 30_000))
        guard case .signedIn = try await fixture.signIn("aigerim", at: until) else {
            Issue.record("still throttled")
            return
        }
    }

    @Test("a hundred guesses sent at once are not all looked at")
    func throttleAtOnce() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        let looked = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<60 {
                group.addTask {
                    if case .refused = try await fixture.signIn("aigerim", "wrong wrong \(index)") { return true }
                    return false
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(looked == 5)
    }
}

@Suite("Sessions")
struct SessionTests {
    @Test("a session ends by itself when idle, and after its whole time even in use")
    func expiry() async throws {
        let fixture = try AccountsFixture(policy: SessionPolicy(idleLimit: 100_000, absoluteLimit: 250_000))
        try await fixture.create("aigerim", [.operatorRole])
        let idle = try await fixture.token("aigerim")
        let used = try await fixture.token("aigerim")
        for second in [90_000, 180_000] as [Int64] {
            let now = AccountsFixture.start.adding(milliseconds: second)
            #expect(try await fixture.accounts.session(used, at: now) != nil)
        }
        let late = AccountsFixture.start.adding(milliseconds: 249_999)
        #expect(try await fixture.accounts.session(idle, at: late) == nil)
        #expect(try await fixture.accounts.session(used, at: late) != nil)
        #expect(try await fixture.accounts.session(used, at: late.adding(milliseconds: 1)) == nil)
    }

    @Test("a clock set back by minutes ends no session, a clock set back by days ends those begun in the future")
    func setBack() async throws {
        let fixture = try AccountsFixture(policy: SessionPolicy(idleLimit: 3_600_000, absoluteLimit: 36_000_000))
        try await fixture.create("aigerim", [.operatorRole])
        let token = try await fixture.token("aigerim")
        func look(_ milliseconds: Int64) async throws -> ActiveSession? {
            try await fixture.accounts.session(token, at: AccountsFixture.start.adding(milliseconds: milliseconds))
        }
        #expect(try await look(-600_000) != nil)
        // The idle time runs from the use by the clock as it is now.
        #expect(try await look(-600_000 + 3_599_999) != nil)
        #expect(try await look(-600_000) != nil)
        #expect(try await look(-86_400_000) == nil, "begun a day ahead: it would live a day too long")
        #expect(try await look(0) == nil, "it is gone for good")
    }

    @Test("a clock set back does not lock out by waits or by one-time codes of the future")
    func setBackLocks() throws {
        var throttle = SignInThrottle()
        let now = AccountsFixture.start
        let ahead = now.adding(milliseconds: 365 * 86_400_000)
        for _ in 0..<9 { throttle.noteFailure(.code(1), at: ahead) }
        #expect(throttle.refusedUntil(.code(1), at: ahead) != nil)
        #expect(throttle.refusedUntil(.code(1), at: now) == nil)
        for _ in 0..<9 { throttle.noteFailure(.code(1), at: now) }
        #expect(throttle.refusedUntil(.code(1), at: now) != nil, "wrong passwords go on to cost time")

        let codes = OneTimeCode(secret: Array(repeating: 7, count: 20))
        let step = codes.step(at: now)
        #expect(codes.match(codes.code(step: step), at: now, lastUsed: codes.step(at: ahead)) == step)
        for used in [step, step + 1, step + 20] {
            #expect(codes.match(codes.code(step: step), at: now, lastUsed: used) == nil, "\(used - step)")
        }
    }

    @Test("signing out, disabling, changing roles and a new password end the session at once")
    func revocation() async throws {
        let fixture = try AccountsFixture()
        let now = AccountsFixture.start
        try await fixture.create("boss", [.administrator])
        let number = try await fixture.create("aigerim", [.operatorRole])
        let accounts = fixture.accounts
        let ways: [@Sendable (SessionToken) async throws -> Void] = [
            { try await accounts.signOut($0, at: now) },
            { _ in try await accounts.changeRoles(of: number, to: [.auditor], by: fixture.root, at: now) },
            { _ in try await accounts.endSessions(of: number, by: .init(actor: .user(number), permissions: []), at: now)
            },
            { _ in
                try await accounts.resetPassword(
                    of: number, to: AccountsFixture.password, by: fixture.root, at: now)
            },
            { _ in try await accounts.disable(number, reason: "left", by: fixture.root, at: now) },
        ]
        for end in ways {
            let token = try await fixture.token("aigerim")
            #expect(try await accounts.session(token, at: now) != nil)
            try await end(token)
            #expect(try await accounts.session(token, at: now) == nil)
        }
    }

    @Test("only the digest of a token is stored, and a token that is not ours opens nothing")
    func storage() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        let token = try await fixture.token("aigerim")
        let file = try DatabaseQueue(path: fixture.folder.file("accounts.sqlite"))
        let stored = try await file.read { db in try Data.fetchAll(db, sql: "SELECT digest FROM session") }
        #expect(stored == [Data(token.digest)])
        #expect(SessionToken(token.text) == token)
        #expect(SessionToken("x") == nil)
        #expect(
            try await fixture.accounts.session(
                SessionToken(randomBytes: AccountsFixture.randomBytes), at: AccountsFixture.start) == nil)
    }

    @Test("what a token proves for one purpose proves nothing for another, nor for another token")
    func proofs() {
        let token = SessionToken(randomBytes: AccountsFixture.randomBytes)
        let other = SessionToken(randomBytes: AccountsFixture.randomBytes)
        let proof = token.proof(of: "form")
        #expect(token.confirms(proof, purpose: "form"))
        #expect(!token.confirms(proof, purpose: "other"))
        #expect(!other.confirms(proof, purpose: "form"))
        #expect(!token.confirms("", purpose: "form"))
    }
}

@Suite("Managing accounts")
struct ManagementTests {
    @Test("without the permission nothing is created, listed, changed or disabled")
    func permissions() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let now = AccountsFixture.start
        for role in Role.allCases where role != .administrator {
            let authority = Authority(actor: .user(99), permissions: role.permissions)
            let acts: [@Sendable () async throws -> Void] = [
                {
                    try await fixture.accounts.create(
                        loginName: "xyz", displayName: "X", password: AccountsFixture.password, roles: [.auditor],
                        mustChangePassword: false, by: authority, at: now)
                },
                { _ = try await fixture.accounts.all(for: authority) },
                { try await fixture.accounts.changeRoles(of: number, to: [.auditor], by: authority, at: now) },
                { try await fixture.accounts.disable(number, reason: "", by: authority, at: now) },
                { try await fixture.accounts.enable(number, by: authority, at: now) },
                { try await fixture.accounts.resetPassword(of: number, to: "x", by: authority, at: now) },
                { try await fixture.accounts.endSessions(of: number, by: authority, at: now) },
                { _ = try await fixture.accounts.issueToken(for: number, label: "", by: authority, at: now) },
            ]
            for act in acts {
                await #expect(throws: NotPermitted(permission: .manageAccounts)) { try await act() }
            }
        }
        #expect(try fixture.eventNames == ["accountCreated"])
    }

    @Test("the last administrator can neither be disabled nor lose the role")
    func lastAdministrator() async throws {
        let fixture = try AccountsFixture()
        let first = try await fixture.create("first", [.administrator])
        let now = AccountsFixture.start
        await #expect(throws: AccountError.lastAdministrator) {
            try await fixture.accounts.disable(first, reason: "", by: fixture.root, at: now)
        }
        await #expect(throws: AccountError.lastAdministrator) {
            try await fixture.accounts.changeRoles(of: first, to: [.auditor], by: fixture.root, at: now)
        }
        try await fixture.create("second", [.administrator])
        try await fixture.accounts.disable(first, reason: "left", by: fixture.root, at: now)
    }

    @Test("a login name is taken once, and a bad name or password is refused")
    func refusals() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        await #expect(throws: AccountError.loginNameTaken) { try await fixture.create("AIGERIM", [.auditor]) }
        await #expect(throws: AccountError.badLoginName) { try await fixture.create("a b", [.auditor]) }
        await #expect(throws: AccountError.incomplete) { try await fixture.create("xyz", []) }
        await #expect(throws: AccountError.badDisplayName) {
            try await fixture.accounts.create(
                loginName: "xyz", displayName: "Иван\u{7}ов", password: "Ұзақ құпиясөз 2026", roles: [.auditor],
                mustChangePassword: false, by: fixture.root, at: AccountsFixture.start)
        }
        await #expect(throws: AccountError.badPassword(.tooShort)) {
            try await fixture.accounts.create(
                loginName: "xyz", displayName: "X", password: "short", roles: [.auditor], mustChangePassword: false,
                by: fixture.root, at: AccountsFixture.start)
        }
    }

    @Test("the projection rebuilt from the journal is the same")
    func rebuild() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("boss", [.administrator, .auditor])
        let number = try await fixture.create("aigerim", [.operatorRole])
        _ = try await fixture.token("aigerim")
        _ = try await fixture.signIn("aigerim", "wrong wrong wrong")
        try await fixture.accounts.changeRoles(
            of: number, to: [.coordinator], by: fixture.root, at: AccountsFixture.start)
        func rows() throws -> [String] {
            try fixture.journal.readNow { db in
                try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY number").map(\.description)
            }
        }
        let before = try rows()
        try fixture.journal.rebuild()
        #expect(try rows() == before)
        #expect(try fixture.journal.verify().firstBad == nil)
    }
}

@Suite("The first account")
struct FirstAccountTests {
    @Test("is made once, with a password that nobody chose and that has to be changed")
    func firstRun() async throws {
        let fixture = try AccountsFixture()
        let now = AccountsFixture.start
        let password = try #require(
            try await fixture.accounts.createFirst(displayName: "Әкімші", by: fixture.root, at: now))
        let again = try await fixture.accounts.createFirst(displayName: "Әкімші", by: fixture.root, at: now)
        #expect(again == nil)
        #expect(password.count == 24 && password != fixture.accounts.generatedPassword())
        guard case .signedIn(_, let user, let step) = try await fixture.signIn("admin", password) else {
            Issue.record("not let in")
            return
        }
        #expect(step == .passwordChange && user.roles == [.administrator])
    }
}
