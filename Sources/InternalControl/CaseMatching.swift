import WorkingDays

/// A complaint of ours as far as the matching needs it.
package struct CentreCase: Hashable, Sendable {
    /// What is known of it: kind, bodies, days, how it stands.
    package let facts: CauseWitness
    /// Its number on the forum.
    package let forum: String?
    /// The code of its service.
    package let service: String?
    /// Who complained, as the vault knows him.
    package let person: String?
    /// The complaint of which it is a duplicate.
    package let duplicateOf: String?
    /// The month in which our number counts it; nil where it does not.
    package let countedIn: CivilMonth?

    /// A complaint from its parts.
    package init(
        _ facts: CauseWitness, forum: String? = nil, service: String? = nil, person: String? = nil,
        duplicateOf: String? = nil, countedIn: CivilMonth? = nil
    ) {
        self.facts = facts
        self.forum = forum
        self.service = service
        self.person = person
        self.duplicateOf = duplicateOf
        self.countedIn = countedIn
    }
}

/// By what a case of the body and one of ours are the same.
package enum MatchBasis: String, CaseIterable, Codable, Hashable, Sendable {
    /// Our number stands in the body's list.
    case number
    /// The number of the forum.
    case forum
    /// The same person, service and day.
    case personServiceDay
    /// The same person and service within a few days.
    case personServiceNear
    /// The same person and day, where the list names no service that we know.
    case personDay
}

/// Which case of a body's list is which complaint of ours: one to one, the same from the same inputs in any order. Pure.
package struct CaseMatching: Sendable {
    /// Two that are the same case.
    package struct Pair: Hashable, Sendable {
        /// The body's.
        package let theirs: BodyCase
        /// Ours.
        package let ours: CentreCase
        /// By what.
        package let basis: MatchBasis
    }

    /// How many days the two days of filing may lie apart.
    package static let tolerance = 3

    /// The pairs, by the body's numbers.
    package let pairs: [Pair]
    /// Cases of the body that are none of ours, by its numbers.
    package let theirs: [BodyCase]
    /// Ours that are none of the body's, by our numbers.
    package let ours: [CentreCase]

    /// Matches a list with complaints of ours, the surest ways first.
    package init(_ list: [BodyCase], _ complaints: [CentreCase]) {
        var matcher = Matcher(
            lines: list.sorted { $0.own < $1.own }, ours: complaints.sorted { $0.facts.id < $1.facts.id })
        matcher.byNumbers()
        matcher.byPerson(.personServiceDay, within: 0) {
            [$0.person, $0.service]
        } of: {
            [$0.person, $0.service]
        }
        matcher.byPerson(.personServiceNear, within: Self.tolerance) {
            [$0.person, $0.service]
        } of: {
            [$0.person, $0.service]
        }
        matcher.byPerson(.personDay, within: 0) {
            $0.service == nil ? [$0.person] : [nil]
        } of: {
            [$0.person]
        }
        pairs = matcher.pairs.sorted { $0.theirs.own < $1.theirs.own }
        theirs = matcher.lines.indices.filter { !matcher.usedLines.contains($0) }.map { matcher.lines[$0] }
        ours = matcher.ours.indices.filter { !matcher.usedOurs.contains($0) }.map { matcher.ours[$0] }
    }
}

/// The matching on its way.
private struct Matcher {
    let lines: [BodyCase]
    let ours: [CentreCase]
    var usedLines: Set<Int> = []
    var usedOurs: Set<Int> = []
    var pairs: [CaseMatching.Pair] = []

    mutating func pair(_ line: Int, _ complaint: Int, _ basis: MatchBasis) {
        usedLines.insert(line)
        usedOurs.insert(complaint)
        pairs.append(.init(theirs: lines[line], ours: ours[complaint], basis: basis))
    }

    /// By our number, then by that of the forum.
    mutating func byNumbers() {
        let byNumber = Dictionary(
            ours.indices.map { (ours[$0].facts.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byForum = Dictionary(
            ours.indices.compactMap { index in ours[index].forum.map { ($0, index) } },
            uniquingKeysWith: { first, _ in first })
        for line in lines.indices {
            guard let found = lines[line].number.flatMap({ byNumber[$0] }), !usedOurs.contains(found) else { continue }
            pair(line, found, .number)
        }
        for line in lines.indices where !usedLines.contains(line) {
            guard let found = lines[line].forum.flatMap({ byForum[$0] }), !usedOurs.contains(found) else { continue }
            pair(line, found, .forum)
        }
    }

    /// By a person with what else must be the same, within days: in each group both sides go by their days, and the earliest that
    /// fit make a pair, which leaves as few as possible on either side.
    mutating func byPerson(
        _ basis: MatchBasis, within days: Int, _ key: (BodyCase) -> [String?], of other: (CentreCase) -> [String?]
    ) {
        var groups: [[String]: (lines: [Int], ours: [Int])] = [:]
        func whole(_ key: [String?]) -> [String]? {
            let parts = key.compactMap(\.self)
            return parts.count == key.count ? parts : nil
        }
        // A case that names a number of ours which is not there, or taken, is not another one of the same person.
        for line in lines.indices where !usedLines.contains(line) && lines[line].number == nil {
            if let key = whole(key(lines[line])) { groups[key, default: ([], [])].lines.append(line) }
        }
        for index in ours.indices where !usedOurs.contains(index) {
            if let key = whole(other(ours[index])), groups[key] != nil { groups[key]?.ours.append(index) }
        }
        for key in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let group = groups[key], !group.ours.isEmpty else { continue }
            let mine = group.ours.sorted {
                (ours[$0].facts.filedOn, ours[$0].facts.id) < (ours[$1].facts.filedOn, ours[$1].facts.id)
            }
            for line in group.lines.sorted(by: {
                (lines[$0].filedOn, lines[$0].own) < (lines[$1].filedOn, lines[$1].own)
            }) {
                let found = mine.first { index in
                    !usedOurs.contains(index) && abs(ours[index].facts.filedOn.days(to: lines[line].filedOn)) <= days
                        // Two numbers of the forum are two complaints.
                        && (lines[line].forum == nil || ours[index].forum == nil)
                }
                if let found { pair(line, found, basis) }
            }
        }
    }
}
