import GRDB
import Languages
import WorkingDays

/// The figures of closed contacts over some days; made from counts, so a year costs no more than its hours.
package struct ContactStatistics: Hashable, Sendable {
    /// The contacts of one day or one hour.
    package struct Count: Hashable, Sendable {
        /// All of them.
        package var contacts = 0
        /// Those answered from a card.
        package var byCard = 0
        /// Those answered, with a card or without.
        package var answered = 0
        /// Their length together, in seconds.
        package var seconds = 0

        /// Nothing counted yet.
        package init() {}

        /// The average length in seconds; nil where there is none.
        package var averageSeconds: Int? { contacts == 0 ? nil : seconds / contacts }

        fileprivate mutating func add(_ outcome: ContactOutcome, _ contacts: Int, _ seconds: Int) {
            self.contacts += contacts
            self.seconds += seconds
            if outcome == .answeredByCard { byCard += contacts }
            if outcome.isAnswer { answered += contacts }
        }
    }

    /// The contacts about one service.
    package struct Service: Hashable, Sendable {
        /// The code of the service.
        package let service: String
        /// All contacts about it.
        package let contacts: Int
        /// Those that were answered.
        package let answered: Int
    }

    /// The days that were asked for.
    package let days: ClosedRange<CivilDate>
    /// Everything together.
    package private(set) var total = Count()
    /// By day; days without a contact are missing.
    package private(set) var byDay: [CivilDate: Count] = [:]
    /// By the hour of the day, 24 of them.
    package private(set) var byHour = [Count](repeating: Count(), count: 24)
    /// How many ended how.
    package private(set) var outcomes: [ContactOutcome: Int] = [:]
    /// How many in which language.
    package private(set) var languages: [Language: Int] = [:]
    /// How many by which way.
    package private(set) var channels: [ContactChannel: Int] = [:]
    /// The services most asked about, most first.
    package private(set) var services: [Service] = []

    /// The figures of some days.
    /// - Parameter services: how many services are listed at most.
    package static func fetch(
        _ days: ClosedRange<CivilDate>, services limit: Int = 10, in db: Database
    ) throws -> ContactStatistics {
        var figures = ContactStatistics(days: days)
        let bounds: StatementArguments = [days.lowerBound.description, days.upperBound.description]
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT * FROM contactHour WHERE day BETWEEN ? AND ?"), arguments: bounds)
        while let row = try rows.next() {
            guard let outcome = ContactOutcome(rawValue: row["outcome"]), let day = CivilDate(row["day"] as String)
            else { continue }
            let (contacts, seconds, hour): (Int, Int, Int) = (row["contacts"], row["seconds"], row["hour"])
            figures.total.add(outcome, contacts, seconds)
            figures.byDay[day, default: Count()].add(outcome, contacts, seconds)
            if figures.byHour.indices.contains(hour) { figures.byHour[hour].add(outcome, contacts, seconds) }
            figures.outcomes[outcome, default: 0] += contacts
            if let language = Language(rawValue: row["language"]) {
                figures.languages[language, default: 0] += contacts
            }
            if let channel = ContactChannel(rawValue: row["channel"]) {
                figures.channels[channel, default: 0] += contacts
            }
        }
        figures.services = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT service, sum(contacts) AS contacts, sum(answered) AS answered FROM contactService
                    WHERE day BETWEEN ? AND ? GROUP BY service ORDER BY contacts DESC, service LIMIT ?
                    """), arguments: bounds + [limit]
        ).map { Service(service: $0["service"], contacts: $0["contacts"], answered: $0["answered"]) }
        return figures
    }

    /// How many closed contacts there were about some services over some days, by service.
    package static func contacts(
        about services: [String], _ days: ClosedRange<CivilDate>, in db: Database
    ) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT service, sum(contacts) FROM contactService WHERE day BETWEEN ? AND ? GROUP BY service"),
            arguments: [days.lowerBound.description, days.upperBound.description])
        let wanted = Set(services)
        for row in rows where wanted.contains(row[0]) { counts[row[0]] = row[1] }
        return counts
    }

    private init(days: ClosedRange<CivilDate>) { self.days = days }
}
