import CanonicalJSON
import Foundation
import Languages

/// The words on the screen in three languages, read once from `Texts/kk.json`, `ru.json` and `en.json`.
///
/// A table maps `area.thing` to a text, or to its plural forms (`one`, `few`, `many`, `other`). `{name}` in a text stands
/// for a value.
package struct Texts: Sendable {
    /// A text as the table has it.
    package enum Entry: Hashable, Sendable {
        /// One wording.
        case plain(String)
        /// A wording for each plural form of the language.
        case plural([PluralForm: String])
    }

    /// The tables by language.
    package let tables: [Language: [String: Entry]]

    /// Reads the tables that are shipped with the program.
    /// - Throws: `TextsError` that names the file and the text which is wrong.
    package init() throws {
        try self.init(folder: Bundle.module.bundleURL.appendingPathComponent("Texts"))
    }

    /// Reads the tables of a folder.
    /// - Throws: `TextsError` that names the file and the text which is wrong.
    package init(folder: URL) throws {
        var tables: [Language: [String: Entry]] = [:]
        for language in Language.allCases {
            let file = folder.appendingPathComponent(language.rawValue + ".json")
            do {
                tables[language] = try Self.table(try JSON(parsing: Array(try Data(contentsOf: file))))
            } catch {
                throw TextsError(file: file.lastPathComponent, problem: "\(error)")
            }
        }
        self.tables = tables
    }

    private static func table(_ json: JSON) throws -> [String: Entry] {
        guard case .object(let members) = json else { throw TextsError(file: "", problem: "The table is no object.") }
        var table: [String: Entry] = [:]
        for (key, value) in members {
            switch value {
            case .string(let text): table[key] = .plain(text)
            case .object(let forms):
                var plural: [PluralForm: String] = [:]
                for (name, text) in forms {
                    guard let form = PluralForm(rawValue: name), let text = text.string else {
                        throw TextsError(file: "", problem: "“\(key)” has “\(name)”, which is no plural form.")
                    }
                    plural[form] = text
                }
                table[key] = .plural(plural)
            default: throw TextsError(file: "", problem: "“\(key)” is neither a text nor plural forms.")
            }
        }
        return table
    }

    /// The text named `key` for a reader of `language`, with `values` in the places that bear their names.
    package func text(_ key: TextKey, _ language: Language, _ values: [String: String] = [:]) -> String {
        switch tables[language]?[key.name] {
        case .plain(let text): Self.fill(text, values)
        case .plural(let forms): Self.fill(forms[.other] ?? forms[.many] ?? "", values)
        // Not reached: a test fails on a name that a table does not have. Seen on a page, it names itself.
        case nil: "⟦\(key.name)⟧"
        }
    }

    /// The text named `key` in the plural form that `count` asks for; `{count}` in it stands for the number.
    package func text(
        _ key: TextKey, _ language: Language, count: Int, _ values: [String: String] = [:]
    ) -> String {
        guard case .plural(let forms) = tables[language]?[key.name] else { return text(key, language, values) }
        let form = PluralForm.of(count, in: language)
        let values = values.merging(["count": NumberText.whole(count)]) { given, _ in given }
        return Self.fill(forms[form] ?? forms[.other] ?? forms[.many] ?? "", values)
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        guard !values.isEmpty, text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var filled = ""
        var rest = text[...]
        // One pass, so that a value which holds braces is not read again.
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open]
            filled += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

/// A string table cannot be read.
package struct TextsError: Error, CustomStringConvertible {
    /// The file.
    package let file: String
    /// What is wrong in it.
    package let problem: String

    package var description: String { "The string table \(file) cannot be read: \(problem)" }
}
