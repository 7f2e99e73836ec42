extension Unicode.Scalar {
    /// Whether the character cannot be seen and makes a text be read, cut off or sent as another: control characters but
    /// tab and line ends, and what turns the direction of reading.
    ///
    /// Kazakh and Russian need none of them. Joiners, marks of direction and soft hyphens change nothing of the order and
    /// come with texts that are pasted; they stay.
    package var isDeceiving: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: false
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// Whether a character in it is not what it seems (`Unicode.Scalar.isDeceiving`).
    package var deceives: Bool {
        // Nearly all texts have none of the bytes with which such a character can begin.
        utf8.contains {
            ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D) || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2
        }
            && unicodeScalars.contains(where: \.isDeceiving)
    }

    /// The text without such characters; nothing that a person sees is lost.
    package var withoutDeceivingCharacters: String {
        guard deceives else { return self }
        return String(UnicodeScalarView(unicodeScalars.filter { !$0.isDeceiving }))
    }
}
