import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import Accounts

@Suite("Recovery codes")
struct RecoveryTests {
    private let fixture: AccountsFixture
    private var accounts: Accounts { fixture.accounts }

    init() throws { fixture = try AccountsFixture() }

    private func minute(_ count: Int64) -> Moment { AccountsFixture.start.adding(milliseconds: count * 60_000) }

    /// Somebody with a second factor, and the generator of his telephone.
    private func enrolled() async throws -> (user: SignedInUser, telephone: OneTimeCode) {
        let number = try await fixture.create("aigerim", [.coordinator])
        let user = SignedInUser(number: number, loginName: "aigerim", displayName: "A", roles: [.coordinator])
        let offer = try await accounts.offerSecondFactor(to: user, issuer: "Bailanys")
        let telephone = OneTimeCode(secret: try #require(Base32.decode(offer.secret)))
        try await accounts.addSecondFactor(of: user, code: code(telephone, minute(0)), at: minute(0))
        return (user, telephone)
    }

    private func code(_ telephone: OneTimeCode, _ now: Moment) -> String {
        telephone.code(step: telephone.step(at: now))
    }

    /// Whether a code lets in who has typed the right password.
    private func lets(_ typed: String, at now: Moment) async throws -> SessionToken? {
        guard case .signedIn(let token, _, step: .oneTimeCode) = try await fixture.signIn("aigerim", at: now) else {
            throw AccountError.wrongPassword
        }
        guard case .signedIn(let inside, _, _) = try await accounts.confirmCode(typed, for: token, at: now) else {
            return nil
        }
        return inside
    }

    @Test("ten are made for who shows his telephone; each lets in once, however it is typed, and is recorded")
    func used() async throws {
        let (user, telephone) = try await enrolled()
        #expect(try await accounts.recoveryCodesLeft(of: user.number) == 0)
        let codes = try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(2)), at: minute(2))
        #expect(Set(codes.map(\.text)).count == 10)
        #expect(codes.allSatisfy { $0.text.wholeMatch(of: /([a-z2-7]{4}-){5}[a-z2-7]{4}/) != nil })
        let session = try #require(try await lets(codes[0].text, at: minute(3)))
        #expect(try await lets(codes[0].text, at: minute(4)) == nil)
        let shouted = codes[1].text.uppercased().replacing("-", with: " ").replacing("O", with: "0")
        #expect(try await lets(" \(shouted)", at: minute(5)) != nil)
        #expect(try await accounts.recoveryCodesLeft(of: user.number) == 8)
        let listed = try await accounts.sessions(of: user, seenBy: session, at: minute(5))
        #expect(listed.first { $0.isThis }?.proof == .recovery)
        let used = try fixture.journal.readNow { db in
            try String.fetchAll(
                db, sql: "SELECT payload FROM event WHERE name = 'accountRecoveryCodeUsed' ORDER BY position")
        }
        #expect(used == [#"{"left":9}"#, #"{"left":8}"#])
        // Neither the file nor the journal holds one.
        let kept = [fixture.folder.file("accounts.sqlite"), fixture.folder.file("journal.sqlite")].flatMap {
            [$0, $0 + "-wal"]
        }.compactMap { FileManager.default.contents(atPath: $0) }
        #expect(!kept.isEmpty)
        for code in codes {
            let letters = code.text.replacing("-", with: "")
            for spelling in [code.text, letters, letters.uppercased()] {
                #expect(!kept.contains { $0.range(of: Data(spelling.utf8)) != nil })
            }
        }
    }

    @Test("new ones make the old worthless, and so does the end of the second factor")
    func replaced() async throws {
        let (user, telephone) = try await enrolled()
        let old = try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(2)), at: minute(2))
        let new = try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(4)), at: minute(4))
        #expect(try await lets(old[0].text, at: minute(5)) == nil)
        #expect(try await lets(new[0].text, at: minute(6)) != nil)
        try await accounts.removeSecondFactor(of: user.number, by: fixture.root, at: minute(7))
        #expect(try await accounts.recoveryCodesLeft(of: user.number) == 0)
    }

    @Test("without the telephone's code none are made, and a stolen session does not guess on")
    func refused() async throws {
        let (user, telephone) = try await enrolled()
        await #expect(throws: AccountError.wrongCode) {
            try await accounts.makeRecoveryCodes(of: user, code: "000000", at: minute(2))
        }
        var isStopped = false
        for _ in 0..<50 where !isStopped {
            do {
                _ = try await accounts.makeRecoveryCodes(of: user, code: "000000", at: minute(2))
            } catch is TooManyAttempts {
                isStopped = true
            } catch AccountError.wrongCode {}
        }
        #expect(isStopped)
        await #expect(throws: TooManyAttempts.self) {
            try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(2)), at: minute(2))
        }
        let other = try await fixture.create("berik", [.operatorRole])
        let stranger = SignedInUser(number: other, loginName: "berik", displayName: "B", roles: [.operatorRole])
        await #expect(throws: AccountError.noSecondFactor) {
            try await accounts.makeRecoveryCodes(of: stranger, code: "000000", at: minute(2))
        }
    }

    @Test("a code of another opens nothing, and what is none is no recovery code")
    func others() async throws {
        let (user, telephone) = try await enrolled()
        _ = try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(2)), at: minute(2))
        let foreign = RecoveryCode(randomBytes: AccountsFixture.randomBytes)
        #expect(try await lets(foreign.text, at: minute(3)) == nil)
        for text in ["", "123456", String(repeating: "a", count: 25), String(repeating: "1", count: 24), "ж"] {
            #expect(RecoveryCode(text) == nil, "\(text)")
        }
        #expect(try await accounts.recoveryCodesLeft(of: user.number) == 10)
    }

    @Test("a backup holds none of them, so that a used one does not open the restored centre")
    func backup() async throws {
        let (user, telephone) = try await enrolled()
        _ = try await accounts.makeRecoveryCodes(of: user, code: code(telephone, minute(2)), at: minute(2))
        var lines: [String] = []
        _ = try accounts.dump { lines.append(String(decoding: $0, as: UTF8.self)) }
        #expect(lines.contains { $0.contains("aigerim") })
        let digests = try await DatabaseQueue(path: fixture.folder.file("accounts.sqlite")).read { db in
            try String.fetchAll(db, sql: "SELECT lower(hex(digest)) FROM recoveryCode")
        }
        #expect(digests.count == 10)
        #expect(!lines.contains { line in digests.contains { line.lowercased().contains($0) } })
    }
}
