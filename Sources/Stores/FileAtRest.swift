import Foundation
import GRDB

/// A SQLite file that nothing works on, read without writing anything, not even beside it: it may lie on a medium that
/// cannot be written to.
package struct FileAtRest: Sendable {
    /// The path of the file.
    package let path: String

    /// A file by its path; the caller sees to it that nobody works on it.
    package init(path: String) { self.path = path }

    /// Reads in it.
    /// - Throws: `FileAtRestError` where the file is missing, or where its last commits stand beside it and cannot be read
    ///   on this medium; `DatabaseError`; what `body` throws.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var found = stat()
        guard stat(path, &found) == 0 else { throw FileAtRestError.missing(path: path) }
        let hasLog = stat(path + "-wal", &found) == 0 && found.st_size > 0
        let hadIndex = stat(path + "-shm", &found) == 0
        var configuration = Configuration()
        configuration.readonly = true
        let value: Value
        do {
            let queue = try DatabaseQueue(path: hasLog ? path : address, configuration: configuration)
            let result = Result { try queue.read(body) }
            try queue.close()
            value = try result.get()
        } catch let error as DatabaseError where hasLog && error.resultCode == .SQLITE_CANTOPEN {
            throw FileAtRestError.unfinished(path: path)
        }
        // A connection that only reads leaves the index of the log that it has made.
        if hasLog, !hadIndex { unlink(path + "-shm") }
        return value
    }

    /// The file as something that never changes: SQLite then needs no lock and makes no file.
    private var address: String {
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return "file:\(escaped)?immutable=1"
    }
}

/// Why a file at rest cannot be read.
package enum FileAtRestError: Error, Equatable, CustomStringConvertible {
    /// There is no file.
    case missing(path: String)
    /// Its last commits stand in the log beside it, which cannot be read where nothing can be written.
    case unfinished(path: String)

    package var description: String {
        switch self {
        case .missing(let path): "“\(path)” is missing: check the name of the data folder."
        case .unfinished(let path):
            "The last commits of “\(path)” stand in “\(path)-wal”, since the program was not stopped in order: copy the folder to where it can be written, and read the copy."
        }
    }
}
