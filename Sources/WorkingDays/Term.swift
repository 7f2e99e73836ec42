/// A term as a law states it; the number of days comes from a rulebook, never from code.
package enum Term: Hashable, Sendable {
    /// So many working days; the first counted day is the first working day after day zero.
    case workingDays(Int)
    /// So many calendar days; an end on a day off rolls to the next working day.
    case calendarDays(Int)
    /// A fixed day (1-28) of the month after the month of day zero.
    case dayOfNextMonth(Int)
    /// The same working day.
    case atOnce
    /// A waiting period: allowed only after so many working days have passed.
    case waiting(workingDays: Int)
    /// A date that the plan names; day zero is that date.
    case onDate

    /// The most days a term may have.
    package static let daysAllowed = 1...3_660
}

extension Term: CustomStringConvertible, LosslessStringConvertible {
    /// Reads a term as rulebooks write it; nil for everything else.
    ///
    /// The forms: `2 working days`, `10 calendar days`, `5th of next month`, `at once`, `after 5 working days`,
    /// `on the planned date`. The singular of one day is accepted and written.
    package init?(parsing text: some StringProtocol) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map { $0.lowercased() }
        switch words.count {
        case 2 where words == ["at", "once"]:
            self = .atOnce
        case 4 where words == ["on", "the", "planned", "date"]:
            self = .onDate
        case 3:
            guard let count = Term.days(words[0]), Term.isDay(words[2], count: count) else { return nil }
            switch words[1] {
            case "working": self = .workingDays(count)
            case "calendar": self = .calendarDays(count)
            default: return nil
            }
        case 4 where words[0] == "after":
            guard let count = Term.days(words[1]), words[2] == "working", Term.isDay(words[3], count: count) else {
                return nil
            }
            self = .waiting(workingDays: count)
        case 4 where words[1...] == ["of", "next", "month"]:
            guard let day = (1...28).first(where: { Term.ordinal($0) == words[0] }) else { return nil }
            self = .dayOfNextMonth(day)
        default: return nil
        }
    }

    /// The same as `init(parsing:)`.
    package init?(_ description: String) {
        self.init(parsing: description)
    }

    /// The term as rulebooks write it.
    package var description: String {
        switch self {
        case .workingDays(let count): "\(count) working \(Term.unit(count))"
        case .calendarDays(let count): "\(count) calendar \(Term.unit(count))"
        case .dayOfNextMonth(let day): "\(Term.ordinal(day)) of next month"
        case .atOnce: "at once"
        case .waiting(let count): "after \(count) working \(Term.unit(count))"
        case .onDate: "on the planned date"
        }
    }

    /// Whether the date it gives is the first day of a permission and not the last day of a duty.
    package var isWaiting: Bool {
        if case .waiting = self { true } else { false }
    }

    private static func days(_ word: String) -> Int? {
        guard !word.isEmpty, word.count <= 4, word.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(word),
            daysAllowed.contains(count)
        else { return nil }
        return count
    }

    private static func isDay(_ word: String, count: Int) -> Bool {
        word == "days" || (count == 1 && word == "day")
    }

    private static func unit(_ count: Int) -> String { count == 1 ? "day" : "days" }

    private static func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): "\(number)th"
        case (1, _): "\(number)st"
        case (2, _): "\(number)nd"
        case (3, _): "\(number)rd"
        default: "\(number)th"
        }
    }
}

extension Term: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let term = Term(parsing: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a term; write it as \"2 working days\".")
        }
        self = term
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
