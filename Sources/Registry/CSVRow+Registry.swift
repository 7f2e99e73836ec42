import CSV
import Languages
import WorkingDays

/// How the tables of the registry write their fields.
extension CSVRow {
    /// A text that must be there.
    func text(_ column: String) throws(CSVError) -> String {
        guard let text = optional(column) else {
            throw refusal(column, "The field is empty and must not be: fill it in.")
        }
        return text
    }

    /// A text without spaces around it, nil where there is none.
    func optional(_ column: String) -> String? {
        let text = self[column].trimmed
        return text.isEmpty ? nil : text
    }

    /// A code: Latin letters, digits, hyphen and underscore, since codes stand in addresses.
    func code(_ column: String) throws(CSVError) -> String {
        let code = try text(column)
        let isCode =
            code.utf8.count <= 40
            && code.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, 45, 95: true
                default: false
                }
            }
        guard isCode else {
            throw refusal(
                column, "“\(code)” is no code: write at most 40 Latin letters, digits, hyphens and underscores.")
        }
        return code
    }

    /// The code of another entry, nil where there is none.
    func reference(_ column: String) throws(CSVError) -> String? {
        optional(column) == nil ? nil : try code(column)
    }

    /// A date, nil where there is none.
    func date(_ column: String) throws(CSVError) -> CivilDate? {
        guard let text = optional(column) else { return nil }
        guard let date = CivilDate(text) else {
            throw refusal(column, "“\(text)” is no date: write it as 2026-03-19.")
        }
        return date
    }

    /// One of the words of an enumeration.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ column: String, _ type: Value.Type
    ) throws(CSVError) -> Value where Value.RawValue == String {
        let text = try text(column)
        guard let value = Value(rawValue: text) else {
            throw refusal(column, notOneOf(text, Value.allCases.map(\.rawValue)))
        }
        return value
    }

    /// The sentence about a word that is not one of a list.
    func notOneOf(_ text: String, _ words: [String]) -> String {
        "“\(text)” is not known: write one of \(words.joined(separator: ", "))."
    }

    /// Texts separated by semicolons.
    func list(_ column: String) -> [String] {
        self[column].split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// The name in the columns `name_kk`, `name_ru` and, where it is there, `name_en`.
    func name() throws(CSVError) -> Localized {
        Localized(kk: try text("name_kk"), ru: try text("name_ru"), en: optional("name_en"))
    }

    /// The names of the entry: the present one, and those before it where a history is given, which must fit.
    func names(_ history: NameHistory?) throws(CSVError) -> [DatedName] {
        let present = try name()
        guard let history, let row = history.rows.last else { return [DatedName(name: present)] }
        guard history.names.count == history.rows.count else {
            throw refusal("code", "One of its names in \(row.file) is refused: mend that first.")
        }
        if let problem = history.names.problem { throw row.refusal("from", problem) }
        guard history.names.last?.name == present else {
            throw row.refusal(
                "name_kk", "The last name is not the one in \(file), line \(line): make the two the same.")
        }
        return history.names
    }

    /// Checks that an entry does not end before it begins, and that only an ended one has a successor.
    func check(_ from: CivilDate?, _ to: CivilDate?, _ successor: String?) throws(CSVError) {
        if let from, let to, to < from {
            throw refusal("valid_to", "\(to) is before \(from), the first day: correct one of the days.")
        }
        if successor != nil, to == nil {
            throw refusal(
                "successor", "There is a successor and no last day: fill in valid_to or remove the successor.")
        }
    }
}

extension String {
    /// Without spaces and tabs at its ends.
    fileprivate var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else { return self }
        let start = utf8.drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...end]) ?? self
    }
}
