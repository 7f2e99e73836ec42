import Accounts
import Attachments
import Casework
import ContactCentre
import Journal
import Languages
import WorkingDays

/// What the site needs from outside, given once by the composition root; tests replace a part.
package struct WebEnvironment: Sendable {
    /// How the site is served.
    package var configuration: WebConfiguration
    /// The contact centre behind the pages.
    package var centre: ContactCentre
    /// Who there is and who is signed in.
    package var accounts: Accounts
    /// The organisation's provider of identities; nil where none is set.
    package var provider: ProviderDesk?
    /// The words.
    package var texts: Texts
    /// Style sheet, scripts, pictures.
    package var assets: Assets
    /// The zone of the contact centre.
    package var zone: CivilZone
    /// The time.
    package var now: @Sendable () -> Moment
    /// What the machine's clock is worth.
    package var time: @Sendable () -> TimeStanding
    /// A source of random bytes fit for secrets.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    /// Why the program is not ready to work, one English sentence each; empty when it is.
    package var problems: @Sendable () async -> [String]
    /// How many requests were answered, how and how fast.
    package let metrics = RequestMetrics()
    /// Told the port once the site listens.
    package var onListening: @Sendable (Int) -> Void

    /// The environment of the site of a contact centre; words and assets are those shipped with the program.
    /// - Throws: `TextsError`, `AssetError`.
    package init(
        configuration: WebConfiguration = WebConfiguration(), centre: ContactCentre,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        self.centre = centre
        self.onListening = onListening
        accounts = centre.accounts
        provider = try ProviderDesk(centre)
        zone = centre.casework.zone
        now = centre.environment.now
        time = { centre.time.standing() }
        randomBytes = centre.environment.randomBytes
        problems = { [centre.journal.failureReason, centre.attachments.spaceProblem].compactMap(\.self) }
        texts = try Texts()
        assets = try Assets()
    }
}
