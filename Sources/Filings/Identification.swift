import Forms
import Languages
import Spreadsheets

/// Which sheet of a file is the form, and whether it is the one that was asked for.
struct Identification {
    /// The sheet; nil where the file has no form.
    let sheet: FilingSheet?
    /// What is wrong with it.
    let faults: [FilingFault]
    /// Whether its table is one of the form that was asked for, so that it can be read.
    let canBeRead: Bool

    private struct Mention {
        let sheet: Int
        let index: FormIndex
        let address: String
    }

    /// How many labels of a form a table must have before it is taken for that form.
    private static let likeness = 4

    init(_ grids: [SheetGrid], asked: StatutoryForm, of forms: [StatutoryForm]) {
        let sheets = grids.map(FilingSheet.init)
        let mentions = sheets.indices.compactMap { place -> Mention? in
            Self.mention(sheets[place], forms).map { Mention(sheet: place, index: $0.index, address: $0.address) }
        }
        if let lost = Self.lost(sheets, mentions) {
            self.init(sheet: nil, faults: [lost], canBeRead: false)
            return
        }
        let withTable = mentions.filter { sheets[$0.sheet].headIndex != nil }
        let candidates = withTable.isEmpty ? mentions : withTable
        let wanted = asked.index ?? ""
        guard let mention = candidates.first(where: { $0.index.text == wanted }) ?? candidates.first else {
            self = Self.withoutIndex(sheets, asked, forms)
            return
        }
        let sheet = sheets[mention.sheet]
        let name = sheet.grid.name
        let titles = Self.titles(sheet, forms)
        let table = Self.table(sheet, asked, forms)
        let seems = titles.isEmpty ? table : titles.contains(asked.code) ? asked.code : titles.first
        if candidates.count > 1 {
            let found = candidates.map(\.index.text).joined(separator: ", ")
            let fault = FilingFault(
                .formCode, sheet: name, cell: mention.address, found: found, wanted: wanted,
                text: FilingTexts.twoForms(found))
            self.init(sheet: sheet, faults: [fault], canBeRead: false)
            return
        }
        guard mention.index.text != wanted else {
            if let seems, seems != asked.code, let other = forms.first(where: { $0.code == seems })?.index {
                let fault = FilingFault(
                    .formCode, sheet: name, cell: mention.address, found: wanted, wanted: other,
                    text: FilingTexts.indexAndTitle(wanted, other))
                self.init(sheet: sheet, faults: [fault], canBeRead: table == asked.code)
            } else {
                self.init(sheet: sheet, faults: [], canBeRead: true)
            }
            return
        }
        let alike = forms.filter { $0.index.map(FormIndex.skeleton) == mention.index.skeleton }
        guard seems != nil || !alike.isEmpty else {
            let fault = FilingFault(
                .formUnknown, sheet: name, cell: mention.address, found: mention.index.text, wanted: wanted,
                text: FilingTexts.noForm(wanted))
            self.init(sheet: nil, faults: [fault], canBeRead: false)
            return
        }
        let meant =
            forms.first { $0.code == seems }?.index ?? alike.first { $0.code == asked.code }?.index
            ?? alike.first?.index
        let fault = FilingFault(
            .formCode, sheet: name, cell: mention.address, found: mention.index.text, wanted: wanted,
            text: FilingTexts.index(mention.index, wanted: wanted, meant: meant))
        self.init(sheet: sheet, faults: [fault], canBeRead: seems == asked.code || (seems == nil && !alike.isEmpty))
    }

    private init(sheet: FilingSheet?, faults: [FilingFault], canBeRead: Bool) {
        self.sheet = sheet
        self.faults = faults
        self.canBeRead = canBeRead
    }

    /// A file in which no sheet has an index: title and table tell what it is.
    private static func withoutIndex(
        _ sheets: [FilingSheet], _ asked: StatutoryForm, _ forms: [StatutoryForm]
    ) -> Identification {
        let wanted = asked.index ?? ""
        for sheet in sheets {
            let titles = titles(sheet, forms)
            let table = table(sheet, asked, forms)
            guard let seems = titles.contains(asked.code) ? asked.code : titles.first ?? table else { continue }
            let fault = FilingFault(
                .formCode, sheet: sheet.grid.name, found: "", wanted: wanted, text: FilingTexts.noIndex(wanted))
            return Identification(sheet: sheet, faults: [fault], canBeRead: seems == asked.code)
        }
        let fault = FilingFault(.formUnknown, wanted: wanted, text: FilingTexts.noForm(wanted))
        return Identification(sheet: nil, faults: [fault], canBeRead: false)
    }

    /// The index on a sheet: behind its label, else a cell that is nothing but an index.
    private static func mention(_ sheet: FilingSheet, _ forms: [StatutoryForm]) -> (index: FormIndex, address: String)?
    {
        if let value = sheet.value("индекс") {
            // The label may go on: «Индекс формы».
            var text = value.text
            for word in ["формы", "форма", "нысаны", "нысанның"] where text.lowercased().hasPrefix(word) {
                text = String(text.dropFirst(word.count))
            }
            let index = FormIndex(text)
            if !index.text.isEmpty { return (index, value.address) }
        }
        let skeletons = Set(forms.compactMap { $0.index.map(FormIndex.skeleton) })
        for row in sheet.above {
            for item in row.cells {
                guard case .text(var text) = item.cell, text.count < 40 else { continue }
                for word in ["форма", "нысан"] where text.trimmedSpaces.lowercased().hasPrefix(word) {
                    text = String(
                        text.trimmedSpaces.dropFirst(word.count).drop { $0.isWhitespace || $0 == ":" || $0 == "№" })
                }
                let index = FormIndex(text)
                if skeletons.contains(index.skeleton), Folding.fold(text) == Folding.fold(index.text) {
                    return (index, sheet.address(row, item.column))
                }
            }
        }
        return nil
    }

    /// A file whose letters were lost: question marks stand within words.
    private static func lost(_ sheets: [FilingSheet], _ mentions: [Mention]) -> FilingFault? {
        if let mention = mentions.first(where: \.index.lostLetters) {
            return FilingFault(
                .lettersLost, sheet: sheets[mention.sheet].grid.name, cell: mention.address, found: mention.index.text,
                text: FilingTexts.lettersLost)
        }
        for sheet in sheets {
            var count = 0
            for row in sheet.rows.prefix(200) {
                for item in row.cells {
                    guard case .text(let text) = item.cell, isBroken(text) else { continue }
                    count += 1
                    guard count >= 3 else { continue }
                    return FilingFault(
                        .lettersLost, sheet: sheet.grid.name, cell: sheet.address(row, item.column),
                        found: String(text.prefix(60)), text: FilingTexts.lettersLost)
                }
            }
        }
        return nil
    }

    private static func isBroken(_ text: String) -> Bool {
        var before: Character = " "
        var isOpen = false
        for character in text {
            let isLost = character == "?" || character == "\u{FFFD}"
            if isOpen, character.isLetter || isLost { return true }
            isOpen = isLost && before.isLetter
            before = character
        }
        return false
    }

    /// The forms whose title stands above the table.
    private static func titles(_ sheet: FilingSheet, _ forms: [StatutoryForm]) -> [String] {
        let texts = sheet.above.flatMap { $0.cells.map { Folding.fold($0.cell.shown) } }
        let joined = texts.joined()
        let whole = forms.filter { form in names(form).contains { joined.contains($0) } }
        if !whole.isEmpty { return whole.map(\.code) }
        var best: (code: String, likeness: Double)?
        for form in forms {
            for name in names(form) {
                for text in texts where text.count * 2 > name.count {
                    let likeness = Folding.likeness(text, name)
                    if likeness >= 0.8, likeness > best?.likeness ?? 0 { best = (form.code, likeness) }
                }
            }
        }
        return best.map { [$0.code] } ?? []
    }

    /// The titles of a form and of its table, folded.
    private static func names(_ form: StatutoryForm) -> [String] {
        ([form.title.kk, form.title.ru] + form.head.title.values).map(Folding.fold).filter { $0.count > 20 }
    }

    /// The form whose rows a table has; the one that was asked for where it has as many as another.
    private static func table(_ sheet: FilingSheet, _ asked: StatutoryForm, _ forms: [StatutoryForm]) -> String? {
        var pairs: Set<String> = []
        for row in sheet.rows {
            let labels = row.cells.map { Folding.fold($0.cell.shown) }
            let codes = row.cells.first.flatMap { RowNumber($0.cell)?.codes } ?? [""]
            for label in labels where label.count > 3 { for code in codes { pairs.insert(code + "|" + label) } }
        }
        func fit(_ form: StatutoryForm) -> Int {
            form.numbers.count { row in
                [row.label.kk, row.label.ru].map(Folding.fold).contains {
                    pairs.contains((row.number ?? "") + "|" + $0)
                }
            }
        }
        let own = fit(asked)
        let other = forms.filter { $0.code != asked.code }.map { (code: $0.code, fit: fit($0)) }.max { $0.fit < $1.fit }
        // The forms of one act share most of their words: a few more in common with another mean nothing.
        if let other, other.fit >= likeness, Double(other.fit) > 1.25 * Double(own) { return other.code }
        return own >= min(likeness, asked.numbers.count) ? asked.code : nil
    }
}
