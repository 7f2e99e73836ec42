import Casework
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// Which cards a campaign asks bodies to confirm.
package struct CardSelection: Codable, Hashable, Sendable {
    /// By what they are chosen.
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// All that are not withdrawn.
        case all
        /// Those whose present edition no body has confirmed for so many months.
        case unconfirmed
        /// Those of one sphere of life.
        case sphere
        /// Those of one body.
        case body
    }

    /// By what they are chosen.
    package var kind: Kind
    /// For `unconfirmed`: for how many months.
    package var months: Int?
    /// For `sphere`: its code.
    package var sphere: String?
    /// For `body`: its code.
    package var body: String?

    /// How many months can be asked for.
    package static let monthRange = 1...60

    /// A selection from its parts; what its kind does not ask for is left out, so that two of one meaning are equal.
    package init(_ kind: Kind, months: Int? = nil, sphere: String? = nil, body: String? = nil) {
        self.kind = kind
        self.months = kind == .unconfirmed ? months : nil
        self.sphere = kind == .sphere ? sphere : nil
        self.body = kind == .body ? body : nil
    }

    /// Says what is missing or is not there.
    /// - Throws: `Refusal` at the field that has to be mended.
    func check(in db: Database) throws {
        switch kind {
        case .all: break
        case .unconfirmed:
            guard let months, Self.monthRange.contains(months) else {
                throw FreshnessRefusal.campaignMonths("Give a number of months from 1 to 60.", field: "months")
            }
        case .sphere:
            guard let sphere, try CardRecord.spheres(in: db).contains(sphere) else {
                throw FreshnessRefusal.campaignSphere("Choose a sphere that cards belong to.", field: "sphere")
            }
        case .body:
            let isKnown = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM body WHERE code = ?)", arguments: [body ?? ""])
            guard isKnown == true else {
                throw FreshnessRefusal.campaignBody(
                    "The registry has no body “\(body ?? "")”: choose another.", field: "body")
            }
        }
    }

    /// The cards of the selection by body and code; withdrawn ones are nobody's to confirm.
    /// - Parameters:
    ///   - today: the day from which months are counted back.
    ///   - zone: whose days they are.
    func cards(on today: CivilDate, _ zone: CivilZone, in db: Database) throws -> [CardRecord] {
        var filter = CardFilter()
        filter.states = Set(CardState.allCases).subtracting([.withdrawn])
        (filter.sphere, filter.owner) = (sphere, body)
        let cards = try CardRecord.fetch(filter, limit: Self.most, in: db).items
        guard kind == .unconfirmed, let months else { return cards }
        let limit = zone.start(of: Self.day(months, before: today))
        return cards.filter { card in card.confirmedAt.map { $0 < limit } ?? true }
    }

    /// How many cards one campaign can hold; a register of services is far smaller.
    static let most = 20_000

    /// The same day of the month so many months ago, or the last day of that month where it is shorter.
    static func day(_ months: Int, before day: CivilDate) -> CivilDate {
        var month = CivilMonth(day)
        for _ in 0..<max(0, months) { month = month.previous }
        return month.day(day.day) ?? month.last
    }
}
