import CPostgres

/// A parameter of a statement; it travels in the binary format, so that nothing is quoted and nothing rounded.
package enum PostgresValue: Sendable, Hashable {
    /// A `bigint`.
    case int(Int64)
    /// A `text`.
    case text(String)
    /// A `bytea`.
    case bytes([UInt8])
    /// A `bytea` that is NULL.
    case noBytes
    /// A `bigint[]`.
    case ints([Int64])
    /// A `text[]`.
    case texts([String])
    /// A `bytea[]`; nil is NULL.
    case manyBytes([[UInt8]?])

    var type: Oid {
        switch self {
        case .int: PostgresType.int8
        case .text: PostgresType.text
        case .bytes, .noBytes: PostgresType.bytes
        case .ints: PostgresType.arrayOfInt8
        case .texts: PostgresType.arrayOfText
        case .manyBytes: PostgresType.arrayOfBytes
        }
    }

    /// The value as it travels; nil is NULL.
    var encoded: [UInt8]? {
        switch self {
        case .int(let number): Self.bytes(of: number)
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        case .noBytes: nil
        case .ints(let numbers):
            Self.array(of: PostgresType.int8, count: numbers.count, size: numbers.count * 12) { encoded in
                for number in numbers {
                    Self.append(8 as Int32, to: &encoded)
                    Self.append(number, to: &encoded)
                }
            }
        case .texts(let texts):
            Self.array(of: PostgresType.text, count: texts.count, size: texts.count * 24) { encoded in
                for text in texts {
                    Self.append(Int32(text.utf8.count), to: &encoded)
                    encoded.append(contentsOf: text.utf8)
                }
            }
        case .manyBytes(let all):
            Self.array(of: PostgresType.bytes, count: all.count, size: all.reduce(0) { $0 + 4 + ($1?.count ?? 0) }) {
                encoded in
                for bytes in all {
                    Self.append(bytes.map { Int32($0.count) } ?? -1, to: &encoded)
                    if let bytes { encoded.append(contentsOf: bytes) }
                }
            }
        }
    }

    /// An array of one dimension: dimensions, whether NULL may be in it, type, length, first index, then the elements.
    private static func array(
        of type: Oid, count: Int, size: Int, _ elements: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(20 + size)
        append(count == 0 ? 0 as Int32 : 1, to: &encoded)
        append(1 as Int32, to: &encoded)
        append(Int32(bitPattern: type), to: &encoded)
        guard count > 0 else { return encoded }
        append(Int32(count), to: &encoded)
        append(1 as Int32, to: &encoded)
        elements(&encoded)
        return encoded
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func bytes(of number: Int64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}
