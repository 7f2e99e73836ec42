import KnowledgeBase
import Languages
import Workbooks
import WorkingDays

/// The form of a card as a workbook that a body fills in; `CardBlankReading` reads what comes back.
///
/// The first column holds the place of each field on the form (`documents.2`), so that rows may be moved, put between and taken out.
package struct CardBlank: Sendable {
    /// The workbook.
    package let workbook: Workbook

    /// How many empty rows stand below those of a list, and of the facts.
    static let spare = (points: 8, facts: 6)
    /// The words in the first column that are no places of the form.
    enum Mark: String {
        case code = "card", edition, note, facts
    }
    /// What ticks a channel.
    static let tick = "+"

    /// The workbook of a form with what is known filled in.
    /// - Parameters:
    ///   - code: the code of the card.
    ///   - edition: the edition from which the form was made.
    ///   - day: the day that stands in the file as the one on which it was made.
    package init(
        _ form: CardForm, of code: String, edition: Int, fields: [CardFormField] = CardFormField.ofBody,
        _ words: CardBlankWords, on day: CivilDate
    ) {
        var maker = Maker(words: words)
        maker.head(code, edition, form)
        for field in fields { maker.put(field, form) }
        var sheets = [maker.sheet]
        if fields.contains(.stated) { sheets += maker.facts(form) }
        workbook = Workbook(
            title: "\(CardBlankWords.both(words.title)) · \(code)", language: "ru-KZ", day: day, sheets: sheets)
    }
}

/// Writes the sheets row by row.
private struct Maker {
    let words: CardBlankWords
    var sheet: WorkbookSheet
    private var row = 0
    private let label = WorkbookStyle().with {
        $0.isWrapped = true
        $0.isTop = true
        $0.isBold = true
        $0.hasBorder = true
        $0.fill = 0xEDF1F0
    }
    private let key = WorkbookStyle().with {
        $0.size = 8
        $0.ink = 0x7B8A89
        $0.isTop = true
    }
    private let open = WorkbookStyle().with {
        $0.isWrapped = true
        $0.isTop = true
        $0.isLocked = false
        $0.hasBorder = true
        $0.shape = .text
    }
    private let shut = WorkbookStyle().with {
        $0.isTop = true
        $0.hasBorder = true
    }

    init(words: CardBlankWords) {
        self.words = words
        sheet = WorkbookSheet(words.title.ru)
        sheet.widths = [0: 15, 1: 30, 2: 54, 3: 54]
        sheet.print.isLandscape = true
    }

    mutating func head(_ code: String, _ edition: Int, _ form: CardForm) {
        sheet.put(row, 0, .text(CardBlank.Mark.note.rawValue), key)
        sheet.put(
            row, 1, .text(CardBlankWords.both(words.title)),
            WorkbookStyle().with {
                $0.size = 13
                $0.isBold = true
            })
        row += 1
        for help in words.help {
            sheet.put(row, 0, .text(CardBlank.Mark.note.rawValue), key)
            sheet.put(
                WorkbookBlock(rows: row...row, columns: 1...2), .text(help.kk),
                WorkbookStyle().with { $0.isWrapped = true })
            sheet.put(row, 3, .text(help.ru), WorkbookStyle().with { $0.isWrapped = true })
            sheet.fit(row, [(3, help.ru), (3, help.kk)])
            row += 1
        }
        for (mark, label, value) in [
            (CardBlank.Mark.code, words.fields["code"] ?? words.title, code), (.edition, words.edition, "\(edition)"),
        ] {
            sheet.put(row, 0, .text(mark.rawValue), key)
            sheet.put(row, 1, .text(CardBlankWords.both(label)), self.label)
            sheet.put(row, 2, .text(value), shut)
            row += 1
        }
        sheet.put(row, 0, .text(CardBlank.Mark.note.rawValue), key)
        for (column, text) in [(1, ""), (2, "Қазақша"), (3, "Русский")] { sheet.put(row, column, .text(text), label) }
        row += 1
        sheet.frozen = (row, 2)
    }

    mutating func put(_ field: CardFormField, _ form: CardForm) {
        let name = field.rawValue
        let title = words.fields[name].map(CardBlankWords.both) ?? name
        switch field.kind {
        case .text: line(name, title, form.text(of: field))
        case .word: line(name, title, CardForm.Pair(kk: form.word(of: field)))
        case .list:
            let rows = form.rows(of: field)
            for index in 0..<min(CardForm.mostRows, rows.count + CardBlank.spare.points) {
                line(
                    "\(name).\(index)", index == 0 ? title : "\(index + 1)",
                    index < rows.count ? rows[index] : CardForm.Pair())
            }
        case .channels:
            for channel in CardFormFact.channels {
                let said = words.channels[channel].map(CardBlankWords.both) ?? channel
                line(
                    "\(name).\(channel)", "\(title): \(said)",
                    CardForm.Pair(kk: form.channels.contains(channel) ? CardBlank.tick : ""))
            }
        case .facts: break
        }
    }

    private mutating func line(_ place: String, _ title: String, _ pair: CardForm.Pair) {
        sheet.put(row, 0, .text(place), key)
        sheet.put(row, 1, .text(title), label)
        sheet.put(row, 2, pair.kk.isEmpty ? .blank : .text(pair.kk), open)
        sheet.put(row, 3, pair.ru.isEmpty ? .blank : .text(pair.ru), open)
        sheet.fit(row, [(1, title), (2, pair.kk), (3, pair.ru)])
        row += 1
    }

    /// The sheet of facts, and the one with what is offered in them.
    func facts(_ form: CardForm) -> [WorkbookSheet] {
        var sheet = WorkbookSheet(words.facts.ru)
        var offered = WorkbookSheet("choices")
        offered.isHidden = true
        sheet.widths = [0: 10, 1: 26, 2: 22, 3: 30, 4: 12, 5: 26, 6: 34, 7: 34, 8: 34, 9: 13, 10: 13]
        sheet.frozen = (1, 1)
        sheet.put(0, 0, .text(CardBlank.Mark.facts.rawValue), key)
        let count = min(CardForm.mostRows, form.facts.count + CardBlank.spare.facts)
        for (column, part) in CardFormFact.Part.allCases.enumerated() {
            sheet.put(
                0, column + 1, .text(words.parts[part.rawValue].map(CardBlankWords.both) ?? part.rawValue), label)
            guard let choices = part.choices, count > 0 else { continue }
            for (line, code) in choices.enumerated() { offered.put(line, column, .text(words.shown(part, code))) }
            sheet.entry(
                WorkbookBlock(rows: 1...count, columns: (column + 1)...(column + 1)),
                .offered(sheet: offered.name, column: column, count: choices.count), refusal: "")
        }
        for index in 0..<count {
            let fact = index < form.facts.count ? form.facts[index] : CardFormFact()
            sheet.put(index + 1, 0, .text("\(CardFormField.stated.rawValue).\(index)"), key)
            for (column, part) in CardFormFact.Part.allCases.enumerated() {
                let value = part.choices == nil || fact[part].isEmpty ? fact[part] : words.shown(part, fact[part])
                sheet.put(index + 1, column + 1, value.isEmpty ? .blank : .text(value), open)
            }
        }
        return [sheet, offered]
    }
}
