/// A small wrapper over the system's libpq; it knows nothing of contact centres.
///
/// It decides how long anything may take: libpq alone waits for ever on a server that is frozen but whose machine still
/// answers, so every step is done without blocking and has a deadline of ours. It refuses to know what is kept, and whether to
/// try again: ``PostgresError/mayHaveHadEffect`` says whether the statement may have been done all the same.
///
/// A ``PostgresConnection`` cannot be copied and belongs to one thread at a time. Its calls block that thread: they are for
/// threads on which work may block, never for those that answer callers.
///
/// - `PostgresAddress.swift` — where the servers are, without ever showing a password.
/// - `PostgresConnection.swift` — one connection: opening, statements, notifications.
/// - `PostgresValue.swift`, `PostgresResult.swift` — what goes there and comes back, in the binary format.
/// - `PostgresError.swift` — what can go wrong.
import CPostgres

/// The numbers by which PostgreSQL names the types that are spoken here.
enum PostgresType {
    static let bool: Oid = 16
    static let bytes: Oid = 17
    static let int8: Oid = 20
    static let int4: Oid = 23
    static let text: Oid = 25
    static let arrayOfBytes: Oid = 1001
    static let arrayOfText: Oid = 1009
    static let arrayOfInt8: Oid = 1016
}
