import Foundation

/// Bytes of a file that are read piece by piece, so that a large file is never in memory as a whole.
package struct ByteSource: Sendable {
    /// How many bytes there are.
    package let count: Int
    private let reading: @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]

    /// Bytes that are in memory.
    package init(_ bytes: [UInt8]) {
        count = bytes.count
        reading = { offset, count in
            let start = min(max(offset, 0), bytes.count)
            return Array(bytes[start..<min(start + max(count, 0), bytes.count)])
        }
    }

    /// A file.
    /// - Throws: `SpreadsheetError.unreadable` where it cannot be opened or is no file.
    package init(path: String) throws(SpreadsheetError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .unreadable("\(path): no such file, or it may not be read")
        }
        var status = stat()
        guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable("\(path): this is no file")
        }
        count = Int(status.st_size)
        reading = { offset, count in
            var bytes = [UInt8](repeating: 0, count: max(count, 0))
            var have = 0
            while have < bytes.count {
                let wanted = bytes.count - have
                let got = bytes.withUnsafeMutableBytes { buffer in
                    pread(handle.fileDescriptor, buffer.baseAddress?.advanced(by: have), wanted, off_t(offset + have))
                }
                if got < 0 { throw SpreadsheetError.unreadable("\(path): \(String(cString: strerror(errno)))") }
                if got == 0 { break }
                have += got
            }
            bytes.removeLast(bytes.count - have)
            return bytes
        }
    }

    /// The bytes from an offset; fewer at the end.
    /// - Throws: `SpreadsheetError.unreadable`.
    package func bytes(at offset: Int, count: Int) throws -> [UInt8] { try reading(offset, count) }
}
