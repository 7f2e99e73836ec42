import Glibc

/// Feeds a request body to libcurl, from memory or from a file, and rewinds it when it must be sent again.
struct BodySource: ~Copyable {
    /// How many bytes there are.
    let size: Int64
    private let bytes: [UInt8]
    private let descriptor: Int32
    private var offset: Int64 = 0

    /// Opens the source of a body.
    ///
    /// - Throws: ``CurlError/Code/bodyUnreadable`` if the file cannot be opened or is not a file.
    init(_ body: CurlBody) throws(CurlError) {
        switch body {
        case .none:
            (size, bytes, descriptor) = (0, [], -1)
        case .bytes(let bytes):
            (size, self.bytes, descriptor) = (Int64(bytes.count), bytes, -1)
        case .file(let path):
            let opened = open(path, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else {
                throw CurlError(
                    .bodyUnreadable, "The file to send cannot be opened: \(String(cString: strerror(errno))).")
            }
            var status = stat()
            guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                close(opened)
                throw CurlError(.bodyUnreadable, "What is to be sent is not a regular file.")
            }
            (size, bytes, descriptor) = (Int64(status.st_size), [], opened)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Copies the next bytes; zero at the end, `nil` if the file cannot be read or has become shorter.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let count = Int(min(Int64(buffer.count), size - offset))
        guard count > 0 else { return 0 }
        if descriptor < 0 {
            bytes.withUnsafeBytes { all in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[Int(offset)..<(Int(offset) + count)]))
            }
            offset += Int64(count)
            return count
        }
        let got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
        guard got > 0 else { return nil }
        offset += Int64(got)
        return got
    }

    /// Goes to a position counted from the start.
    mutating func seek(to position: Int64) -> Bool {
        guard position >= 0, position <= size else { return false }
        offset = position
        return true
    }
}
