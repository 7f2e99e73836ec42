/// What a cell of a table holds.
package enum SheetCell: Hashable, Sendable {
    /// Words, as they stand.
    case text(String)
    /// A number and how it is shown.
    case number(Double, NumberShape)
    /// Yes or no.
    case boolean(Bool)
    /// The error of a formula: `#DIV/0!`.
    case error(String)
    /// A formula whose value was not kept in the file.
    case formula(String)

    /// What a person sees there, in a plain form: a day is `dd.mm.yyyy`.
    package var shown: String {
        switch self {
        case .text(let text): text
        case .number(let value, let shape): shape.shown(value)
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .error(let text): text
        case .formula(let text): "=" + text
        }
    }

    /// Whether there is nothing to see.
    package var isBlank: Bool {
        if case .text(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
    }
}

/// How a number of a workbook is shown.
package enum NumberShape: Hashable, Sendable {
    /// With as many decimals as it has.
    case general
    /// With this many decimals.
    case decimals(Int)
    /// As a share of a hundred.
    case percent
    /// As a day or a time; the number is the count of days since the end of 1899.
    case date

    /// The number as a person sees it, in a plain form: no groups, a dot before the decimals, a day as `dd.mm.yyyy`.
    package func shown(_ value: Double) -> String {
        switch self {
        case .general: Self.plain(value)
        case .decimals(let count): Self.fixed(value, count)
        case .percent: Self.plain(value * 100) + "%"
        case .date:
            Self.day(value).map { "\(Self.padded($0.day)).\(Self.padded($0.month)).\($0.year)" } ?? Self.plain(value)
        }
    }

    /// The day of a count of days; nil where there is none.
    package static func day(_ value: Double) -> (year: Int, month: Int, day: Int)? {
        guard value >= 1, value < 2_958_466 else { return nil }
        // Excel takes 1900 for a leap year: before 1 March 1900 its days are one ahead.
        let days = Int(value) + (value < 60 ? 1 : 0) - 25_569
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * ofYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * part + 2) / 5 + 1)
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func plain(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
        // Fifteen digits are what a spreadsheet keeps: 3.1000000000000001 is 3.1.
        let scale = 1e12
        let rounded = abs(value) < 1e3 ? (value * scale).rounded() / scale : value
        return "\(rounded)"
    }

    private static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard abs(value) < 1e12 else { return plain(value) }
        var scale = 1.0
        for _ in 0..<min(decimals, 6) { scale *= 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let whole = scaled / Int64(scale)
        guard decimals > 0 else { return (value < 0 && whole != 0 ? "-" : "") + "\(whole)" }
        let rest = String(scaled % Int64(scale))
        let zeros = String(repeating: "0", count: max(0, min(decimals, 6) - rest.count))
        return (value < 0 ? "-" : "") + "\(whole).\(zeros)\(rest)"
    }

    /// The shape of a number format by its number among those that every workbook has.
    package static func builtIn(_ id: Int) -> NumberShape {
        switch id {
        case 1, 3, 37, 38: .decimals(0)
        case 2, 4, 39, 40: .decimals(2)
        case 9, 10: .percent
        case 14...22, 27...36, 45...47, 50...58: .date
        default: .general
        }
    }

    /// The shape of a number format that a workbook declares, by its first section.
    package init(code: String) {
        var plain = ""
        var rest = code[...]
        while let next = rest.popFirst(), next != ";" {
            switch next {
            case "\"":
                while let quoted = rest.popFirst(), quoted != "\"" {}
            case "[":
                while let inside = rest.popFirst(), inside != "]" {}
            case "\\", "_", "*": _ = rest.popFirst()
            default: plain.append(next)
            }
        }
        let lowered = plain.lowercased()
        if lowered.contains("general") || lowered.contains("основной") || lowered.contains("@") {
            self = .general
        } else if lowered.contains(where: { "ymdhsгдчм".contains($0) }) {
            self = .date
        } else if lowered.contains("%") {
            self = .percent
        } else if let dot = lowered.firstIndex(of: ".") {
            self = .decimals(lowered[dot...].count { $0 == "0" })
        } else if lowered.contains(where: { "0#?".contains($0) }) {
            self = lowered.contains("e") || lowered.contains("/") ? .general : .decimals(0)
        } else {
            self = .general
        }
    }
}
