import Complaints
import Foundation
import WorkingDays

/// What people decided for words like these, so that what is decided often need not be corrected often.
///
/// One rule, told in a sentence: where at least two other persons wrote words that share a quarter of what tells these apart,
/// and four in five of them were decided alike, that is proposed first. A decision of half a year ago counts half. The numbers
/// of the rule are data (`LearningRule`). Of the words only numbers under a key are known, the same that find duplicates; a
/// person who was erased is not among them.
///
/// Learnt are the service and the kind. Who must answer is never learnt: the table decides it from the facts. Nor is whether
/// it is a complaint at all: that one must not be lost because others' words were none.
package struct Precedents: Sendable {
    /// What is learnt.
    package enum Field: String, CaseIterable, Hashable, Sendable {
        case kind, service
    }

    /// What was decided once.
    package struct Decision: Sendable {
        /// The number of the person; of one person only the nearest decision counts.
        let person: String
        /// The day on which the words came in.
        let day: CivilDate
        /// What the words come to, under the key.
        let words: Set<UInt64>
        /// The codes that a person took.
        let taken: [Field: String]

        /// What was decided for the words of a signature.
        package init(person: String, day: CivilDate, words: DuplicateSignature, taken: [Field: String]) {
            self.person = person
            self.day = day
            self.words = words.words
            self.taken = taken
        }
    }

    /// What the nearest decisions say of a field.
    package struct Voice: Hashable, Sendable {
        /// The code that most of them took.
        package let value: String
        /// How many took it.
        package let times: Int
        /// How many there are.
        package let of: Int
        /// Their share, by likeness and age, 0...1.
        package let share: Double

        /// Whether it is proposed first, whatever the words alone would say.
        package let isDecisive: Bool
        /// How sure it is, 0...1: two of two are 0.83, fourteen of fourteen 0.97.
        package var confidence: Double { (share * Double(of) + 0.5) / Double(of + 1) }
    }

    /// A word is never taken for more telling than it would be among so many texts.
    private static let leastTexts = 1_000.0

    let key: KeyedHash
    private let rule: LearningRule
    private let decisions: [Decision]
    private let postings: [UInt64: [Int32]]
    private let lengths: [Double]

    /// What was decided.
    /// - Parameters:
    ///   - key: the key under which words are numbers, the same for all.
    ///   - rule: how decisions are heeded.
    package init(_ decisions: [Decision], key: KeyedHash, rule: LearningRule) {
        self.decisions = decisions
        self.rule = rule
        self.key = key
        var postings: [UInt64: [Int32]] = [:]
        for (place, decision) in decisions.enumerated() {
            for word in decision.words { postings[word, default: []].append(Int32(place)) }
        }
        self.postings = postings
        let texts = max(Double(decisions.count), Self.leastTexts)
        lengths = decisions.map { decision in
            let sum = decision.words.reduce(0.0) { $0 + Self.weight(postings[$1]?.count ?? 0, texts) }
            return max(sum, .leastNonzeroMagnitude).squareRoot()
        }
    }

    /// How many decisions are known.
    package var count: Int { decisions.count }

    /// How much a word tells, squared: the rarer the more.
    private static func weight(_ count: Int, _ texts: Double) -> Double {
        let inverse = log((texts + 1) / (Double(count) + 0.5))
        return inverse * inverse
    }

    /// What the decisions nearest to some words say, field by field; a field of which none is near is left out.
    func voices(of words: Set<UInt64>, on day: CivilDate) -> [Field: Voice] {
        let near = near(words, on: day)
        var voices: [Field: Voice] = [:]
        for field in Field.allCases {
            var weights: [String: (weight: Double, times: Int)] = [:]
            for (decision, weight) in near {
                guard let value = decision.taken[field] else { continue }
                weights[value, default: (0, 0)].weight += weight
                weights[value]?.times += 1
            }
            let whole = weights.values.reduce(0) { $0 + $1.weight }
            guard whole > 0, let best = weights.max(by: { ($0.value.weight, $1.key) < ($1.value.weight, $0.key) })
            else { continue }
            let share = best.value.weight / whole
            voices[field] = Voice(
                value: best.key, times: best.value.times, of: weights.values.reduce(0) { $0 + $1.times },
                share: share, isDecisive: best.value.times >= rule.fewest && share >= rule.agreement)
        }
        return voices
    }

    /// The decisions whose words are like some, one a person, the nearest first, with what each counts.
    private func near(_ words: Set<UInt64>, on day: CivilDate) -> [(Decision, weight: Double)] {
        guard !decisions.isEmpty, !words.isEmpty else { return [] }
        let texts = max(Double(decisions.count), Self.leastTexts)
        var shared: [Int32: Double] = [:]
        var own = 0.0
        for word in words.sorted() {
            let known = postings[word] ?? []
            let weight = Self.weight(known.count, texts)
            own += weight
            for place in known { shared[place, default: 0] += weight }
        }
        let length = max(own, .leastNonzeroMagnitude).squareRoot()
        var like: [(place: Int, likeness: Double)] = []
        for (place, sum) in shared {
            let likeness = sum / (length * lengths[Int(place)])
            // What came in later than these words is no precedent of theirs, nor is what is too old.
            let age = day.dayNumber - decisions[Int(place)].day.dayNumber
            if likeness >= rule.likeness, (0...rule.oldest).contains(age) { like.append((Int(place), likeness)) }
        }
        like.sort { ($1.likeness, $0.place) < ($0.likeness, $1.place) }
        var people: Set<String> = []
        return like.filter { people.insert(decisions[$0.place].person).inserted }.prefix(rule.nearest).map { one in
            let decision = decisions[one.place]
            let age = day.dayNumber - decision.day.dayNumber
            return (decision, one.likeness * pow(0.5, Double(age) / Double(rule.halfLife)))
        }
    }
}

extension ComplaintReading {
    /// Puts first what was decided for words like these.
    mutating func heed(_ voices: [Precedents.Field: Precedents.Voice]) {
        precedents = voices
        if let voice = voices[.service], voice.isDecisive {
            let known = services.first { $0.value == voice.value }
            let first = Estimate(
                value: voice.value, confidence: max(known?.confidence ?? 0, voice.confidence),
                evidence: known?.evidence ?? [])
            services = Array(([first] + services.filter { $0.value != voice.value }).prefix(5))
        }
        if let voice = voices[.kind], voice.isDecisive, let value = ComplaintKind(rawValue: voice.value) {
            let isSame = kind.value == value
            kind = Estimate(
                value: value, confidence: isSame ? max(kind.confidence, voice.confidence) : voice.confidence,
                evidence: isSame ? kind.evidence : [])
        }
    }
}
