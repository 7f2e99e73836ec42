import CardSearch
import Registry
import WorkingDays

/// Stated facts in the words of cards, Kazakh and Russian.
struct FactWords {
    /// The day on which they are told.
    let day: CivilDate
    let index: CalculationIndex

    /// A fact in words, with its own words after a value.
    func text(_ fact: CardFact) -> CardText {
        var kk: [String] = []
        var ru: [String] = []
        if let value = value(fact) {
            let channel = fact.channel.flatMap(ServiceChannel.init(rawValue:)).map(Self.through)
            kk.append((channel.map { $0.kk + ": " } ?? "") + value.kk)
            ru.append((channel.map { $0.ru + ": " } ?? "") + value.ru)
        }
        if let own = fact.text?.kk { kk.append(own) }
        if let own = fact.text?.ru { ru.append(own) }
        return CardText(
            kk: kk.isEmpty ? nil : kk.joined(separator: ". "), ru: ru.isEmpty ? nil : ru.joined(separator: ". "))
    }

    private func value(_ fact: CardFact) -> (kk: String, ru: String)? {
        if fact.isFree == true { return ("тегін", "бесплатно") }
        if let tenge = fact.tenge { return money(tenge.thousandths) }
        if let percent = fact.percent {
            let number = percent.written(point: ",")
            return ("\(number) %", "\(number) %")
        }
        if let multiple = fact.mci { return inIndex(multiple) }
        if let term = fact.term { return Self.words(term) }
        return nil
    }

    /// “0,25 МРП – 1 081,25 тенге (МРП – 4 325 тенге)”; without tenge where the index of the day is not known.
    private func inIndex(_ multiple: DecimalText) -> (kk: String, ru: String) {
        let number = multiple.written(point: ",")
        guard let value = index.value(on: day) else { return ("\(number) АЕК", "\(number) МРП") }
        let sum = money(multiple.thousandths * value.tenge)
        let one = money(value.tenge * 1_000)
        return ("\(number) АЕК – \(sum.kk) (АЕК – \(one.kk))", "\(number) МРП – \(sum.ru) (МРП – \(one.ru))")
    }

    /// Tenge from thousandths, with two digits of tiyn where there are any, rounded half up.
    private func money(_ thousandths: Int) -> (kk: String, ru: String) {
        let (tenge, tiyn) = ((thousandths + 5) / 10).quotientAndRemainder(dividingBy: 100)
        var grouped = ""
        for (place, digit) in "\(tenge)".enumerated() {
            if place > 0, ("\(tenge)".count - place).isMultiple(of: 3) { grouped += "\u{A0}" }
            grouped.append(digit)
        }
        if tiyn > 0 { grouped += "," + (tiyn < 10 ? "0" : "") + "\(tiyn)" }
        return (grouped + " теңге", grouped + " тенге")
    }

    /// A term in words.
    private static func words(_ term: Term) -> (kk: String, ru: String)? {
        switch term {
        case .workingDays(let count):
            ("\(count) жұмыс күні", "\(count) " + plural(count, "рабочий день", "рабочих дня", "рабочих дней"))
        case .calendarDays(let count):
            (
                "\(count) күнтізбелік күн",
                "\(count) " + plural(count, "календарный день", "календарных дня", "календарных дней")
            )
        case .atOnce: ("өтініш берген күні", "в день обращения")
        case .dayOfNextMonth, .waiting, .onDate: nil
        }
    }

    private static func plural(_ count: Int, _ one: String, _ few: String, _ many: String) -> String {
        switch (count % 10, count % 100) {
        case (_, 11...14): many
        case (1, _): one
        case (2...4, _): few
        default: many
        }
    }

    private static func through(_ channel: ServiceChannel) -> (kk: String, ru: String) {
        switch channel {
        case .portal: ("egov.kz порталы арқылы", "через портал egov.kz")
        case .psc: ("Мемлекеттік корпорация арқылы", "через Государственную корпорацию")
        case .office: ("көрсетілетін қызметті берушіде", "у услугодателя")
        case .licensing: ("elicense.kz порталы арқылы", "через портал elicense.kz")
        case .consulate: ("консулдықта", "в консульстве")
        case .mobile: ("мобильді қосымша арқылы", "через мобильное приложение")
        case .bank: ("банк арқылы", "через банк")
        case .mail: ("пошта арқылы", "по почте")
        case .proactive: ("проактивті түрде", "проактивно")
        }
    }
}
