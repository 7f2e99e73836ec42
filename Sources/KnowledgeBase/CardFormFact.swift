import CardSearch
import Registry
import WorkingDays

/// A fact of a card as a row of the form: the value is an amount and what it is measured in.
package struct CardFormFact: Codable, Hashable, Sendable {
    /// What is filled in of a fact.
    package enum Part: String, CaseIterable, Codable, Hashable, Sendable {
        case fact
        case about = "case"
        case channel, amount, measure, kk, ru, source, since, until

        /// The values among which it is chosen; nil where it is typed.
        package var choices: [String]? {
            switch self {
            case .fact: ServiceFact.allCases.map(\.rawValue)
            case .about: ServiceCase.allCases.map(\.rawValue)
            case .channel: CardFormFact.channels
            case .measure: Measure.allCases.map(\.rawValue)
            case .amount, .kk, .ru, .source, .since, .until: nil
            }
        }
    }

    /// What a value is measured in.
    package enum Measure: String, CaseIterable, Codable, Hashable, Sendable {
        /// Multiples of the monthly calculation index (МРП).
        case mci
        /// Tenge.
        case tenge
        /// Percent of what the words name.
        case percent
        /// No fee.
        case free
        /// Working days.
        case workingDays = "working-days"
        /// Calendar days.
        case calendarDays = "calendar-days"
        /// On the day of application.
        case atOnce = "at-once"

        /// Whether it needs an amount.
        package var hasAmount: Bool { self != .free && self != .atOnce }
        /// Whether it measures a fee; otherwise a term.
        var isMoney: Bool { [.mci, .tenge, .percent, .free].contains(self) }
    }

    /// The channels of services.
    package static let channels = ServiceChannel.allCases.map(\.rawValue)

    private var values: [String: String] = [:]

    /// An empty row.
    package init() {}

    /// What stands in a part; empty where nothing does.
    package subscript(part: Part) -> String {
        get { values[part.rawValue] ?? "" }
        set { values[part.rawValue] = newValue.isEmpty ? nil : newValue }
    }

    /// Whether nothing was typed.
    package var isEmpty: Bool { values.isEmpty }

    /// A fact as the form shows it.
    package init(_ fact: CardFact) {
        self[.fact] = fact.fact.rawValue
        self[.about] = fact.about?.rawValue ?? ""
        self[.channel] = fact.channel ?? ""
        self[.kk] = CardForm.plain(fact.text?.kk ?? "")
        self[.ru] = CardForm.plain(fact.text?.ru ?? "")
        self[.source] = CardForm.plain(fact.source)
        self[.since] = fact.since?.description ?? ""
        self[.until] = fact.until?.description ?? ""
        let (measure, amount): (Measure?, String) =
            if let mci = fact.mci {
                (.mci, mci.description)
            } else if let tenge = fact.tenge {
                (.tenge, tenge.description)
            } else if let percent = fact.percent {
                (.percent, percent.description)
            } else if fact.isFree == true {
                (.free, "")
            } else {
                switch fact.term {
                case .workingDays(let days)?: (.workingDays, "\(days)")
                case .calendarDays(let days)?: (.calendarDays, "\(days)")
                case .atOnce?: (.atOnce, "")
                default: (nil, "")
                }
            }
        self[.measure] = measure?.rawValue ?? ""
        self[.amount] = amount
    }

    /// The fact that the row says, with what is wrong with it; nil where it does not say what it is about.
    /// - Parameter place: its place on the form: `facts.0`.
    func fact(at place: String, _ faults: inout [CardFormFault]) -> CardFact? {
        func fault(_ part: Part, _ kind: CardFormFault.Kind) {
            faults.append(CardFormFault(place: "\(place).\(part.rawValue)", kind: kind))
        }
        func read<Value>(_ part: Part, _ kind: CardFormFault.Kind, _ read: (String) -> Value?) -> Value? {
            guard !self[part].isEmpty else { return nil }
            let value = read(self[part])
            if value == nil { fault(part, kind) }
            return value
        }
        if self[.fact].isEmpty { fault(.fact, .missing) }
        if self[.source].isEmpty { fault(.source, .missing) }
        for part in [Part.kk, .ru, .source] where self[part].count > CardForm.longest { fault(part, .tooLong) }
        var fact = CardFact(read(.fact, .unknown) { ServiceFact(rawValue: $0) } ?? .fee, source: self[.source])
        fact.about = read(.about, .unknown) { ServiceCase(rawValue: $0) }
        fact.channel = read(.channel, .unknown) { ServiceChannel(rawValue: $0)?.rawValue }
        fact.since = read(.since, .noDay) { CivilDate($0) }
        fact.until = read(.until, .noDay) { CivilDate($0) }
        if let since = fact.since, let until = fact.until, until < since { fault(.until, .daysTurned) }
        let text = CardText(kk: self[.kk].isEmpty ? nil : self[.kk], ru: self[.ru].isEmpty ? nil : self[.ru])
        fact.text = text.kk == nil && text.ru == nil ? nil : text
        measure(&fact, fault)
        return self[.fact].isEmpty ? nil : fact
    }

    private func measure(_ fact: inout CardFact, _ fault: (Part, CardFormFault.Kind) -> Void) {
        guard !self[.measure].isEmpty else {
            if !self[.amount].isEmpty { fault(.measure, .missing) }
            if self[.amount].isEmpty, fact.text == nil { fault(.amount, .noValue) }
            return
        }
        guard let measure = Measure(rawValue: self[.measure]) else { return fault(.measure, .unknown) }
        if measure.hasAmount, self[.amount].isEmpty { return fault(.amount, .missing) }
        if !measure.hasAmount, !self[.amount].isEmpty { return fault(.amount, .noAmount) }
        if !self[.fact].isEmpty {
            if measure.isMoney, fact.fact != .fee { fault(.measure, .onlyFee) }
            if !measure.isMoney, fact.fact != .term { fault(.measure, .onlyTerm) }
        }
        let number = DecimalText(self[.amount])
        let days = Int(self[.amount]).flatMap { (1...3_650).contains($0) ? $0 : nil }
        switch measure {
        case .mci: fact.mci = number
        case .tenge: fact.tenge = number
        case .percent: fact.percent = number
        case .free: fact.isFree = true
        case .workingDays: fact.term = days.map { .workingDays($0) }
        case .calendarDays: fact.term = days.map { .calendarDays($0) }
        case .atOnce: fact.term = .atOnce
        }
        if measure.hasAmount, measure.isMoney, number == nil { fault(.amount, .noNumber) }
        if measure.hasAmount, !measure.isMoney, days == nil { fault(.amount, .noDays) }
    }
}
