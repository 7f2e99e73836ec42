import Journal
import WorkingDays

extension Accounts {
    /// Makes the first account where there is none yet, with a password made up here.
    ///
    /// The edge prints the password once; it is stored as a hash only and has to be changed at the first sign-in.
    /// - Parameters:
    ///   - roles: what the account may do; a demonstration gives all of them, a real installation the administrator's.
    ///   - mustChangePassword: false only for a demonstration.
    /// - Returns: the password, or nil where there are accounts already.
    /// - Throws: `AccountError`, `PasswordHasherBusy`, `DatabaseError`.
    package func createFirst(
        loginName: String = "admin", displayName: String, roles: Set<Role> = [.administrator],
        mustChangePassword: Bool = true, by authority: Authority, at now: Moment
    ) async throws -> String? {
        guard try await isEmpty() else { return nil }
        let password = generatedPassword()
        try await create(
            loginName: loginName, displayName: displayName, password: password, roles: roles,
            mustChangePassword: mustChangePassword, by: authority, at: now)
        return password
    }

    /// Five groups of four letters and digits that can be read out on the telephone: 100 bits.
    package func generatedPassword() -> String {
        let letters = Array(Base32.encode(randomBytes(13)).lowercased().prefix(20))
        return stride(from: 0, to: 20, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
