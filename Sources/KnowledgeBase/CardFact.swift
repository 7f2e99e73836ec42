import CardSearch
import WorkingDays

/// A fact that a card states beside its prose: typed, with its source and the days on which it holds.
package struct CardFact: Codable, Hashable, Sendable {
    /// What it answers.
    package var fact: ServiceFact
    /// The case that it is for; nil where it is for all.
    package var about: ServiceCase?
    /// The channel that it is for, by its code; nil where it is for all.
    package var channel: String?
    /// For a term or a validity: how long, as rulebooks write it.
    package var term: Term?
    /// For a fee: a multiple of the monthly calculation index (МРП).
    package var mci: DecimalText?
    /// For a fee: so many tenge.
    package var tenge: DecimalText?
    /// For a fee: so many percent of what the words name.
    package var percent: DecimalText?
    /// For a fee: that there is none.
    package var isFree: Bool?
    /// The words; needed where there is no value.
    package var text: CardText?
    /// Where it is known from: a submission with its document, an act with its paragraph, the register.
    package var source: String
    /// The first day on which it holds; nil where it is not known.
    package var since: CivilDate?
    /// The last day on which it holds; nil where none is known.
    package var until: CivilDate?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case fact
        case about = "case"
        case channel, term, mci, tenge, percent
        case isFree = "free"
        case text, source, since, until
    }

    /// A fact without a value; the members follow.
    package init(_ fact: ServiceFact, source: String) {
        self.fact = fact
        self.source = source
    }

    /// Whether it holds on a day.
    package func holds(on day: CivilDate) -> Bool {
        since.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }

    /// Whether it has anything to say.
    var hasValue: Bool {
        term != nil || mci != nil || tenge != nil || percent != nil || isFree != nil || text != nil
    }
}

/// A number with at most three digits after the point, kept as it was written: `0.25`.
package struct DecimalText: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The number in thousandths.
    package let thousandths: Int

    /// A number as text, with a point or a comma; nil for anything else and from ten million up.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), (1...7).contains(parts[0].count), (parts.last?.count ?? 0) <= 7,
            text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 || $0 == 44 }), let whole = Int(parts[0])
        else { return nil }
        guard parts.count == 2 else {
            thousandths = whole * 1_000
            return
        }
        guard (1...3).contains(parts[1].count),
            let rest = Int(parts[1] + String(repeating: "0", count: 3 - parts[1].count))
        else { return nil }
        thousandths = whole * 1_000 + rest
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = DecimalText(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number such as 0.25")
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The number with a point, without zeros at its end.
    package var description: String { written(point: ".") }

    /// The number with a sign of one's own before the fraction.
    func written(point: String) -> String {
        let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
        guard rest > 0 else { return "\(whole)" }
        var digits = String(repeating: "0", count: 3 - "\(rest)".count) + "\(rest)"
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole)\(point)\(digits)"
    }
}
