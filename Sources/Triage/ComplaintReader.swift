import CardSearch
import Complaints
import TextAnalysis
import WorkingDays

/// Reads the words of a citizen.
package struct ComplaintReader: Sendable {
    let knowledge: TriageKnowledge

    /// The longest text that a page or a program may have read, in characters.
    package static let longestText = 100_000

    /// A part of the reading that can be left out, to measure what it gives.
    package enum Part: String, CaseIterable, Sendable {
        case spelling, bodies, places, cues, search
    }

    /// What was decided before; nil where nothing is learnt from that.
    package var precedents: Precedents?

    /// How what was decided before is heeded.
    package var learning: LearningRule { knowledge.learning }

    /// A reader with its knowledge.
    package init(_ knowledge: TriageKnowledge) { self.knowledge = knowledge }

    /// Whether readings keep what they were told by, for fitting; nobody else needs it.
    var keepsSigns = false

    /// Reads a text.
    /// - Parameters:
    ///   - date: the day by which the routing table and the registry are asked.
    ///   - search: the search of cards.
    /// - Throws: what the search throws.
    package func read(
        _ words: String, on date: CivilDate, without off: Set<Part> = [],
        search: @escaping (SearchQuery) throws -> SearchAnswer
    ) throws -> ComplaintReading {
        let text = knowledge.read(words)
        let correcting = !off.contains(.spelling)
        let cues = off.contains(.cues) ? [] : knowledge.cues.find(in: text, correcting: correcting)
        let scores = knowledge.cues.scores(cues)
        let bodies = off.contains(.bodies) ? [] : BodyFinder(knowledge: knowledge, text: text, cues: cues).mentions()
        let bodyTokens = Set(bodies.flatMap(\.tokens))
        var places =
            off.contains(.places)
            ? [] : PlaceFinder(gazetteer: knowledge.gazetteer, text: text, excluded: []).mentions()
        let personal = PersonalData(
            text: text, names: knowledge.names, known: bodyTokens.union(places.flatMap(\.tokens)),
            isWord: knowledge.isWord
        ).spans()
        let hidden = text.tokens(within: personal.map(\.bytes))
        let nameTokens = text.tokens(within: personal.filter { $0.kind == .name }.map(\.bytes))
        places.removeAll { $0.tokens.contains(where: nameTokens.contains) || isStreet($0.tokens, text) }

        let opinion =
            off.contains(.cues)
            ? SayingTable.Opinion.none
            : knowledge.sayings.opinion(on: text, silent: hidden.union(places.flatMap(\.tokens)))
        let facts = Findings(
            knowledge: knowledge, text: text, cues: cues, scores: scores, bodies: bodies, places: places,
            opinion: opinion)
        let region = facts.region()
        let served = facts.served()
        let blamed = facts.blamed(region: region?.value)
        var silent = hidden.union(places.flatMap(\.tokens))
        for mention in bodies where isSilent(knowledge.aliases.groups[mention.group].target) {
            silent.formUnion(mention.tokens)
        }
        let muted = Set(
            cues.filter { found in
                let cue = knowledge.cues.cues[found.cue]
                return !cue.namesService && (cue.weights["service"] ?? 0) == 0
            }.flatMap(\.tokens))
        let groups = bodies.map { knowledge.aliases.groups[$0.group] }
        let candidates =
            off.contains(.search)
            ? []
            : try ServiceReader(
                search: search, knowledge: knowledge, text: text, silent: silent, muted: muted,
                told: knowledge.cues.services(cues),
                owners: groups.reduce(into: []) { $0.formUnion($1.owners) },
                spheres: groups.reduce(into: []) { $0.formUnion($1.spheres) }
            ).candidates(limit: 5)
        let lead = candidates.count > 1 ? 1 - candidates[1].score / max(candidates[0].score, 0.001) : 1
        func serviceFeatures(_ place: Int) -> [String: Double] {
            [
                "coverage": candidates[place].coverage, "lead": place == 0 ? lead : 0, "after": Double(place),
                "titled": min(3, candidates[place].titled), "told": candidates[place].told,
            ]
        }
        let services = candidates.enumerated().map { place, candidate in
            let features = serviceFeatures(place)
            return ComplaintReading.Estimate(
                value: candidate.code, confidence: knowledge.confidence.confidence("service", features),
                evidence: facts.evidence(of: candidate))
        }
        let nature = facts.nature()
        let elsewhere = facts.elsewhere()
        let kind = facts.kind(place: served?.value)
        var reading = ComplaintReading(
            nature: nature, elsewhere: elsewhere, kind: kind, services: services, region: region,
            openRegions: region == nil ? facts.openRegions() : [], place: served, named: blamed,
            urgent: facts.urgent(), again: facts.again(), personal: personal, addressees: [], confidence: 0.5,
            isPartial: text.tokens.count >= 4_000)
        if let precedents {
            let words = DuplicateSignature.words(of: text, hidden: personal.map(\.bytes), key: precedents.key)
            reading.heed(precedents.voices(of: words, on: date))
        }
        if reading.isComplaint, reading.elsewhere == nil {
            let finder = AddresseeFinder(knowledge: knowledge, date: date)
            reading.addressees = finder.find(reading)
            reading.alternatives = finder.alternatives(reading)
        }
        if !off.contains(.search), reading.isComplaint {
            reading.matters = try MatterFinder(search: search, text: text, silent: silent).matters(
                first: reading.services.first?.value)
        }
        reading.placeCodes = places.compactMap(\.body)
        reading.bodyCodes = bodies.map { "\($0.group)" }
        let basis = DecisionBasis(reading, lead: lead, coverage: candidates.first?.coverage ?? 0)
        reading.features["decision"] = basis.features
        if keepsSigns { reading.features.merge(facts.signs(place: served?.value)) { first, _ in first } }
        reading.features["service"] = candidates.isEmpty ? nil : serviceFeatures(0)
        reading.confidence = knowledge.confidence.confidence("decision", basis.features)
        reading.settleAddressees()
        return reading
    }

    /// Whether the name of a body says nothing of the service asked for.
    private func isSilent(_ target: BodyAliases.Target) -> Bool {
        switch target {
        case .branch, .regionAkimat, .districtAkimat, .ruralAkimat, .department, .none: true
        case .body("ECC"), .body("APS"), .body("GC"): true
        case .provider, .body: false
        }
    }

    /// Whether a name of a place is that of a street.
    private func isStreet(_ tokens: Range<Int>, _ text: ReadText) -> Bool {
        let before = ["ул", "улица", "улице", "проспект", "проспекте", "пр", "пер", "пр-т"]
        let after = ["кошеси", "кошесинде", "кошесиндеги", "данг", "дангылы", "даннгылы", "кошесиндег", "кошесиндеги"]
        if tokens.lowerBound > 0, before.contains(text.tokens[tokens.lowerBound - 1].forms[0].text) { return true }
        return tokens.upperBound < text.tokens.count && after.contains(text.tokens[tokens.upperBound].forms[0].text)
    }
}
