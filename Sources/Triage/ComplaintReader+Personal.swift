import TextAnalysis

extension ComplaintReader {
    /// What in a text tells who somebody is: names, IIN, telephones, addresses. Nothing else is read, and no card is searched.
    package func personal(in words: String) -> [PersonalSpan] {
        let text = knowledge.read(words)
        let cues = knowledge.cues.find(in: text, correcting: true)
        let bodies = BodyFinder(knowledge: knowledge, text: text, cues: cues).mentions()
        let places = PlaceFinder(gazetteer: knowledge.gazetteer, text: text, excluded: []).mentions()
        return PersonalData(
            text: text, names: knowledge.names,
            known: Set(bodies.flatMap(\.tokens)).union(places.flatMap(\.tokens)), isWord: knowledge.isWord
        ).spans()
    }
}
