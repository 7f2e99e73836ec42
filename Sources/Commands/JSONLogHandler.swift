import CanonicalJSON
import ContactCentre
import Foundation
import Logging
import Synchronization
import WorkingDays

/// The log of the server as JSON lines: one object for each entry, which no text in it can break out of.
///
/// Members of their own are `time`, `level`, `event` and `logger`; the id of a request is `request`. Everything else an entry carries keeps
/// its name. What may stand in an entry is the same as in lines of words: no name, no address of a page, no query.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info
    private let label: String
    private let now: @Sendable () -> Moment
    private let write: @Sendable ([UInt8]) -> Void

    /// A handler that writes each line whole.
    init(label: String, now: @escaping @Sendable () -> Moment, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.label = label
        self.now = now
        self.write = write
    }

    /// A handler on the standard error.
    static func standardError(label: String) -> JSONLogHandler {
        JSONLogHandler(label: label, now: { .current }) { line in
            Self.standardErrorLock.withLock { _ in
                // Where nobody reads the log any more, the server goes on without it.
                try? FileHandle.standardError.write(contentsOf: line)
            }
        }
    }

    private static let standardErrorLock = Mutex(())

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        var members: [String: JSON] = [:]
        for (key, value) in all { members[Self.names[key] ?? key] = Self.json(value) }
        if let error = event.error { members["error"] = .string("\(error)") }
        members["time"] = .string(now().description)
        members["level"] = .string(event.level.rawValue)
        members["event"] = .string(event.message.description)
        members["logger"] = .string(label)
        write(JSON.object(members).bytes + [UInt8(ascii: "\n")])
    }

    /// What the libraries call otherwise than we do.
    private static let names = ["hb.request.id": "request"]

    private static func json(_ value: Logger.Metadata.Value) -> JSON {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values): .object(values.mapValues(json))
        }
    }
}
