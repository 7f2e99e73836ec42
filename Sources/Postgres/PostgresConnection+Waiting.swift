import CPostgres
import Glibc

extension PostgresConnection {
    /// Waits until the connection can be read, or written where that is asked for.
    /// - Returns: false where the deadline came first.
    /// - Throws: `PostgresError.lost` where there is nothing to wait for.
    static func wait(
        on handle: OpaquePointer, forWriting: Bool, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> Bool {
        while true {
            let socket = PQsocket(handle)
            guard socket >= 0 else { throw .lost(reason(of: handle)) }
            var entry = pollfd(fd: socket, events: Int16(forWriting ? POLLIN | POLLOUT : POLLIN), revents: 0)
            // Rounded up: a deadline of less than a millisecond is not spent in a circle.
            let left = (deadline - .now).milliseconds + 1
            guard left > 0 else { return false }
            let ready = poll(&entry, 1, Int32(clamping: left))
            if ready > 0 { return true }
            if ready == 0 { return false }
            guard errno == EINTR else { throw .lost(String(cString: strerror(errno))) }
        }
    }

    /// What libpq says of the connection, in one line.
    static func reason(of handle: OpaquePointer) -> String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        let lines = text.split(separator: "\n").map { $0.drop { $0 == "\t" || $0 == " " } }
        return lines.isEmpty ? "the server is gone" : lines.joined(separator: ", ")
    }
}

extension Duration {
    /// Whole milliseconds; less than none where it is past.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}

/// Lends texts to C as a list that ends with nothing.
func withCStrings<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
) -> Value {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
}

/// Lends bytes to C as a list; nothing stands for NULL.
func withBytes<Value>(
    _ values: [[UInt8]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
    var all: [UInt8] = []
    all.reserveCapacity(values.reduce(1) { $0 + ($1?.count ?? 0) })
    var starts: [Int?] = []
    for value in values {
        starts.append(value.map { _ in all.count })
        if let value { all.append(contentsOf: value) }
    }
    // An empty value is no NULL: it must point somewhere.
    all.append(0)
    return all.withUnsafeBytes { bytes in
        let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let pointers = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
