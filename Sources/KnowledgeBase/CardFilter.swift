import CardSearch
import GRDB

/// Which cards a list holds; what is nil lets all through.
package struct CardFilter: Hashable, Sendable {
    /// What somebody who keeps cards looks for.
    package enum Flag: String, CaseIterable, Hashable, Sendable {
        /// A part of it exists in one language only.
        case oneLanguage
        /// A part of it is newer in one language than in the other.
        case uneven
        /// It waits for new information (797 §6).
        case outdated
        /// No body has confirmed the present edition.
        case unconfirmed
        /// It says no more than the register.
        case registryOnly
        /// It says nothing of term, fee, documents or place, or of term and fee nothing that could be counted with.
        case silent
    }

    /// The states that may be seen; all where it is empty.
    package var states: Set<CardState> = []
    /// The code of the body that answers for it.
    package var owner: String?
    /// The sphere of life.
    package var sphere: String?
    /// The code of a region: its cards and those for the whole country.
    package var region: String?
    /// What is looked for.
    package var flag: Flag?
    /// With the flag `silent`: only what cannot answer this.
    package var silentOn: ServiceFact?

    /// All cards.
    package init() {}

    /// Whether a card that was fetched otherwise is one of the silent cards of the choice.
    func lets(_ record: CardRecord) -> Bool {
        let own = record.silence.missing + record.silence.vague
        return (states.isEmpty || states.contains(record.state)) && !own.isEmpty
            && (silentOn.map(own.contains) ?? true)
    }

    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments: StatementArguments = []
        if !states.isEmpty {
            parts.append("\(CardState.sql) IN (\(states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
        }
        for (column, value) in [("owner", owner), ("sphere", sphere)] {
            guard let value else { continue }
            parts.append("card.\(column) = ?")
            arguments += [value]
        }
        if let region {
            parts.append("(card.region IS NULL OR card.region = ?)")
            arguments += [region]
        }
        switch flag {
        case .oneLanguage: parts.append("card.isOneLanguage")
        case .uneven: parts.append("card.isUneven")
        case .outdated: parts.append("card.outdatedAt IS NOT NULL")
        case .unconfirmed: parts.append("card.confirmedAt IS NULL AND card.content <> 'confirmed'")
        case .registryOnly: parts.append("card.content = 'registry-only' AND card.confirmedAt IS NULL")
        case .silent:
            parts.append("(card.missing <> '' OR card.vague <> '')")
            if let silentOn {
                parts.append("instr(' ' || card.missing || ' ' || card.vague || ' ', ?) > 0")
                arguments += [" \(silentOn.rawValue) "]
            }
        case nil: break
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }
}

extension CardRecord {
    /// The cards of a choice, by their codes.
    /// - Parameters:
    ///   - cursor: `next` of the page before; the first page without it.
    ///   - limit: how many at most.
    package static func fetch(
        _ filter: CardFilter, after cursor: String? = nil, limit: Int = 50, in db: Database
    ) throws -> KnowledgeList<CardRecord> {
        let condition = filter.condition
        let rows = try Row.fetchAll(
            db, sql: select + " WHERE \(condition.sql) AND card.code > ? ORDER BY card.code LIMIT ?",
            arguments: condition.arguments + [cursor ?? "", limit + 1])
        return KnowledgeList(try rows.map { try CardRecord($0) }, limit: limit, cursor: \.card.code)
    }

    /// The spheres that cards belong to.
    package static func spheres(in db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT DISTINCT sphere FROM card ORDER BY sphere")
    }

    /// How many cards a choice holds.
    package static func count(_ filter: CardFilter, in db: Database) throws -> Int {
        let condition = filter.condition
        return try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM card LEFT JOIN serviceAcceptance ON serviceAcceptance.service = card.code
                WHERE \(condition.sql)
                """, arguments: condition.arguments) ?? 0
    }
}
