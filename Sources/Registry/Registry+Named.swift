import GRDB
import Languages
import WorkingDays

/// What a text that a person typed means in the registry.
package enum NamedEntry: Equatable, Sendable {
    /// Nothing.
    case none
    /// The entry of this code.
    case one(String)
    /// Several, each as “code · name”.
    case several([String])
}

/// From what people type to codes: a code, “code · name” as lists offer it, a name, or words that only one name holds.
extension Registry {
    /// What a text means as a service.
    package static func serviceNamed(_ text: String, _ language: Language, in db: Database) throws -> NamedEntry {
        let code = code(in: text)
        if try service(code, in: db) != nil { return .one(code) }
        var filter = ServiceFilter()
        (filter.text, filter.limit) = (text, 6)
        return pick(try services(filter, in: db).map { ($0.code, $0.name) }, text, language)
    }

    /// What a text means as a body of a day.
    package static func bodyNamed(
        _ text: String, on date: CivilDate, _ language: Language, in db: Database
    ) throws -> NamedEntry {
        let code = code(in: text)
        if try body(code, in: db) != nil { return .one(code) }
        var filter = BodyFilter()
        (filter.text, filter.limit, filter.existsOn) = (text, 6, date)
        return pick(try bodies(filter, in: db).map { ($0.code, $0.name(on: date)) }, text, language)
    }

    private static func code(in text: String) -> String {
        let first = text.split(separator: "·", maxSplits: 1).first ?? ""
        return first.split(separator: " ").joined().uppercased()
    }

    private static func pick(
        _ found: [(code: String, name: Localized)], _ text: String, _ language: Language
    ) -> NamedEntry {
        let exact = found.filter { [$0.name.kk, $0.name.ru, $0.name.en].contains(text) }
        switch (found.count, exact.count) {
        case (_, 1): return .one(exact[0].code)
        case (0, _): return .none
        case (1, _): return .one(found[0].code)
        default: return .several(found.map { "\($0.code) · \($0.name[language])" })
        }
    }
}
