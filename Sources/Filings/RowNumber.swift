import Spreadsheets

/// The number of a row as it stands in a cell, with what a spreadsheet may have made of it.
struct RowNumber: Hashable {
    /// The numbers that it may be, the likeliest first: `3.10`, `1.1`.
    let codes: [String]
    /// Whether it became a day, so that only the label can say whether it is a number at all.
    let isDay: Bool

    /// The number in a cell; nil where it holds none.
    init?(_ cell: SheetCell) {
        switch cell {
        case .number(let value, .date):
            guard let day = NumberShape.day(value) else { return nil }
            self.init(day: day.day, month: day.month)
        case .number(let value, let shape):
            guard value >= 0, value < 1000, shape != .percent else { return nil }
            let shown = shape.shown(value)
            let plain = NumberShape.general.shown(value)
            // A number that is rounded on the screen is still the number that is kept.
            self.init(codes: [Double(shown) == value ? shown : plain], isDay: false)
        case .text(let text): self.init(text: text)
        case .boolean, .error, .formula: return nil
        }
    }

    private init?(day: Int, month: Int) {
        self.init(
            codes: ["\(day).\(month)", "\(month).\(day)", "\(day).\(month < 10 ? "0" : "")\(month)"], isDay: true)
    }

    private init(codes: [String], isDay: Bool) {
        self.codes = codes
        self.isDay = isDay
    }

    /// The number of nothing.
    static let none = RowNumber(codes: [], isDay: false)

    private init?(text: String) {
        var text = text.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
        while text.hasSuffix(".") || text.hasSuffix(")") { text.removeLast() }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }.map(String.init)
        func isDigits(_ text: String, _ most: Int) -> Bool {
            !text.isEmpty && text.count <= most && text.utf8.allSatisfy { (48...57).contains($0) }
        }
        if (1...2).contains(parts.count), parts.allSatisfy({ isDigits($0, 3) }) {
            self.init(codes: [parts.joined(separator: ".")], isDay: false)
            return
        }
        // A day as a spreadsheet writes it into a text: 01.01.2022, 2022-10-03, 3-окт, 01.янв, 3/10/2022.
        let pieces = text.prefix(10).split { ".-/".contains($0) }.map(String.init)
        if pieces.count == 3, isDigits(pieces[0], 4), isDigits(pieces[1], 2), isDigits(pieces[2].filter(\.isNumber), 4)
        {
            let numbers = pieces.compactMap { Int($0.filter(\.isNumber)) }
            guard numbers.count == 3 else { return nil }
            let (day, month) = pieces[0].count == 4 ? (numbers[2], numbers[1]) : (numbers[0], numbers[1])
            guard (1...31).contains(day), (1...31).contains(month) else { return nil }
            self.init(day: day, month: month)
            return
        }
        let words = text.lowercased().split { ".-/".contains($0) }.map(String.init)
        if words.count >= 2, let day = Int(words[0]), (1...31).contains(day), let month = Self.month(words[1]) {
            self.init(day: day, month: month)
            return
        }
        return nil
    }

    private static let months = [
        ["янв", "jan", "қаң"], ["фев", "feb", "ақп"], ["мар", "mar", "нау"], ["апр", "apr", "сәу"],
        ["май", "мая", "may", "мам"], ["июн", "jun", "мау"], ["июл", "jul", "шіл"], ["авг", "aug", "там"],
        ["сен", "sep", "қыр"], ["окт", "oct", "қаз"], ["ноя", "nov", "қар"], ["дек", "dec", "жел"],
    ]

    private static func month(_ word: String) -> Int? {
        guard word.count >= 3, !word.contains(where: \.isNumber) else { return nil }
        return months.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
    }
}
