import Casework
import Crypto
import Delivery
import GRDB
import Journal
import WorkingDays

/// How a body is reached was set.
package struct BodyChannelSet: Codable, Hashable, Sendable {
    /// The address of its office for complaints; nil where there is none.
    package var email: String?
    /// Where its own system is told of complaints, https only; nil where it is not told.
    package var webhook: String?
}

/// A body's own system got a token, or another one in its place; the token itself is never written down.
package struct BodyTokenIssued: Codable, Hashable, Sendable {
    /// The SHA-256 of the token, in hexadecimal.
    package var digest: String
}

/// The token of a body's system was withdrawn.
package struct BodyTokenWithdrawn: Codable, Hashable, Sendable {
    /// Why.
    package var reason: String
}

/// What can happen to the ways to a body, stream `bodyChannel/<code>`.
package enum BodyChannelEvent: EventContent, Equatable {
    /// How it is reached was set.
    case bodyChannelSet(BodyChannelSet)
    /// Its system got a token.
    case bodyTokenIssued(BodyTokenIssued)
    /// The token was withdrawn.
    case bodyTokenWithdrawn(BodyTokenWithdrawn)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case bodyChannelSet, bodyTokenIssued, bodyTokenWithdrawn
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .bodyChannelSet(let event): Tagged(.bodyChannelSet, event)
        case .bodyTokenIssued(let event): Tagged(.bodyTokenIssued, event)
        case .bodyTokenWithdrawn(let event): Tagged(.bodyTokenWithdrawn, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .bodyChannelSet: .bodyChannelSet(try content())
        case .bodyTokenIssued: .bodyTokenIssued(try content())
        case .bodyTokenWithdrawn: .bodyTokenWithdrawn(try content())
        }
    }
}

/// The ways to a body as they stand.
package struct BodyChannel: CaseKind, Hashable, Sendable {
    /// The address of its office for complaints.
    package var email: String?
    /// Where its own system is told of complaints.
    package var webhook: String?
    /// The SHA-256 of the token of its system.
    package var tokenDigest: String?
    /// When that token was made.
    package var tokenAt: Moment?

    /// What can be asked of them.
    package enum Command: Sendable {
        /// Says how the body is reached.
        case set(email: String?, webhook: String?)
        /// Gives its system a token in the place of the one it had.
        case issue(digest: String)
        /// Withdraws the token.
        case withdraw(reason: String)
    }

    package static let streamKind = "bodyChannel"
    package static let procedure: String? = nil
    package static var initial: BodyChannel { BodyChannel() }

    package static func evolve(_ state: inout BodyChannel, by event: BodyChannelEvent, stamp: EventStamp) {
        switch event {
        case .bodyChannelSet(let event): (state.email, state.webhook) = (event.email, event.webhook)
        case .bodyTokenIssued(let event): (state.tokenDigest, state.tokenAt) = (event.digest, stamp.occurredAt)
        case .bodyTokenWithdrawn: (state.tokenDigest, state.tokenAt) = (nil, nil)
        }
    }

    package static func decide(
        _ command: Command, on state: BodyChannel, in context: DecisionContext
    ) throws -> [Happening<BodyChannelEvent>] {
        switch command {
        case .set(let email, let webhook):
            if let email, !PersonalLetter.isAddress(email) {
                throw CorrespondenceRefusal.channelAddress("This is no e-mail address: correct it.", field: "email")
            }
            if let webhook, !WebhookTransport.isAddress(webhook) {
                throw CorrespondenceRefusal.channelWebhook(
                    "The address of a system begins with https:// and holds no password.", field: "webhook")
            }
            guard email != state.email || webhook != state.webhook else { return [] }
            return [Happening(.bodyChannelSet(BodyChannelSet(email: email, webhook: webhook)), at: context.now)]
        case .issue(let digest):
            return [Happening(.bodyTokenIssued(BodyTokenIssued(digest: digest)), at: context.now)]
        case .withdraw(let reason):
            guard state.tokenDigest != nil else { return [] }
            return [Happening(.bodyTokenWithdrawn(BodyTokenWithdrawn(reason: reason)), at: context.now)]
        }
    }
}

/// The table of the ways to bodies.
package struct BodyChannelProjection: Projection {
    package let name = "bodyChannels"
    package let version = 1
    package let tables = ["bodyChannel"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE bodyChannel (
                  body TEXT NOT NULL PRIMARY KEY, email TEXT, webhook TEXT, tokenDigest TEXT UNIQUE, tokenAt INTEGER
                ) STRICT, WITHOUT ROWID
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard BodyChannelEvent.has(event.name), let content = try catalogue.read(event).content as? BodyChannelEvent
        else { return }
        let body = event.stream.id
        try db.execute(
            sql: "INSERT INTO bodyChannel (body) VALUES (?) ON CONFLICT DO NOTHING", arguments: [body])
        switch content {
        case .bodyChannelSet(let event):
            try db.execute(
                sql: "UPDATE bodyChannel SET email = ?, webhook = ? WHERE body = ?",
                arguments: [event.email, event.webhook, body])
        case .bodyTokenIssued(let issued):
            try db.execute(
                sql: "UPDATE bodyChannel SET tokenDigest = ?, tokenAt = ? WHERE body = ?",
                arguments: [issued.digest, event.occurredAt.millisecondsSince1970, body])
        case .bodyTokenWithdrawn:
            try db.execute(
                sql: "UPDATE bodyChannel SET tokenDigest = NULL, tokenAt = NULL WHERE body = ?", arguments: [body])
        }
    }
}

extension BodyLinkDesk {
    /// Says how a body is reached with its complaints.
    /// - Parameters:
    ///   - email: the address of its office; nil for none.
    ///   - webhook: where its own system is told; nil for nowhere. With neither it is reached on paper.
    /// - Throws: `Refusal` where a text is no address.
    package func setChannel(
        of body: String, email: String?, webhook: String?, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(.set(email: email, webhook: webhook), on: BodyChannel.self, id: body).version
        }
    }

    /// What a body's system checks the signature of what it is told by, in the form of Standard Webhooks (`whsec_…`).
    package func webhookSecret(of body: String) -> String { key.webhookSecret(of: body) }
}

extension BodyLinkDesk {
    /// Gives the system of a body a token in the place of the one it had.
    /// - Parameter secret: 32 random bytes; from the edge.
    /// - Returns: the token; it is shown once and kept nowhere.
    /// - Throws: `JournalError`.
    package func issueToken(
        to body: String, secret: [UInt8], by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> String {
        let token = Self.tokenPrefix + EventLink.hexadecimal(secret)
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(.issue(digest: Self.digest(ofToken: token)), on: BodyChannel.self, id: body).version
        }
        return token
    }

    /// Withdraws the token of the system of a body.
    /// - Throws: `JournalError`.
    package func withdrawToken(of body: String, reason: String, by actor: Actor, at now: Moment) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.withdraw(reason: reason), on: BodyChannel.self, id: body).version
        }
    }

    /// The body whose system shows a token; nil where it is none of ours.
    package func body(ofToken token: String) async throws -> String? {
        guard token.hasPrefix(Self.tokenPrefix), token.utf8.count == Self.tokenPrefix.utf8.count + 64 else {
            return nil
        }
        let digest = Self.digest(ofToken: token)
        return try await casework.journal.read { try BodyChannel.body(ofToken: digest, in: $0) }
    }

    /// What every token of a body's system begins with, so that one that leaked is known for what it is.
    private static let tokenPrefix = "body_"

    private static func digest(ofToken token: String) -> String {
        EventLink.hexadecimal(Array(SHA256.hash(data: Array(token.utf8))))
    }
}

extension BodyChannel {
    /// The ways to a body; none of them where nothing was set.
    package static func fetch(_ body: String, in db: Database) throws -> BodyChannel {
        try Row.fetchOne(db, sql: "SELECT * FROM bodyChannel WHERE body = ?", arguments: [body])
            .map { row in
                BodyChannel(
                    email: row["email"], webhook: row["webhook"], tokenDigest: row["tokenDigest"],
                    tokenAt: (row["tokenAt"] as Int64?).map { Moment(millisecondsSince1970: $0) })
            } ?? BodyChannel()
    }

    /// The body whose system has the token of a digest; nil where none has.
    package static func body(ofToken digest: String, in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT body FROM bodyChannel WHERE tokenDigest = ?", arguments: [digest])
    }
}
