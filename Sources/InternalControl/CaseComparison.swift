import WorkingDays

/// Which number a case makes larger.
package enum CaseSide: String, CaseIterable, Codable, Hashable, Sendable {
    /// The body counts it and we do not.
    case theirs
    /// We count it and the body does not.
    case ours
    /// Both count it, in different months.
    case moved
}

/// Something that is known of a case: what speaks for its cause.
package struct CaseFact: Codable, Hashable, Sendable {
    /// What is known.
    package enum Name: String, CaseIterable, Codable, Hashable, Sendable {
        /// By what the two were found to be the same: `MatchBasis`.
        case basis
        /// Our number that the list names.
        case number
        /// The number of the forum.
        case forum
        /// The day of filing with us.
        case filed
        /// The hour of filing with us, where it decides.
        case hour
        /// The day of registration by law with us.
        case registered
        /// The last day of the term.
        case due
        /// The day on which it ended with us.
        case closed
        /// How it stands with us: open, answered, withdrawn, annulled.
        case status
        /// Its kind with us.
        case kind
        /// The body that has it with us.
        case body
        /// The body that had it first with us.
        case before
        /// The day of filing in the list.
        case theirDay
        /// The day under which the body counts it.
        case counted
        /// Its kind in the list.
        case theirKind
        /// The way by which it came, in the list.
        case source
        /// The case that is the same again.
        case same
        /// How many cases the list has.
        case listed
        /// What the form tells.
        case told
    }

    /// What is known.
    package let name: Name
    /// Its value: a number, a day, a code; never anything of a person.
    package let value: String

    /// A fact.
    package init(_ name: Name, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A case that only one side counts, or both in different months, with the cause that the program proposes for it.
package struct OpenCase: Hashable, Sendable {
    /// What names it: `t:` and the body's number, `o:` and ours, `m:` and the body's; `form` for what the list and the form have apart.
    package let key: String
    /// Which number it makes larger.
    package let side: CaseSide
    /// The body's case.
    package var theirs: BodyCase?
    /// Ours.
    package var ours: CentreCase?
    /// How many units it makes: 1, and as many as there are between list and form.
    package var units = 1
    /// The code of the cause that is proposed; nil where nothing speaks for any.
    package var cause: String?
    /// What speaks for it.
    package var facts: [CaseFact] = []
}

/// The body's list beside our complaints: what both count, what one of them counts, and why. Whatever the list holds, the open
/// cases add up to the difference of the two numbers. Pure.
package struct CaseComparison: Sendable {
    /// What decides about the causes.
    package struct Context: Sendable {
        /// The row that is compared.
        package let pair: ReconciliationRules.Pair
        /// The rules, by which a cause may make one side larger.
        package let rules: ReconciliationRules
        /// The body that filed.
        package let body: String
        /// The bodies that its form covers.
        package let covered: Set<String>
        /// The first day of the months in question.
        package let first: CivilDate
        /// The last.
        package let last: CivilDate
        /// The body's number of the whole period.
        package let told: Int
        /// Whether months are told one by one, so that a case may stand in another one.
        package let tellsMonths: Bool

        /// A context from its parts.
        package init(
            pair: ReconciliationRules.Pair, rules: ReconciliationRules, body: String, covered: Set<String>,
            first: CivilDate, last: CivilDate, told: Int, tellsMonths: Bool
        ) {
            self.pair = pair
            self.rules = rules
            self.body = body
            self.covered = covered
            self.first = first
            self.last = last
            self.told = told
            self.tellsMonths = tellsMonths
        }
    }

    /// What both count in the same month.
    package let agreed: [CaseMatching.Pair]
    /// What one of them counts, or both in different months, by key.
    package let open: [OpenCase]
    /// How many cases the list has.
    package let listed: Int
    /// How many complaints our number counts now.
    package let counted: Int

    /// Compares a list with our complaints: those that our number counts, and all others that the list may mean.
    package init(_ list: [BodyCase], _ complaints: [CentreCase], in context: Context) {
        let matching = CaseMatching(list, complaints)
        var (agreed, open): ([CaseMatching.Pair], [OpenCase]) = ([], [])
        for pair in matching.pairs {
            if let month = pair.ours.countedIn {
                guard context.tellsMonths, month != CivilMonth(pair.theirs.countedDay) else {
                    agreed.append(pair)
                    continue
                }
                open.append(context.moved(pair))
            } else {
                open.append(context.uncounted(pair))
            }
        }
        let doubles = DoubleCases(list, matching)
        for one in matching.theirs { open.append(context.unknown(one, doubles)) }
        for one in matching.ours where one.countedIn != nil { open.append(context.unlisted(one, doubles)) }
        if let rest = context.rest(listed: list.count) { open.append(rest) }
        self.agreed = agreed
        self.open = open.sorted { $0.key < $1.key }
        listed = list.count
        counted = complaints.count { $0.countedIn != nil }
    }

    /// The units of the open cases, with the sign of theirs less ours: the difference of the two numbers.
    package var difference: Int {
        open.reduce(0) { sum, one in
            switch one.side {
            case .theirs: sum + one.units
            case .ours: sum - one.units
            case .moved: sum
            }
        }
    }
}

/// Which cases of either side are the same person's complaint about the same service on the same day as one that is matched.
struct DoubleCases {
    /// The other case of the body, by the own number of the one that stands twice.
    let theirs: [String: String]
    /// The other complaint of ours, by number.
    let ours: [String: String]

    init(_ list: [BodyCase], _ matching: CaseMatching) {
        func key(_ person: String?, _ service: String?, _ day: CivilDate) -> String? {
            person.map { "\($0)|\(service ?? "")|\(day)" }
        }
        var listed: [String: String] = [:]
        var numbers: [String: String] = [:]
        for pair in matching.pairs {
            let one = pair.theirs
            if let key = key(one.person, one.service, one.filedOn) { listed[key] = listed[key] ?? one.own }
            for number in [one.number, one.forum].compactMap(\.self) { numbers[number] = numbers[number] ?? one.own }
        }
        var theirs: [String: String] = [:]
        for one in matching.theirs {
            let same = [one.number, one.forum].compactMap { $0.flatMap { numbers[$0] } }.first
            let alike = key(one.person, one.service, one.filedOn).flatMap { listed[$0] }
            theirs[one.own] = same ?? alike
            // Of two that are the same and match nothing, the second one stands twice.
            if let key = key(one.person, one.service, one.filedOn) { listed[key] = listed[key] ?? one.own }
        }
        self.theirs = theirs
        var counted: [String: String] = [:]
        for pair in matching.pairs {
            let facts = pair.ours.facts
            if let key = key(pair.ours.person, pair.ours.service, facts.filedOn) {
                counted[key] = counted[key] ?? facts.id
            }
        }
        var ours: [String: String] = [:]
        for one in matching.ours {
            ours[one.facts.id] = key(one.person, one.service, one.facts.filedOn).flatMap { counted[$0] }
        }
        self.ours = ours
    }
}
