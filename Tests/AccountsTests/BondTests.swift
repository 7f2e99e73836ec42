import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import Accounts

@Suite("The file of accounts and the journal")
struct BondTests {
    private let folder = TemporaryFolder()
    private let start = AccountsFixture.start
    private let root = Authority.commandLine("root")

    private func open() throws -> Accounts {
        try Accounts(
            journal: try Journal(path: folder.file("journal.db"), projections: [AccountProjection()]),
            vaultPath: folder.file("accounts.db"), cost: .trivial,
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
    }

    private func close(_ accounts: Accounts, at now: Moment) throws {
        try accounts.keepMark(at: now)
        try accounts.close()
        try accounts.journal.close()
    }

    private func make(_ accounts: Accounts, _ login: String) async throws -> Int64 {
        try await accounts.create(
            loginName: login, displayName: login, password: "тоғыз жолдың торабы", roles: [.operatorRole],
            mustChangePassword: false, by: root, at: start)
    }

    @Test("A copy of before opens nothing that was ended since: no token, and no password that was changed")
    func older() async throws {
        var accounts = try open()
        #expect(try accounts.checkBond(path: "x", at: start) == nil)
        let first = try await make(accounts, "first")
        let second = try await make(accounts, "second")
        let token = try await accounts.issueToken(for: first, label: "a", by: root, at: start)
        let kept = try await accounts.issueToken(for: second, label: "b", by: root, at: start)
        try close(accounts, at: start)
        try FileManager.default.copyItem(atPath: folder.file("accounts.db"), toPath: folder.file("copy"))

        accounts = try open()
        #expect(try accounts.checkBond(path: "x", at: start) == nil, "in step")
        #expect(try await accounts.session(kept, at: start) != nil)
        let later = start.adding(milliseconds: 60_000)
        try await accounts.endSessions(of: first, by: root, at: later)
        try await accounts.resetPassword(of: second, to: "жетінші құпия сөз тіркесі", by: root, at: later)
        try close(accounts, at: later)

        try FileManager.default.removeItem(atPath: folder.file("accounts.db"))
        try FileManager.default.moveItem(atPath: folder.file("copy"), toPath: folder.file("accounts.db"))
        accounts = try open()
        let last = later.adding(milliseconds: 60_000)
        #expect(try accounts.checkBond(path: "x", at: last) == .older(path: "x", ended: 2, closed: [second]))
        #expect(try await accounts.session(token, at: last) == nil)
        #expect(try await accounts.session(kept, at: last) == nil)
        let old = try await accounts.signIn(loginName: "second", password: "тоғыз жолдың торабы", at: last)
        guard case .refused = old else {
            Issue.record("a password that was replaced lets somebody in: \(old)")
            return
        }
        try close(accounts, at: last)
        accounts = try open()
        #expect(try accounts.checkBond(path: "x", at: last) == nil, "said once")
        try close(accounts, at: last)
    }

    @Test("A file that was lost is told with its way back, and the way works")
    func missing() async throws {
        var accounts = try open()
        _ = try await make(accounts, "first")
        try close(accounts, at: start)
        try FileManager.default.removeItem(atPath: folder.file("accounts.db"))
        accounts = try open()
        #expect(try accounts.checkBond(path: "x", at: start) == .missing(path: "x", accounts: 1))
        _ = try await make(accounts, "first")
        try close(accounts, at: start)
        accounts = try open()
        #expect(try accounts.checkBond(path: "x", at: start) == nil)
        try close(accounts, at: start)
    }
}
