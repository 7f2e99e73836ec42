/// What a Unicode scalar is to a word: a letter or digit, a mark inside one, or an end of it.
package enum LetterClass: Sendable {
    /// A letter or a digit of the basic plane.
    case letter
    /// A combining mark, soft hyphen or joiner: inside a word it is passed over.
    case mark
    /// Anything else.
    case other

    /// The class of a scalar.
    @inline(__always)
    package init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 {
            let isLetter = (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A
            self = isLetter || (value >= 0x30 && value <= 0x39) ? .letter : .other
        } else if value >= 0x400 && value <= 0x52F {
            self = value >= 0x482 && value <= 0x489 ? (value == 0x482 ? .other : .mark) : .letter
        } else {
            self = Self.rare(scalar)
        }
    }

    private static func rare(_ scalar: Unicode.Scalar) -> LetterClass {
        let value = scalar.value
        if value == 0xAD || (value >= 0x200B && value <= 0x200D) || value == 0xFEFF { return .mark }
        guard value <= 0xFFFF else { return .other }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber:
            return .letter
        case .nonspacingMark, .enclosingMark, .spacingMark: return .mark
        default: return .other
        }
    }
}

/// Lower case of single letters, with the whole Kazakh alphabet on the fast path.
package enum LowerCase {
    /// The small letter of a scalar of the basic plane.
    @inline(__always)
    package static func letter(_ value: UInt32) -> UInt16 {
        if value < 0x80 {
            return UInt16(truncatingIfNeeded: value >= 0x41 && value <= 0x5A ? value + 32 : value)
        }
        if value >= 0x400 && value <= 0x52F {
            if value <= 0x40F { return UInt16(truncatingIfNeeded: value + 80) }
            if value <= 0x42F { return UInt16(truncatingIfNeeded: value + 32) }
            if value <= 0x45F { return UInt16(truncatingIfNeeded: value) }
            if value >= 0x4C0 && value <= 0x4CE {
                if value == 0x4C0 { return 0x4CF }
                return UInt16(truncatingIfNeeded: value & 1 == 1 ? value + 1 : value)
            }
            return UInt16(truncatingIfNeeded: value & 1 == 0 ? value + 1 : value)
        }
        return rare(value)
    }

    private static func rare(_ value: UInt32) -> UInt16 {
        guard let scalar = Unicode.Scalar(value),
            let first = scalar.properties.lowercaseMapping.unicodeScalars.first, first.value <= 0xFFFF
        else { return UInt16(truncatingIfNeeded: value) }
        return UInt16(truncatingIfNeeded: first.value)
    }
}
