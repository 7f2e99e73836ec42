import Blocking
import Foundation
import GRDB
import Journal
import Languages
import Synchronization
import WorkingDays

/// What a look at the directory has changed.
package struct DirectoryRound: Hashable, Sendable {
    /// How many accounts were asked about.
    package var asked = 0
    /// How many were closed: not there any more, or in no group that counts.
    package var ended = 0
    /// How many have other roles than before.
    package var changed = 0
    /// Of how many it said nothing that can be used.
    package var unsure = 0
}

/// People of the organisation's directory: let in by it, followed in it, closed with it.
///
/// A name that is an account of this centre is never asked for there, so that nobody takes one over and a local account is a
/// way in while the directory is down.
extension Accounts {
    /// What the journal says of an account that the directory has closed.
    static let endedByDirectory = "directory"
    /// After a silence the directory is not asked again for so long, in milliseconds: nobody waits for what does not come.
    static let silence: Int64 = 15_000
    /// From so many on it is not believed that all of them left at once.
    private static let fewestOfAll = 2
    /// So many are asked about at once.
    private static let batch = 50

    /// Whether the directory gave no answer when it was last asked.
    package var isDirectorySilent: Bool { silentSince.withLock { $0 != nil } }

    /// How many people the directory said were all gone, when it was last asked about everybody; nil where its word was taken.
    package var directoryImplausible: Int? { implausible.withLock(\.self) }

    /// Whether a name and a password belong to somebody of the directory who may work here; lets him in.
    /// - Parameter known: his account, where he has come by this name before.
    func signIn(
        by people: any PeopleDirectory, name: String, password: String, known: Credential?, keys: [AttemptKey],
        client: String?, at now: Moment
    ) async throws -> SignInOutcome {
        if let until = throttle.withLock({ $0.begin(keys, at: now) }) { return .tooManyAttempts(until: until) }
        let answer: ForeignAnswer
        do {
            answer = try await ask(people, name: name, password: password, at: now)
        } catch {
            throttle.withLock { $0.takeBack(keys) }
            throw error
        }
        switch answer {
        case .silent:
            throttle.withLock { $0.takeBack(keys) }
            return .refused
        // It counts like a wrong password, so that nobody guesses on under an entry of which it says nothing.
        case .odd: return .refused
        case .nobody:
            if let known {
                try await record(
                    [.userSignInRefused(.wrongPassword)], on: known.account, by: .user(known.account), at: now)
            }
            return .refused
        case .person(let person):
            guard let name = Self.foreignName(name),
                let number = try await admit(person, of: .directory, as: name, at: now),
                let account = try await account(number),
                let credential = try await vault.read({ db in try Credential.fetch(account: number, in: db) })
            else { return .refused }
            guard !account.isDisabled else {
                try await record([.userSignInRefused(.disabled)], on: number, by: .user(number), at: now)
                return .refused
            }
            let traits = SessionTraits(client: client, way: .directory)
            return try await enter(account, credential, keys, traits, at: now)
        }
    }

    private func ask(
        _ people: any PeopleDirectory, name: String, password: String, at now: Moment
    ) async throws -> ForeignAnswer {
        let since = silentSince.withLock { $0?.millisecondsSince1970 }
        if let since, abs(now.millisecondsSince1970 - since) < Self.silence { return .silent("it was silent just now") }
        let answer: ForeignAnswer
        do {
            answer = try await people.person(named: name, password: password)
        } catch is BlockingBusy {
            throw PasswordHasherBusy()
        }
        if case .silent = answer { silentSince.withLock { $0 = now } } else { silentSince.withLock { $0 = nil } }
        return answer
    }

    /// The number of the account of somebody whom directory or provider vouch for, made or brought up to date; nil where none of his
    /// groups counts here, or his name is another's.
    func admit(_ person: ForeignPerson, of home: AccountHome, as name: String, at now: Moment) async throws -> Int64? {
        let key = person.key
        func fetch() async throws -> Credential? {
            try await vault.read { db in try Credential.fetch(home: home, key: key, in: db) }
        }
        // Whose account never came into the journal is made anew below.
        if let known = try await fetch(), let account = try await account(known.account) {
            _ = try await bring(known, account, upTo: person, isHere: true, at: now)
            return person.roles.isEmpty ? nil : known.account
        }
        guard !person.roles.isEmpty else { return nil }
        return try await creations.run { [self] in
            // Who came twice at once has an account by now.
            if let known = try await vault.read({ db in try Credential.fetch(home: home, key: key, in: db) }),
                try await account(known.account) != nil
            {
                return known.account
            }
            do {
                let number = try await insert(
                    loginName: name, displayName: Self.shown(person.displayName, or: name), passwordHash: "",
                    mustChangePassword: false, home: home, key: key, checkedAt: now)
                try await record([.accountCreated(roles: person.roles)], on: number, by: .user(number), at: now)
                return number
            } catch AccountError.loginNameTaken {
                return nil
            }
        }
    }

    /// Asks the directory about everybody it vouches for. Who is not there any more, or in no group that counts, is closed and
    /// his sessions and tokens with him; who has other groups gets their roles.
    ///
    /// Nobody is closed before it has answered for all, and nobody where it says of everybody that he is gone.
    /// - Throws: what the directory throws where it gives no answer; `DirectoryImplausible`; `DatabaseError`.
    package func followDirectory(at now: Moment) async throws -> DirectoryRound {
        guard let people else { return DirectoryRound() }
        let all = try await vault.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM credential WHERE home = ? ORDER BY account",
                arguments: [AccountHome.directory.rawValue]
            ).map(Credential.init)
        }
        var open: [Credential] = []
        for person in all {
            if let account = try await account(person.account), !account.isDisabled { open.append(person) }
        }
        guard !open.isEmpty else { return DirectoryRound() }
        var findings = ForeignFindings()
        do {
            for start in stride(from: 0, to: open.count, by: Self.batch) {
                let keys = open[start..<min(start + Self.batch, open.count)].compactMap(\.homeKey)
                let some = try await people.people(keys)
                findings.found.merge(some.found) { _, new in new }
                findings.unsure.formUnion(some.unsure)
            }
            try believe(findings, of: open)
        } catch {
            silentSince.withLock { $0 = now }
            throw error
        }
        silentSince.withLock { $0 = nil }
        return try await take(findings, of: open, at: now)
    }

    /// Whether what the directory says of everybody can be.
    private func believe(_ findings: ForeignFindings, of open: [Credential]) throws(DirectoryImplausible) {
        let sure = open.filter { person in !(person.homeKey.map(findings.unsure.contains) ?? false) }
        let isAnybodyThere = sure.contains { person in
            person.homeKey.flatMap { findings.found[$0] }.map { !$0.roles.isEmpty } ?? false
        }
        let isImplausible = sure.count >= Self.fewestOfAll && !isAnybodyThere
        implausible.withLock { $0 = isImplausible ? sure.count : nil }
        if isImplausible { throw DirectoryImplausible(asked: sure.count) }
    }

    /// Makes the accounts what the directory says of their people.
    private func take(
        _ findings: ForeignFindings, of open: [Credential], at now: Moment
    ) async throws -> DirectoryRound {
        var round = DirectoryRound()
        for person in open {
            // Somebody may have closed it while the directory was asked.
            guard let account = try await account(person.account), !account.isDisabled else { continue }
            round.asked += 1
            if let key = person.homeKey, findings.unsure.contains(key) {
                round.unsure += 1
                continue
            }
            let known = person.homeKey.flatMap { findings.found[$0] }
            let change = try await bring(person, account, upTo: known, isHere: false, at: now)
            if change == .ended { round.ended += 1 }
            if change == .roles { round.changed += 1 }
        }
        return round
    }

    private enum Brought { case same, roles, ended }

    /// Makes an account what the directory says of its person now; nil: he is not there.
    /// - Parameter isHere: he has just proved who he is, so that an account that the directory had closed is opened again.
    private func bring(
        _ known: Credential, _ account: Account, upTo person: ForeignPerson?, isHere: Bool, at now: Moment
    ) async throws -> Brought {
        let number = known.account
        guard let person, !person.roles.isEmpty else {
            guard !account.isDisabled else { return .same }
            try await vault.write { db in
                try db.execute(sql: "UPDATE credential SET isEndedByHome = 1 WHERE account = ?", arguments: [number])
            }
            try await record([.accountDisabled(reason: Self.endedByDirectory)], on: number, by: .timer, at: now)
            try await deleteSessions(of: number)
            return .ended
        }
        // What an administrator has closed stays closed, whatever the directory says.
        let opens = account.isDisabled && known.isEndedByHome && isHere
        let changes = account.roles != person.roles && (opens || !account.isDisabled)
        if opens || changes { try await deleteSessions(of: number) }
        let events: [AccountEvent] =
            (opens ? [.accountEnabled] : []) + (changes ? [.accountRolesChanged(roles: person.roles)] : [])
        if !events.isEmpty {
            try await record(events, on: number, by: isHere ? .user(number) : .timer, at: now)
        }
        let shown = Self.shown(person.displayName, or: known.loginName)
        try await vault.write { db in
            try db.execute(
                sql: """
                    UPDATE credential SET checkedAt = ?, displayName = ?, isEndedByHome = isEndedByHome AND NOT ?
                    WHERE account = ?
                    """,
                arguments: [now.millisecondsSince1970, shown, opens, number])
        }
        return changes ? .roles : .same
    }

    /// What others see of somebody, from what a directory says: not too long, and nothing that deceives.
    private static func shown(_ name: String, or login: String) -> String {
        let name = String(name.trimmingCharacters(in: .whitespacesAndNewlines).prefix(120))
        return name.isEmpty || name.deceives ? login : name
    }

    /// The name that somebody typed, where it can be that of an account: a directory may take a mail address too.
    static func foreignName(_ name: String) -> String? {
        let isFine = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-_@+".unicodeScalars.contains($0)
        }
        return !name.isEmpty && name.count <= 64 && isFine ? name : nil
    }
}
