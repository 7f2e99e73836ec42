/// The letter fold: Kazakh letters become the Russian ones that people type for them, on both sides of the search.
///
/// ә→а ө→о ұ,ү→у қ→к ғ→г ң→н һ→х і→и ё→е, ъ is dropped; й, ы and э stay. In a word that is mostly Cyrillic, Latin letters
/// that look the same become Cyrillic.
package enum Folding {
    /// The folded word. Folding a folded word changes nothing.
    package static func fold(_ letters: Letters) -> Letters {
        var folded = Letters()
        folded.reserveCapacity(letters.count)
        var latin = 0
        var cyrillic = 0
        for letter in letters {
            if letter >= 0x400 && letter <= 0x52F {
                cyrillic += 1
                if letter == 0x44A { continue }
                folded.append(fold(letter))
            } else {
                if letter >= 0x61 && letter <= 0x7A { latin += 1 }
                folded.append(letter)
            }
        }
        if latin > 0 && cyrillic >= latin {
            for index in folded.indices where folded[index] < 0x80 {
                if let same = lookalike(folded[index]) { folded[index] = same }
            }
        }
        return folded
    }

    /// The folded letter; ъ, which is dropped, is returned as it is.
    @inline(__always)
    package static func fold(_ letter: UInt16) -> UInt16 {
        switch letter {
        case 0x4D9: 0x430  // ә
        case 0x4E9: 0x43E  // ө
        case 0x4B1, 0x4AF: 0x443  // ұ ү
        case 0x49B: 0x43A  // қ
        case 0x493: 0x433  // ғ
        case 0x4A3: 0x43D  // ң
        case 0x4BB: 0x445  // һ
        case 0x456: 0x438  // і
        case 0x451: 0x435  // ё
        default: letter
        }
    }

    /// Whether the letter is one of the nine that Kazakh has and Russian has not.
    @inline(__always)
    package static func isKazakhOnly(_ letter: UInt16) -> Bool {
        letter >= 0x451 && letter != 0x451 && fold(letter) != letter
    }

    /// Whether a word has one of the nine letters.
    package static func hasKazakhLetter(_ letters: Letters) -> Bool { letters.contains(where: isKazakhOnly) }

    /// Whether the word has a Latin letter.
    package static func hasLatin(_ letters: Letters) -> Bool {
        letters.contains { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0xDF && $0 <= 0x24F) }
    }

    /// Whether the word has a Cyrillic letter.
    package static func hasCyrillic(_ letters: Letters) -> Bool { letters.contains { $0 >= 0x400 && $0 <= 0x52F } }

    private static func lookalike(_ letter: UInt16) -> UInt16? {
        switch letter {
        case 0x61: 0x430  // a
        case 0x62: 0x432  // b → в
        case 0x63: 0x441  // c
        case 0x65: 0x435  // e
        case 0x68: 0x445  // h → һ → х
        case 0x69: 0x438  // i → і → и
        case 0x6B: 0x43A  // k
        case 0x6D: 0x43C  // m
        case 0x6F: 0x43E  // o
        case 0x70: 0x440  // p
        case 0x74: 0x442  // t
        case 0x78: 0x445  // x
        case 0x79: 0x443  // y
        default: nil
        }
    }
}
