import Foundation

/// What a new password must be: long enough, not the name, not one of those everybody tries first.
///
/// No demands for digits or signs: length protects, rules of spelling only make people write passwords down.
package enum PasswordRules {
    /// The fewest characters.
    package static let shortest = 12
    /// The most bytes that are hashed, so that a huge form field costs nothing.
    package static let longestBytes = 256

    /// Why a password is not taken.
    package enum Problem: String, Error, CaseIterable, Hashable, Sendable {
        /// Fewer than `shortest` characters.
        case tooShort
        /// More than `longestBytes` bytes.
        case tooLong
        /// It holds the login name.
        case containsName
        /// It is made of too few different characters, or is known from every list of leaked passwords.
        case tooCommon
    }

    /// The first reason why `password` is not taken for the account `loginName`, or nil where it is good.
    package static func problem(with password: String, loginName: String) -> Problem? {
        guard password.utf8.count <= longestBytes else { return .tooLong }
        guard password.count >= shortest else { return .tooShort }
        let folded = password.lowercased()
        if loginName.count >= 3, folded.contains(loginName.lowercased()) { return .containsName }
        if Set(folded).count < 5 || common.contains(where: { folded.contains($0) && folded.count - $0.count < 4 }) {
            return .tooCommon
        }
        return nil
    }

    /// The spelling that is hashed: composed, so that й typed as one character or as two is the same password.
    static func normalized(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCompatibilityMapping.utf8)
    }

    private static let common = [
        "123456789012", "1234567890", "qwertyuiop", "йцукенгшщзхъ", "password1234", "password", "parolparol",
        "қазақстан", "казахстан", "kazakhstan", "administrator", "бірыңғай1414",
    ]
}
