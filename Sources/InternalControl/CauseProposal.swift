import WorkingDays

/// What the program proposes as a cause, with the complaints that speak for it; a person confirms or leaves it.
package struct CauseProposal: Hashable, Sendable {
    /// The code of the cause.
    package let cause: String
    /// How many units it could explain at most.
    package let units: Int
    /// The numbers of the complaints that speak for it.
    package let complaints: [String]
}

/// A complaint of the months in question, as far as it says something about a difference.
package struct CauseWitness: Hashable, Sendable {
    /// Its number.
    package let id: String
    /// About what it is: `order`, `standard`, `employees`, `other`.
    package let kind: String
    /// The body that must answer it now.
    package let body: String
    /// The body that was complained about or had to answer first; nil where it is the same.
    package let firstBody: String?
    /// The day on which it was filed.
    package let filedOn: CivilDate
    /// The hour of the day at which it was filed.
    package let filedHour: Int
    /// The day on which it was registered by law.
    package let registeredOn: CivilDate
    /// The last day of its term.
    package let dueOn: CivilDate
    /// The day on which it ended; nil while it is open.
    package let closedOn: CivilDate?
    /// `open`, `answered`, `withdrawn`, `annulled`.
    package let status: String
    /// Whether it was annulled as a duplicate of another.
    package let isDuplicate: Bool

    /// A witness from its parts.
    package init(
        id: String, kind: String, body: String, firstBody: String? = nil, filedOn: CivilDate, filedHour: Int = 10,
        registeredOn: CivilDate, dueOn: CivilDate, closedOn: CivilDate? = nil, status: String = "open",
        isDuplicate: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.body = body
        self.firstBody = firstBody
        self.filedOn = filedOn
        self.filedHour = filedHour
        self.registeredOn = registeredOn
        self.dueOn = dueOn
        self.closedOn = closedOn
        self.status = status
        self.isDuplicate = isDuplicate
    }
}

/// Reads causes out of our own complaints. Pure; what only the body knows it cannot propose, but for the usual first guess.
package enum CauseProposals {
    /// What could explain a difference, the surest first; each only where it makes the right number larger.
    /// - Parameters:
    ///   - witnesses: our complaints of the months in question, annulled ones and those of other kinds too.
    ///   - body: the body that filed.
    ///   - bodies: the bodies that its form covers.
    ///   - last: the last day of the months.
    package static func all(
        _ figures: DiscrepancyFigures, _ pair: ReconciliationRules.Pair, _ witnesses: [CauseWitness], body: String,
        covering bodies: Set<String>, last: CivilDate, by rules: ReconciliationRules
    ) -> [CauseProposal] {
        let left = abs(figures.difference)
        let whole = figures.figures.last?.difference ?? 0
        let counts = { (witness: CauseWitness) in
            witness.status != "annulled" && bodies.contains(witness.body)
                && (pair.kinds.isEmpty || pair.kinds.contains(witness.kind))
        }
        let isLapse = pair.measure == "complaints.term-ran-out"
        var proposals: [CauseProposal] = []
        func propose(_ cause: String, _ isMeant: (CauseWitness) -> Bool) {
            guard let known = rules.cause(cause),
                whole == 0 || known.side == .either || (known.side == .theirs) == (whole > 0)
            else { return }
            let found = witnesses.filter(isMeant).map(\.id)
            guard !found.isEmpty else { return }
            proposals.append(
                CauseProposal(cause: cause, units: min(found.count, left), complaints: Array(found.prefix(left))))
        }
        if whole <= 0 {
            propose("withdrawn") { counts($0) && $0.status == "withdrawn" }
            propose("transferred") { counts($0) && $0.firstBody != nil }
            propose("hierarchy") { counts($0) && $0.body != body }
        }
        if whole >= 0 {
            propose("transferred") { $0.status != "annulled" && !bodies.contains($0.body) }
            propose("duplicate") { $0.status == "annulled" && $0.isDuplicate }
            propose("annulled") { $0.status == "annulled" && !$0.isDuplicate }
            propose("category") { witness in
                witness.status != "annulled" && bodies.contains(witness.body) && !pair.kinds.isEmpty
                    && !pair.kinds.contains(witness.kind)
            }
        }
        propose("registration-day") { counts($0) && $0.filedOn <= last && $0.registeredOn > last }
        propose("cut-off") { counts($0) && $0.filedOn == last && $0.filedHour >= 18 && $0.registeredOn == last }
        if isLapse {
            propose("late-dating") { witness in
                counts(witness) && witness.dueOn < last && (witness.closedOn.map { $0 > last } ?? true)
            }
        }
        // What no complaint of ours speaks for came to the body by another way, as far as we can see.
        let spoken = proposals.map(\.units).reduce(0, +)
        if whole > 0, left > spoken, rules.cause("other-channel") != nil {
            proposals.append(CauseProposal(cause: "other-channel", units: left - spoken, complaints: []))
        }
        return proposals
    }
}
