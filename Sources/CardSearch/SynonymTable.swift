/// Groups of what people say and what the cards call it, as people write them in `knowledge/search/synonyms`.
package struct SynonymTable: Hashable, Sendable {
    /// One meaning: the sayings that lead to it and the official phrases that stand on cards.
    package struct Group: Hashable, Sendable, Codable {
        /// The identifier, unique in the table.
        package var id: String
        /// The sphere of life, as the file says.
        package var sphere: String
        /// What people say, in either language.
        package var say: [String]
        /// The official phrases in Kazakh.
        package var meanKK: [String]
        /// The official phrases in Russian.
        package var meanRU: [String]
        /// Those sayings whose plain reading misleads (права: not rights, a licence).
        package var onlyColloquial: [String]

        /// A group.
        package init(
            id: String, sphere: String, say: [String], meanKK: [String], meanRU: [String], onlyColloquial: [String] = []
        ) {
            self.id = id
            self.sphere = sphere
            self.say = say
            self.meanKK = meanKK
            self.meanRU = meanRU
            self.onlyColloquial = onlyColloquial
        }
    }

    /// The groups.
    package var groups: [Group]

    /// A table of groups.
    package init(groups: [Group] = []) { self.groups = groups }

    /// The table with groups of the same identifier put in place, new ones added, others removed.
    package func changed(saving saved: [Group], removing removed: Set<String> = []) -> SynonymTable {
        var byID = Dictionary(saved.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        var result: [Group] = []
        for group in groups where !removed.contains(group.id) {
            result.append(byID.removeValue(forKey: group.id) ?? group)
        }
        for group in saved where byID[group.id] == group && !removed.contains(group.id) {
            result.append(group)
            byID[group.id] = nil
        }
        return SynonymTable(groups: result)
    }
}
