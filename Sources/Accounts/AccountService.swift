import Casework
import Foundation
import GRDB
import Journal
import Synchronization
import WorkingDays

/// The accounts of one contact centre: who there is, who is signed in, and how that changes.
///
/// The edges give it the time and the randomness. Everything that changes an account needs an `Authority` that may.
package final class Accounts: Sendable {
    let journal: Journal
    let vault: AccountVault
    let hasher: PasswordHasher
    let policy: SessionPolicy
    let randomBytes: @Sendable (Int) -> [UInt8]
    let throttle: Mutex<SignInThrottle>
    /// The organisation's directory; nil where there are local accounts alone.
    let people: (any PeopleDirectory)?
    /// Since when the directory has given no answer; nil where it did when it was last asked.
    let silentSince = Mutex<Moment?>(nil)
    /// How many people it said were all gone, when it was last asked about everybody; nil where its word was taken.
    let implausible = Mutex<Int?>(nil)
    /// Accounts are made one after the other.
    let creations = Turnstile()

    /// Opens the accounts.
    /// - Parameters:
    ///   - journal: opened with an `AccountProjection` among its projections.
    ///   - vaultPath: the file for names, credentials and sessions; created when it is missing.
    ///   - cost: what a guess at a password costs.
    ///   - people: the organisation's directory, by which people without a local account sign in.
    ///   - randomBytes: a source of random bytes fit for secrets.
    /// - Throws: `DatabaseError` when the file cannot be opened.
    package init(
        journal: Journal, vaultPath: String, cost: PasswordCost = .standard, policy: SessionPolicy = SessionPolicy(),
        throttle: SignInThrottle = SignInThrottle(), people: (any PeopleDirectory)? = nil,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) throws {
        self.journal = journal
        self.policy = policy
        self.randomBytes = randomBytes
        self.people = people
        vault = try AccountVault(path: vaultPath)
        hasher = PasswordHasher(cost: cost, randomBytes: randomBytes)
        self.throttle = Mutex(throttle)
    }

    /// Closes the file of names, credentials and sessions.
    package func close() throws { try vault.close() }

    /// Writes the names, password hashes and second factors as lines of JSON, for a backup that seals them. Sessions, tokens and
    /// devices are not in it: what was ended after the backup must not open the centre that was restored from it.
    /// - Parameter write: takes one line without its line feed.
    /// - Returns: how many rows were written.
    package func dump(to write: ([UInt8]) throws -> Void) throws -> Int { try vault.dump(to: write) }

    /// Makes the file of accounts out of the lines of `dump`, in a file that does not exist yet.
    /// - Parameter known: the numbers of the accounts that the journal knows; what is kept of others is left out.
    /// - Returns: the numbers of those of whom nothing is kept, so that they cannot sign in.
    /// - Throws: `StoreDumpError`; `DatabaseError`.
    package static func restore(
        to path: String, knowing known: Set<Int64>, from next: () throws -> [UInt8]?
    ) throws -> Set<Int64> {
        try AccountVault.restore(to: path, knowing: known, from: next)
    }

    /// Whether there is no account yet, so that the first administrator has to be made.
    package func isEmpty() async throws -> Bool {
        try await journal.read { db in try Account.fetchAll(in: db).isEmpty }
    }

    /// All accounts with the names of their people, by number.
    /// - Throws: `NotPermitted` without `manageAccounts`.
    package func all(for authority: Authority) async throws -> [AccountListing] {
        try authority.require(.manageAccounts)
        let accounts = try await journal.read { db in try Account.fetchAll(in: db) }
        let people = try await vault.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM credential").map(Credential.init)
        }
        let byNumber = Dictionary(people.map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
        return accounts.map { account in
            let person = byNumber[account.number]
            return AccountListing(
                account: account, loginName: person?.loginName ?? "", displayName: person?.displayName ?? "",
                home: person?.home ?? .local)
        }
    }

    /// What others see of the person behind an actor of the journal; nil where it was no person or he has been erased.
    package func displayName(of actor: Actor) async throws -> String? {
        guard actor.rawValue.hasPrefix("user:"), let number = Int64(actor.rawValue.dropFirst(5)) else { return nil }
        return try await vault.read { db in try Credential.fetch(account: number, in: db)?.displayName }
    }

    /// Appends events to the stream of an account in one transaction.
    func record(_ events: [AccountEvent], on number: Int64, by actor: Actor, at now: Moment) async throws {
        defer { vault.memory.forget() }
        _ = try await journal.transact(by: actor, at: now) { transaction in
            let version = try Account.fetch(number, in: transaction.db)?.streamVersion ?? 0
            try transaction.append(
                try events.map { try $0.new(at: now) }, to: AccountEvent.stream(number), expecting: version)
            return true
        }
    }

    func account(_ number: Int64) async throws -> Account? {
        try await journal.read { db in try Account.fetch(number, in: db) }
    }
}

/// One line of the list of accounts.
package struct AccountListing: Hashable, Sendable {
    /// The account as it is now.
    package let account: Account
    /// What the person types to sign in; empty where he has been erased.
    package let loginName: String
    /// What others see; empty where he has been erased.
    package let displayName: String
    /// Who vouches for him.
    package let home: AccountHome
}
