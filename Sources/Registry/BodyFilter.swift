import GRDB
import Languages
import WorkingDays

/// A choice of bodies; set what narrows it.
package struct BodyFilter: Sendable, Hashable {
    /// Only bodies of these kinds; empty for all.
    package var kinds: Set<BodyKind> = []
    /// Only local executive bodies of this level.
    package var level: LocalLevel?
    /// Only bodies directly under this one.
    package var parent: String?
    /// Only bodies of this region.
    package var region: String?
    /// Only bodies that exist on this day; nil for closed ones too.
    package var existsOn: CivilDate?
    /// Only bodies whose code or one of whose names, past ones too, holds each word of this text.
    package var text = ""
    /// By the name in this language; by code where nil.
    package var order: Language?
    /// How many at most.
    package var limit = 1_000
    /// How many are passed over.
    package var offset = 0

    /// Every body.
    package init() {}

    /// Bodies of some kinds.
    package init(kinds: Set<BodyKind>) { self.kinds = kinds }
}

/// A choice of services; set what narrows it.
package struct ServiceFilter: Sendable, Hashable {
    /// Only services for which this body answers.
    package var owner: String?
    /// Only services of this sphere.
    package var sphere: String?
    /// Only services provided in this way.
    package var channel: ServiceChannel?
    /// Only services whose codes, names or keywords hold each word of this text.
    package var text = ""
    /// By the name in this language; by code where nil.
    package var order: Language?
    /// How many at most.
    package var limit = 1_000
    /// How many are passed over.
    package var offset = 0

    /// Every service.
    package init() {}
}

/// A condition of SQL that grows, and its arguments.
struct Condition {
    var parts = ["true"]
    var arguments = StatementArguments()

    var sql: String { parts.joined(separator: " AND ") }

    mutating func add(_ part: String, _ values: [any DatabaseValueConvertible] = []) {
        parts.append(part)
        arguments += StatementArguments(values)
    }

    /// The condition that a period of two columns holds a day.
    mutating func add(existsOn date: CivilDate?) {
        guard let date = date?.description else { return }
        add("(validFrom IS NULL OR validFrom <= ?) AND (validTo IS NULL OR validTo >= ?)", [date, date])
    }

    /// The condition that a folded text holds each word.
    mutating func add(words text: String) {
        for word in SearchFolding.words(text) { add("instr(searchText, ?) > 0", [word]) }
    }

    /// The order by a name or by the code.
    static func order(_ language: Language?) -> String {
        switch language {
        case .kk: "nameKK COLLATE kazakh, code"
        case .ru, .en: "nameRU COLLATE kazakh, code"
        case nil: "code"
        }
    }
}

extension BodyFilter {
    var condition: Condition {
        var condition = Condition()
        if !kinds.isEmpty {
            let marks = Array(repeating: "?", count: kinds.count).joined(separator: ", ")
            condition.add("kind IN (\(marks))", kinds.map(\.rawValue).sorted())
        }
        if let level { condition.add("level = ?", [level.rawValue]) }
        if let parent { condition.add("parent = ?", [parent]) }
        if let region { condition.add("region = ?", [region]) }
        condition.add(existsOn: existsOn)
        condition.add(words: text)
        return condition
    }
}

extension ServiceFilter {
    var condition: Condition {
        var condition = Condition()
        if let owner { condition.add("owner = ?", [owner]) }
        if let sphere { condition.add("sphere = ?", [sphere]) }
        if let channel { condition.add("instr(';' || channels || ';', ?) > 0", [";\(channel.rawValue);"]) }
        condition.add(words: text)
        return condition
    }
}
