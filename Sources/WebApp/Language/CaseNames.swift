import ContactCentre

extension View {
    /// What happened, in the words of the timeline; an event that no page of a case tells by its name.
    func event(_ name: String) -> String {
        guard ContactCentre.toldEvents.contains(name) else { return name }
        return texts.text(TextKey(family: "event", member: name), language)
    }
}
