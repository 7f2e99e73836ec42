import Blocking
import Foundation

/// The few calls of the system that are needed, with errors that say what to do.
enum FileCalls {
    /// Runs blocking work on a thread that may block.
    static func offThePool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await Blocking.brief.run(work)
    }

    static func failure(_ call: String, _ path: String) -> AttachmentError {
        .system(call: call, path: path, reason: String(cString: strerror(errno)))
    }

    /// Makes a folder that only its owner may enter; one that is there already is left alone.
    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("mkdir", path) }
    }

    /// Makes what was renamed into a folder last.
    static func syncFolder(_ path: String) throws {
        let folder = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open", path) }
        defer { Foundation.close(folder) }
        guard fsync(folder) == 0 else { throw failure("fsync", path) }
    }

    /// An empty file of now, whether it was there or not.
    static func touch(_ path: String) throws {
        let file = Foundation.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("open", path) }
        defer { Foundation.close(file) }
        guard futimens(file, nil) == 0 else { throw failure("futimens", path) }
    }

    /// How many seconds ago a file was written, by the clock of the machine; nil where there is none.
    static func age(of path: String) -> Int? {
        var figures = stat()
        guard stat(path, &figures) == 0 else { return nil }
        return time(nil) - figures.st_mtim.tv_sec
    }

    /// A new file under a name of its own; `template` ends in XXXXXX.
    static func temporaryFile(_ template: String) throws -> (descriptor: Int32, path: String) {
        var name = Array(template.utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw failure("mkstemp", template) }
        return (descriptor, String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// The bytes from `offset` on, at most `count`; fewer at the end.
    static func read(_ descriptor: Int32, from offset: Int, count: Int, path: String) throws -> [UInt8] {
        while true {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                length = pread(descriptor, buffer.baseAddress, count, off_t(offset))
                filled = max(0, length)
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw failure("read", path) }
            return bytes
        }
    }
}
