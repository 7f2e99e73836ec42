import CanonicalJSON
import Crypto
import WorkingDays

/// The chain: each event's hash covers all that is kept of it and the hash of the event before.
///
/// The hash is SHA-256 of the event's canonical record, which is also what an export holds, so anyone can check the
/// chain with a JSON reader and `sha256sum`.
package enum EventLink {
    /// Writes the canonical record of an event that follows `previous` into an emptied `writer`.
    package static func write(_ event: RecordedEvent, after previous: [UInt8], to writer: inout JSONWriter) {
        writer.removeAll()
        writer.beginObject()
        writer.member("actor", event.actor.rawValue)
        writer.member("name", event.name)
        writer.member("occurredAt", event.occurredAt.description)
        writer.key("payload")
        writer.canonical(event.payload)
        writer.member("position", Int(event.position))
        writer.member("previous", hexadecimal(previous))
        writer.member("recordedAt", event.recordedAt.description)
        writer.member("stream", event.stream.rawValue)
        writer.member("version", event.version)
        writer.endObject()
    }

    /// The hash of an event that follows the event with the hash `previous`.
    package static func hash(_ event: RecordedEvent, after previous: [UInt8], using writer: inout JSONWriter) -> [UInt8]
    {
        write(event, after: previous, to: &writer)
        return Array(SHA256.hash(data: writer.bytes))
    }

    /// Bytes as lower-case hexadecimal digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
            for (index, byte) in bytes.enumerated() {
                digits[index * 2] = digit(byte >> 4)
                digits[index * 2 + 1] = digit(byte & 15)
            }
            return bytes.count * 2
        }
    }

    /// The bytes that hexadecimal digits spell, or nil where they spell none.
    package static func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2), !digits.contains(where: { $0 == nil }) else { return nil }
        let values = digits.compactMap { $0 }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}
