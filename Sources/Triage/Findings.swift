import Complaints
import Foundation
import TextAnalysis

/// What the cues, bodies and places of a text come to, field by field.
struct Findings {
    typealias Estimate = ComplaintReading.Estimate
    let knowledge: TriageKnowledge
    let text: ReadText
    let cues: [CueTable.Found]
    let scores: [String: Double]
    let bodies: [BodyFinder.Mention]
    let places: [PlaceFinder.Mention]
    /// What the sentences of the text are like.
    let opinion: SayingTable.Opinion

    private static let kinds = ComplaintKind.allCases.map(\.rawValue)
    private static let natures = ComplaintReading.Nature.allCases.filter { $0 != .complaint }
    private static let elsewheres: [(ComplaintReading.Elsewhere, String)] = [
        (.court, "court"), (.privateFirm, "private"), (.utilities, "utilities"), (.police, "police"),
        (.otherLaw, "otherlaw"),
    ]
    /// How much what sentences are like counts beside the cues, for whose matter it is.
    private static let elsewhereShare = 2.0
    /// What speaks for a matter of ours beforehand where a service is named.
    private static let toldLead = 1.0

    func score(_ label: String) -> Double { scores[label] ?? 0 }

    /// The words of cues that speak for a label.
    func evidence(for label: String) -> [ComplaintReading.Evidence] {
        let told = cues.filter { (knowledge.cues.cues[$0.cue].weights[label] ?? 0) > 0 }.map {
            ComplaintReading.Evidence(bytes: text.span($0.tokens), what: knowledge.cues.cues[$0.cue].name)
        }
        let known = Set(told.flatMap(\.bytes))
        return told
            + (opinion.words[label] ?? []).filter { !known.contains(text.tokens[$0].bytes.lowerBound) }.map {
                ComplaintReading.Evidence(bytes: text.tokens[$0].bytes, what: "words as in such texts")
            }
    }

    /// The words by which a card was found.
    func evidence(of candidate: ServiceReader.Candidate) -> [ComplaintReading.Evidence] {
        let words = Set(candidate.words.map(\.letters))
        let told = Set(
            cues.filter { knowledge.cues.cues[$0.cue].weights[candidate.code] != nil }.flatMap(\.tokens))
        return text.tokens.indices.filter { index in
            let token = text.tokens[index]
            return told.contains(index) || words.contains(token.letters) || words.contains(token.forms[0])
        }.map { ComplaintReading.Evidence(bytes: text.tokens[$0].bytes, what: candidate.code) }
    }

    // MARK: - What it is

    func nature() -> Estimate<ComplaintReading.Nature> {
        let best = bestNature()
        let isComplaint = best.odds <= 0
        let sure = knowledge.confidence.confidence("nature", ["margin": min(6, abs(best.odds))])
        return Estimate(
            value: isComplaint ? .complaint : best.nature, confidence: sure,
            evidence: isComplaint ? evidence(for: "grievance") : evidence(for: best.nature.rawValue))
    }

    /// What else than a complaint it most likely is, and how much speaks for it.
    private func bestNature() -> (nature: ComplaintReading.Nature, odds: Double) {
        Self.natures.map { ($0, knowledge.cues.share("nature", natureFeatures($0))) }.max { $0.1 < $1.1 }
            ?? (.question, -1)
    }

    /// What tells whether a text is this and no complaint.
    func natureFeatures(_ nature: ComplaintReading.Nature) -> [String: Double] {
        let label = nature.rawValue
        let complaints = Self.kinds + Self.elsewheres.map(\.1)
        let whole = complaints.compactMap { opinion.whole[$0] }.max() ?? 0
        return [
            "one": 1, "told": score(label), "grievance": min(12, score("grievance")),
            "sentences": opinion.together([label]) - opinion.together(complaints),
            "whole": (opinion.whole[label] ?? 0) - whole,
            "asked": nature == .question && text.text.contains("?") ? 1 : 0,
        ]
    }

    func elsewhere() -> Estimate<ComplaintReading.Elsewhere>? {
        let ourKinds = opinion.together(Self.kinds)
        func speaks(_ label: String) -> Double {
            score(label) + Self.elsewhereShare * (opinion.together([label]) - ourKinds)
        }
        guard let best = Self.elsewheres.max(by: { speaks($0.1) < speaks($1.1) }) else { return nil }
        let namesService = cues.contains { knowledge.cues.cues[$0.cue].namesService }
        let ours =
            bodies.map { mention in
                knowledge.aliases.groups[mention.group].target == .none ? 0 : max(0, mention.blame)
            }.max() ?? 0
        let margin = speaks(best.1) - score("service") * 1.2 - min(4, ours * 2.5) - (namesService ? Self.toldLead : 0)
        guard margin > 0 else { return nil }
        return Estimate(value: best.0, confidence: 1 / (1 + exp(-margin)), evidence: evidence(for: best.1))
    }

    /// What it is about; where somebody was served speaks where words are few.
    func kind(place: String?) -> Estimate<ComplaintKind> {
        let sorted = kinds(place: place)
        let words = evidence(for: sorted[0].0.rawValue)
        let told = ["margin": min(6, sorted[0].1 - sorted[1].1), "usual": words.isEmpty ? 1.0 : 0]
        return Estimate(
            value: sorted[0].0, confidence: knowledge.confidence.confidence("kind", told), evidence: words)
    }

    /// The kinds with what speaks for each, best first.
    private func kinds(place: String?) -> [(ComplaintKind, Double)] {
        let usual = knowledge.cues.usual[place ?? "nowhere"] ?? [:]
        let features = kindFeatures()
        return ComplaintKind.allCases.map { kind -> (ComplaintKind, Double) in
            (kind, knowledge.cues.share("kind", features[kind.rawValue] ?? [:]) + (usual[kind.rawValue] ?? 0))
        }.sorted { $0.1 > $1.1 }
    }

    /// All that the nature, the kind and the place were told by, for fitting how much each sign counts.
    func signs(place: String?) -> [String: [String: Double]] {
        var signs = ["place": placeFeatures()]
        for (kind, features) in kindFeatures() { signs["kind \(kind)"] = features }
        for nature in Self.natures { signs["nature \(nature.rawValue)"] = natureFeatures(nature) }
        let kinds = kinds(place: place)
        signs["margin"] = ["nature": min(6, abs(bestNature().odds)), "kind": min(6, kinds[0].1 - kinds[1].1)]
        return signs
    }

    /// What tells each kind: cues, the sentences that are like it, all words together beside the other kinds.
    func kindFeatures() -> [String: [String: Double]] {
        let mean = Self.kinds.reduce(0) { $0 + (opinion.whole[$1] ?? 0) } / Double(Self.kinds.count)
        return Dictionary(
            Self.kinds.map { kind in
                (
                    kind,
                    [
                        "told": score(kind), "sentences": opinion.strength[kind] ?? 0,
                        "whole": (opinion.whole[kind] ?? 0) - mean,
                    ]
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    func urgent() -> Estimate<Bool>? {
        let value = score("urgent")
        guard value >= 2 else { return nil }
        return Estimate(value: true, confidence: 1 / (1 + exp(-(value - 1.5))), evidence: evidence(for: "urgent"))
    }

    func again() -> Estimate<Bool>? {
        guard score("again") > 0 else { return nil }
        return Estimate(value: true, confidence: 0.8, evidence: evidence(for: "again"))
    }

    // MARK: - Whom

    /// The body that is blamed.
    func blamed(region: String?) -> Estimate<String>? {
        var totals: [Int: (blame: Double, first: BodyFinder.Mention)] = [:]
        for mention in bodies {
            if let known = totals[mention.group] {
                totals[mention.group] = (max(known.blame, mention.blame) + 0.3, known.first)
            } else {
                totals[mention.group] = (mention.blame, mention)
            }
        }
        var values: [(value: Double, mention: BodyFinder.Mention, code: String?)] = []
        for (group, total) in totals {
            var value = total.blame
            let code = self.code(of: knowledge.aliases.groups[group], near: total.first.tokens, region: region)
            if case .none = knowledge.aliases.groups[group].target { continue }
            if case .branch = knowledge.aliases.groups[group].target { value -= 0.2 }
            values.append((value, total.first, code))
        }
        values.sort { ($0.value, $1.mention.tokens.lowerBound) > ($1.value, $0.mention.tokens.lowerBound) }
        guard let best = values.first, best.value > 0.55, let code = best.code else { return nil }
        let rest = values.dropFirst().first?.value ?? 0
        return Estimate(
            value: code, confidence: 1 / (1 + exp(-(best.value - rest) * 1.5)),
            evidence: [.init(bytes: text.span(best.mention.tokens), what: code)])
    }

    /// The code of the body that a group of names means here.
    private func code(of group: BodyAliases.Group, near tokens: Range<Int>, region: String?) -> String? {
        switch group.target {
        case .branch: region.flatMap { knowledge.facts.branches[$0] } ?? "GC"
        case .regionAkimat: region.flatMap { knowledge.facts.akimats[$0] }
        case .districtAkimat: district(near: tokens, region: region) ?? region.flatMap { knowledge.facts.akimats[$0] }
        case .ruralAkimat:
            // Without his district nobody is above him but the region, whose akimat has no rural units.
            district(near: tokens, region: region).map { "\($0)@\(BodyAddress.rural)" }
                ?? region.flatMap { knowledge.facts.akimats[$0] }
        case .department: region.flatMap { knowledge.facts.departments[$0] } ?? "APS"
        case .provider, .none: nil
        case .body(let code): code
        }
    }

    /// The akimat of the district or town that stands nearest, in the region that was found.
    private func district(near tokens: Range<Int>, region: String?) -> String? {
        let within = places.filter { $0.body != nil && (region == nil || $0.regions.contains(region ?? "")) }
        let nearest = within.min {
            abs($0.tokens.lowerBound - tokens.lowerBound) < abs($1.tokens.lowerBound - tokens.lowerBound)
        }
        return nearest?.body
    }
}
