import Casework
import Forms
import GRDB
import WorkingDays

extension InternalControlDesk {
    /// What the program proposes as causes of a discrepancy, less what was confirmed; a person takes them or not.
    package func proposals(_ state: DiscrepancyState, in db: Database) throws -> [CauseProposal] {
        guard let figures = state.figures, state.settled == nil, state.unexplained > 0,
            let id = FilingID(figures.filing), let pair = rules.pair(of: id.form, row: figures.row)
        else { return [] }
        let form = try form(of: id)
        let first = form.isCumulative ? CivilMonth.yearToDate(id.period.last).first?.first : id.period.first
        let bodies = try FilingDuty.covered(by: id.body, on: id.period.last, in: db)
        let witnesses = try witnesses(from: first ?? id.period.first, through: id.period.last, of: bodies, in: db)
        let confirmed = Set(state.causes.values.map(\.cause))
        return CauseProposals.all(
            figures, pair, witnesses, body: id.body, covering: bodies, last: id.period.last, by: rules
        ).filter { !confirmed.contains($0.cause) }.map { proposal in
            CauseProposal(
                cause: proposal.cause, units: min(proposal.units, state.unexplained),
                complaints: Array(proposal.complaints.prefix(state.unexplained)))
        }
    }

    /// Our complaints of some days about some bodies, as far as they say something about a difference.
    private func witnesses(
        from first: CivilDate, through last: CivilDate, of bodies: Set<String>, in db: Database
    ) throws -> [CauseWitness] {
        // No term ends before its complaint was filed, so that this is a stretch of the table's key.
        let before = try Row.fetchAll(
            db, sql: "SELECT id, body FROM complaintBefore WHERE dueOn >= ?", arguments: [first.description])
        let firstBodies: [String: String] = Dictionary(
            before.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        // Those that these bodies have, and those that they had.
        let had = firstBodies.filter { bodies.contains($0.value) }.keys.sorted().prefix(Self.listed)
        let columns = "id, kind, body, filedOn, filedAt, registeredOn, dueOn, closedOn, status, duplicateOf"
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns) FROM complaint WHERE filedOn BETWEEN ? AND ? AND body IN (\(Self.marks(bodies.count)))
                UNION SELECT \(columns) FROM complaint
                WHERE id IN (\(Self.marks(had.count))) AND filedOn BETWEEN ? AND ? ORDER BY filedOn, id LIMIT ?
                """,
            arguments: [first.description, last.description] + StatementArguments(bodies.sorted())
                + StatementArguments(Array(had)) + [first.description, last.description, Self.listed])
        return rows.compactMap { witness($0, before: firstBodies[$0["id"]]) }
    }

    /// A row of the table of complaints, as far as it says something about a difference.
    /// - Parameter before: the body that had it first; nil where it was never handed on.
    func witness(_ row: Row, before: String?) -> CauseWitness? {
        func day(_ column: String) -> CivilDate? { (row[column] as String?).flatMap { CivilDate($0) } }
        guard let filedOn = day("filedOn"), let registeredOn = day("registeredOn"), let dueOn = day("dueOn") else {
            return nil
        }
        let filedAt = Moment(millisecondsSince1970: row["filedAt"])
        let start = casework.zone.start(of: filedOn)
        return CauseWitness(
            id: row["id"], kind: row["kind"], body: row["body"], firstBody: before, filedOn: filedOn,
            filedHour: Int((filedAt.millisecondsSince1970 - start.millisecondsSince1970) / 3_600_000),
            registeredOn: registeredOn, dueOn: dueOn, closedOn: day("closedOn"), status: row["status"],
            isDuplicate: (row["duplicateOf"] as String?) != nil)
    }

    /// As many marks as there are values.
    static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}
