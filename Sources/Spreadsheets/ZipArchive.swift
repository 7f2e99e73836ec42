import CZlib

/// A zip archive, read through its central directory and unpacked by zlib, never more than a limit.
package struct ZipArchive {
    /// A file in the archive.
    package struct Entry: Hashable, Sendable {
        /// Its name, with `/` between folders.
        package let name: String
        let method: UInt16
        let flags: UInt16
        let crc: UInt32
        let packed: Int
        let unpacked: Int
        let header: Int
    }

    private static let entryLimit = 10_000
    private static let directoryLimit = 16 << 20

    /// The files, in the order of the directory.
    package let entries: [Entry]
    private let source: ByteSource
    private let places: [String: Int]

    /// Reads the directory.
    /// - Throws: `SpreadsheetError.damaged`, `.tooLarge`, `.unreadable`.
    package init(_ source: ByteSource) throws {
        self.source = source
        let entries = try Self.directory(of: source)
        self.entries = entries
        places = Dictionary(
            entries.indices.map { (entries[$0].name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The file with this name, in any case; nil where there is none.
    package func entry(_ name: String) -> Entry? { places[name.lowercased()].map { entries[$0] } }

    /// All bytes of a file.
    /// - Throws: as `unpack`; `.tooLarge` past the limit.
    package func bytes(of entry: Entry, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try unpack(entry, limit: limit) { piece in
            bytes += piece
            return true
        }
        return bytes
    }

    /// Unpacks a file piece by piece.
    ///
    /// - Parameters:
    ///   - limit: how many bytes it may unpack to.
    ///   - take: takes the next bytes and says whether it wants more.
    /// - Returns: how many bytes were unpacked.
    /// - Throws: `SpreadsheetError` and whatever `take` throws.
    @discardableResult
    package func unpack(_ entry: Entry, limit: Int, _ take: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws -> Int {
        guard entry.flags & 1 == 0 else { throw SpreadsheetError.encrypted }
        guard entry.method == 0 || entry.method == 8 else { throw damaged(entry, "packed in an unusual way") }
        let local = try source.bytes(at: entry.header, count: 30)
        guard local.count == 30, local.starts(with: [0x50, 0x4B, 3, 4]) else { throw damaged(entry, "no header") }
        let start = entry.header + 30 + Int(local.number16(26)) + Int(local.number16(28))
        var sum: uLong = crc32(0, nil, 0)
        var total = 0
        func give(_ piece: UnsafeBufferPointer<UInt8>) throws -> Bool {
            total += piece.count
            guard total <= limit else { throw SpreadsheetError.tooLarge(what: entry.name, limit: limit) }
            sum = crc32(sum, piece.baseAddress, uInt(piece.count))
            return try take(piece)
        }
        let isWhole = try entry.method == 0 ? store(entry, start, give) : inflate(entry, start, give)
        guard isWhole else { return total }
        guard total == entry.unpacked, UInt32(truncatingIfNeeded: sum) == entry.crc else {
            throw damaged(entry, "its bytes are not those that were packed")
        }
        return total
    }

    private func store(_ entry: Entry, _ start: Int, _ give: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws -> Bool
    {
        var offset = 0
        while offset < entry.packed {
            let piece = try source.bytes(at: start + offset, count: min(1 << 16, entry.packed - offset))
            guard !piece.isEmpty else { throw damaged(entry, "cut off") }
            offset += piece.count
            guard try piece.withUnsafeBufferPointer(give) else { return false }
        }
        return true
    }

    private func inflate(_ entry: Entry, _ start: Int, _ give: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws
        -> Bool
    {
        var stream = z_stream()
        guard bailanys_inflate_init_raw(&stream) == Z_OK else { throw damaged(entry, "zlib refuses it") }
        defer { inflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: 1 << 16)
        var offset = 0
        var status = Z_OK
        while status != Z_STREAM_END {
            var input = try source.bytes(at: start + offset, count: min(1 << 16, entry.packed - offset))
            guard !input.isEmpty else { throw damaged(entry, "cut off") }
            offset += input.count
            let wantsMore = try input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                repeat {
                    let made = output.withUnsafeMutableBufferPointer { output in
                        stream.next_out = output.baseAddress
                        stream.avail_out = uInt(output.count)
                        status = CZlib.inflate(&stream, Z_NO_FLUSH)
                        return output.count - Int(stream.avail_out)
                    }
                    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                        throw damaged(entry, "it cannot be unpacked")
                    }
                    let goesOn = try output.withUnsafeBufferPointer { try give(.init(rebasing: $0[..<made])) }
                    if !goesOn { return false }
                } while stream.avail_out == 0 && status != Z_STREAM_END
                return true
            }
            if !wantsMore { return false }
        }
        return true
    }

    private func damaged(_ entry: Entry, _ reason: String) -> SpreadsheetError {
        .damaged(part: entry.name, reason: reason)
    }

    private static func directory(of source: ByteSource) throws -> [Entry] {
        let broken = SpreadsheetError.damaged(part: "zip", reason: "the directory of the archive is not there")
        let tailStart = max(0, source.count - 65_557)
        let tail = try source.bytes(at: tailStart, count: 65_557)
        guard tail.count >= 22,
            let end = (0...(tail.count - 22)).last(where: { tail[$0...].starts(with: [0x50, 0x4B, 5, 6]) })
        else { throw broken }
        var (count, size, offset) = (
            Int(tail.number16(end + 10)), Int(tail.number32(end + 12)), Int(tail.number32(end + 16))
        )
        if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
            guard end >= 20, tail[(end - 20)...].starts(with: [0x50, 0x4B, 6, 7]),
                let place = Int(exactly: tail.number64(end - 12))
            else { throw broken }
            let record = try source.bytes(at: place, count: 56)
            guard record.count == 56, record.starts(with: [0x50, 0x4B, 6, 6]),
                let all = Int(exactly: record.number64(32)), let length = Int(exactly: record.number64(40)),
                let begin = Int(exactly: record.number64(48))
            else { throw broken }
            (count, size, offset) = (all, length, begin)
        }
        guard count <= entryLimit else {
            throw SpreadsheetError.tooLarge(what: "files in the archive", limit: entryLimit)
        }
        guard size <= directoryLimit, offset + size <= source.count else { throw broken }
        let bytes = try source.bytes(at: offset, count: size)
        var entries: [Entry] = []
        var position = 0
        for _ in 0..<count {
            guard position + 46 <= bytes.count, bytes[position...].starts(with: [0x50, 0x4B, 1, 2]) else {
                throw broken
            }
            let lengths = [28, 30, 32].map { Int(bytes.number16(position + $0)) }
            let next = position + 46 + lengths[0] + lengths[1] + lengths[2]
            guard next <= bytes.count else { throw broken }
            let extra = Array(bytes[(position + 46 + lengths[0])..<(position + 46 + lengths[0] + lengths[1])])
            guard let entry = entry(bytes, position, name: lengths[0], extra: extra) else { throw broken }
            entries.append(entry)
            position = next
        }
        return entries
    }

    private static func entry(_ bytes: [UInt8], _ start: Int, name: Int, extra: [UInt8]) -> Entry? {
        var packed = UInt64(bytes.number32(start + 20))
        var unpacked = UInt64(bytes.number32(start + 24))
        var header = UInt64(bytes.number32(start + 42))
        // Sizes of four gigabytes and more, and those of careful writers, stand in an extra field.
        var position = 0
        while position + 4 <= extra.count {
            let (id, length) = (extra.number16(position), Int(extra.number16(position + 2)))
            var field = position + 4
            let end = min(field + length, extra.count)
            if id == 1 {
                func next(_ value: inout UInt64) {
                    guard value == 0xFFFF_FFFF, field + 8 <= end else { return }
                    value = extra.number64(field)
                    field += 8
                }
                next(&unpacked)
                next(&packed)
                next(&header)
            }
            position = end
        }
        guard let packed = Int(exactly: packed), let unpacked = Int(exactly: unpacked),
            let header = Int(exactly: header)
        else { return nil }
        let text = String(decoding: bytes[(start + 46)..<(start + 46 + name)], as: UTF8.self)
        return Entry(
            name: text.replacing("\\", with: "/"), method: bytes.number16(start + 10),
            flags: bytes.number16(start + 8), crc: bytes.number32(start + 16), packed: packed, unpacked: unpacked,
            header: header)
    }
}

extension [UInt8] {
    /// Two bytes, the lower one first.
    fileprivate func number16(_ at: Int) -> UInt16 { UInt16(self[at]) | UInt16(self[at + 1]) << 8 }
    /// Four bytes.
    fileprivate func number32(_ at: Int) -> UInt32 { UInt32(number16(at)) | UInt32(number16(at + 2)) << 16 }
    /// Eight bytes.
    fileprivate func number64(_ at: Int) -> UInt64 { UInt64(number32(at)) | UInt64(number32(at + 4)) << 32 }
}
