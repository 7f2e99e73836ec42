import Languages
import WorkingDays

/// The words in which dates, terms and proofs are told, in the three languages.
package struct ProofTexts: Sendable {
    /// The language.
    package let language: Language

    /// The words of a language.
    package init(language: Language) {
        self.language = language
    }

    var termLabel: String { pick("Мерзім", "Срок", "Term") }
    var dayZeroLabel: String { pick("Оқиға күні (0-күн)", "День события (день 0)", "Day of the event (day 0)") }
    var lastDayLabel: String { pick("Соңғы күні", "Последний день срока", "Last day") }
    var firstAllowedLabel: String {
        pick("Рұқсат етілген алғашқы күн", "Первый день, когда можно", "First day allowed")
    }
    var targetLabel: String { pick("Жұмыс күніне келетін меже", "Ориентир на рабочий день", "Working-day target") }
    var provisional: String {
        pick(
            "Алдын ала: бұл күн күнтізбесі әлі бекітілмеген жылға байланысты және өзгеруі мүмкін.",
            "Предварительно: дата зависит от года, календарь которого еще не утвержден, и может измениться.",
            "Provisional: the date depends on a year whose calendar is only estimated, and may change.")
    }

    /// A date written out with its day of the week.
    package func day(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        let weekday = weekdays[date.weekday.rawValue - 1]
        return switch language {
        case .kk: "\(year) жылғы \(day) \(months[month - 1]), \(weekday)"
        case .ru: "\(day) \(months[month - 1]) \(year) года, \(weekday)"
        case .en: "\(weekday) \(day) \(months[month - 1]) \(year)"
        }
    }

    /// A term written out.
    package func term(_ term: Term) -> String {
        switch term {
        case .workingDays(let count):
            pick(
                "\(count) жұмыс күні", "\(count) \(russian(count, "рабочий день", "рабочих дня", "рабочих дней"))",
                term.description)
        case .calendarDays(let count):
            pick(
                "\(count) күнтізбелік күн",
                "\(count) \(russian(count, "календарный день", "календарных дня", "календарных дней"))",
                term.description)
        case .dayOfNextMonth(let day):
            pick("келесі айдың \(day)-күніне қарай", "к \(day) числу следующего месяца", "by the \(term.description)")
        case .atOnce:
            pick("дереу, сол жұмыс күні", "незамедлительно, в тот же рабочий день", "at once, the same working day")
        case .waiting(let count):
            pick(
                "\(count) жұмыс күні өткен соң",
                "по истечении \(count) \(russian(count, "рабочего дня", "рабочих дней", "рабочих дней"))",
                term.description)
        case .onDate:
            pick("жоспарда көрсетілген күн", "день, указанный в плане", term.description)
        }
    }

    func outcome(_ outcome: Proof.Outcome, _ term: Term) -> String {
        switch outcome {
        case .counted(let ordinal):
            return pick("\(ordinal)-күн", "день \(ordinal)", "day \(ordinal)")
        case .skipped:
            return pick("есептелмейді", "не считается", "not counted")
        case .rolled:
            return pick(
                "мерзім демалыс күні аяқталмайды, ауысады", "срок не истекает в выходной, переносится",
                "a term does not end on a day off, it moves on")
        case .reached:
            if term.isWaiting {
                return pick(
                    "мерзім өткеннен кейінгі алғашқы жұмыс күні", "первый рабочий день после срока",
                    "first working day after it")
            }
            return pick("мерзімнің соңғы күні", "последний день срока", "last day of the term")
        }
    }

    func reason(_ reason: Proof.Reason, _ exception: CalendarException?) -> String {
        let kind =
            switch reason {
            case .weekend: pick("демалыс күні", "выходной день", "weekend")
            case .holiday: pick("мереке күні", "праздничный день", "holiday")
            case .transferredDayOff:
                pick("ауыстырылған демалыс күні", "перенесенный выходной день", "transferred day off")
            case .workingDay: pick("ауыстырылған жұмыс күні", "рабочий день по переносу", "day worked by an act")
            }
        // The calendar names its days in the languages of the acts; English says first what kind of day it is.
        return exception.map { pick($0.nameKK, $0.nameRU, "\(kind): \($0.nameRU)") } ?? kind
    }

    private func pick(_ kk: String, _ ru: String, _ en: String) -> String {
        switch language {
        case .kk: kk
        case .ru: ru
        case .en: en
        }
    }

    /// The form of a Russian noun after a number.
    private func russian(_ count: Int, _ one: String, _ few: String, _ many: String) -> String {
        switch (count % 10, count % 100) {
        case (_, 11...14): many
        case (1, _): one
        case (2...4, _): few
        default: many
        }
    }

    private var weekdays: [String] {
        switch language {
        case .kk: ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"]
        case .ru: ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
        case .en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        }
    }

    private var months: [String] {
        switch language {
        case .kk:
            [
                "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
                "қараша",
                "желтоқсан",
            ]
        case .ru:
            [
                "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
                "ноября",
                "декабря",
            ]
        case .en:
            [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
        }
    }
}
