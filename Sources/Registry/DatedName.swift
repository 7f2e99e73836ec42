import Languages
import WorkingDays

/// A name and the days on which it is the right one.
package struct DatedName: Codable, Hashable, Sendable {
    /// The first day; nil where it is not known, or has always been so.
    package let from: CivilDate?
    /// The last day; nil while it is the present name.
    package let through: CivilDate?
    /// The name.
    package let name: Localized

    /// A name with its days.
    package init(from: CivilDate? = nil, through: CivilDate? = nil, name: Localized) {
        self.from = from
        self.through = through
        self.name = name
    }

    /// Whether this is the right name on a day.
    package func applies(on date: CivilDate) -> Bool {
        if let from, date < from { return false }
        if let through, date > through { return false }
        return true
    }
}

extension [DatedName] {
    /// The name on a day; before the first known day the first name, after the last the last.
    package func name(on date: CivilDate) -> Localized? {
        if let match = first(where: { $0.applies(on: date) }) { return match.name }
        guard let first, let from = first.from, date < from else { return last?.name }
        return first.name
    }

    /// What is wrong with a history of names in the order of its days, nil where each day has one name.
    var problem: String? {
        for (earlier, later) in zip(self, dropFirst()) {
            guard let end = earlier.through, let start = later.from else {
                return "Two names are both open: give the earlier one its last day and the later one its first day."
            }
            if start <= end {
                return "The names until \(end) and from \(start) overlap: let one begin after the other."
            }
            if start != end.adding(days: 1) {
                return "No name is given between \(end) and \(start): let one begin on the day after the other."
            }
        }
        for name in self {
            if let from = name.from, let through = name.through, through < from {
                return "The name ends on \(through), before it begins on \(from): correct one of the days."
            }
        }
        return nil
    }

    /// All names in one line, for comparing and for reports.
    var line: String {
        map { name in
            let days = "\(name.from?.description ?? "…") - \(name.through?.description ?? "…")"
            return "\(days): \(name.name.kk) | \(name.name.ru) | \(name.name.en ?? "")"
        }.joined(separator: "; ")
    }
}
