/// The Snowball stemmer for Russian, written over letters: no handle, no lock, no copy.
///
/// It takes a word in lower case and gives what libstemmer 2.2 gives, ё being read as е (a test compares the two over
/// Snowball's own kind of vocabulary). The algorithm: http://snowball.tartarus.org/algorithms/russian/stemmer.html
package enum RussianStemmer {
    /// The stem of a word in lower case.
    package static func stem(_ word: Letters) -> Letters {
        var word = word
        for index in word.indices where word[index] == 0x451 { word[index] = 0x435 }
        guard let (rv, r2) = regions(word) else { return word }
        if !removeGerund(&word, rv) {
            _ = cut(&word, Endings.reflexive, rv)
            if !removeAdjectival(&word, rv), !removeVerb(&word, rv) { _ = cut(&word, Endings.noun, rv) }
        }
        if word.count > rv, word.last == 0x438 { word.removeLast() }
        _ = cut(&word, Endings.derivational, max(rv, r2))
        tidy(&word, rv)
        return word
    }

    /// The stem of the stem and so on until nothing changes, so that a key's key is the key.
    package static func stable(_ word: Letters) -> Letters {
        var current = stem(word)
        for _ in 0..<6 {
            let next = stem(current)
            if next == current { break }
            current = next
        }
        return current
    }

    // MARK: - Regions

    @inline(__always)
    static func isVowel(_ letter: UInt16) -> Bool {
        switch letter {
        case 0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B, 0x44D, 0x44E, 0x44F: true
        default: false
        }
    }

    /// Where RV and R2 begin, or nil when the word has no vowel. A region may be empty.
    private static func regions(_ word: Letters) -> (rv: Int, r2: Int)? {
        var index = 0
        func pass(_ vowel: Bool) -> Bool {
            while index < word.count {
                index += 1
                if isVowel(word[index - 1]) == vowel { return true }
            }
            return false
        }
        guard pass(true) else { return nil }
        let rv = index
        guard pass(false), pass(true), pass(false) else { return (rv, word.count) }
        return (rv, index)
    }

    // MARK: - Steps

    /// The longest ending of a list that stands within the region, or nil. Lists are sorted longest first.
    @inline(__always)
    private static func find(_ word: Letters, _ endings: [Letters], _ limit: Int) -> Letters? {
        guard let last = word.last else { return nil }
        for ending in endings where ending[ending.count - 1] == last {
            if word.count - ending.count >= limit, word.ends(with: ending) { return ending }
        }
        return nil
    }

    private static func cut(_ word: inout Letters, _ endings: [Letters], _ limit: Int) -> Bool {
        guard let ending = find(word, endings, limit) else { return false }
        word.removeLast(ending.count)
        return true
    }

    /// Whether а or я stands before the ending, within the region.
    @inline(__always)
    private static func hasA(_ word: Letters, before ending: Letters, _ limit: Int) -> Bool {
        let position = word.count - ending.count - 1
        return position >= limit && (word[position] == 0x430 || word[position] == 0x44F)
    }

    private static func removeGerund(_ word: inout Letters, _ rv: Int) -> Bool {
        guard let ending = find(word, Endings.gerund, rv) else { return false }
        if Endings.isGerundAfterA(ending), !hasA(word, before: ending, rv) { return false }
        word.removeLast(ending.count)
        return true
    }

    private static func removeAdjectival(_ word: inout Letters, _ rv: Int) -> Bool {
        guard cut(&word, Endings.adjective, rv) else { return false }
        if let ending = find(word, Endings.participle, rv) {
            if !Endings.participleAfterA.contains(ending) || hasA(word, before: ending, rv) {
                word.removeLast(ending.count)
            }
        }
        return true
    }

    private static func removeVerb(_ word: inout Letters, _ rv: Int) -> Bool {
        guard let ending = find(word, Endings.verb, rv) else { return false }
        if Endings.verbAfterA.contains(ending), !hasA(word, before: ending, rv) { return false }
        word.removeLast(ending.count)
        return true
    }

    private static func tidy(_ word: inout Letters, _ rv: Int) {
        guard let ending = find(word, Endings.tidy, rv) else { return }
        let n: UInt16 = 0x43D
        if ending == [n] {
            if word.count - 2 >= rv, word[word.count - 2] == n { word.removeLast() }
        } else {
            word.removeLast(ending.count)
            if ending.count > 1, word.count - 2 >= rv, word[word.count - 1] == n, word[word.count - 2] == n {
                word.removeLast()
            }
        }
    }
}

/// The endings of the Snowball stemmer for Russian, each list longest first.
private enum Endings {
    static func list(_ text: String) -> [Letters] {
        text.split(separator: " ").map(\.letters).sorted { $0.count > $1.count }
    }
    static let gerund = list("в вши вшись ив ивши ившись ыв ывши ывшись")
    static func isGerundAfterA(_ ending: Letters) -> Bool { ending[0] == 0x432 }
    static let reflexive = list("ся сь")
    static let adjective = list(
        "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею")
    static let participleAfterA = Set(list("ем нн вш ющ щ"))
    static let participle = list("ем нн вш ющ щ ивш ывш ующ")
    static let verbAfterA = Set(list("ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно"))
    static let verb = list(
        """
        ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен \
        ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю
        """)
    static let noun = list(
        """
        а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я
        """)
    static let derivational = list("ост ость")
    static let tidy = list("ейш ейше н ь")
}
