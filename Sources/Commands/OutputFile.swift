import ContactCentre
import Foundation
import Synchronization
import WebApp

/// A file that a command writes for its person: it stands under its name when it is whole, and not before.
///
/// It is written under a name of its own beside the place, readable by its owner alone, and never takes the place of
/// another file: what is read and what is written can so never be the same.
final class OutputFile: Sendable {
    private struct State {
        var handle: FileHandle?
        var buffer: [UInt8] = []
    }

    /// Where it will stand.
    let path: String
    private let unfinished: String
    private let state: Mutex<State>

    /// Begins a file.
    /// - Throws: `CommandFailure` where something has that name already, or the folder cannot be written to.
    init(path: String) throws {
        self.path = path
        guard !FileFacts.isTaken(path) else { throw Self.taken(path) }
        var name = Array("\(path).part-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw Self.taken(path) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unfinished = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        state = Mutex(State(handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)))
    }

    deinit {
        // Not kept: nothing of it stays.
        state.withLock { state in if state.handle != nil { unlink(unfinished) } }
    }

    /// Adds bytes at the end.
    func write(_ bytes: some Sequence<UInt8>) throws {
        try state.withLock { state in
            state.buffer.append(contentsOf: bytes)
            guard state.buffer.count > 1 << 20 else { return }
            try state.handle?.write(contentsOf: Data(state.buffer))
            state.buffer.removeAll(keepingCapacity: true)
        }
    }

    /// Puts the file into its place, on the disk.
    /// - Throws: `CommandFailure` where something has taken its name meanwhile; an error of the disk.
    func keep() throws {
        try state.withLock { state in
            guard let handle = state.handle else { return }
            try handle.write(contentsOf: Data(state.buffer))
            try handle.synchronize()
            // Unlike a renaming, a second name never takes the place of another file.
            if link(unfinished, path) == 0 {
                unlink(unfinished)
            } else {
                // A file system that knows no second names.
                guard errno != EEXIST, rename(unfinished, path) == 0 else { throw Self.taken(path) }
            }
            state.handle = nil
            try handle.close()
            try Self.syncFolder(of: path)
        }
    }

    /// Writes a whole file, in the place of one that has the name.
    /// - Throws: `CommandFailure` that names it.
    static func replace(_ path: String, with bytes: some Sequence<UInt8>) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                "\(path) cannot be written (\(error.localizedDescription)): name another file, or mend the rights of its folder."
            )
        }
    }

    private static func syncFolder(of path: String) throws {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        guard fsync(folder) == 0 else {
            throw CommandFailure(
                "\(path) may not be on the disk (\(String(cString: strerror(errno)))): check the disk.")
        }
    }

    private static func taken(_ path: String) -> CommandFailure {
        CommandFailure("\(path) exists already or cannot be written: name another file.", .conflict)
    }
}
