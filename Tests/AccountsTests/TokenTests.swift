import GRDB
import Journal
import Testing
import WorkingDays

@testable import Accounts

@Suite("Tokens for programs")
struct TokenTests {
    private let now = AccountsFixture.start

    @Test("a token is listed without what opens anything, and ends alone when it is revoked")
    func revoked() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("exchange", [.complaintsOfficer])
        let kept = try await fixture.accounts.issueToken(for: number, label: "a", by: fixture.root, at: now)
        let ended = try await fixture.accounts.issueToken(for: number, label: "b", by: fixture.root, at: now)
        let listed = try await fixture.accounts.tokens(of: number, by: fixture.root, at: now)
        #expect(Set(listed.map(\.label)) == ["a", "b"])
        #expect(!listed.contains { kept.text.contains($0.id) || ended.text.contains($0.id) })
        let id = try #require(listed.first { $0.label == "b" }?.id)
        try await fixture.accounts.revokeToken(id, of: number, by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(ended, at: now) == nil)
        #expect(try await fixture.accounts.session(kept, at: now) != nil)
        #expect(try fixture.eventNames.last == "accountTokenRevoked")
        await #expect(throws: AccountError.unknownToken(id)) {
            try await fixture.accounts.revokeToken(id, of: number, by: fixture.root, at: now)
        }
    }

    @Test("a closed account gets no token, and those it had open nothing, not even when it is opened again")
    func closed() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("exchange", [.complaintsOfficer])
        let token = try await fixture.accounts.issueToken(for: number, label: "a", by: fixture.root, at: now)
        // Read once, so that the memory of sessions holds it too.
        #expect(try await fixture.accounts.session(token, at: now) != nil)
        try await fixture.accounts.disable(number, reason: "left", by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(token, at: now) == nil)
        #expect(try await fixture.accounts.tokens(of: number, by: fixture.root, at: now).isEmpty)
        await #expect(throws: AccountError.closed(number)) {
            try await fixture.accounts.issueToken(for: number, label: "b", by: fixture.root, at: now)
        }
        #expect(try fixture.eventNames.last == "accountDisabled")
        // A token that slipped in while the account was being closed.
        let slipped = try await fixture.accounts.open(.program, label: "c", account: number, at: now)
        #expect(try await fixture.accounts.session(slipped, at: now) == nil)
        try await fixture.accounts.enable(number, by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(token, at: now) == nil)
        #expect(try await fixture.accounts.session(slipped, at: now) == nil)
        let fresh = try await fixture.accounts.issueToken(for: number, label: "d", by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(fresh, at: now) != nil)
    }

    @Test("a token may do what its scope and its account both allow, and ends on its day")
    func narrowed() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("exchange", [.complaintsOfficer])
        let scope: Set<Permission> = [.readComplaints, .readCards]
        let token = try await fixture.accounts.issueToken(
            for: number, label: "a", scope: scope, days: 30, by: fixture.root, at: now)
        let session = try #require(try await fixture.accounts.session(token, at: now))
        #expect(session.user.authority.permissions == scope)
        let listed = try #require(try await fixture.accounts.tokens(of: number, by: fixture.root, at: now).first)
        #expect(listed.scope == scope && listed.endsAt == now.adding(milliseconds: 30 * 86_400_000))
        #expect(!listed.wasUsed)
        let later = now.adding(milliseconds: 29 * 86_400_000)
        #expect(try await fixture.accounts.session(token, at: later) != nil)
        #expect(try await fixture.accounts.tokens(of: number, by: fixture.root, at: later).first?.wasUsed == true)
        #expect(try await fixture.accounts.session(token, at: listed.endsAt) == nil)
        // Less than its scope where the roles of the account are less by now.
        let second = try await fixture.accounts.issueToken(
            for: number, label: "b", scope: [.readStatistics], days: 1, by: fixture.root, at: now)
        #expect(try await fixture.accounts.session(second, at: now)?.user.authority.may(.readComplaints) == false)
        let issued = try fixture.journal.readNow { db in
            try String.fetchAll(
                db, sql: "SELECT payload FROM event WHERE name = 'accountTokenIssued' ORDER BY position")
        }
        #expect(issued.first?.contains(#""scope":["readCards","readComplaints"]"#) == true, "\(issued)")
    }

    @Test("a token without a scope is recorded in the bytes of before; what it cannot be is refused")
    func bounds() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("exchange", [.operatorRole])
        _ = try await fixture.accounts.issueToken(for: number, label: "a", by: fixture.root, at: now)
        let payload = try fixture.journal.readNow { db in
            try String.fetchOne(db, sql: "SELECT payload FROM event WHERE name = 'accountTokenIssued'")
        }
        #expect(payload == #"{"label":"a"}"#)
        func refusal(_ label: String, _ scope: Set<Permission>?, _ days: Int?) async -> AccountError? {
            await #expect(throws: AccountError.self) {
                try await fixture.accounts.issueToken(
                    for: number, label: label, scope: scope, days: days, by: fixture.root, at: now)
            }
        }
        #expect(await refusal(String(repeating: "x", count: 81), nil, nil) == .badLabel)
        #expect(await refusal("a\u{202E}b", nil, nil) == .badLabel)
        #expect(await refusal("b", [], nil) == .badScope)
        #expect(await refusal("b", [.manageAccounts], nil) == .badScope)
        #expect(await refusal("b", nil, 0) == .badTerm)
        #expect(await refusal("b", nil, 366) == .badTerm)
        for index in 1..<Accounts.mostTokens {
            _ = try await fixture.accounts.issueToken(for: number, label: "\(index)", by: fixture.root, at: now)
        }
        #expect(await refusal("b", nil, nil) == .tooManyTokens)
    }

    @Test("nobody sees or ends another's tokens without the permission; browsers' sessions are no tokens")
    func others() async throws {
        let fixture = try AccountsFixture()
        let number = try await fixture.create("exchange", [.complaintsOfficer])
        _ = try await fixture.token("exchange")
        #expect(try await fixture.accounts.tokens(of: number, by: fixture.root, at: now).isEmpty)
        let stranger = Authority(actor: .user(number + 1), permissions: [])
        await #expect(throws: NotPermitted.self) {
            try await fixture.accounts.tokens(of: number, by: stranger, at: now)
        }
        await #expect(throws: AccountError.unknown(99)) {
            try await fixture.accounts.tokens(of: 99, by: fixture.root, at: now)
        }
    }
}
