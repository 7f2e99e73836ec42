import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing
import WorkingDays

@testable import Accounts

@Suite("A stranger keeps nobody out")
struct ThrottleTests {
    private static let now = AccountsFixture.start

    private func isOpen(_ outcome: SignInOutcome) -> Bool {
        if case .signedIn = outcome { return true }
        return false
    }

    private func isClosed(_ outcome: SignInOutcome) -> Bool {
        if case .tooManyAttempts = outcome { return true }
        return false
    }

    @Test("wrong passwords for a name close it to the network they came from, not to others")
    func networks() async throws {
        let fixture = try AccountsFixture()
        try await fixture.create("aigerim", [.operatorRole])
        func signIn(_ network: String, _ password: String = AccountsFixture.password) async throws -> SignInOutcome {
            try await fixture.accounts.signIn(
                loginName: "aigerim", password: password, from: SignInOrigin(network: network), at: Self.now)
        }
        for _ in 0..<5 { #expect(!isClosed(try await signIn("198.51.100.9", "wrong"))) }
        #expect(isClosed(try await signIn("198.51.100.9")), "the right one too: guessing goes no faster")
        #expect(isOpen(try await signIn("203.0.113.7")))
    }

    @Test("guessing from many networks is slowed in all, and a device that is known passes meanwhile")
    func knownDevice() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let other = try await fixture.create("bolat", [.operatorRole])
        let accounts = fixture.accounts
        let device = try await accounts.remember(nil, of: number, at: Self.now)
        let others = try await accounts.remember(nil, of: other, at: Self.now)
        for guess in 0..<100 {
            let outcome = try await accounts.signIn(
                loginName: "aigerim", password: "wrong", from: SignInOrigin(network: "10.0.\(guess).1"), at: Self.now)
            #expect(!isClosed(outcome), "\(guess)")
        }
        func signIn(_ device: SessionToken?, _ password: String = AccountsFixture.password) async throws
            -> SignInOutcome
        {
            try await accounts.signIn(
                loginName: "aigerim", password: password, from: SignInOrigin(network: "new", device: device),
                at: Self.now)
        }
        #expect(isClosed(try await signIn(nil)))
        #expect(isClosed(try await signIn(others)), "a device of somebody else is a stranger's")
        #expect(isClosed(try await signIn(SessionToken(randomBytes: AccountsFixture.randomBytes))))
        #expect(isOpen(try await signIn(device)))
        // A stolen device does not guess on either.
        for _ in 0..<5 { #expect(!isClosed(try await signIn(device, "wrong"))) }
        #expect(isClosed(try await signIn(device)))
    }

    @Test("one machine serves several people, and is known only to those who signed in on it, for ninety days")
    func sharedDevice() async throws {
        let fixture = try AccountsFixture()
        let first = try await fixture.create("aigerim", [.operatorRole])
        let second = try await fixture.create("bolat", [.operatorRole])
        let accounts = fixture.accounts
        let device = try await accounts.remember(nil, of: first, at: Self.now)
        #expect(try await !accounts.isKnown(device, to: second, at: Self.now))
        #expect(try await accounts.remember(device, of: second, at: Self.now) == device)
        #expect(try await accounts.isKnown(device, to: second, at: Self.now))
        let planted = SessionToken(randomBytes: AccountsFixture.randomBytes)
        #expect(try await accounts.remember(planted, of: first, at: Self.now) != planted, "it is none of ours")
        let later = Self.now.adding(milliseconds: 91 * 86_400_000)
        #expect(try await !accounts.isKnown(device, to: first, at: later))
        for _ in 0..<30 { _ = try await accounts.remember(nil, of: first, at: later) }
        let kept = try await accounts.vault.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM device") }
        #expect(kept == 20)
    }

    @Test("no name that is typed reaches the counter of somebody's codes", arguments: Int64(1)...20)
    func codeCounter(number: Int64) async throws {
        let fixture = try AccountsFixture()
        for name in ["code of \(number)", "code(\(number))", "\(number)"] {
            for _ in 0..<8 { _ = try await fixture.signIn(name, "x") }
        }
        let until = fixture.accounts.throttle.withLock { $0.refusedUntil(.code(number), at: Self.now) }
        #expect(until == nil)
    }

    @Test("wrong present passwords are counted: a stolen session does not guess on")
    func presentPassword() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("aigerim", [.operatorRole])
        let user = SignedInUser(number: number, loginName: "aigerim", displayName: "A", roles: [.operatorRole])
        let new = "сегіз қырлы, бір сырлы"
        for _ in 0..<5 {
            await #expect(throws: AccountError.wrongPassword) {
                try await fixture.accounts.changePassword(of: user, from: "wrong", to: new, at: Self.now)
            }
        }
        await #expect(throws: TooManyAttempts.self) {
            try await fixture.accounts.changePassword(
                of: user, from: AccountsFixture.password, to: new, at: Self.now)
        }
        #expect(isOpen(try await fixture.signIn("aigerim")), "the sign-in is another door")
        try await fixture.accounts.changePassword(
            of: user, from: AccountsFixture.password, to: new, at: Self.now.adding(milliseconds: 60_000))
    }

    @Test("an attempt that was turned away because too many waited is not counted")
    func takenBack() {
        var throttle = SignInThrottle()
        let keys: [AttemptKey] = [.password(name: "a", network: "n"), .name("a")]
        for _ in 0..<20 {
            #expect(throttle.begin(keys, at: Self.now) == nil)
            throttle.takeBack(keys)
        }
        #expect(throttle.refusedUntil(keys[0], at: Self.now) == nil)
    }
}

@Suite("Where passwords are hashed")
struct HashingTests {
    @Test("as many hashes as there are processors stop no task of the program")
    func pool() async throws {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let hasher = PasswordHasher(
            cost: .trivial, atOnce: processors, longestQueue: processors, randomBytes: AccountsFixture.randomBytes)
        // What is hashed ends when the other tasks have ended: on their threads it would never do so.
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<processors * 2 {
                group.addTask { try await hasher.run(in: .known) { gate.wait(timeout: .now() + 1_800) == .success } }
            }
            group.addTask {
                // A chain of small tasks, each of which needs a thread of the pool anew.
                for _ in 0..<200 { await Task.detached { await Task.yield() }.value }
                for _ in 0..<processors * 2 { gate.signal() }
                return true
            }
            for try await isInTime in group { #expect(isInTime) }
        }
    }

    @Test("the threads that hash give way to all others")
    func priority() async throws {
        let hasher = PasswordHasher(cost: .trivial, randomBytes: AccountsFixture.randomBytes)
        for line in PasswordHasher.Line.allCases {
            // On Linux this asks for the calling thread alone.
            let nice = try await hasher.run(in: line) { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
            #expect(nice >= PasswordHasher.niceness)
        }
        #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) < PasswordHasher.niceness)
    }

    @Test("strangers who fill their line keep nobody out whose device is known")
    func lines() async throws {
        let hasher = PasswordHasher(
            cost: .trivial, atOnce: 1, longestQueue: 2, randomBytes: AccountsFixture.randomBytes)
        let gate = DispatchSemaphore(value: 0)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        try await hasher.run(in: .strangers) { gate.wait() }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            // One is looked at, two wait, and one of the four was told so.
            #expect(await group.next() == false)
            await #expect(throws: Never.self) { try await hasher.hash("тоғыз жол") }
            for _ in 0..<3 { gate.signal() }
            for await isTaken in group { #expect(isTaken) }
        }
    }
}
