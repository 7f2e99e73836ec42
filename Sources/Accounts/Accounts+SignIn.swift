import Foundation
import GRDB
import Journal
import Synchronization
import WorkingDays

/// What came of an attempt to sign in.
package enum SignInOutcome: Sendable {
    /// He has a session; `step` is what he has to do before anything else.
    case signedIn(SessionToken, SignedInUser, step: SessionStep?)
    /// Name or password are wrong, or the account is closed: the answer does not say which.
    case refused
    /// Too many wrong passwords; the next attempt counts only after this moment.
    case tooManyAttempts(until: Moment)
}

/// Too many wrong attempts; the next one counts only after a moment.
package struct TooManyAttempts: Error, Hashable, CustomStringConvertible {
    /// From when the next one counts.
    package let until: Moment

    /// Attempts count again from a moment on.
    package init(until: Moment) { self.until = until }

    package var description: String { "Too many wrong passwords: try again later." }

    /// How many seconds that is from now on.
    package func seconds(from now: Moment) -> Int {
        max(1, Int((until.millisecondsSince1970 - now.millisecondsSince1970 + 999) / 1_000))
    }
}

/// A session that is valid now.
package struct ActiveSession: Hashable, Sendable {
    /// Whose it is.
    package let user: SignedInUser
    /// What holds it.
    package let kind: SessionKind
    /// What the person has to do before anything else.
    package let step: SessionStep?
}

extension Accounts {
    /// Checks a name and a password and opens a session for a browser.
    ///
    /// A right password where attempts are refused for a while is not even looked at, so that guessing goes no faster.
    /// - Parameter origin: attempts are counted by name and network; those from a device that has let this person in
    ///   before by themselves, whatever strangers have tried.
    /// - Throws: `PasswordHasherBusy` where too many sign in at once.
    package func signIn(
        loginName: String, password: String, from origin: SignInOrigin = SignInOrigin(), at now: Moment
    ) async throws -> SignInOutcome {
        let name = String(loginName.trimmingCharacters(in: .whitespaces).lowercased().prefix(64))
        let person = try await vault.read { db in try Credential.fetch(loginName: name, in: db) }
        let isKnown = try await isKnown(origin.device, to: person?.account, at: now)
        let keys: [AttemptKey] =
            isKnown
            ? [.device(name: name, digest: origin.device?.digest ?? [])]
            : [.password(name: name, network: origin.network), .name(name)]
        if let people, person?.home ?? .directory == .directory {
            return try await signIn(
                by: people, name: name, password: password, known: person, keys: keys, client: origin.client, at: now)
        }
        let checked = try await attempt(keys, at: now) {
            try await self.hasher.verify(password, against: person?.passwordHash, in: isKnown ? .known : .strangers)
        }
        guard case .looked(let isRight) = checked else { return checked.refusal }
        guard let person, let account = try await account(person.account) else {
            return .refused
        }
        guard isRight, !account.isDisabled else {
            let reason: AccountEvent.Refusal = isRight ? .disabled : .wrongPassword
            try await record([.userSignInRefused(reason)], on: account.number, by: .user(account.number), at: now)
            return .refused
        }
        try await raiseCostIfOutdated(person, password: password)
        let traits = SessionTraits(client: origin.client, way: .password)
        return try await enter(account, person, keys, traits, at: now)
    }

    /// Lets in somebody who has proved who he is: a session, which waits for the one-time code where he has one.
    func enter(
        _ account: Account, _ person: Credential, _ keys: [AttemptKey], _ traits: SessionTraits, at now: Moment
    ) async throws -> SignInOutcome {
        throttle.withLock { $0.noteSuccess(keys) }
        let awaitsCode = person.oneTimeSecret != nil
        let token = try await open(
            .browser, account: account.number, awaitsCode: awaitsCode, traits: traits, at: now)
        // He is not in before the code has come; the journal says so then.
        if !awaitsCode { try await record([.userSignedIn], on: account.number, by: .user(account.number), at: now) }
        let user = Self.user(account, person)
        return .signedIn(token, user, step: step(of: user, person, awaitsCode: awaitsCode))
    }

    /// What came of an attempt that is counted.
    enum Attempt: Sendable {
        /// It was looked at: whether it was right.
        case looked(Bool)
        /// It was not looked at.
        case refused(until: Moment)

        var refusal: SignInOutcome {
            if case .refused(let until) = self { return .tooManyAttempts(until: until) }
            return .refused
        }
    }

    /// Counts an attempt at all of these keys, and looks at it where none of them is closed.
    /// - Throws: what `look` throws; the attempt does not count then.
    func attempt(_ keys: [AttemptKey], at now: Moment, _ look: () async throws -> Bool) async throws -> Attempt {
        if let until = throttle.withLock({ $0.begin(keys, at: now) }) { return .refused(until: until) }
        do {
            return .looked(try await look())
        } catch {
            throttle.withLock { $0.takeBack(keys) }
            throw error
        }
    }

    /// The session that a token opens, or nil where it has ended, been revoked or never was.
    ///
    /// Notes that it was used, at most once a minute.
    package func session(_ token: SessionToken, at now: Moment) async throws -> ActiveSession? {
        let digest = token.digest
        guard let known = try await known(digest), !known.account.isDisabled,
            known.person.isVouched(at: now, policy: policy)
        else { return nil }
        let (session, person) = (known.session, known.person)
        if session.isOver(at: now, policy: policy) {
            try await vault.write { db in
                try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [Data(digest)])
            }
            return nil
        }
        // Also where the clock was set back, so that the idle time runs from now and not from the moment that it will be.
        if abs(now.millisecondsSince1970 - session.lastSeenAt.millisecondsSince1970) >= 60_000 {
            do {
                try await vault.write { db in
                    try db.execute(
                        sql: "UPDATE session SET lastSeenAt = ? WHERE digest = ?",
                        arguments: [now.millisecondsSince1970, Data(digest)])
                }
            } catch is DatabaseError {
                // A disk that is full keeps nobody from reading; the session only ends as if nothing had been done in it.
            }
        }
        let user = Self.user(known.account, person, limit: session.traits.scope)
        let step = session.kind == .program ? nil : step(of: user, person, awaitsCode: session.awaitsCode)
        return ActiveSession(user: user, kind: session.kind, step: step)
    }

    private func known(_ digest: [UInt8]) async throws -> SessionMemory.Known? {
        let (known, edition) = vault.memory.known(digest)
        if let known { return known }
        let found = try await vault.read { db -> (StoredSession, Credential)? in
            guard let session = try StoredSession.fetch(digest, in: db),
                let person = try Credential.fetch(account: session.account, in: db)
            else { return nil }
            return (session, person)
        }
        guard let (session, person) = found, let account = try await account(session.account) else { return nil }
        let read = SessionMemory.Known(session: session, person: person, account: account)
        vault.memory.keep(read, for: digest, edition: edition)
        return read
    }

    private func step(of user: SignedInUser, _ person: Credential, awaitsCode: Bool) -> SessionStep? {
        if awaitsCode { return .oneTimeCode }
        if person.mustChangePassword { return .passwordChange }
        let isAsked = policy.requiresSecondFactor && user.roles.contains(where: \.needsSecondFactor)
        return isAsked && person.oneTimeSecret == nil ? .secondFactor : nil
    }

    /// Ends one session.
    package func signOut(_ token: SessionToken, at now: Moment) async throws {
        let digest = token.digest
        let account = try await vault.write { db -> Int64? in
            let account = try StoredSession.fetch(digest, in: db)?.account
            try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [Data(digest)])
            return account
        }
        guard let account else { return }
        try await record([.userSignedOut], on: account, by: .user(account), at: now)
    }

    /// Ends all sessions of an account, one's own or, with `manageAccounts`, anybody's.
    /// - Throws: `NotPermitted`.
    package func endSessions(of number: Int64, by authority: Authority, at now: Moment) async throws {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        try await deleteSessions(of: number)
        try await record([.accountSessionsEnded], on: number, by: authority.actor, at: now)
    }

    func deleteSessions(of number: Int64) async throws {
        try await vault.write { db in
            try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [number])
        }
    }

    func open(
        _ kind: SessionKind, label: String = "", account: Int64, awaitsCode: Bool = false,
        traits: SessionTraits = SessionTraits(), at now: Moment
    ) async throws -> SessionToken {
        let token = SessionToken(randomBytes: randomBytes)
        let session = StoredSession(
            account: account, kind: kind, label: label, createdAt: now, lastSeenAt: now, awaitsCode: awaitsCode,
            traits: traits)
        let oldest = now.millisecondsSince1970 - policy.absoluteLimit
        try await vault.write { db in
            try db.execute(
                sql: "DELETE FROM session WHERE kind = 'browser' AND createdAt < ?", arguments: [oldest])
            try session.insert(digest: token.digest, in: db)
        }
        return token
    }

    private func raiseCostIfOutdated(_ person: Credential, password: String) async throws {
        guard let stored = person.passwordHash, hasher.isOutdated(stored) else { return }
        // Where too many wait, it is done at the next sign-in.
        guard let hash = try? await hasher.hash(password) else { return }
        try await vault.write { db in
            try db.execute(
                sql: "UPDATE credential SET passwordHash = ? WHERE account = ? AND passwordHash = ?",
                arguments: [hash.description, person.account, stored.description])
        }
    }

    static func user(_ account: Account, _ person: Credential, limit: Set<Permission>? = nil) -> SignedInUser {
        SignedInUser(
            number: account.number, loginName: person.loginName, displayName: person.displayName, roles: account.roles,
            limit: limit)
    }
}
