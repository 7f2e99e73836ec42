import CardSearch
import Complaints
import TextAnalysis

/// The services that a text speaks of, by the search of cards and what the text says of bodies.
struct ServiceReader {
    /// The search of cards.
    let search: (SearchQuery) throws -> SearchAnswer
    let knowledge: TriageKnowledge
    let text: ReadText
    /// Tokens that say nothing of a service: names, places, telephones, courtesies.
    let silent: Set<Int>
    /// Tokens of cues, which tell of the grievance and seldom of the service.
    let muted: Set<Int>
    /// Services that people's own words for them speak for, and how much.
    let told: [String: Double]
    /// Owners and spheres that the bodies named speak for.
    let owners: Set<String>
    let spheres: Set<String>

    /// A service and how well it fits.
    struct Candidate {
        let code: String
        var score = 0.0
        var coverage = 0.0
        /// How many words of the text stand in its title.
        var titled = 0.0
        /// How much people's own words for it speak for it.
        var told = 0.0
        var words: [String] = []

        /// Takes in that a question found it.
        mutating func add(_ hit: SearchHit, _ score: Double) {
            self.score += score
            coverage = max(coverage, hit.coverage)
            titled = max(titled, Double(Set(hit.reasons.filter { $0.field.hasPrefix("title") }.flatMap(\.words)).count))
            words += hit.reasons.flatMap(\.words)
        }
    }

    /// The most words of the whole text, and of its beginning, that the search is asked for.
    private static let mostWords = 18
    private static let beginning = 11
    /// How many cards each question is answered with.
    private static let mostCards = 12
    /// How much the place among the cards found counts beside the score.
    private static let placeShare = 0.5
    /// What a service gains that the body named answers for, and one of a sphere that it deals with.
    private static let ownerGain = 1.5
    private static let sphereGain = 1.3
    /// What a service gains for which people's own words for it speak.
    private static let toldGain = 2.4

    /// The services, best first.
    func candidates(limit: Int) throws -> [Candidate] {
        let words = text.tokens.indices.filter { index in
            let token = text.tokens[index]
            return !silent.contains(index) && !token.isNumber && token.letters.count > 1
        }
        guard !words.isEmpty else { return [] }
        let telling = words.filter { !muted.contains($0) }
        var found: [String: Candidate] = [:]
        // Where people's own words tell the service, what tells is asked for alone.
        let whole = told.isEmpty || telling.count < 3 ? [words.prefix(Self.mostWords)] : []
        for part in whole + [telling.prefix(Self.beginning)] where !part.isEmpty {
            let asked = part.map { text.words($0..<$0 + 1) }.joined(separator: " ")
            let hits = try search(SearchQuery(asked, limit: Self.mostCards, off: [.questions, .layouts])).hits
            guard let top = hits.first?.score, top > 0 else { continue }
            for (place, hit) in hits.enumerated() {
                let standing = hit.score / top * (1 - Self.placeShare) + Self.placeShare / Double(place + 1)
                found[hit.id, default: Candidate(code: hit.id)].add(hit, standing * (1 + hit.coverage))
            }
        }
        for (code, strength) in told where knowledge.facts.services[code] != nil {
            found[code, default: Candidate(code: code)].score += strength * Self.toldGain
            found[code]?.told = strength
        }
        return found.values.map(favoured).sorted { ($0.score, $1.code) > ($1.score, $0.code) }.prefix(limit).map { $0 }
    }

    /// A candidate with what the bodies named say for it.
    private func favoured(_ candidate: Candidate) -> Candidate {
        var candidate = candidate
        if let owner = knowledge.facts.services[candidate.code]?.owner, owners.contains(owner) {
            candidate.score *= Self.ownerGain
        }
        if let sphere = knowledge.services[candidate.code]?.sphere, spheres.contains(sphere) {
            candidate.score *= Self.sphereGain
        }
        return candidate
    }
}
