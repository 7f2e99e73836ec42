/// An instant, to the millisecond, the same for everyone; only a `CivilZone` can say which day it is somewhere.
@frozen
package struct Moment: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let millisecondsSince1970: Int64

    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    @inlinable
    package init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// The instant so many milliseconds later (earlier when negative).
    @inlinable
    package func adding(milliseconds: Int64) -> Moment {
        Moment(millisecondsSince1970: millisecondsSince1970 + milliseconds)
    }

    @inlinable
    package static func < (left: Moment, right: Moment) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }

    /// The day of this instant in UTC and the milliseconds that passed since its midnight.
    var utcDay: (date: CivilDate, milliseconds: Int) {
        let millisecondsPerDay: Int64 = 86_400_000
        var day = millisecondsSince1970 / millisecondsPerDay
        var rest = millisecondsSince1970 % millisecondsPerDay
        if rest < 0 {
            rest += millisecondsPerDay
            day -= 1
        }
        return (CivilDate(dayNumber: Int(day)), Int(rest))
    }
}

extension Moment: CustomStringConvertible, LosslessStringConvertible {
    /// Reads ISO 8601 with seconds and an offset: `2026-03-19T04:05:06Z`, `…06.789Z`, `…06+05:00`; nil for everything else.
    ///
    /// Without an offset the text is not an instant and is refused. Parts of a second below a millisecond are dropped.
    package init?(_ iso8601: some StringProtocol) {
        var bytes = Array(iso8601.utf8)[...]
        guard bytes.count >= 20, let date = CivilDate(String(decoding: bytes.prefix(10), as: UTF8.self)) else {
            return nil
        }
        bytes = bytes.dropFirst(10)
        guard bytes.popFirst() == UInt8(ascii: "T"), let hour = Moment.twoDigits(&bytes), hour < 24,
            bytes.popFirst() == UInt8(ascii: ":"), let minute = Moment.twoDigits(&bytes), minute < 60,
            bytes.popFirst() == UInt8(ascii: ":"), let second = Moment.twoDigits(&bytes), second < 60
        else { return nil }
        guard let fraction = Moment.milliseconds(&bytes), let offset = Moment.offsetMinutes(&bytes) else { return nil }
        let seconds = date.dayNumber * 86_400 + hour * 3_600 + (minute - offset) * 60 + second
        self.init(millisecondsSince1970: Int64(seconds) * 1_000 + Int64(fraction))
    }

    /// The instant in UTC with milliseconds: `2026-03-19T04:05:06.789Z`.
    package var description: String {
        let (date, milliseconds) = utcDay
        return Moment.text(date: date, milliseconds: milliseconds, offsetMinutes: nil)
    }

    /// Writes a wall clock as ISO 8601; with `Z` when there is no offset.
    static func text(date: CivilDate, milliseconds: Int, offsetMinutes: Int?) -> String {
        let (year, month, day) = date.parts
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(year, width: 4)
            writer.write(ascii: "-")
            writer.write(month, width: 2)
            writer.write(ascii: "-")
            writer.write(day, width: 2)
            writer.write(ascii: "T")
            writer.write(milliseconds / 3_600_000, width: 2)
            writer.write(ascii: ":")
            writer.write(milliseconds / 60_000 % 60, width: 2)
            writer.write(ascii: ":")
            writer.write(milliseconds / 1_000 % 60, width: 2)
            writer.write(ascii: ".")
            writer.write(milliseconds % 1_000, width: 3)
            guard let offsetMinutes else {
                writer.write(ascii: "Z")
                return writer.count
            }
            writer.write(ascii: offsetMinutes < 0 ? "-" : "+")
            writer.write(abs(offsetMinutes) / 60, width: 2)
            writer.write(ascii: ":")
            writer.write(abs(offsetMinutes) % 60, width: 2)
            return writer.count
        }
    }

    private static func twoDigits(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard let tens = bytes.popFirst(), let ones = bytes.popFirst(), (48...57).contains(tens),
            (48...57).contains(ones)
        else { return nil }
        return Int(tens - 48) * 10 + Int(ones - 48)
    }

    /// The fraction of a second, if there is one, in whole milliseconds; nil when a point has no digit after it.
    private static func milliseconds(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard bytes.first == UInt8(ascii: ".") else { return 0 }
        bytes = bytes.dropFirst()
        var value = 0
        var weight = 100
        var digits = 0
        while let byte = bytes.first, (48...57).contains(byte) {
            value += Int(byte - 48) * weight
            weight /= 10
            digits += 1
            bytes = bytes.dropFirst()
        }
        return (1...9).contains(digits) ? value : nil
    }

    /// Minutes east of UTC that end the text; nil when they are missing or something follows them.
    private static func offsetMinutes(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.popFirst() else { return nil }
        if sign == UInt8(ascii: "Z") { return bytes.isEmpty ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = twoDigits(&bytes), hours < 24 else {
            return nil
        }
        if bytes.first == UInt8(ascii: ":") { bytes = bytes.dropFirst() }
        guard let minutes = twoDigits(&bytes), minutes < 60, bytes.isEmpty else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

extension Moment: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Moment(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\"\(text)\" is not a moment of the form 2026-03-19T04:05:06.789Z; correct it.")
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
