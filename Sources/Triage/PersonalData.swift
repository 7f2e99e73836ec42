import TextAnalysis

/// A piece of a text that tells who somebody is.
package struct PersonalSpan: Hashable, Sendable {
    /// What it is.
    package enum Kind: String, Sendable, CaseIterable {
        /// A name.
        case name
        /// An individual identification number whose check digit is right.
        case iin
        /// A telephone.
        case phone
        /// An address of electronic mail.
        case mail
        /// An address down to the house.
        case address
        /// A date or year of birth.
        case birth
        /// The number of an application, a document, a plate, a parcel.
        case number
    }

    /// What it is.
    package let kind: Kind
    /// Where it stands, in UTF-8 bytes of the text.
    package let bytes: Range<Int>

    init(_ kind: Kind, _ bytes: Range<Int>) {
        self.kind = kind
        self.bytes = bytes
    }
}

/// Finds personal data in a text.
struct PersonalData {
    let text: ReadText
    let names: PersonNames
    /// Tokens that are names of places or bodies, and so of nobody.
    let known: Set<Int>
    /// Whether a folded word is one of the language.
    let isWord: (Letters) -> Bool

    /// All spans, in order, none over another.
    func spans() -> [PersonalSpan] {
        let numbers = NumberSpans(bytes: text.bytes).spans()
        let found = numbers + AddressSpans(text: text, places: known).spans() + nameSpans()
        var kept: [PersonalSpan] = []
        for span in found.sorted(by: { ($0.bytes.lowerBound, -$0.bytes.count) < ($1.bytes.lowerBound, -$1.bytes.count) }
        ) {
            if let last = kept.last, last.bytes.upperBound > span.bytes.lowerBound {
                if span.bytes.upperBound > last.bytes.upperBound {
                    kept[kept.count - 1] = PersonalSpan(
                        last.kind, last.bytes.lowerBound..<span.bytes.upperBound)
                }
                continue
            }
            kept.append(span)
        }
        return kept
    }

    // MARK: - Names

    private func nameSpans() -> [PersonalSpan] {
        var marked = Set<Int>()
        let tokens = text.tokens
        let signature = signatureLines()
        for index in tokens.indices where isNameLike(index) {
            let token = tokens[index]
            let given = names.isGiven(token)
            let surname = names.isSurname(token)
            let patronymic = names.isPatronymic(token)
            let next = index + 1 < tokens.count ? index + 1 : nil
            // A capital word and initials, before it or after it.
            if let end = initials(after: index), !known.contains(index) || surname {
                marked.insert(index)
                for other in index + 1...end { marked.insert(other) }
            } else if let start = initials(before: index), !known.contains(index) || surname {
                for other in start...index { marked.insert(other) }
            }
            if known.contains(index), !patronymic { continue }
            if given || patronymic || surname, let next, isNameLike(next), isJoined(index),
                names.isSurname(tokens[next]) || names.isGiven(tokens[next]) || names.isPatronymic(tokens[next])
            {
                marked.insert(index)
                if !known.contains(next) { marked.insert(next) }
            } else if patronymic, index > 0, tokens[index - 1].isCapital, isJoined(index - 1) {
                marked.insert(index)
                marked.insert(index - 1)
            }
            if given, let next, names.isPatronymic(tokens[next]), isJoined(index),
                let word = surnamePlace(before: index)
            {
                marked.insert(word)
            }
            let isUnknown = !isWord(token.forms[0])
            if given, !text.isShouted, token.isCapital || isUnknown { marked.insert(index) }
            if surname, token.isCapital, token.letters.count >= 5, !token.isFirst || isUnknown, !text.isShouted {
                marked.insert(index)
            }
            if introduced(index), token.isCapital || given { marked.insert(index) }
            if signature.contains(index), !known.contains(index), token.isCapital { marked.insert(index) }
        }
        for index in marked {  // A surname beside a given name, whatever it ends in.
            for other in [index - 1, index + 1] where tokens.indices.contains(other) {
                guard names.isGiven(tokens[index]), isJoined(min(index, other)), tokens[other].isCapital,
                    !tokens[other].isNumber, !known.contains(other), !tokens[other].isFirst || text.sentenceCount > 1,
                    tokens[other].letters.count > 2, !text.isShouted,
                    other < index ? isSurnameBefore(other) : !isWord(tokens[other].forms[0]) || !tokens[other].isFirst
                else { continue }
                marked.insert(other)
            }
        }
        return runs(marked)
    }

    /// The capital word before a given name that a patronymic follows: a surname, whatever it ends in, unless the language
    /// has the word and it only begins the sentence.
    private func surnamePlace(before index: Int) -> Int? {
        guard index > 0, isJoined(index - 1), !text.isShouted, !known.contains(index - 1) else { return nil }
        let token = text.tokens[index - 1]
        let isName = token.isCapital && !token.isNumber && token.letters.count > 1
        return isName && !(token.isFirst && isWord(token.forms[0])) ? index - 1 : nil
    }

    /// Whether a word may be a name: letters, a capital unless the whole text has none.
    private func isNameLike(_ index: Int) -> Bool {
        let token = text.tokens[index]
        guard !token.isNumber, token.letters.count > 1 else { return false }
        return token.isCapital || text.isLowered
    }

    /// Whether a capital word before a given name is a surname and not the first word of a sentence.
    private func isSurnameBefore(_ index: Int) -> Bool {
        let token = text.tokens[index]
        if !token.isFirst || names.isSurname(token) || !isWord(token.forms[0]) { return true }
        let after = index + 2
        return after == text.tokens.count || names.isPatronymic(text.tokens[after])
            || text.tokens[after].sentence != token.sentence
    }

    /// Whether only a space stands between a word and the next.
    private func isJoined(_ index: Int) -> Bool { text.gap(after: index).elementsEqual([0x20]) }

    private func isInitial(_ index: Int) -> Bool {
        guard text.tokens.indices.contains(index) else { return false }
        let token = text.tokens[index]
        return token.letters.count == 1 && token.isCapital && text.gap(after: index).first == 0x2E
    }

    private func initials(after index: Int) -> Int? {
        let gap = text.gap(after: index)
        guard gap.count <= 2, gap.allSatisfy({ $0 == 0x20 || $0 == 0x2E || $0 == 0x2C }), isInitial(index + 1) else {
            // An initial without its full stop at the end of the text: Осокин Т
            guard gap.elementsEqual([0x20]), index + 1 < text.tokens.count, text.tokens[index + 1].letters.count == 1,
                text.tokens[index + 1].isCapital, names.isSurname(text.tokens[index]) || index + 2 == text.tokens.count
            else { return nil }
            return index + 1
        }
        return isInitial(index + 2) && text.gap(after: index + 1).count <= 2 ? index + 2 : index + 1
    }

    private func initials(before index: Int) -> Int? {
        guard isInitial(index - 1), text.gap(after: index - 1).count <= 2 else { return nil }
        return isInitial(index - 2) && text.gap(after: index - 2).count <= 2 ? index - 2 : index - 1
    }

    /// Whether the word before says that a name follows.
    private func introduced(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = text.tokens[index - 1].forms[0].text
        return Self.introductions.contains { before.hasPrefix($0) && before.count <= $0.count + 3 }
    }

    private static let introductions = [
        "зовут", "имени", "имя", "имени", "фамили", "представил", "гр", "гражданин", "гражданк", "заявител",
        "арызданушы", "атым", "есими",
        "есимим", "тегим", "теги", "аты", "жони", "оператор", "директор", "главврач", "специалист", "инспектор",
        "сотрудник",
        "сотрудниц", "врач", "доктор", "педиатр", "маман", "даригер", "азамат", "азаматша", "капитан", "майор",
        "лейтенант", "ип", "жк",
        "мугалим", "учител", "господин", "госпож", "менеджер", "консультант", "кассир",
        "бейдж",
    ]

    /// The words of the last lines where they are too few for a sentence: a signature.
    private func signatureLines() -> Set<Int> {
        var found = Set<Int>()
        let bySentence = Dictionary(grouping: text.tokens.indices) { text.tokens[$0].sentence }
        for sentence in Set([text.sentenceCount - 1, text.sentenceCount - 2]) where sentence > 0 {
            guard let words = bySentence[sentence] else { continue }
            let letters = words.filter { !text.tokens[$0].isNumber }
            let capitals = letters.filter { text.tokens[$0].isCapital }
            guard letters.count <= 4, capitals.count * 2 >= letters.count, !endsInCry(words[words.count - 1]) else {
                continue
            }
            let signed = capitals.filter { isSignable($0) }
            // Beside a word that is a name stands another, though the language has it: Қарақат beside Мойыл.
            let isWhole = !signed.isEmpty && capitals.count == letters.count && (2...3).contains(letters.count)
            found.formUnion(isWhole ? capitals.filter { !isTitle($0) } : signed)
        }
        return found
    }

    private func endsInCry(_ index: Int) -> Bool { text.gap(after: index).contains { $0 == 0x21 || $0 == 0x3F } }

    /// Whether a word of a signature may be a name and not a title, an abbreviation or a word of every day.
    private func isSignable(_ index: Int) -> Bool {
        let token = text.tokens[index]
        if isTitle(index) { return false }
        return names.isGiven(token) || names.isSurname(token) || !isWord(token.forms[0])
    }

    /// Whether a word of a signature is an abbreviation or says who signs.
    private func isTitle(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.isShouted && token.letters.count <= 4
            || Self.introductions.contains { token.forms[0].text.hasPrefix($0) }
    }

    private func runs(_ marked: Set<Int>) -> [PersonalSpan] {
        var spans: [PersonalSpan] = []
        var range: Range<Int>?
        func close() {
            if let range { spans.append(PersonalSpan(.name, text.span(range))) }
        }
        for index in marked.sorted() {
            if let open = range, open.upperBound == index,
                text.gap(after: index - 1).allSatisfy({ $0 == 0x20 || $0 == 0x2E })
            {
                range = open.lowerBound..<index + 1
            } else {
                close()
                range = index..<index + 1
            }
        }
        close()
        return spans
    }
}
