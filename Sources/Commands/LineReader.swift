import ContactCentre
import Foundation

/// Reads a file line by line, with bounded memory.
final class LineReader {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// How many lines were given.
    private(set) var number = 0
    /// How much of the file they and their line feeds take.
    private(set) var readBytes: Int64 = 0
    /// Up to here there is no line feed after `start`.
    private var searched = 0
    private let path: String

    /// The longest line in bytes; an event is far smaller.
    private static let longest = 16 << 20

    /// Opens a file; nil where it cannot be read.
    init?(path: String) {
        // A folder opens like a file, and says only when it is read that it is none.
        guard !FileFacts.isFolder(path), let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        self.path = path
    }

    /// The next line without its line feed; nil at the end.
    func next() throws -> [UInt8]? {
        while true {
            if let end = buffer[max(start, searched)...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                number += 1
                readBytes += Int64(end + 1 - start)
                return Array(buffer[start..<end])
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                number += 1
                readBytes += Int64(buffer.count - start)
                return Array(buffer[start...])
            }
            buffer.removeSubrange(..<start)
            searched = buffer.count
            guard buffer.count <= Self.longest else {
                throw CommandFailure(
                    "\(path), line \(number + 1) is longer than \(Self.longest) bytes: this is no export of a journal.")
            }
            start = 0
            let chunk = try handle.read(upToCount: 1 << 18) ?? Data()
            isAtEnd = chunk.isEmpty
            buffer.append(contentsOf: chunk)
        }
    }
}
