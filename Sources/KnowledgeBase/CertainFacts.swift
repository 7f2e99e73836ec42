import WorkingDays

/// A fee that the words of a card tell with certainty: the whole text is it, or begins with it, alike in both languages.
enum CertainFee: Hashable, Sendable {
    /// It costs nothing.
    case free
    /// So many tenge, in hundredths.
    case tiyn(Int)

    /// The fee of a text; nil where it is not certain.
    init?(_ text: CardText?) {
        let read = [text?.kk, text?.ru].compactMap { $0 }.map(Self.read)
        guard let first = read.first, let fee = first, read.allSatisfy({ $0 == fee }) else { return nil }
        self = fee
    }

    private static func read(_ text: String) -> CertainFee? {
        let words = text.lowercased().split { $0.isWhitespace || $0 == "." }
        if words.count == 1, ["бесплатно", "тегін"].contains(words[0]) { return .free }
        let number = text.prefix { $0.isNumber || $0 == " " || $0 == "\u{A0}" || $0 == "," }
        guard ["тенге", "теңге"].contains(where: text.dropFirst(number.count).hasPrefix) else { return nil }
        let parts = number.filter { !$0.isWhitespace }.split(separator: ",", omittingEmptySubsequences: false)
        guard let tenge = parts.first.flatMap({ Int($0) }), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return .tiyn(tenge * 100) }
        guard let tiyn = Int(parts[1]), parts[1].count == 2 else { return nil }
        return .tiyn(tenge * 100 + tiyn)
    }
}

/// A term that the words of a card tell with certainty: they begin with it, alike in both languages.
enum CertainTerm {
    /// The term of a text; nil where it is not certain.
    static func read(_ text: CardText?) -> Term? {
        let read = [text?.kk, text?.ru].compactMap { $0 }.map(Self.read)
        guard let first = read.first, let term = first, read.allSatisfy({ $0 == term }) else { return nil }
        return term
    }

    private static func read(_ text: String) -> Term? {
        let words = text.lowercased().split { $0.isWhitespace || "–.,;()".contains($0) }
        if Self.sameDay.contains(where: { words.starts(with: $0) }) { return .atOnce }
        guard words.count >= 3, let days = Int(words[0]), Term.daysAllowed.contains(days) else { return nil }
        switch (words[1].prefix(5), words[2].prefix(2)) {
        case ("рабоч", "дн"), ("рабоч", "де"), ("жұмыс", "кү"): return .workingDays(days)
        case ("кален", "дн"), ("кален", "де"), ("күнті", "кү"): return .calendarDays(days)
        default: return nil
        }
    }

    /// How a card says that it is done on the day of the application.
    private static let sameDay = [
        "в день обращения", "в момент обращения", "в момент запроса", "онлайн или в момент обращения",
        "в момент оплаты",
        "өтініш берген күні", "жүгінген сәтте", "сұрау салынған сәтте", "онлайн режимде немесе жүгінген сәтте",
        "төлем жасалған сәтте",
    ]
    .map { $0.split(separator: " ") }
}
