import WorkingDays

/// Months, quarters and years in the words of people.
enum PeriodWords {
    private static let months: [[String]] = [
        ["қаңтар", "январ"], ["ақпан", "феврал"], ["наурыз", "март"], ["сәуір", "апрел"], ["мамыр", "май"],
        ["маусым", "июн"], ["шілде", "июл"], ["тамыз", "август"], ["қыркүйек", "сентябр"], ["қазан", "октябр"],
        ["қараша", "ноябр"], ["желтоқсан", "декабр"],
    ]

    /// The months that a head names, from 1.
    static func months(in text: String) -> Set<Int> {
        let folded = Folding.fold(text)
        return Set(months.indices.filter { month in months[month].contains { folded.contains($0) } }.map { $0 + 1 })
    }

    /// Whether a head is that of the whole period.
    static func isTotal(_ text: String) -> Bool {
        let folded = Folding.fold(text)
        return folded.contains("всего") || folded.contains("барлығы")
    }

    /// The year in a text; nil where there is none.
    static func year(in text: String) -> Int? {
        var digits = ""
        for character in text + " " {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                if digits.count == 4, let year = Int(digits), (1991...2199).contains(year) { return year }
                digits = ""
            }
        }
        return nil
    }

    /// The quarter in a text: `1 квартал`, `I квартал`, `1-тоқсан`, `первый квартал`; nil where there is none.
    static func quarter(in text: String) -> Int? {
        var words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        // A quarter and a year may be written together: 1квартал.
        words = words.flatMap { word -> [String] in
            let digits = word.prefix { $0.isNumber }
            return digits.isEmpty || digits.count == word.count
                ? [word] : [String(digits), String(word.dropFirst(digits.count))]
        }
        guard let place = words.firstIndex(where: { $0.hasPrefix("квартал") || $0 == "кв" || $0.hasPrefix("тоқсан") })
        else { return nil }
        let before = words[..<place].suffix(2).reversed()
        let after = words[(place + 1)...].prefix(1)
        for word in Array(before) + Array(after) {
            if let number = number(word) { return number }
        }
        return nil
    }

    private static func number(_ word: String) -> Int? {
        // Roman numbers are typed with Latin letters, Cyrillic ones, or the І of Kazakh.
        let roman = word.map { "iі".contains($0) ? "i" : "vѵ".contains($0) ? "v" : $0 }
        switch String(roman) {
        case "ii": return 2
        case "iii": return 3
        case "iv": return 4
        default: break
        }
        if ["i", "і", "1"].contains(word) { return 1 }
        if let number = Int(word) { return (1...4).contains(number) ? number : nil }
        let names = [
            ["перв", "бірінші"], ["втор", "екінші"], ["трет", "үшінші"], ["четверт", "четвёрт", "төртінші"],
        ]
        return names.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
    }
}
