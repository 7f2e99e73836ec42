import CZlib

/// A ZIP file in one spelling: nothing compressed, no times, no comments, nothing between the parts.
///
/// The same parts give the same bytes, and bytes that are not those are refused: so no byte of such a file can change unseen.
struct StoredArchive: Hashable, Sendable {
    /// One file in it.
    struct Entry: Hashable, Sendable {
        var name: String
        var bytes: [UInt8]
    }

    var entries: [Entry]

    init(entries: [Entry]) { self.entries = entries }

    /// Reads a file.
    /// - Throws: ``ProofRefusal/notAContainer(_:)`` where it is not in this spelling.
    init(_ bytes: [UInt8]) throws(ProofRefusal) {
        entries = []
        var place = 0
        while place + 30 <= bytes.count, Self.number(bytes, place, 4) == Self.local {
            let size = Int(Self.number(bytes, place + 18, 4))
            let length = Int(Self.number(bytes, place + 26, 2))
            let start = place + 30 + length
            guard start + size <= bytes.count else { throw .notAContainer("a part of it is cut off") }
            guard let name = String(validating: bytes[(place + 30)..<start], as: UTF8.self) else {
                throw .notAContainer("the name of a part cannot be read")
            }
            entries.append(Entry(name: name, bytes: Array(bytes[start..<(start + size)])))
            guard entries.count <= 64 else { throw .notAContainer("it has too many parts") }
            place = start + size
        }
        guard !entries.isEmpty, self.bytes == bytes else {
            throw .notAContainer("it is damaged, or was packed by another program")
        }
    }

    private static let local: UInt32 = 0x0403_4B50
    private static let central: UInt32 = 0x0201_4B50
    private static let end: UInt32 = 0x0605_4B50
    /// 1 January 1980, the first day that a ZIP file knows: when a part was packed stands elsewhere, signed.
    private static let day: UInt32 = 0x0021

    /// The file.
    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        file.reserveCapacity(entries.reduce(1024) { $0 + $1.bytes.count + 256 })
        for entry in entries {
            let place = UInt32(file.count)
            let common = Self.common(entry)
            Self.put(Self.local, 4, &file)
            file += common
            Self.put(0, 2, &file)
            file += Array(entry.name.utf8) + entry.bytes
            Self.put(Self.central, 4, &directory)
            Self.put(20, 2, &directory)
            directory += common
            Self.put(0, 2, &directory)
            for (value, width) in [(0, 2), (0, 2), (0, 2), (0, 4), (place, 4)] as [(UInt32, Int)] {
                Self.put(value, width, &directory)
            }
            directory += Array(entry.name.utf8)
        }
        let place = UInt32(file.count)
        file += directory
        Self.put(Self.end, 4, &file)
        let count = UInt32(entries.count)
        let closing: [(UInt32, Int)] = [
            (0, 2), (0, 2), (count, 2), (count, 2), (UInt32(directory.count), 4), (place, 4), (0, 2),
        ]
        for (value, width) in closing { Self.put(value, width, &file) }
        return file
    }

    /// What the head of a part and its line in the directory have in common.
    private static func common(_ entry: Entry) -> [UInt8] {
        var bytes: [UInt8] = []
        let checksum = entry.bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
        }
        let size = UInt32(entry.bytes.count)
        let fields: [(UInt32, Int)] = [
            (20, 2), (0, 2), (0, 2), (0, 2), (day, 2), (checksum, 4), (size, 4), (size, 4),
            (UInt32(entry.name.utf8.count), 2),
        ]
        for (value, width) in fields { put(value, width, &bytes) }
        return bytes
    }

    private static func put(_ value: UInt32, _ width: Int, _ bytes: inout [UInt8]) {
        for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index))) }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> UInt32 {
        (0..<width).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }
}
