import Forms
import Languages

/// Looks for the fewest cells: a broken rule is mended by one of its cells, and what that breaks is mended by the next.
struct RepairSearch {
    private let constraints: [FormConstraint]
    private let byPlace: [FormPlace: [Int]]
    private let original: (FormPlace) -> Int
    private var accepted: [FormPlace: Int] = [:]
    private let stepLimit: Int
    private var steps = 0
    private var changed: [FormPlace: Int] = [:]
    private var best: (changes: [FormPlace: Int], weight: Int)?

    init(_ constraints: [FormConstraint], _ amount: @escaping (FormPlace) -> Int, stepLimit: Int) {
        self.constraints = constraints
        original = amount
        self.stepLimit = stepLimit
        var byPlace: [FormPlace: [Int]] = [:]
        for (index, constraint) in constraints.enumerated() {
            for place in Set(constraint.terms.map(\.place)) { byPlace[place, default: []].append(index) }
        }
        self.byPlace = byPlace
    }

    /// The fewest changes that mend these constraints and break none that is a fault; nil where there are none within the limits.
    mutating func repair(_ broken: [FormConstraint], depthLimit: Int) -> [FilingRepair.Change]? {
        let asked = Set(broken)
        let places = Set(
            constraints.indices.filter { asked.contains(constraints[$0]) && !constraints[$0].holds(amount) })
        if places.isEmpty { return [] }
        for depth in 1...depthLimit {
            (steps, best, changed) = (0, nil, [:])
            look(broken: places, depth: depth)
            if let best {
                return best.changes.map { FilingRepair.Change(place: $0.key, found: amount($0.key), wanted: $0.value) }
                    .sorted { ($0.place.row, $0.place.column) < ($1.place.row, $1.place.column) }
            }
        }
        return nil
    }

    /// Takes changes for made: what is looked for next is looked for after them.
    mutating func accept(_ changes: [FilingRepair.Change]) {
        for change in changes { accepted[change.place] = change.wanted }
    }

    private func amount(_ place: FormPlace) -> Int { accepted[place] ?? original(place) }

    private func value(_ place: FormPlace) -> Int { changed[place] ?? amount(place) }

    private mutating func look(broken: Set<Int>, depth: Int) {
        steps += 1
        guard steps <= stepLimit else { return }
        guard let first = broken.min(by: { (constraints[$0].terms.count, $0) < (constraints[$1].terms.count, $1) })
        else {
            let weight = weight
            if weight < best?.weight ?? Int.max { best = (changed, weight) }
            return
        }
        guard depth > 0 else { return }
        // One cell mends only what it stands in: with one left, it stands in all that is broken.
        var cells = constraints[first].terms.map(\.place).filter { changed[$0] == nil }
        if depth == 1 { cells = cells.filter { cell in broken.allSatisfy { (byPlace[cell] ?? []).contains($0) } } }
        for cell in cells {
            for wanted in candidates(cell, broken, isLast: depth == 1) where wanted != amount(cell) {
                changed[cell] = wanted
                var left = broken
                for index in byPlace[cell] ?? [] where constraints[index].rule.level == .fault {
                    if constraints[index].holds(value) { left.remove(index) } else { left.insert(index) }
                }
                look(broken: left, depth: depth - 1)
                changed[cell] = nil
            }
        }
    }

    /// The values of a cell that would mend one of the broken constraints that it stands in, or all.
    private func candidates(_ cell: FormPlace, _ broken: Set<Int>, isLast: Bool) -> [Int] {
        let now = value(cell)
        func nearest(_ range: ClosedRange<Int>) -> Int? {
            let low = max(range.lowerBound, 0)
            return low <= range.upperBound ? min(max(now, low), range.upperBound) : nil
        }
        let here = byPlace[cell] ?? []
        if isLast {
            var (low, high) = (0, Int.max / 4)
            for index in here where constraints[index].rule.level == .fault {
                guard let range = constraints[index].allowed(cell, value) else { continue }
                (low, high) = (max(low, range.lowerBound), min(high, range.upperBound))
            }
            return low <= high ? [min(max(now, low), high)] : []
        }
        var found: [Int] = []
        for index in here where broken.contains(index) {
            guard let wanted = constraints[index].allowed(cell, value).flatMap(nearest), !found.contains(wanted) else {
                continue
            }
            found.append(wanted)
        }
        return found
    }

    /// Of repairs of one size the one that raises the fewest questions and looks most like a slip of the hand.
    private var weight: Int {
        var doubts = 0
        for index in Set(changed.keys.flatMap { byPlace[$0] ?? [] }) where constraints[index].rule.level == .doubt {
            if !constraints[index].holds(value) { doubts += 1 }
        }
        return doubts * 100 + changed.reduce(0) { $0 + Self.slip(amount($1.key), $1.value) }
    }

    /// How unlike two numbers are to a slip: 1 for swapped digits, 2 for one digit more, less or other, else how many differ.
    static func slip(_ found: Int, _ wanted: Int) -> Int {
        let (left, right) = (Array("\(found)".utf8), Array("\(wanted)".utf8))
        if left.count == right.count {
            let differing = left.indices.filter { left[$0] != right[$0] }
            if differing.count == 2, left.sorted() == right.sorted() { return 1 }
            return 1 + differing.count
        }
        let (long, short) = left.count > right.count ? (left, right) : (right, left)
        if long.count == short.count + 1 {
            for drop in long.indices where Array(long[..<drop] + long[(drop + 1)...]) == short { return 2 }
        }
        return 2 + long.count
    }
}
