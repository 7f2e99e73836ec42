/// Finds numbers that tell who somebody is: telephones, IIN, numbers of documents and applications, mail, plates.
struct NumberSpans {
    let bytes: [UInt8]

    /// The spans, in order.
    func spans() -> [PersonalSpan] {
        var found: [PersonalSpan] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x40, let mail = mail(around: index) {
                found.removeAll { $0.bytes.overlaps(mail) }
                found.append(PersonalSpan(.mail, mail))
                index = mail.upperBound
                continue
            }
            guard isDigit(index) || bytes[index] == 0x2B, !(index > 0 && isDigit(index - 1)) else {
                index += 1
                continue
            }
            let (groups, end) = groups(from: index)
            if let span = span(groups) { found.append(span) }
            index = max(end, index + 1)
        }
        return found
    }

    private func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && (0x30...0x39).contains(bytes[index]) }

    /// Groups of digits with at most two signs between them.
    private func groups(from start: Int) -> ([Range<Int>], Int) {
        var groups: [Range<Int>] = []
        var index = start
        if bytes[index] == 0x2B { index += 1 }
        while index < bytes.count {
            let begin = index
            while isDigit(index) { index += 1 }
            guard index > begin else { break }
            groups.append(begin..<index)
            var next = index
            while next < bytes.count, next - index < 3, " -().\u{2F}".utf8.contains(bytes[next]) { next += 1 }
            guard isDigit(next), next > index, next - index <= 2 else { break }
            index = next
        }
        return (groups, index)
    }

    private func span(_ groups: [Range<Int>]) -> PersonalSpan? {
        guard let first = groups.first, let last = groups.last else { return nil }
        var start = first.lowerBound
        if start > 0, bytes[start - 1] == 0x2B { start -= 1 }
        let range = start..<last.upperBound
        let digits = groups.flatMap { bytes[$0] }.map { $0 - 0x30 }
        let sizes = groups.map(\.count)
        if digits.count == 11, digits[0] == 7 || digits[0] == 8 { return PersonalSpan(.phone, range) }
        if digits.count == 10, digits[0] == 7, sizes.count != 3 || sizes[2] != 4 { return PersonalSpan(.phone, range) }
        if sizes.count > 1, let phone = groups.indices.lazy.compactMap({ self.phone(groups, from: $0) }).first {
            return phone
        }
        if let long = groups.first(where: { $0.count == 12 }) {
            return PersonalSpan(isIIN(bytes[long].map { $0 - 0x30 }) ? .iin : .number, long)
        }
        if digits.count == 12, sizes.allSatisfy({ $0 >= 3 }), isIIN(digits) { return PersonalSpan(.iin, range) }
        if sizes == [2, 2, 4], (1900...2030).contains(digits[4...].reduce(0) { $0 * 10 + Int($1) }) {
            return isBirth(range) ? PersonalSpan(.birth, range) : nil
        }
        // Years: 1958 ж.т., 2021 г.р.
        if let year = groups.last, year.count == 4, isBirth(year) {
            return PersonalSpan(.birth, year.lowerBound..<afterYear(year.upperBound))
        }
        if sizes.count >= 3, digits.count >= 8, hasHyphens(range) { return PersonalSpan(.number, range) }
        if sizes.count == 2, sizes[0] == 4, sizes[1] >= 4, hasHyphens(range) { return PersonalSpan(.number, range) }
        if let plate = plate(first) { return PersonalSpan(.number, plate) }
        if let long = groups.first(where: { $0.count >= 7 || $0.count == 6 && !isSum($0) }) {
            return PersonalSpan(.number, withLetters(long))
        }
        if let short = groups.first, short.count >= 3, isNumbered(short.lowerBound) {
            return PersonalSpan(.number, withLetters(short))
        }
        return nil
    }

    private func phone(_ groups: [Range<Int>], from: Int) -> PersonalSpan? {
        var count = 0
        for index in from..<groups.count {
            count += groups[index].count
            guard count <= 11 else { return nil }
            let first = bytes[groups[from].lowerBound]
            if count == 11, first == 0x37 || first == 0x38 {
                return PersonalSpan(.phone, groups[from].lowerBound..<groups[index].upperBound)
            }
        }
        return nil
    }

    private func hasHyphens(_ range: Range<Int>) -> Bool { bytes[range].contains(0x2D) && !bytes[range].contains(0x20) }

    /// The check digit of an individual identification number.
    private func isIIN(_ digits: [UInt8]) -> Bool {
        guard digits.count == 12 else { return false }
        func sum(_ shift: Int) -> Int {
            (0..<11).reduce(0) { $0 + Int(digits[$1]) * (($1 + shift) % 11 + 1) }
        }
        var check = sum(0) % 11
        if check == 10 { check = sum(2) % 11 }
        return check == Int(digits[11])
    }

    private func isBirth(_ range: Range<Int>) -> Bool {
        let after = String(decoding: bytes[range.upperBound..<min(bytes.count, range.upperBound + 24)], as: UTF8.self)
            .lowercased()
        let before = String(decoding: bytes[max(0, range.lowerBound - 40)..<range.lowerBound], as: UTF8.self)
            .lowercased()
        let follows = [
            " г.р", "г.р", " г. р", " ж.т", "ж.т", " ж. т", " жылы туған", " года рожд", " г. рожд", " жылғы", " гр,",
            " туған",
        ]
        return follows.contains(where: after.hasPrefix) || before.contains("рожд") || before.contains("туған")
            || before.contains("родил")
    }

    private func afterYear(_ end: Int) -> Int {
        var index = end
        let limit = min(bytes.count, end + 8)
        var letters = 0
        while index < limit, bytes[index] != 0x2C, bytes[index] != 0x0A, letters < 2 {
            if bytes[index] >= 0xD0 { letters += 1 }
            index += bytes[index] >= 0xD0 ? 2 : 1
        }
        return letters == 2 ? min(index, bytes.count) : end
    }

    /// A number with the letters before it: N12345678, KZ123.
    private func withLetters(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, (0x41...0x5A).contains(bytes[start - 1]), range.lowerBound - start < 3 { start -= 1 }
        return start..<range.upperBound
    }

    /// Whether № or the like stands before.
    private func isNumbered(_ start: Int) -> Bool {
        let before = String(decoding: bytes[max(0, start - 26)..<start], as: UTF8.self).lowercased()
        return [
            "заявк", "заявлен", "өтініш", "талон", "квитанц", "түбіртек", "обращени", "жалоб", "шағым", "договор",
            "удостоверени", "куәлік", "расписк", "қолхат", "уведомлени", "дело",
        ]
        .contains { before.contains($0) }
            && (before.hasSuffix("№") || before.hasSuffix("№ ") || before.hasSuffix("номер ")
                || before.hasSuffix("нөмірі ") || before.hasSuffix(": ") || before.hasSuffix("n ")
                || before.hasSuffix("-"))
    }

    /// Whether a number is a sum of money or a measure.
    private func isSum(_ range: Range<Int>) -> Bool {
        let after = String(decoding: bytes[range.upperBound..<min(bytes.count, range.upperBound + 16)], as: UTF8.self)
            .lowercased()
        return ["тг", "тенге", "теңге", "тысяч", "руб", "₸", "км", "мың", "tenge", "tg", "кв", "гектар"].contains {
            after.drop { $0 == " " }.hasPrefix($0)
        }
    }

    /// A plate: 123 ABC 01.
    private func plate(_ first: Range<Int>) -> Range<Int>? {
        guard first.count == 3 else { return nil }
        var index = first.upperBound
        if bytes.indices.contains(index), bytes[index] == 0x20 || bytes[index] == 0x2D { index += 1 }
        let letters = index
        while index < bytes.count, (0x41...0x5A).contains(bytes[index]), index - letters < 3 { index += 1 }
        guard index - letters >= 2 else { return nil }
        if bytes.indices.contains(index), bytes[index] == 0x20 || bytes[index] == 0x2D { index += 1 }
        guard isDigit(index), isDigit(index + 1), !isDigit(index + 2) else { return nil }
        return first.lowerBound..<index + 2
    }

    private func mail(around at: Int) -> Range<Int>? {
        func isPart(_ byte: UInt8) -> Bool {
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || [0x2E, 0x5F, 0x2D, 0x2B].contains(byte)
        }
        var start = at
        while start > 0, isPart(bytes[start - 1]) { start -= 1 }
        var end = at + 1
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        while end > at, bytes[end - 1] == 0x2E { end -= 1 }
        return start < at && end > at + 2 ? start..<end : nil
    }
}
