import CanonicalJSON
import Casework
import Delivery
import Forms
import GRDB
import Reporting
import WorkingDays

/// A discrepancy case by case: the body's list beside our complaints as they are now.
extension InternalControlDesk {
    /// How many complaints behind our number are matched at most, and how many others beside them.
    package static let mostMatched = 20_000
    /// How many days before and after the period a complaint is looked for that the list may mean.
    static let margin = 31

    /// What was read of the list that counts; nil where none was taken.
    package func list(_ state: DiscrepancyState, in db: Database) throws -> BodyCaseList? {
        guard let digest = state.list?.list, let bytes = try DocumentTable.bytes(of: digest, in: db) else { return nil }
        return try CanonicalCoding.decode(BodyCaseList.self, from: bytes)
    }

    /// The list that counts beside our complaints as they are now; nil where none was taken, or the body gives no number.
    /// - Throws: `Refusal` where more complaints stand behind our number than are matched.
    package func cases(_ state: DiscrepancyState, in db: Database) throws -> CaseComparison? {
        guard let list = try list(state, in: db) else { return nil }
        return try cases(list, state, in: db)
    }

    /// A list beside our complaints as they are now; nil where the body gives no number, so that there is nothing to explain.
    /// - Throws: `Refusal` where more complaints stand behind our number than are matched.
    package func cases(_ list: BodyCaseList, _ state: DiscrepancyState, in db: Database) throws -> CaseComparison? {
        guard let figures = state.figures, let id = FilingID(figures.filing), let told = figures.figures.last?.theirs,
            let pair = rules.pair(of: id.form, row: figures.row),
            let number = CentreNumber(pair.measure, kinds: pair.kinds)
        else { return nil }
        let form = try form(of: id)
        let bodies = try FilingDuty.covered(by: id.body, on: id.period.last, in: db)
        let months = form.isCumulative ? CivilMonth.yearToDate(id.period.last) : id.period.months
        var counted: [String: CivilMonth] = [:]
        for month in pair.reading == .flow ? months : months.suffix(1) {
            let found = try number.complaints(.month(month), of: bodies, limit: Self.mostMatched + 1, in: db)
            for complaint in found where counted[complaint] == nil { counted[complaint] = month }
            guard counted.count <= Self.mostMatched else {
                throw InternalControlRefusal.casesTooMany(
                    "More than \(Self.mostMatched) complaints stand behind our number: they are not matched one by one."
                )
            }
        }
        let (first, last) = (months.first?.first ?? id.period.first, id.period.last)
        let complaints = try complaints(
            counted, meantBy: list.cases, from: first.adding(days: -Self.margin),
            through: last.adding(days: Self.margin),
            of: bodies, in: db)
        return CaseComparison(
            list.cases, complaints,
            in: CaseComparison.Context(
                pair: pair, rules: rules, body: id.body, covered: bodies, first: first, last: last, told: told,
                tellsMonths: pair.reading == .flow && figures.figures.count > 1))
    }

    /// The same where there are not more than are matched; nil else, so that a number of many is explained as before there were lists.
    func casesIfFew(_ state: DiscrepancyState, in db: Database) throws -> CaseComparison? {
        do {
            return try cases(state, in: db)
        } catch let refusal as Refusal where refusal.code == InternalControlRefusal.casesTooMany.rawValue {
            return nil
        }
    }

    /// Our complaints that are counted, and those that a list may mean: named by a number, or of these bodies about these days, also
    /// where they were annulled, are of another kind or were handed on.
    private func complaints(
        _ counted: [String: CivilMonth], meantBy list: [BodyCase], from first: CivilDate, through last: CivilDate,
        of bodies: Set<String>, in db: Database
    ) throws -> [CentreCase] {
        var meant = Set(counted.keys)
        meant.formUnion(list.compactMap(\.number))
        for forums in list.compactMap(\.forum).parts(of: 500) {
            meant.formUnion(
                try String.fetchAll(
                    db, sql: "SELECT id FROM complaint WHERE forumNumber IN (\(Self.marks(forums.count)))",
                    arguments: StatementArguments(forums)))
        }
        let days = [first.description, last.description]
        meant.formUnion(
            try String.fetchAll(
                db,
                sql: """
                    SELECT id FROM complaint WHERE filedOn BETWEEN ? AND ? AND body IN (\(Self.marks(bodies.count)))
                    ORDER BY filedOn, id LIMIT ?
                    """,
                arguments: StatementArguments(days) + StatementArguments(bodies.sorted()) + [Self.mostMatched]))
        // No term ends before its complaint was filed, so that this is a stretch of the table's key.
        var before: [String: String] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT id, body FROM complaintBefore WHERE dueOn >= ? LIMIT ?",
            arguments: [first.description, Self.mostMatched])
        {
            before[row[0]] = before[row[0]] ?? row[1]
        }
        meant.formUnion(before.filter { bodies.contains($0.value) }.keys)
        var found: [CentreCase] = []
        for ids in meant.sorted().parts(of: 500) {
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, kind, body, filedOn, filedAt, registeredOn, dueOn, closedOn, status, duplicateOf, forumNumber,
                      service, person FROM complaint WHERE id IN (\(Self.marks(ids.count)))
                    """, arguments: StatementArguments(ids))
            found += rows.compactMap { row in
                witness(row, before: before[row["id"]]).map {
                    CentreCase(
                        $0, forum: row["forumNumber"], service: row["service"], person: row["person"],
                        duplicateOf: row["duplicateOf"], countedIn: counted[$0.id])
                }
            }
        }
        return found
    }
}

extension Array {
    /// The elements in parts of this many, the last of what is left.
    fileprivate func parts(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
