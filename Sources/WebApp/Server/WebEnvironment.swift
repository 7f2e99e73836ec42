import Accounts
import Languages
import WorkingDays

/// What the site needs from outside, given once by the composition root; tests replace a part.
package struct WebEnvironment: Sendable {
    /// How the site is served.
    package var configuration: WebConfiguration
    /// Who there is and who is signed in.
    package var accounts: Accounts
    /// The words.
    package var texts: Texts
    /// Style sheet, scripts, pictures.
    package var assets: Assets
    /// The zone of the contact centre.
    package var zone: CivilZone
    /// The time.
    package var now: @Sendable () -> Moment
    /// A source of random bytes fit for secrets.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    /// Why the program is not ready to work, one English sentence each; empty when it is.
    package var problems: @Sendable () async -> [String]

    /// An environment from its parts; words and assets are those shipped with the program.
    /// - Throws: `TextsError`, `AssetError`.
    package init(
        configuration: WebConfiguration = WebConfiguration(), accounts: Accounts, zone: CivilZone,
        now: @escaping @Sendable () -> Moment, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        problems: @escaping @Sendable () async -> [String] = { [] }
    ) throws {
        self.configuration = configuration
        self.accounts = accounts
        self.zone = zone
        self.now = now
        self.randomBytes = randomBytes
        self.problems = problems
        texts = try Texts()
        assets = try Assets()
    }
}
