/// The compact text of a proof, kept in the journal beside the date that it proves.
///
/// `2 working days; 2026-03-19 Asia/Almaty: +hhhtt+; 2026-03-26; 1f2e3d4c` has four parts: the term; day zero (and the
/// zone whose midnight made it) with one letter for each day after it; the date (with `/` and the target of a fixed
/// date); the first digits of the calendar's digest, and `?` when the date depends on an estimated year. The letters:
/// `+` counted, `w` weekend, `h` holiday, `t` transferred day off, `*` counted because an act made it a working day; a
/// capital `W`, `H`, `T` is a day off that a term in calendar days counts; `=` goes before the date itself where it is
/// not a counted day, and `.` then stands for an ordinary working day.
extension Proof: CustomStringConvertible {
    package var description: String {
        var text = "\(term); \(dayZero)\(zone.map { " " + $0 } ?? ""): "
        for entry in entries {
            let letter = Proof.letter(entry.reason)
            switch entry.outcome {
            case .counted: text += entry.reason == nil ? "+" : entry.reason == .workingDay ? "*" : letter.uppercased()
            case .skipped, .rolled: text += letter
            case .reached: text += "=" + letter
            }
        }
        text += "; \(due)"
        if let target { text += "/\(target)" }
        text += "; \(calendar)"
        if isProvisional { text += "?" }
        return text
    }

    /// Reads the compact text back; nil when it is not one.
    ///
    /// Names and legal bases are not in the text: they come from `names`, and are missing where that calendar has
    /// another kind of day.
    package init?(parsing text: String, names: WorkingCalendar) {
        let fields = text.split(separator: "; ", omittingEmptySubsequences: false)
        guard fields.count == 4, let term = Term(parsing: fields[0]) else { return nil }
        let days = fields[1].split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
        let dates = fields[2].split(separator: "/")
        let start = days[0].split(separator: " ", maxSplits: 1)
        guard days.count == 2, !start.isEmpty, let dayZero = CivilDate(start[0]), (1...2).contains(dates.count),
            let due = CivilDate(dates[0]),
            let entries = Proof.entries(days[1], term: term, dayZero: dayZero, due: due, names: names)
        else { return nil }
        var target: CivilDate?
        if dates.count == 2 {
            guard let date = CivilDate(dates[1]) else { return nil }
            target = date
        }
        let isProvisional = fields[3].hasSuffix("?")
        self.init(
            term: term, dayZero: dayZero, due: due, target: target, entries: entries,
            calendar: String(isProvisional ? fields[3].dropLast() : fields[3]),
            zone: start.count == 2 ? String(start[1]) : nil, isProvisional: isProvisional)
    }

    private static func entries(
        _ letters: Substring, term: Term, dayZero: CivilDate, due: CivilDate, names: WorkingCalendar
    ) -> [Entry]? {
        var date: CivilDate
        var skipped = Outcome.skipped
        switch term {
        case .dayOfNextMonth, .onDate: date = due
        case .atOnce:
            date = dayZero
            skipped = .rolled
        case .calendarDays:
            date = dayZero.adding(days: 1)
            skipped = .rolled
        case .workingDays, .waiting: date = dayZero.adding(days: 1)
        }
        var entries: [Entry] = []
        var ordinal = 0
        var isReached = false
        for letter in letters {
            if letter == "=" {
                guard !isReached else { return nil }
                isReached = true
                continue
            }
            guard let reason = Proof.reason(letter) else { return nil }
            let outcome: Outcome
            if isReached {
                outcome = .reached
            } else if letter.isLowercase {
                outcome = skipped
            } else {
                ordinal += 1
                outcome = .counted(ordinal)
            }
            let exception = names.exception(on: date).flatMap { $0.kind.rawValue == reason?.rawValue ? $0 : nil }
            entries.append(Entry(date: date, outcome: outcome, reason: reason, exception: exception))
            date = date.adding(days: 1)
        }
        return entries
    }

    /// The letter of a reason in lower case; `.` for none.
    private static func letter(_ reason: Reason?) -> String {
        switch reason {
        case .weekend: "w"
        case .holiday: "h"
        case .transferredDayOff: "t"
        case .workingDay: "*"
        case nil: "."
        }
    }

    /// The reason that a letter stands for; the outer nil when there is no such letter.
    private static func reason(_ letter: Character) -> Reason?? {
        switch letter {
        case "w", "W": .some(.weekend)
        case "h", "H": .some(.holiday)
        case "t", "T": .some(.transferredDayOff)
        case "*": .some(.workingDay)
        case "+", ".": .some(nil)
        default: nil
        }
    }
}
