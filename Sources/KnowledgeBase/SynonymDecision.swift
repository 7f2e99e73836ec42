import CardSearch
import Casework

/// Whether a change of a group can be made; pure.
enum SynonymDecision {
    /// The event that follows.
    /// - Parameters:
    ///   - entry: the group as it stands, nil where there is none.
    ///   - version: the number of changes that the person saw.
    /// - Throws: `Refusal` that names the field to mend.
    static func decide(
        _ change: SynonymChange, reason: String, on entry: SynonymEntry?, expecting version: Int
    ) throws -> SynonymEvent {
        guard version == entry?.version ?? 0 else {
            throw KnowledgeRefusal.synonymChanged("The group was changed meanwhile: look at it again, then repeat.")
        }
        guard !reason.isBlank else { throw KnowledgeRefusal.synonymNoReason("Say why.", field: "reason") }
        switch change {
        case .save(let group):
            let group = try checked(group)
            if let entry, entry.source != .withdrawn, entry.group == group {
                throw KnowledgeRefusal.synonymSame("The group says this already: nothing to record.", field: "say")
            }
            return .synonymGroupSaved(SynonymGroupSaved(group: group, reason: reason))
        case .withdraw(let id):
            guard let entry, entry.source != .withdrawn else {
                throw KnowledgeRefusal.synonymUnknown("No group “\(id)” applies: check the identifier.")
            }
            return .synonymGroupWithdrawn(SynonymGroupWithdrawn(id: id, reason: reason))
        }
    }

    /// The group without blanks and repetitions.
    static func checked(_ group: SynonymTable.Group) throws -> SynonymTable.Group {
        func tidy(_ phrases: [String]) -> [String] {
            var seen: Set<String> = []
            return phrases.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
                .filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        var group = group
        group.say = tidy(group.say)
        group.meanKK = tidy(group.meanKK)
        group.meanRU = tidy(group.meanRU)
        group.onlyColloquial = tidy(group.onlyColloquial)
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard !group.id.isEmpty, group.id.count <= 60, group.id.allSatisfy(letters.contains) else {
            throw KnowledgeRefusal.synonymId(
                "An identifier is of small Latin letters, digits and hyphens, at most 60: choose one.",
                field: "id")
        }
        guard !group.say.isEmpty else {
            throw KnowledgeRefusal.synonymSay("Give at least one thing that people say.", field: "say")
        }
        guard !group.meanKK.isEmpty || !group.meanRU.isEmpty else {
            throw KnowledgeRefusal.synonymMean(
                "Give the official words of the cards, in one language at least.", field: "mean")
        }
        guard group.say.count <= 200, (group.say + group.meanKK + group.meanRU).allSatisfy({ $0.count <= 200 }) else {
            throw KnowledgeRefusal.synonymLong(
                "A group holds 200 sayings of 200 letters at most: shorten it.", field: "say")
        }
        if let other = group.onlyColloquial.first(where: { !group.say.contains($0) }) {
            throw KnowledgeRefusal.synonymColloquial(
                "“\(other)” must also stand among what people say: add it there.",
                field: "colloquial")
        }
        return group
    }
}
