import CanonicalJSON
import GRDB
import WorkingDays

extension Journal {
    /// Writes every event as one line of JSON, `{"hash":"…","record":{…}}`, in order, and then the line that closes them,
    /// `{"end":{"events":…,"head":"…"}}`.
    ///
    /// The hash is the SHA-256 of the bytes of `record`. Only a file with its closing line is whole.
    /// - Parameters:
    ///   - position: the last position to write; nil for all.
    ///   - write: takes the bytes of one line, with its line feed.
    /// - Returns: how many events were written.
    @discardableResult
    package func export(through position: Int64? = nil, to write: ([UInt8]) throws -> Void) throws -> Int64 {
        try pool.read { db in
            let head = try Self.export(after: .empty, through: position, in: db, to: write)
            try write(Self.closingLine(head) + [0x0A])
            return head.position
        }
    }

    /// Writes the lines of the events that follow `start`, without a closing line.
    /// - Parameters:
    ///   - start: the last event that is not written; `.empty` to write from the first.
    ///   - position: the last position to write; nil for all.
    ///   - write: takes the bytes of one line, with its line feed.
    /// - Returns: the last event that was written, `start` where there was none.
    package static func export(
        after start: JournalHead, through position: Int64?, in db: Database, to write: ([UInt8]) throws -> Void
    ) throws -> JournalHead {
        let store = SQLiteEventStore(db: db)
        var record = JSONWriter(capacity: 1024)
        var line = JSONWriter(capacity: 1200)
        var head = start
        while true {
            let events = try store.events(after: head.position, limit: Self.batch)
            if events.isEmpty { return head }
            for event in events {
                if let position, event.position > position { return head }
                guard let link = try store.link(at: event.position) else { continue }
                EventLink.write(event, after: head.hash, to: &record)
                line.removeAll()
                line.beginObject()
                line.member("hash", EventLink.hexadecimal(link.hash))
                line.key("record")
                line.canonical(record.bytes)
                line.endObject()
                try write(line.bytes + [0x0A])
                head = JournalHead(position: event.position, hash: link.hash)
            }
        }
    }

    /// Takes in the lines of an export, checking the chain as it goes, all of them or none.
    ///
    /// - Parameters:
    ///   - needsEnd: whether the closing line must be there; exports of editions before December 2026 have none.
    ///   - next: the next line without its line feed, or nil at the end.
    /// - Returns: how many events were taken in.
    /// - Throws: `JournalError.notEmpty` where events are there already; `JournalError.brokenChain` with the position
    ///   of the first line that is not JSON, does not follow, or does not match its hash; `JournalError.cutOff`.
    @discardableResult
    package func `import`(needsEnd: Bool = true, from next: () throws -> [UInt8]?) throws -> Int64 {
        try withRoom {
            try write { db, handOver in try take(needsEnd: needsEnd, from: next, in: db, handOver) }
        }
    }

    private func take(
        needsEnd: Bool, from next: () throws -> [UInt8]?, in db: Database, _ handOver: HandOver
    ) throws -> Int64 {
        guard try SQLiteEventStore(db: db).head() == .empty else { throw JournalError.notEmpty }
        let transaction = try JournalTransaction(
            db: db, now: Moment(millisecondsSince1970: 0), actor: .timer, projections: projections)
        var writer = JSONWriter(capacity: 1024)
        var head = JournalHead.empty
        while let line = try next() {
            if line.starts(with: Self.closingStart) {
                // Nothing follows it, or it closed something else.
                guard line == Self.closingLine(head), try next() == nil else {
                    throw JournalError.cutOff(position: head.position)
                }
                try transaction.writeCounts()
                return head.position
            }
            let (event, next) = try Self.event(of: line, after: head, using: &writer)
            try transaction.take(event)
            head = next
            if head.position.isMultiple(of: Int64(Self.batch)) { try handOver.now() }
        }
        if needsEnd { throw JournalError.cutOff(position: head.position) }
        try transaction.writeCounts()
        return head.position
    }

    private static let closingStart = Array(#"{"end":"#.utf8)

    /// The line that closes an export whose last event is `head`, without a line feed.
    package static func closingLine(_ head: JournalHead) -> [UInt8] {
        Array(#"{"end":{"events":\#(head.position),"head":"\#(EventLink.hexadecimal(head.hash))"}}"#.utf8)
    }

    /// The event of a line of an export, and the head of the journal with it.
    /// - Throws: `JournalError.brokenChain` where the line is none, does not follow `head` or does not match its hash.
    package static func event(
        of line: [UInt8], after head: JournalHead, using writer: inout JSONWriter
    ) throws -> (RecordedEvent, JournalHead) {
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
        guard EventLink.hash(event, after: head.hash, using: &writer) == hash else {
            throw broken("its content does not match its hash")
        }
        return (event, JournalHead(position: position, hash: hash))
    }
}
