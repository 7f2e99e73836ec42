import Forms
import Languages
import Workbooks
import WorkingDays

/// The template of a body's list as a workbook: the discrepancy, body and period filled in, heads locked, cells typed. What is
/// filled in so is read by `BodyListReader`.
package struct BodyListBlank: Sendable {
    /// The languages in which it is made: those of the acts.
    package static let languages: [Language] = [.kk, .ru]
    /// How many lines it has at least; more can be added below them.
    static let leastLines = 50

    /// The workbook.
    package let workbook: Workbook

    /// The template for a discrepancy.
    /// - Parameters:
    ///   - row: the row of the form.
    ///   - services: the names of the body's services, which are offered.
    ///   - told: how many cases the form tells of, so that there are lines enough.
    package init(
        _ number: String, _ form: StatutoryForm, row: String, _ period: ReportPeriod, body: Localized,
        services: [Localized], told: Int?, in language: Language
    ) {
        let language = Self.languages.contains(language) ? language : .ru
        var sheet = WorkbookSheet(Words.sheet[language])
        sheet.isProtected = true
        sheet.print.isLandscape = true
        sheet.print.footer = number
        let last = BodyListColumn.allCases.count - 1
        for (column, one) in BodyListColumn.allCases.enumerated() { sheet.widths[column] = one.width }
        let width = sheet.widths.values.reduce(0, +)
        let label = form.row(row)?.label[language] ?? row
        let lines: [(String, WorkbookStyle)] = [
            (Words.title[language], Styles.title), (body[language], Styles.strong), (number, Styles.plain),
            ("\(form.index ?? form.code) · \(period) · \(row). \(label)", Styles.plain),
            (Words.note[language], Styles.note),
        ]
        for (place, (text, style)) in lines.enumerated() {
            sheet.put(WorkbookBlock(rows: place...place, columns: 0...last), .text(text), style)
            sheet.heights[place] = max(16, WorkbookSheet.height(of: text, width: width, size: style.size))
        }
        let head = lines.count + 1
        sheet.heights[head] = 32
        for (column, one) in BodyListColumn.allCases.enumerated() {
            sheet.put(head, column, .text(one.words[language]), one.isRequired ? Styles.required : Styles.head)
            sheet.comment(head, column, one.help[language])
        }
        sheet.frozen = (head + 1, 1)
        sheet.print.repeated = head...head
        let count = min(max(Self.leastLines, (told ?? 0) + 20), BodyCaseList.mostCases)
        for line in 1...count {
            for (column, one) in BodyListColumn.allCases.enumerated() {
                sheet.put(head + line, column, .blank, one.isDay ? Styles.day : Styles.text)
            }
        }
        let offered = Offered(services, language)
        func entry(_ column: BodyListColumn, _ kind: WorkbookEntry.Kind, _ refusal: Localized) {
            guard let place = BodyListColumn.allCases.firstIndex(of: column) else { return }
            sheet.entry(
                WorkbookBlock(rows: (head + 1)...(head + count), columns: place...place), kind,
                refusal: refusal[language])
        }
        let year = CivilDate(year: period.first.year - 1, month: 1, day: 1) ?? period.first
        for column in BodyListColumn.allCases where column.isDay { entry(column, .day(from: year), Words.notADay) }
        for (column, place, length) in offered.lists {
            entry(column, .offered(sheet: offered.sheet.name, column: place, count: length), Words.choose)
        }
        var help = WorkbookSheet(Words.help[language])
        help.widths = [0: 28, 1: 90]
        for (place, column) in BodyListColumn.allCases.enumerated() {
            help.put(place, 0, .text(column.words[language]), Styles.strong)
            help.put(place, 1, .text(column.help[language]), Styles.plain)
        }
        help.isProtected = true
        workbook = Workbook(
            title: "\(Words.title[language]) \(number)", language: language == .kk ? "kk-KZ" : "ru-KZ",
            day: period.last, sheets: [sheet, help, offered.sheet])
    }

    /// The hidden sheet with what is offered.
    private struct Offered {
        var sheet: WorkbookSheet
        var lists: [(BodyListColumn, Int, Int)] = []

        init(_ services: [Localized], _ language: Language) {
            sheet = WorkbookSheet(Words.offered[language])
            sheet.isHidden = true
            let columns: [(BodyListColumn, [String])] = [
                (.service, services.map { $0[language] }), (.kind, BodyListWords.kinds.map { $0.words[language] }),
                (.source, BodyListWords.sources.map { $0.words[language] }),
            ]
            for (place, (column, words)) in columns.enumerated() where !words.isEmpty {
                for (row, word) in words.enumerated() { sheet.put(row, place, .text(word)) }
                lists.append((column, place, words.count))
            }
        }
    }

    private enum Words {
        static let sheet = Localized(kk: "Шағымдар", ru: "Жалобы")
        static let help = Localized(kk: "Қалай толтыру керек", ru: "Как заполнить")
        static let offered = Localized(kk: "Тізімдер", ru: "Списки")
        static let title = Localized(
            kk: "Есептегі санды құрайтын шағымдардың тізімі", ru: "Список жалоб, из которых сложилось число отчета")
        static let note = Localized(
            kk:
                "Әр жолға бір шағым жазыңыз. Аты-жөнін, телефонын және басқа байланыс деректерін жазбаңыз: баған қосылған тізім қабылданбайды. ЖСН міндетті емес; ол бірден кілтті санға айналады, файл сақталмайды.",
            ru:
                "Одна жалоба – одна строка. Не пишите имен, телефонов и других контактов: список с лишними столбцами не принимается. ИИН не обязателен; он сразу превращается в ключевое число, файл не хранится."
        )
        static let notADay = Localized(kk: "Күнді жазыңыз: 31.03.2026.", ru: "Впишите дату: 31.03.2026.")
        static let choose = Localized(kk: "Тізімнен таңдаңыз.", ru: "Выберите из списка.")
    }

    private enum Styles {
        static let plain = WorkbookStyle().with { $0.isWrapped = true }
        static let strong = plain.with { $0.isBold = true }
        static let title = strong.with { $0.size = 13 }
        static let note = plain.with { $0.ink = 0x606060 }
        static let head = strong.with {
            $0.hasBorder = true
            $0.fill = 0xDDE6EE
            $0.alignment = .centre
        }
        /// What must be filled in stands out.
        static let required = head.with { $0.fill = 0xBBD0E4 }
        static let text = plain.with {
            $0.hasBorder = true
            $0.isLocked = false
            $0.fill = 0xFFF8DC
            $0.shape = .text
        }
        static let day = text.with {
            $0.shape = .day
            $0.alignment = .left
        }
    }
}

extension BodyListColumn {
    /// How wide it is, in letters.
    fileprivate var width: Double {
        switch self {
        case .service: 34
        case .kind, .source: 22
        case .own, .forum: 18
        default: 14
        }
    }
}
