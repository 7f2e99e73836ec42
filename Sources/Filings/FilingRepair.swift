import CanonicalJSON
import Forms
import Languages

/// A change of a few cells after which all rules about numbers would hold that are faults.
package struct FilingRepair: Hashable, Sendable {
    /// The change of one cell.
    package struct Change: Hashable, Sendable {
        /// The cell.
        package let place: FormPlace
        /// What stands there.
        package let found: Int
        /// What would do.
        package let wanted: Int
        /// Its address in the file.
        package var cell: String?
        /// The row and the column before a person.
        package var text = Localized(kk: "", ru: "")
    }

    /// The changes.
    package let changes: [Change]

    /// The changes with their places in the file.
    func told(_ form: StatutoryForm, _ places: [FormPlace: String]) -> FilingRepair {
        FilingRepair(
            changes: changes.map { change in
                var change = change
                change.cell = places[change.place]
                let row = form.row(change.place.row)
                let column = row.flatMap { row in form.columns(of: row).first { $0.code == change.place.column } }
                let place = FilingTexts.place(row, change.place.row, line: nil, column)
                func words(_ language: Language, _ end: String) -> String {
                    let cell = change.cell.map { " [\($0)]" } ?? ""
                    return "\(place[language])\(cell): \(change.found) → \(change.wanted)\(end)"
                }
                change.text = Localized(kk: words(.kk, ""), ru: words(.ru, ""), en: words(.en, ""))
                return change
            })
    }

    // MARK: - Search

    private static let depthLimit = 4
    private static let jointLimit = 3
    private static let stepLimit = 4_000

    /// The fewest changes, one set for each group of cells that hang together; nothing for a group that no few changes would repair.
    static func fewest(_ constraints: [FormConstraint], in table: FormTable) -> [FilingRepair] {
        let asked = constraints.filter(\.isAboutCells)
        let amount = { (place: FormPlace) in table[place].amount ?? 0 }
        let broken = asked.filter { $0.rule.level == .fault && !$0.holds(amount) }
        guard !broken.isEmpty else { return [] }
        var search = RepairSearch(asked, amount, stepLimit: stepLimit)
        let groups = groups(broken)
        // Slips that share no broken rule may still share one that holds: a few are looked at together.
        if groups.count > 1, groups.count <= jointLimit, let best = search.repair(broken, depthLimit: jointLimit) {
            return apart(best, groups)
        }
        var repairs: [FilingRepair] = []
        for group in groups {
            guard let best = search.repair(group, depthLimit: depthLimit) else { continue }
            search.accept(best)
            repairs.append(FilingRepair(changes: best))
        }
        return repairs
    }

    /// Changes found together, by the groups that they mend.
    private static func apart(_ changes: [Change], _ groups: [[FormConstraint]]) -> [FilingRepair] {
        var left = changes
        var repairs: [FilingRepair] = []
        for group in groups {
            let cells = Set(group.flatMap { $0.terms.map(\.place) })
            let own = left.filter { cells.contains($0.place) }
            left.removeAll { cells.contains($0.place) }
            if !own.isEmpty { repairs.append(FilingRepair(changes: own)) }
        }
        if left.isEmpty { return repairs }
        return [FilingRepair(changes: changes)]
    }

    /// Broken constraints by the cells that they share.
    private static func groups(_ broken: [FormConstraint]) -> [[FormConstraint]] {
        var groups: [(cells: Set<FormPlace>, constraints: [FormConstraint])] = []
        for constraint in broken {
            let cells = Set(constraint.terms.map(\.place))
            let touched = groups.filter { !$0.cells.isDisjoint(with: cells) }
            groups.removeAll { !$0.cells.isDisjoint(with: cells) }
            groups.append(
                (touched.reduce(cells) { $0.union($1.cells) }, touched.flatMap(\.constraints) + [constraint]))
        }
        return groups.map(\.constraints)
    }
}
