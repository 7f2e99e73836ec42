import TextAnalysis

/// Finds addresses down to the house.
struct AddressSpans {
    let text: ReadText
    let places: Set<Int>

    private static let before = [
        "ул", "улица", "улице", "улицы", "улицу", "пр", "проспект", "проспекте", "мкр", "мкрн", "микрорайон",
        "микрорайоне", "пер", "переулок", "бульвар", "бул", "квартал", "трасса", "переулке", "мкр-н", "тупик", "жк",
    ]
    private static let after = [
        "кошеси", "кошесинде", "кошесиндеги", "кошесинин", "даннгылы", "дангылы", "кош", "ыкшамаудан", "ыкшамауданы",
        "тупиги", "дангылында",
    ]
    private static let chain = [
        "д", "дом", "кв", "квартира", "уй", "уйи", "патер", "корпус", "корп", "к", "а", "б", "в", "уйде", "пат",
        "литер", "офис", "кабинет", "под", "этаж",
    ]

    /// The spans, in order.
    func spans() -> [PersonalSpan] {
        var found: [PersonalSpan] = []
        for index in text.tokens.indices {
            let word = text.tokens[index].forms[0].text
            var start = index
            var end: Int?
            if Self.before.contains(word) {
                end = house(from: index + 1, names: 3)
            } else if Self.after.contains(word)
                || word == "ауданы" && index > 1 && text.tokens[index - 1].forms[0].text == "шагын"
            {
                end = house(from: index + 1, names: 0)
                start = max(0, index - 1)
                if word == "ауданы" { start = max(0, index - 2) }
                if start > 0, text.tokens[start - 1].isCapital, text.gap(after: start - 1).elementsEqual([0x20]),
                    text.tokens[start - 1].sentence == text.tokens[index].sentence
                {
                    start -= 1
                }
            } else if word == "дом" || word == "уй", let number = index + 1 < text.tokens.count ? index + 1 : nil,
                text.tokens[number].isNumber, index > 0, text.tokens[index - 1].isCapital || places.contains(index - 1)
            {
                end = house(from: index, names: 0)
                start = index - 1
            }
            guard let end else { continue }
            start = town(before: start)
            let range = text.span(start..<end)
            if let last = found.last, last.bytes.upperBound >= range.lowerBound {
                found[found.count - 1] = PersonalSpan(
                    .address, last.bytes.lowerBound..<max(last.bytes.upperBound, range.upperBound))
            } else {
                found.append(PersonalSpan(.address, range))
            }
        }
        return found
    }

    /// The end of a house number that follows, at most so many words of a street between.
    private func house(from start: Int, names: Int) -> Int? {
        var index = start
        var left = names
        while index < text.tokens.count, left > 0, !text.tokens[index].isNumber,
            !Self.chain.contains(text.tokens[index].forms[0].text)
        {
            guard text.tokens[index].sentence == text.tokens[max(0, start - 1)].sentence else { return nil }
            index += 1
            left -= 1
        }
        var end: Int?
        while index < text.tokens.count, index - start < 9 {
            let token = text.tokens[index]
            let isDigitLed = token.letters.first.map { (0x30...0x39).contains($0) } ?? false
            if isDigitLed, token.letters.count <= 4 {
                end = index + 1
            } else if Self.chain.contains(token.forms[0].text), token.letters.count <= 8 {
                if end != nil, ["уй", "уйи", "патер", "кв", "пат"].contains(token.forms[0].text) { end = index + 1 }
            } else {
                break
            }
            if text.gap(after: index).contains(0x0A) { break }
            index += 1
        }
        return end
    }

    /// A town right before the street, with a comma between or none: г. Сарань, ул. …
    private func town(before start: Int) -> Int {
        var begin = start
        if begin > 0,
            places.contains(begin - 1) || ["к", "каласы", "г"].contains(text.tokens[begin - 1].forms[0].text),
            text.gap(after: begin - 1).count <= 3, !text.gap(after: begin - 1).contains(0x0A)
        {
            begin -= 1
            if begin > 0,
                places.contains(begin - 1) || ["г", "с", "пос"].contains(text.tokens[begin - 1].forms[0].text),
                text.gap(after: begin - 1).count <= 3, !text.gap(after: begin - 1).contains(0x0A)
            {
                begin -= 1
            }
        }
        return begin
    }
}
