import CPostgres

/// One connection to one server; it ends with this value.
///
/// After ``PostgresError/lost(_:)`` or ``PostgresError/late(milliseconds:)`` nothing more can be asked of it.
package struct PostgresConnection: ~Copyable, @unchecked Sendable {
    // libpq's connections go from thread to thread as they please, one at a time; that is what cannot be copied assures.
    private let handle: OpaquePointer
    /// Whether the server has warned since it was asked last; written by libpq while one of our calls is under way.
    private let warning = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    /// How long a statement may take that does not say otherwise.
    private let patience: Duration
    private var names: [String: String] = [:]
    /// Whether the connection can still be used.
    package private(set) var isUsable = true
    /// Which of the servers of the address it is, by host and port.
    package let server: String

    /// Connects to the first server that takes the connection, in the order of the address.
    /// - Parameters:
    ///   - patience: how long a statement may take that does not say otherwise.
    ///   - each: how long one server may take to answer.
    /// - Throws: `PostgresError.unreachable` with the reason of each.
    package init(
        to address: PostgresAddress, patience: Duration = .seconds(5), each: Duration = .seconds(3)
    ) throws(PostgresError) {
        (handle, server) = try Self.first(of: address, within: each)
        self.patience = patience
        warning.initialize(to: false)
        PQsetNoticeReceiver(
            handle,
            { warning, result in
                guard let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))) else { return }
                if String(cString: severity) == "WARNING" { warning?.assumingMemoryBound(to: Bool.self).pointee = true }
            }, warning)
    }

    deinit {
        PQfinish(handle)
        warning.deallocate()
    }

    /// Whether the server has warned since this was asked last: what it did may be worth less than it should.
    package func takeWarning() -> Bool {
        defer { warning.pointee = false }
        return warning.pointee
    }

    private static func first(
        of address: PostgresAddress, within limit: Duration
    ) throws(PostgresError) -> (OpaquePointer, String) {
        var reasons: [String] = []
        for server in address.servers {
            do {
                return (try open(server, until: .now.advanced(by: limit), within: limit), server.name)
            } catch {
                reasons.append("\(server.name): \(error)")
            }
        }
        throw .unreachable(reasons)
    }

    private static func open(
        _ server: PostgresAddress.Server, until deadline: ContinuousClock.Instant, within limit: Duration
    ) throws(PostgresError) -> OpaquePointer {
        let words = server.words.sorted { $0.key < $1.key }
        let started = withCStrings(words.map(\.key)) { keys in
            withCStrings(words.map(\.value)) { values in PQconnectStartParams(keys, values, 0) }
        }
        guard let handle = started else { throw .lost("there is no memory for a connection") }
        do {
            // Words of the server to nobody belong into its own log.
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            guard PQstatus(handle) != CONNECTION_BAD else { throw PostgresError.lost(reason(of: handle)) }
            var next = PGRES_POLLING_WRITING
            while next != PGRES_POLLING_OK {
                guard next != PGRES_POLLING_FAILED else { throw PostgresError.lost(reason(of: handle)) }
                guard try wait(on: handle, forWriting: next == PGRES_POLLING_WRITING, until: deadline) else {
                    throw PostgresError.late(milliseconds: limit.milliseconds)
                }
                next = PQconnectPoll(handle)
            }
            guard PQsetnonblocking(handle, 1) == 0 else { throw PostgresError.lost(reason(of: handle)) }
        } catch {
            PQfinish(handle)
            throw error as? PostgresError ?? .lost("\(error)")
        }
        return handle
    }

    /// Does a statement with parameters (`$1`, `$2` …) and gives its rows. It is kept prepared: a text is not to be made up anew
    /// for each call.
    /// - Throws: `PostgresError`.
    @discardableResult
    package mutating func run(
        _ sql: String, _ parameters: [PostgresValue] = [], within limit: Duration? = nil
    ) throws(PostgresError) -> PostgresResult {
        let limit = limit ?? patience
        let deadline = ContinuousClock.now.advanced(by: limit)
        let name = try prepared(sql, parameters.map(\.type), until: deadline, within: limit)
        let encoded = parameters.map(\.encoded)
        let sent = withBytes(encoded) { values in
            PQsendQueryPrepared(
                handle, name, Int32(parameters.count), values, encoded.map { Int32($0?.count ?? 0) },
                encoded.map { _ in 1 }, 1)
        }
        try require(sent == 1)
        return try answer(until: deadline, within: limit)
    }

    /// Does statements without parameters, several with semicolons; their rows are left aside.
    /// - Returns: the server's word for what it did last: `COMMIT`, or `ROLLBACK` where there was nothing left to commit.
    /// - Throws: `PostgresError`.
    @discardableResult
    package mutating func command(_ sql: String, within limit: Duration? = nil) throws(PostgresError) -> String {
        let limit = limit ?? patience
        let deadline = ContinuousClock.now.advanced(by: limit)
        try require(PQsendQuery(handle, sql) == 1)
        return try answer(until: deadline, within: limit).tag
    }

    /// Waits for a notification of a channel that was listened to; all that have come are taken.
    /// - Returns: whether there was one.
    /// - Throws: `PostgresError.lost`.
    package mutating func waitForNotification(within limit: Duration) throws(PostgresError) -> Bool {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while true {
            try require(PQconsumeInput(handle) == 1)
            var isThere = false
            while let notification = PQnotifies(handle) {
                PQfreemem(notification)
                isThere = true
            }
            if isThere { return true }
            guard try Self.wait(on: handle, forWriting: false, until: deadline) else { return false }
        }
    }

    // MARK: One statement

    /// The name under which the server keeps a statement.
    private mutating func prepared(
        _ sql: String, _ types: [Oid], until deadline: ContinuousClock.Instant, within limit: Duration
    ) throws(PostgresError) -> String {
        if let name = names[sql] { return name }
        let name = "s\(names.count)"
        try require(PQsendPrepare(handle, name, sql, Int32(types.count), types) == 1)
        _ = try answer(until: deadline, within: limit)
        names[sql] = name
        return name
    }

    /// The last result of what was sent, once all is there.
    private mutating func answer(
        until deadline: ContinuousClock.Instant, within limit: Duration
    ) throws(PostgresError) -> PostgresResult {
        while true {
            let left = PQflush(handle)
            try require(left >= 0)
            try require(PQconsumeInput(handle) == 1)
            if left == 0, PQisBusy(handle) == 0 { break }
            guard try wait(forWriting: left == 1, until: deadline) else {
                throw fail(.late(milliseconds: limit.milliseconds))
            }
        }
        var last: OpaquePointer?
        var refusal: PostgresError?
        while true {
            while PQisBusy(handle) == 1 {
                guard try wait(forWriting: false, until: deadline) else {
                    PQclear(last)
                    throw fail(.late(milliseconds: limit.milliseconds))
                }
                guard PQconsumeInput(handle) == 1 else {
                    PQclear(last)
                    throw fail(refusal ?? .lost(Self.reason(of: handle)))
                }
            }
            guard let result = PQgetResult(handle) else { break }
            PQclear(last)
            last = result
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
            default: refusal = refusal ?? Self.refusal(of: result, on: handle)
            }
        }
        if let refusal {
            PQclear(last)
            if PQstatus(handle) == CONNECTION_BAD { isUsable = false }
            throw refusal
        }
        guard let last else { throw fail(.lost(Self.reason(of: handle))) }
        return PostgresResult(last)
    }

    private static func refusal(of result: OpaquePointer, on handle: OpaquePointer) -> PostgresError {
        // 'C' and 'M' of the protocol: the code, the sentence.
        guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return .lost(reason(of: handle)) }
        let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } ?? ""
        return .refused(sqlState: String(cString: state), message: message)
    }

    private mutating func require(_ isDone: Bool) throws(PostgresError) {
        if !isDone { throw fail(.lost(Self.reason(of: handle))) }
    }

    private mutating func fail(_ error: PostgresError) -> PostgresError {
        isUsable = false
        return error
    }

    private mutating func wait(
        forWriting: Bool, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> Bool {
        do {
            return try Self.wait(on: handle, forWriting: forWriting, until: deadline)
        } catch {
            throw fail(error)
        }
    }
}
