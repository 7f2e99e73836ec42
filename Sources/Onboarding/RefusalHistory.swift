import Journal
import Rulebook
import WorkingDays

/// The refusals of one body and the notices by which the Agency learns of them (797 §12); pure.
///
/// Every refusal that is repeated reaches the Agency: the second within a month of the first, the third, and each later
/// one. A notice is of the calendar month of its repeated refusals, and names the refusals before that make them repeated.
/// What comes while it is open is added to it; what comes after it was sent has a notice of its own.
struct RefusalHistory {
    /// A refusal that stands.
    struct Refusal: Hashable {
        /// The additional request that was refused, without its kind.
        let id: String
        /// When it was refused.
        let at: Moment
        /// The day of that.
        let on: CivilDate
    }

    /// A notice that stands.
    struct Notice: Hashable {
        /// The case, without its kind.
        let id: String
        /// Whether it is still to be sent.
        let isOpen: Bool
        /// The refusals that it names.
        let told: Set<String>
    }

    /// What must be done so that the Agency learns of every refusal.
    enum Step: Hashable {
        /// A notice names what is no repeated refusal any more: it is called off.
        case callOff(String)
        /// Refusals are added to an open notice.
        case add([String], to: String)
        /// A notice begins at the moment of the refusal that was repeated.
        case begin(CivilMonth, [String], at: Moment)
    }

    private let refusals: [Refusal]
    private let notices: [Notice]
    private let rule: Repetition
    private let body: String

    /// The history of a body under a rule of repetition.
    init(of body: String, refusals: [Refusal], notices: [Notice], rule: Repetition) {
        self.body = body
        // Refusals may be entered out of their order: what counts is when they happened.
        self.refusals = refusals.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        self.notices = notices
        self.rule = rule
    }

    /// A refusal that is repeated, with those before it that make it so.
    private var repeated: [(last: Refusal, window: ArraySlice<Refusal>)] {
        refusals.indices.dropFirst(rule.times - 1).compactMap { index in
            let first = index - rule.times + 1
            guard refusals[index].on <= rule.end(from: refusals[first].on) else { return nil }
            return (refusals[index], refusals[first...index])
        }
    }

    /// The stem of the numbers of the notices of a month.
    private func stem(_ month: CivilMonth) -> String { "\(body)-\(month)" }

    private func isOf(_ month: CivilMonth, _ notice: Notice) -> Bool {
        notice.id == stem(month) || notice.id.hasPrefix(stem(month) + "-")
    }

    /// What is to be done, in its order; empty where the Agency was told of everything, or will be.
    var steps: [Step] {
        var steps: [Step] = []
        let months = Dictionary(grouping: repeated) { CivilMonth($0.last.on) }
        var standing: [Notice] = []
        for notice in notices {
            let due = months.filter { isOf($0.key, notice) }.values.joined().flatMap(\.window).map(\.id)
            if notice.isOpen, !notice.told.isSubset(of: due) {
                steps.append(.callOff(notice.id))
            } else {
                standing.append(notice)
            }
        }
        let told = standing.reduce(into: Set<String>()) { $0.formUnion($1.told) }
        for (month, repeated) in months.sorted(by: { $0.key < $1.key }) {
            let fresh = repeated.filter { $0.window.contains { !told.contains($0.id) } }
            guard let first = fresh.first else { continue }
            let due = Set(fresh.flatMap(\.window).map(\.id))
            let named = refusals.map(\.id).filter(due.contains)
            if let open = standing.first(where: { $0.isOpen && isOf(month, $0) }) {
                steps.append(.add(named.filter { !open.told.contains($0) }, to: open.id))
            } else {
                steps.append(.begin(month, named, at: first.last.at))
            }
        }
        return steps
    }
}
