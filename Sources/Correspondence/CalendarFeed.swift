import Casework
import Crypto
import GRDB
import Journal
import Languages
import WorkingDays

/// A feed was made; an earlier one of the same account ends with it.
package struct CalendarFeedMade: Codable, Hashable, Sendable {
    /// The number of the account.
    package var account: Int64
    /// The SHA-256 of the secret.
    package var secret: String
}

/// A feed was revoked.
package struct CalendarFeedRevoked: Codable, Hashable, Sendable {}

/// What can happen to the feed of an account, stream `calendarFeed/<account>`; the secret itself is never kept.
package enum CalendarFeedEvent: EventContent, Equatable {
    /// It was made.
    case calendarFeedMade(CalendarFeedMade)
    /// It was revoked.
    case calendarFeedRevoked(CalendarFeedRevoked)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case calendarFeedMade, calendarFeedRevoked
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .calendarFeedMade(let event): Tagged(.calendarFeedMade, event)
        case .calendarFeedRevoked(let event): Tagged(.calendarFeedRevoked, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .calendarFeedMade: .calendarFeedMade(try content())
        case .calendarFeedRevoked: .calendarFeedRevoked(try content())
        }
    }
}

/// The table of the feeds that are open.
package struct CalendarFeedProjection: Projection {
    package let name = "calendarFeeds"
    package let version = 1
    package let tables = ["calendarFeed"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE calendarFeed (
                  account INTEGER PRIMARY KEY, secret TEXT UNIQUE, madeAt INTEGER, version INTEGER NOT NULL
                ) STRICT
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard CalendarFeedEvent.has(event.name), let account = Int64(event.stream.id),
            let content = try catalogue.read(event).content as? CalendarFeedEvent
        else { return }
        var secret: String?
        if case .calendarFeedMade(let made) = content { secret = made.secret }
        try db.execute(
            sql: """
                INSERT INTO calendarFeed VALUES (?, ?, ?, ?) ON CONFLICT (account)
                DO UPDATE SET secret = excluded.secret, madeAt = excluded.madeAt, version = excluded.version
                """,
            arguments: [account, secret, event.occurredAt.millisecondsSince1970, event.version])
    }
}

/// The door to the feeds.
package struct CalendarFeedDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// Makes the feed of an account, in the place of an earlier one.
    /// - Parameter secret: random, fit for a secret; from the edge. Only its hash is kept.
    package func make(for account: Int64, secret: String, by actor: Actor, at now: Moment) async throws {
        try await append(
            .calendarFeedMade(CalendarFeedMade(account: account, secret: Self.hash(secret))), to: account, by: actor,
            at: now)
    }

    /// Revokes the feed of an account; nothing happens where there is none.
    package func revoke(for account: Int64, by actor: Actor, at now: Moment) async throws {
        guard try await madeAt(for: account) != nil else { return }
        try await append(.calendarFeedRevoked(CalendarFeedRevoked()), to: account, by: actor, at: now)
    }

    private func append(
        _ event: CalendarFeedEvent, to account: Int64, by actor: Actor, at now: Moment
    ) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            let version = try Int.fetchOne(
                session.db, sql: "SELECT version FROM calendarFeed WHERE account = ?", arguments: [account])
            try session.append(
                [event], to: StreamID(kind: "calendarFeed", id: "\(account)"), expecting: version ?? 0)
            return true
        }
    }

    /// When the open feed of an account was made; nil where there is none.
    package func madeAt(for account: Int64) async throws -> Moment? {
        try await casework.journal.read { db in
            try Int64.fetchOne(
                db, sql: "SELECT madeAt FROM calendarFeed WHERE account = ? AND secret IS NOT NULL",
                arguments: [account]
            ).map { Moment(millisecondsSince1970: $0) }
        }
    }

    /// Whose feed a secret opens; nil where it opens none.
    package func account(of secret: String) async throws -> Int64? {
        let hash = Self.hash(secret)
        return try await casework.journal.read { db in
            try Int64.fetchOne(db, sql: "SELECT account FROM calendarFeed WHERE secret = ?", arguments: [hash])
        }
    }

    /// How many deadlines a calendar holds at most; where there are more, its last day says so.
    static let longest = 2_000

    /// The open deadlines as an iCalendar text; duties, bodies and services, no person and no words of a person.
    /// - Parameters:
    ///   - kinds: the kinds of cases that the reader may see.
    ///   - bodies: the names of the bodies by their codes.
    ///   - services: the names of the services by their codes.
    ///   - address: where the page of a case is.
    package func text(
        of kinds: Set<String>, bodies: [String: Localized], services: [String: Localized],
        address: (StreamID) -> String?
    ) async throws -> String {
        let rulebooks = casework.rulebooks
        // The limit stands where the choice does: what the reader may not see takes no place.
        let found = try await casework.journal.read { db in
            var filter = ClockFilter()
            filter.isOpen = true
            filter.caseKinds = kinds
            return try ClockRow.fetch(filter, limit: Self.longest + 1, in: db)
        }
        let clocks = found.prefix(Self.longest)
        var events = clocks.map { clock in
            let title = rulebooks.title(of: clock.rule) ?? Localized(kk: clock.rule, ru: clock.rule)
            let body = clock.body.flatMap { bodies[$0] }
            let service = clock.service.flatMap { services[$0] }
            return ICalendarText.Event(
                uid: "\(clock.stream.rawValue)-\(clock.rule)@bailanys".replacing("/", with: "-"), on: clock.due,
                stamp: casework.zone.start(of: clock.dayZero),
                summary: [
                    "\(title.kk) / \(title.ru)", body.map { "\($0.kk) / \($0.ru)" }, clock.service ?? clock.stream.id,
                ]
                .compactMap(\.self).joined(separator: " · "),
                description: [
                    body.map { "\($0.kk)\n\($0.ru)" }, service.map { "\($0.kk)\n\($0.ru)" },
                    rulebooks.law(of: clock.rule), clock.stream.id,
                ].compactMap(\.self).joined(separator: "\n"), url: address(clock.stream))
        }
        if found.count > clocks.count, let last = clocks.last {
            events.append(Self.cut(after: last.due, casework.zone))
        }
        return ICalendarText(name: "Байланыс: мерзімдер / сроки", events: events).text
    }

    /// The entry that says where a calendar that is too long ends.
    private static func cut(after day: CivilDate, _ zone: CivilZone) -> ICalendarText.Event {
        ICalendarText.Event(
            uid: "more@bailanys", on: day, stamp: zone.start(of: day),
            summary: "Бұдан кейінгі мерзімдер көрсетілмеген / Дальнейшие сроки не показаны",
            description: """
                Күнтізбеге алғашқы \(longest) мерзім сыяды, қалғандары – «Мерзімдер» бетінде.
                В календаре первые \(longest) сроков, остальные – на странице «Сроки».
                """)
    }

    static func hash(_ secret: String) -> String {
        EventLink.hexadecimal(Array(SHA256.hash(data: Array("calendar feed \(secret)".utf8))))
    }
}
