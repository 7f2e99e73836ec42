import Foundation
import GRDB
import Journal
import Synchronization
import WorkingDays

/// A second factor that is offered and holds once a code of it has been typed.
package struct SecondFactorOffer: Hashable, Sendable {
    /// The secret as people type it into the telephone, in groups of four.
    package let secret: String
    /// The address that the telephone's camera reads.
    package let address: String
}

extension Accounts {
    /// Checks the code of somebody whose password was right and lets him in with a new session.
    ///
    /// A code of the telephone or one of the recovery codes; each counts once. Wrong ones are counted like wrong passwords.
    /// - Returns: `.refused` too where the session is over or waits for no code.
    package func confirmCode(_ typed: String, for token: SessionToken, at now: Moment) async throws -> SignInOutcome {
        let digest = token.digest
        let found = try await vault.read { db -> (StoredSession, Credential)? in
            guard let session = try StoredSession.fetch(digest, in: db), session.awaitsCode,
                let person = try Credential.fetch(account: session.account, in: db)
            else { return nil }
            return (session, person)
        }
        guard let (session, person) = found, !session.isOver(at: now, policy: policy),
            let account = try await account(session.account), !account.isDisabled
        else { return .refused }
        let recovery = RecoveryCode(typed)
        let checked = try await attempt([.code(account.number)], at: now) {
            guard let recovery else { return try await self.spend(typed, of: account.number, at: now) }
            return try await self.spend(recovery, of: account.number)
        }
        guard case .looked(let isRight) = checked else { return checked.refusal }
        guard isRight else {
            try await record(
                [.userSignInRefused(.wrongCode)], on: account.number, by: .user(account.number), at: now)
            return .refused
        }
        throttle.withLock { $0.noteSuccess([.code(account.number)]) }
        try await vault.write { db in
            try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [Data(digest)])
        }
        var traits = session.traits
        traits.proof = recovery == nil ? .code : .recovery
        let fresh = try await open(.browser, account: account.number, traits: traits, at: now)
        var events = [AccountEvent.userSignedIn]
        if recovery != nil {
            events.insert(.accountRecoveryCodeUsed(left: try await recoveryCodesLeft(of: account.number)), at: 0)
        }
        try await record(events, on: account.number, by: .user(account.number), at: now)
        let step: SessionStep? = person.mustChangePassword ? .passwordChange : nil
        return .signedIn(fresh, Self.user(account, person), step: step)
    }

    /// Offers a second factor: the same secret until it is confirmed, so that a page can be drawn again.
    /// - Throws: `AccountError.unknown`, `.hasSecondFactor`.
    package func offerSecondFactor(to user: SignedInUser, issuer: String) async throws -> SecondFactorOffer {
        let new = randomBytes(20)
        let secret = try await vault.write { db -> [UInt8] in
            guard let person = try Credential.fetch(account: user.number, in: db) else {
                throw AccountError.unknown(user.number)
            }
            guard person.oneTimeSecret == nil else { throw AccountError.hasSecondFactor }
            if let offered = person.oneTimeOffer { return offered }
            try db.execute(
                sql: "UPDATE credential SET oneTimeOffer = ? WHERE account = ?", arguments: [Data(new), user.number])
            return new
        }
        let letters = Array(Base32.encode(secret))
        let groups = stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
        return SecondFactorOffer(
            secret: groups.joined(separator: " "),
            address: OneTimeCode(secret: secret).enrolmentAddress(account: user.loginName, issuer: issuer))
    }

    /// Takes the offered second factor into use once its owner has typed a code of it.
    /// - Throws: `AccountError.wrongCode`, `.unknown`.
    package func addSecondFactor(of user: SignedInUser, code: String, at now: Moment) async throws {
        try await vault.write { db in
            guard let offer = try Credential.fetch(account: user.number, in: db)?.oneTimeOffer else {
                throw AccountError.unknown(user.number)
            }
            guard let step = OneTimeCode(secret: offer).match(code, at: now, lastUsed: nil) else {
                throw AccountError.wrongCode
            }
            try db.execute(
                sql: """
                    UPDATE credential SET oneTimeSecret = oneTimeOffer, oneTimeOffer = NULL, oneTimeLastStep = ?
                    WHERE account = ?
                    """,
                arguments: [step, user.number])
        }
        try await record([.accountSecondFactorAdded], on: user.number, by: .user(user.number), at: now)
    }

    /// Removes a second factor, after a telephone was lost: an administrator's act. All sessions end.
    /// - Throws: `NotPermitted`, `AccountError.unknown`.
    package func removeSecondFactor(of number: Int64, by authority: Authority, at now: Moment) async throws {
        try authority.require(.manageAccounts)
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        try await vault.write { db in
            try db.execute(
                sql: """
                    UPDATE credential SET oneTimeSecret = NULL, oneTimeOffer = NULL, oneTimeLastStep = NULL
                    WHERE account = ?
                    """,
                arguments: [number])
            try db.execute(sql: "DELETE FROM recoveryCode WHERE account = ?", arguments: [number])
        }
        try await deleteSessions(of: number)
        try await record([.accountSecondFactorRemoved], on: number, by: authority.actor, at: now)
    }

    /// Whether `typed` is a code that was not used before; it is used from now on.
    func spend(_ typed: String, of number: Int64, at now: Moment) async throws -> Bool {
        try await vault.write { db in
            guard let person = try Credential.fetch(account: number, in: db), let secret = person.oneTimeSecret,
                let step = OneTimeCode(secret: secret).match(typed, at: now, lastUsed: person.oneTimeLastStep)
            else { return false }
            try db.execute(
                sql: "UPDATE credential SET oneTimeLastStep = ? WHERE account = ?", arguments: [step, number])
            return true
        }
    }
}
