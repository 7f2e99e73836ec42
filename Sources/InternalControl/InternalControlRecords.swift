import GRDB
import WorkingDays

/// How a filing stands.
package struct FilingRecord: Hashable, Sendable {
    /// Which filing it is.
    package let id: FilingID
    /// The day on which the first one was taken; nil where none was.
    package let takenOn: CivilDate?
    /// The day on which the last one went back; nil where one was taken since, or none came.
    package let returnedOn: CivilDate?
    /// How many were taken.
    package let revisions: Int
    /// How many things were wrong with the last one that went back.
    package let faults: Int
    /// How many questions there are to the one that counts.
    package let doubts: Int
    /// How many of them were answered.
    package let answers: Int

    /// The filings of a form for a period, by body.
    package static func fetch(form: String, period: ReportPeriod, in db: Database) throws -> [String: FilingRecord] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM bodyFiling WHERE form = ? AND period = ?",
            arguments: [form, period.description])
        return Dictionary(
            rows.compactMap { FilingRecord($0) }.map { ($0.id.body, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The filings of a body, the latest period first.
    package static func fetch(body: String, limit: Int, in db: Database) throws -> [FilingRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM bodyFiling WHERE body = ? ORDER BY period DESC, id LIMIT ?",
            arguments: [body, limit]
        ).compactMap { FilingRecord($0) }
    }

    /// One filing; nil where nothing came.
    package static func fetch(_ id: FilingID, in db: Database) throws -> FilingRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM bodyFiling WHERE id = ?", arguments: [id.description])
            .flatMap { FilingRecord($0) }
    }

    init?(_ row: Row) {
        guard let id = FilingID(row["id"] as String) else { return nil }
        self.id = id
        takenOn = (row["takenOn"] as String?).flatMap { CivilDate($0) }
        returnedOn = (row["returnedOn"] as String?).flatMap { CivilDate($0) }
        revisions = row["revisions"]
        faults = row["faults"]
        doubts = row["doubts"]
        answers = row["answers"]
    }
}

/// Where a discrepancy stands.
package enum DiscrepancyStanding: String, CaseIterable, Hashable, Sendable {
    /// Found; nothing was sent to the Agency yet.
    case found
    /// An explanation is on its way.
    case underway
    /// The delivery of the explanation was given up.
    case undelivered
    /// The Agency has an explanation; not all is settled.
    case sent
    /// All is explained, or the numbers agree.
    case settled
}

/// A discrepancy in a list.
package struct DiscrepancyRecord: Hashable, Sendable {
    /// Its number: `78-1mk_2022-Q1_MJ_16`.
    package let id: String
    /// The filing.
    package let filing: FilingID
    /// The row of the form.
    package let row: String
    /// The body's number of the whole period.
    package let theirs: Int?
    /// Ours.
    package let ours: Int
    /// How many units are to be explained, with the sign of theirs less ours.
    package let difference: Int
    /// How many of them causes explain, in its direction (`ExplainedUnits`).
    package let explained: Int
    /// How many units nothing explains yet.
    package var unexplained: Int { abs(abs(difference) - explained) }
    /// The day on which it was found.
    package let foundOn: CivilDate
    /// The day on which the Agency had the first explanation.
    package let sentOn: CivilDate?
    /// The day on which it was settled.
    package let settledOn: CivilDate?
    /// Where it stands.
    package let standing: DiscrepancyStanding
    /// The day on which the body said something of it last; nil where it said nothing.
    package let answeredOn: CivilDate?
    /// What the body makes of it; nil where it did not say.
    package let stance: BodyStance?

    /// The day on which the body's own list was taken last; nil where none was.
    package let listedOn: CivilDate?

    /// A choice of discrepancies.
    package struct Filter: Hashable, Sendable {
        /// Only those that stand there; nil for all.
        package var standing: DiscrepancyStanding?
        /// Only those of this body.
        package var body: String?
        /// Only those of this filing.
        package var filing: FilingID?
        /// Only those that are not settled.
        package var isOpen = false

        /// All; set what narrows it.
        package init() {}

        fileprivate var condition: (sql: String, arguments: StatementArguments) {
            var (parts, arguments) = (["true"], StatementArguments())
            func add(_ condition: String, _ value: String) {
                parts.append(condition)
                arguments += [value]
            }
            if let standing { add("state = ?", standing.rawValue) }
            if isOpen, standing == nil { parts.append("state <> 'settled'") }
            if let body { add("body = ?", body) }
            if let filing { add("filing = ?", filing.description) }
            return (parts.joined(separator: " AND "), arguments)
        }
    }

    /// The discrepancies of a choice, the latest found first.
    package static func fetch(
        _ filter: Filter, limit: Int, offset: Int = 0, in db: Database
    ) throws -> [DiscrepancyRecord] {
        let (condition, arguments) = filter.condition
        return try Row.fetchAll(
            db, sql: "SELECT * FROM discrepancy WHERE \(condition) ORDER BY foundOn DESC, id LIMIT ? OFFSET ?",
            arguments: arguments + [limit, offset]
        ).compactMap { DiscrepancyRecord($0) }
    }

    /// How many a choice holds.
    package static func count(_ filter: Filter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.condition
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM discrepancy WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// How many unsettled ones each filing of a form has for a period, by body.
    package static func open(form: String, period: ReportPeriod, in db: Database) throws -> [String: Int] {
        // A filing is named form_period_body, and “`” follows “_”.
        let start = "\(form)_\(period)"
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT body, count(*) FROM discrepancy WHERE filing >= ? AND filing < ? AND state <> 'settled'
                GROUP BY body
                """, arguments: [start + "_", start + "`"])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    /// One discrepancy; nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> DiscrepancyRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM discrepancy WHERE id = ?", arguments: [id])
            .flatMap { DiscrepancyRecord($0) }
    }

    init?(_ row: Row) {
        func day(_ column: String) -> CivilDate? { (row[column] as String?).flatMap { CivilDate($0) } }
        guard let filing = FilingID(row["filing"] as String), let foundOn = day("foundOn"),
            let standing = DiscrepancyStanding(rawValue: row["state"])
        else { return nil }
        id = row["id"]
        self.filing = filing
        self.row = row["row"]
        theirs = row["theirs"]
        ours = row["ours"]
        difference = row["difference"]
        var units = ExplainedUnits()
        units.add(row["explained"], nil)
        units.add(row["explainedTheirs"], .theirs)
        units.add(row["explainedOurs"], .ours)
        units.add(row["explainedMoved"], .moved)
        explained = units.explained(of: difference, whole: (theirs ?? ours) - ours)
        listedOn = day("listedOn")
        self.foundOn = foundOn
        sentOn = day("sentOn")
        settledOn = day("settledOn")
        self.standing = standing
        answeredOn = day("answeredOn")
        stance = (row["stance"] as String?).flatMap { BodyStance(rawValue: $0) }
    }
}
