import Accounts
import Foundation
import Journal
import Testing
import WorkingDays

@Suite("The second factor")
struct SecondFactorTests {
    static let later = AccountsFixture.start.adding(milliseconds: 60_000)

    /// Somebody with codes, and the generator of his telephone.
    private func enrolled(_ fixture: AccountsFixture) async throws -> (number: Int64, telephone: OneTimeCode) {
        let number = try await fixture.create("aigerim", [.coordinator])
        let user = SignedInUser(number: number, loginName: "aigerim", displayName: "A", roles: [.coordinator])
        let offer = try await fixture.accounts.offerSecondFactor(to: user, issuer: "Bailanys")
        let again = try await fixture.accounts.offerSecondFactor(to: user, issuer: "Bailanys")
        #expect(again == offer)
        let telephone = OneTimeCode(secret: try #require(Base32.decode(offer.secret)))
        await #expect(throws: AccountError.wrongCode) {
            try await fixture.accounts.addSecondFactor(of: user, code: "000000", at: AccountsFixture.start)
        }
        let code = telephone.code(step: telephone.step(at: AccountsFixture.start))
        try await fixture.accounts.addSecondFactor(of: user, code: code, at: AccountsFixture.start)
        return (number, telephone)
    }

    @Test(
        "after the password a code is asked for; until it comes the session opens nothing and the journal says nothing")
    func code() async throws {
        let fixture = try AccountsFixture()
        let (_, telephone) = try await enrolled(fixture)
        guard case .signedIn(let token, _, step: .oneTimeCode) = try await fixture.signIn("aigerim", at: Self.later)
        else {
            Issue.record("no code was asked for")
            return
        }
        #expect(try await fixture.accounts.session(token, at: Self.later)?.step == .oneTimeCode)
        #expect(try fixture.eventNames.last == "accountSecondFactorAdded")

        let code = telephone.code(step: telephone.step(at: Self.later))
        guard
            case .signedIn(let inside, _, step: nil) = try await fixture.accounts.confirmCode(
                code, for: token, at: Self.later)
        else {
            Issue.record("the code was not taken")
            return
        }
        #expect(inside != token)
        #expect(try await fixture.accounts.session(token, at: Self.later) == nil)
        #expect(try await fixture.accounts.session(inside, at: Self.later)?.step == nil)
        #expect(try fixture.eventNames.last == "userSignedIn")
    }

    @Test("a code counts once, and the one it was set up with is used already")
    func once() async throws {
        let fixture = try AccountsFixture()
        let (_, telephone) = try await enrolled(fixture)
        for (moment, isTaken) in [(AccountsFixture.start, false), (Self.later, true), (Self.later, false)] {
            guard case .signedIn(let token, _, _) = try await fixture.signIn("aigerim", at: moment) else {
                Issue.record("the password was not taken")
                return
            }
            let outcome = try await fixture.accounts.confirmCode(
                telephone.code(step: telephone.step(at: moment)), for: token, at: moment)
            if case .signedIn = outcome { #expect(isTaken) } else { #expect(!isTaken) }
        }
        #expect(try fixture.eventNames.filter { $0 == "userSignInRefused" }.count == 2)
    }

    @Test("wrong codes are counted, and after five the right one has to wait")
    func guessing() async throws {
        let fixture = try AccountsFixture()
        let (_, telephone) = try await enrolled(fixture)
        guard case .signedIn(let token, _, _) = try await fixture.signIn("aigerim", at: Self.later) else {
            Issue.record("the password was not taken")
            return
        }
        for _ in 0..<5 {
            guard case .refused = try await fixture.accounts.confirmCode("12345", for: token, at: Self.later) else {
                Issue.record("a wrong code was not refused")
                return
            }
        }
        let right = telephone.code(step: telephone.step(at: Self.later))
        guard case .tooManyAttempts = try await fixture.accounts.confirmCode(right, for: token, at: Self.later) else {
            Issue.record("guessing was not slowed")
            return
        }
    }

    @Test("a session that waits for its code ends after ten minutes")
    func waiting() async throws {
        let fixture = try AccountsFixture()
        _ = try await enrolled(fixture)
        guard case .signedIn(let token, _, _) = try await fixture.signIn("aigerim", at: Self.later) else {
            Issue.record("the password was not taken")
            return
        }
        let tooLate = Self.later.adding(milliseconds: 10 * 60_000)
        #expect(try await fixture.accounts.session(token, at: tooLate) == nil)
    }

    @Test("where it is required, a coordinator sets it up first and an operator does not; programs are not asked")
    func required() async throws {
        let fixture = try AccountsFixture(policy: SessionPolicy(requiresSecondFactor: true))
        let coordinator = try await fixture.create("coord", [.coordinator])
        try await fixture.create("oper", [.operatorRole])
        guard case .signedIn(_, _, let step) = try await fixture.signIn("coord"),
            case .signedIn(_, _, let other) = try await fixture.signIn("oper")
        else {
            Issue.record("not signed in")
            return
        }
        #expect(step == .secondFactor)
        #expect(other == nil)
        let token = try await fixture.accounts.issueToken(
            for: coordinator, label: "x", by: fixture.root, at: AccountsFixture.start)
        #expect(try await fixture.accounts.session(token, at: AccountsFixture.start)?.step == nil)
    }

    @Test("an administrator removes it, nobody else does; afterwards the password is enough")
    func removal() async throws {
        let fixture = try AccountsFixture()
        let (number, _) = try await enrolled(fixture)
        let operatorRights = Authority(actor: .user(9), permissions: Role.operatorRole.permissions)
        await #expect(throws: NotPermitted.self) {
            try await fixture.accounts.removeSecondFactor(of: number, by: operatorRights, at: Self.later)
        }
        try await fixture.accounts.removeSecondFactor(of: number, by: fixture.root, at: Self.later)
        guard case .signedIn(_, _, step: nil) = try await fixture.signIn("aigerim", at: Self.later) else {
            Issue.record("a code was still asked for")
            return
        }
    }
}
