import GRDB

extension DatabasePool {
    /// Tells the writing connection how to commit; to be called once the pool is open, since GRDB sets NORMAL then.
    package func settle(_ durability: StoreDurability) throws {
        try writeWithoutTransaction { db in
            if durability == .durable { try db.execute(sql: "PRAGMA synchronous = FULL") }
            try db.execute(sql: "PRAGMA journal_size_limit = \(largestStoreLog)")
        }
    }

    /// Closes all connections and leaves nothing beside the file.
    ///
    /// GRDB closes the writer first. The last connection would then be one that only reads, which cannot bring the log
    /// into the file: what was committed last would stay in `-wal`, and a copy of the file alone would be without it.
    package func closeWhole() throws {
        // Waits for those who read, so that nobody holds on to an older state of the file.
        try barrierWriteWithoutTransaction { db in
            // The answer says whether somebody was in the way; then the last connection to close does it.
            _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        invalidateReadOnlyConnections()
        try close()
    }
}
