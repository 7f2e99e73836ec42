/// One thing that a rule asks of the numbers of a filled form: a sum of cells, each with its factor, and a constant are 0, or at
/// most 0. All rules about numbers are of this kind, so that what is wrong, what would be right, and the fewest cells whose change
/// would do can be told of all of them in one way.
package struct FormConstraint: Hashable, Sendable {
    /// How the sum stands to 0.
    package enum Relation: Hashable, Sendable {
        /// It is 0.
        case equal
        /// It is at most 0.
        case atMost
    }

    /// A cell and its factor.
    package struct Term: Hashable, Sendable {
        /// The cell.
        package let place: FormPlace
        /// 1 or -1.
        package let factor: Int
    }

    /// The rule that asks it.
    package let rule: FormRule
    /// The cell that is named where it does not hold.
    package let subject: FormPlace
    /// The cells.
    package let terms: [Term]
    /// What is added to them.
    package let constant: Int
    /// How the sum stands to 0.
    package let relation: Relation
    /// Whether the change of a cell can make it hold; not where lines are missing.
    package let isAboutCells: Bool

    init(
        _ rule: FormRule, _ subject: FormPlace, plus: [FormPlace], minus: [FormPlace], constant: Int = 0,
        _ relation: Relation, isAboutCells: Bool = true
    ) {
        self.rule = rule
        self.subject = subject
        terms = plus.map { Term(place: $0, factor: 1) } + minus.map { Term(place: $0, factor: -1) }
        self.constant = constant
        self.relation = relation
        self.isAboutCells = isAboutCells
    }

    /// Whether it holds for these amounts.
    package func holds(_ amount: (FormPlace) -> Int) -> Bool {
        let sum = terms.reduce(constant) { $0 + $1.factor * amount($1.place) }
        return relation == .equal ? sum == 0 : sum <= 0
    }

    /// The amounts of one of its cells for which it holds when the others stay; nil where the cell is not in it.
    package func allowed(_ place: FormPlace, _ amount: (FormPlace) -> Int) -> ClosedRange<Int>? {
        var (factor, rest) = (0, constant)
        for term in terms {
            if term.place == place { factor += term.factor } else { rest += term.factor * amount(term.place) }
        }
        guard factor == 1 || factor == -1 else { return nil }
        let bound = -rest * factor
        if relation == .equal { return bound...bound }
        return factor == 1 ? Int.min / 4...max(bound, Int.min / 4) : min(bound, Int.max / 4)...Int.max / 4
    }
}
