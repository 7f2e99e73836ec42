import Crypto
import Foundation
import GRDB
import Journal
import Synchronization
import WorkingDays

/// A recovery code: 120 random bits as 24 letters and digits in groups of four, which let somebody in once when his telephone is
/// gone. So long that its hash needs no salt and no slow function: it cannot be guessed from a stolen file.
package struct RecoveryCode: Hashable, Sendable {
    private let letters: String

    /// A new code from random bytes fit for secrets.
    init(randomBytes: (Int) -> [UInt8]) { letters = Base32.encode(randomBytes(15)) }

    /// Reads what somebody typed from paper: blanks, hyphens and small letters are passed over, a nought is an O; nil where it cannot
    /// be one.
    package init?(_ typed: String) {
        let letters = typed.uppercased().replacing("0", with: "O").filter { $0 != " " && $0 != "-" }
        guard letters.utf8.count == 24, Base32.decode(letters)?.count == 15 else { return nil }
        self.letters = letters
    }

    /// How it is shown.
    package var text: String {
        let all = Array(letters.lowercased())
        return stride(from: 0, to: all.count, by: 4).map { String(all[$0..<min($0 + 4, all.count)]) }
            .joined(separator: "-")
    }

    /// What is stored of it.
    var digest: [UInt8] { Array(SHA256.hash(data: Array(("recovery code " + letters).utf8))) }
}

/// Recovery codes: ten at a time, shown once, each good once; new ones make the old worthless.
extension Accounts {
    /// How many are made at a time.
    package static let recoveryCodes = 10
    /// Whoever has so many left or fewer is told.
    package static let fewRecoveryCodes = 3

    /// How many recovery codes of an account are left.
    /// - Throws: `DatabaseError`.
    package func recoveryCodesLeft(of number: Int64) async throws -> Int {
        try await vault.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM recoveryCode WHERE account = ?", arguments: [number]) ?? 0
        }
    }

    /// Makes ten new recovery codes for somebody who shows a code of his telephone; those of before open nothing any more.
    ///
    /// Wrong codes are counted like those of a sign-in: whoever holds a stolen session must not guess on.
    /// - Returns: the codes, which nobody is shown again.
    /// - Throws: `AccountError.wrongCode`; `AccountError.noSecondFactor`; `TooManyAttempts`; `DatabaseError`.
    package func makeRecoveryCodes(
        of user: SignedInUser, code typed: String, at now: Moment
    ) async throws -> [RecoveryCode] {
        guard try await hasSecondFactor(user.number) else { throw AccountError.noSecondFactor }
        let keys = [AttemptKey.code(user.number)]
        let checked = try await attempt(keys, at: now) { try await self.spend(typed, of: user.number, at: now) }
        if case .refused(let until) = checked { throw TooManyAttempts(until: until) }
        guard case .looked(true) = checked else { throw AccountError.wrongCode }
        throttle.withLock { $0.noteSuccess(keys) }
        let codes = (0..<Self.recoveryCodes).map { _ in RecoveryCode(randomBytes: randomBytes) }
        try await vault.write { db in
            try db.execute(sql: "DELETE FROM recoveryCode WHERE account = ?", arguments: [user.number])
            for code in codes {
                try db.execute(
                    sql: "INSERT INTO recoveryCode (account, digest, madeAt) VALUES (?, ?, ?)",
                    arguments: [user.number, Data(code.digest), now.millisecondsSince1970])
            }
        }
        try await record([.accountRecoveryCodesMade], on: user.number, by: .user(user.number), at: now)
        return codes
    }

    /// Whether a code is one of those that are left; it is used from now on.
    func spend(_ code: RecoveryCode, of number: Int64) async throws -> Bool {
        try await vault.write { db in
            try db.execute(
                sql: "DELETE FROM recoveryCode WHERE account = ? AND digest = ?",
                arguments: [number, Data(code.digest)])
            return db.changesCount == 1
        }
    }
}
