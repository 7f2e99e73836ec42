import CardSearch
import Casework
import GRDB
import Journal
import Languages

/// What a card cannot answer of the four things that are asked most.
package struct CardSilence: Hashable, Sendable {
    /// What is asked most, in the order of the list.
    package static let asked: [ServiceFact] = [.term, .fee, .documents, .where]

    /// What it says nothing of.
    package var missing: [ServiceFact]
    /// The term and the fee of which it has words only and no value that could be counted with.
    package var vague: [ServiceFact]

    /// What a card cannot answer; a fact that is stated counts where no end of it is known.
    package init(_ card: Card) {
        let stated = Set((card.stated ?? []).filter { $0.until == nil }.map(\.fact))
        func has(_ fact: ServiceFact) -> Bool {
            switch fact {
            case .term: card.term?.text(.ru) != nil
            case .fee: card.fee?.text(.ru) != nil
            case .documents: card.documents?[.ru].isEmpty == false
            default: card.place?.text(.ru) != nil
            }
        }
        missing = Self.asked.filter { !stated.contains($0) && !has($0) }
        vague = Self.asked.filter { fact in
            guard !stated.contains(fact), has(fact) else { return false }
            switch fact {
            case .term: return CertainTerm.read(card.term) == nil
            case .fee: return CertainFee(card.fee) == nil
            default: return false
            }
        }
    }

    /// What the columns of `card` hold: names of facts parted by spaces.
    init(missing: String, vague: String) {
        func facts(_ text: String) -> [ServiceFact] {
            text.split(separator: " ").compactMap { ServiceFact(rawValue: String($0)) }
        }
        self.missing = facts(missing)
        self.vague = facts(vague)
    }

    /// Facts as a column of `card` holds them.
    static func column(_ facts: [ServiceFact]) -> String { facts.map(\.rawValue).joined(separator: " ") }
}

/// A card that cannot answer, and how often it was asked.
package struct SilentCard: Hashable, Sendable {
    /// The card.
    package let record: CardRecord
    /// How often it was opened or told of late.
    package let asked: Int
    /// How often the words then asked for something that it cannot answer.
    package let askedInVain: Int
}

extension CardDesk {
    /// The cards that cannot answer, those asked in vain most often first, then those opened most, then by code.
    /// - Parameters:
    ///   - fact: only cards that cannot answer this.
    ///   - states: the states that may be seen.
    /// - Throws: `DatabaseError`.
    package func silentCards(
        _ fact: ServiceFact? = nil, states: Set<CardState> = Set(CardState.allCases), limit: Int = 100
    ) async throws -> [SilentCard] {
        let uses = try await usage?.latestUses() ?? []
        var total: [String: Int] = [:]
        var byFact: [String: [ServiceFact: Int]] = [:]
        for use in uses {
            total[use.card, default: 0] += use.times
            if let asked = engine.question(in: use.words).fact {
                byFact[use.card, default: [:]][asked, default: 0] += use.times
            }
        }
        var filter = CardFilter()
        filter.flag = .silent
        filter.silentOn = fact
        filter.states = states
        let (wanted, counts) = (filter, total)
        let records = try await casework.journal.read { db in
            // Cards asked for come first wherever they stand; of the others the first are enough.
            let known = try counts.keys.sorted().compactMap { try CardRecord.fetch($0, in: db) }
                .filter { wanted.lets($0) }
            let others = try CardRecord.fetch(wanted, limit: limit + known.count, in: db).items
            return known + others.filter { other in counts[other.card.code] == nil }
        }
        let cards = records.map { record in
            let vain = record.silence.missing + record.silence.vague
            let own = byFact[record.card.code] ?? [:]
            return SilentCard(
                record: record, asked: total[record.card.code] ?? 0,
                askedInVain: vain.reduce(0) { $0 + (own[$1] ?? 0) })
        }
        let order = cards.sorted {
            ($0.askedInVain, $0.asked, $1.record.card.code) > ($1.askedInVain, $1.asked, $0.record.card.code)
        }
        return Array(order.prefix(limit))
    }
}
