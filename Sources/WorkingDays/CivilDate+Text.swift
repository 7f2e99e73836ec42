extension CivilDate: CustomStringConvertible, LosslessStringConvertible {
    /// Reads exactly `yyyy-MM-dd` with a year from 1900 to 2200; nil for everything else, 2024-02-30 and 2024-2-9 included.
    package init?(_ iso: some StringProtocol) {
        var digits: (Int, Int, Int) = (0, 0, 0)
        var position = 0
        for byte in iso.utf8 {
            switch position {
            case 4, 7:
                guard byte == UInt8(ascii: "-") else { return nil }
            case 0..<10:
                let digit = Int(byte) - 48
                guard (0...9).contains(digit) else { return nil }
                if position < 4 {
                    digits.0 = digits.0 * 10 + digit
                } else if position < 7 {
                    digits.1 = digits.1 * 10 + digit
                } else {
                    digits.2 = digits.2 * 10 + digit
                }
            default: return nil
            }
            position += 1
        }
        guard position == 10 else { return nil }
        self.init(year: digits.0, month: digits.1, day: digits.2)
    }

    /// The date as `yyyy-MM-dd`.
    package var description: String {
        let (year, month, day) = parts
        return String(unsafeUninitializedCapacity: 16) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(year, width: 4)
            writer.write(ascii: "-")
            writer.write(month, width: 2)
            writer.write(ascii: "-")
            writer.write(day, width: 2)
            return writer.count
        }
    }
}

extension CivilDate: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a date of the form 2026-03-19; correct it.")
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Writes ASCII digits and separators into the storage of a string.
struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    /// Writes a non-negative number with leading zeros; digits above `width` are lost.
    mutating func write(_ value: Int, width: Int) {
        var rest = value
        var place = count + width - 1
        while place >= count {
            buffer[place] = UInt8(truncatingIfNeeded: 48 + abs(rest % 10))
            rest /= 10
            place -= 1
        }
        count += width
    }

    mutating func write(ascii: Unicode.Scalar) {
        buffer[count] = UInt8(ascii: ascii)
        count += 1
    }
}
