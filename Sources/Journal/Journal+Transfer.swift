import CanonicalJSON
import GRDB
import WorkingDays

extension Journal {
    /// Writes every event as one line of JSON, `{"hash":"…","record":{…}}`, in order.
    ///
    /// The hash is the SHA-256 of the bytes of `record`.
    /// - Parameters:
    ///   - position: the last position to write; nil for all.
    ///   - write: takes the bytes of one line, with its line feed.
    /// - Returns: how many lines were written.
    @discardableResult
    package func export(through position: Int64? = nil, to write: ([UInt8]) throws -> Void) throws -> Int64 {
        try pool.read { db in
            let store = SQLiteEventStore(db: db)
            var record = JSONWriter(capacity: 1024)
            var line = JSONWriter(capacity: 1200)
            var last: Int64 = 0
            var previous = JournalHead.empty.hash
            while true {
                let events = try store.events(after: last, limit: Self.batch)
                if events.isEmpty { return last }
                for event in events {
                    if let position, event.position > position { return last }
                    guard let link = try store.link(at: event.position) else { continue }
                    EventLink.write(event, after: previous, to: &record)
                    line.removeAll()
                    line.beginObject()
                    line.member("hash", EventLink.hexadecimal(link.hash))
                    line.key("record")
                    line.canonical(record.bytes)
                    line.endObject()
                    try write(line.bytes + [0x0A])
                    previous = link.hash
                    last = event.position
                }
            }
        }
    }

    /// Takes in the lines of an export, checking the chain as it goes, all of them or none.
    ///
    /// - Parameter next: the next line without its line feed, or nil at the end.
    /// - Returns: how many events were taken in.
    /// - Throws: `JournalError.notEmpty` where events are there already; `JournalError.brokenChain` with the position
    ///   of the first line that is not JSON, does not follow, or does not match its hash.
    @discardableResult
    package func `import`(from next: () throws -> [UInt8]?) throws -> Int64 {
        try withRoom { try pool.write { db in try take(from: next, in: db) } }
    }

    private func take(from next: () throws -> [UInt8]?, in db: Database) throws -> Int64 {
        guard try SQLiteEventStore(db: db).head() == .empty else { throw JournalError.notEmpty }
        let transaction = try JournalTransaction(
            db: db, now: Moment(millisecondsSince1970: 0), actor: .timer, projections: projections)
        var writer = JSONWriter(capacity: 1024)
        var head = JournalHead.empty
        while let line = try next() {
            let (event, hash) = try Self.event(of: line, after: head)
            guard EventLink.hash(event, after: head.hash, using: &writer) == hash else {
                throw JournalError.brokenChain(
                    position: event.position, reason: "its content does not match its hash")
            }
            try transaction.take(event)
            head = JournalHead(position: event.position, hash: hash)
        }
        return head.position
    }

    private static func event(of line: [UInt8], after head: JournalHead) throws -> (RecordedEvent, [UInt8]) {
        let expected = head.position + 1
        func broken(_ reason: String) -> JournalError { .brokenChain(position: expected, reason: reason) }
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw broken("its line is no JSON: \(error.problem)") }
        guard let hash = json["hash"]?.string.flatMap({ EventLink.bytes(hexadecimal: $0) }),
            let record = json["record"],
            let actor = record["actor"]?.string, let name = record["name"]?.string,
            let occurredAt = record["occurredAt"]?.string.flatMap({ Moment($0) }), let payload = record["payload"],
            let position = record["position"]?.int, let previous = record["previous"]?.string,
            let recordedAt = record["recordedAt"]?.string.flatMap({ Moment($0) }),
            let stream = record["stream"]?.string, let version = record["version"]?.int
        else { throw broken("a member of its line is missing or of the wrong kind") }
        guard position == expected else { throw broken("its line says position \(position)") }
        guard previous == EventLink.hexadecimal(head.hash) else { throw broken("it does not follow the line before") }
        let event = RecordedEvent(
            position: position, stream: StreamID(stream), version: Int(version), name: name, occurredAt: occurredAt,
            recordedAt: recordedAt, actor: Actor(actor), payload: payload.bytes)
        return (event, hash)
    }
}
