import Casework
import GRDB
import Journal
import WorkingDays

/// The present state of the accounts: table `account`, derived from the streams `user/…`.
package struct AccountProjection: Projection {
    /// The projection; give it to the journal when it is opened.
    package init() {}

    package let name = "account"
    package let version = 1
    package let tables = ["account"]

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE account (
                  number INTEGER PRIMARY KEY CHECK (number > 0),
                  roles TEXT NOT NULL,
                  isDisabled INTEGER NOT NULL CHECK (isDisabled IN (0, 1)),
                  hasSecondFactor INTEGER NOT NULL CHECK (hasSecondFactor IN (0, 1)),
                  createdAt INTEGER NOT NULL,
                  lastSignInAt INTEGER,
                  streamVersion INTEGER NOT NULL
                ) STRICT
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.stream.kind == "user", let number = Int64(event.stream.id), let change = try AccountEvent(event)
        else { return }
        if case .accountCreated(let roles) = change {
            try db.execute(
                sql: """
                    INSERT INTO account (number, roles, isDisabled, hasSecondFactor, createdAt, streamVersion)
                    VALUES (?, ?, 0, 0, ?, ?)
                    """,
                arguments: [number, Account.text(of: roles), event.recordedAt.millisecondsSince1970, event.version])
            return
        }
        if let (column, value) = Self.change(change, at: event.recordedAt) {
            // The column is one of the literals below, never something that came from outside.
            try db.execute(sql: "UPDATE account SET \(column) = ? WHERE number = ?", arguments: [value, number])
        }
        try db.execute(
            sql: "UPDATE account SET streamVersion = ? WHERE number = ?", arguments: [event.version, number])
    }

    private static func change(_ event: AccountEvent, at moment: Moment) -> (String, any DatabaseValueConvertible)? {
        switch event {
        case .accountRolesChanged(let roles): ("roles", Account.text(of: roles))
        case .accountDisabled: ("isDisabled", true)
        case .accountEnabled: ("isDisabled", false)
        case .accountSecondFactorAdded: ("hasSecondFactor", true)
        case .accountSecondFactorRemoved: ("hasSecondFactor", false)
        case .userSignedIn: ("lastSignInAt", moment.millisecondsSince1970)
        default: nil
        }
    }
}

/// An account as it is now, without the names, which are kept apart.
package struct Account: Hashable, Sendable {
    /// The number, which the journal knows the person by.
    package let number: Int64
    /// What he is employed for.
    package let roles: Set<Role>
    /// Whether he is kept out.
    package let isDisabled: Bool
    /// Whether he has a second factor.
    package let hasSecondFactor: Bool
    /// When the account was created.
    package let createdAt: Moment
    /// When he last signed in.
    package let lastSignInAt: Moment?
    /// The version of the stream.
    let streamVersion: Int

    init(row: Row) {
        number = row["number"]
        roles = Set((row["roles"] as String).split(separator: " ").compactMap { Role(rawValue: String($0)) })
        isDisabled = row["isDisabled"]
        hasSecondFactor = row["hasSecondFactor"]
        createdAt = Moment(millisecondsSince1970: row["createdAt"])
        lastSignInAt = (row["lastSignInAt"] as Int64?).map(Moment.init(millisecondsSince1970:))
        streamVersion = row["streamVersion"]
    }

    static func text(of roles: Set<Role>) -> String { roles.map(\.rawValue).sorted().joined(separator: " ") }

    /// An account by its number, nil where there is none.
    package static func fetch(_ number: Int64, in db: Database) throws -> Account? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM account WHERE number = ?"), arguments: [number])
            .map(Account.init)
    }

    static func fetchAll(in db: Database) throws -> [Account] {
        try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY number").map(Account.init)
    }
}
