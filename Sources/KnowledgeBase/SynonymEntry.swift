import CardSearch
import WorkingDays

/// A group of synonyms as it stands: from a file, changed, added or withdrawn by a coordinator.
package struct SynonymEntry: Hashable, Sendable {
    /// Where a group comes from.
    package enum Source: String, CaseIterable, Hashable, Sendable {
        /// As the file says.
        case file
        /// In a file, but changed since.
        case changed
        /// In no file.
        case added
        /// Applies no more.
        case withdrawn
    }

    /// The group; of a withdrawn one what it said last.
    package let group: SynonymTable.Group
    /// Where it comes from.
    package let source: Source
    /// The number of changes; 0 for a group as the file says.
    package let version: Int
}

/// One change in the history of a group.
package struct SynonymHistory: Hashable, Sendable {
    /// The identifier of the group.
    package let id: String
    /// Its number in the history of the group.
    package let version: Int
    /// When.
    package let at: Moment
    /// Who.
    package let actor: String
    /// Why.
    package let reason: String
    /// What it says since; nil where it was withdrawn.
    package let group: SynonymTable.Group?
}

/// What is asked of the synonyms.
package enum SynonymChange: Hashable, Sendable {
    /// Write a new group or change one.
    case save(SynonymTable.Group)
    /// Let a group apply no more.
    case withdraw(String)

    /// The identifier of the group.
    package var id: String {
        switch self {
        case .save(let group): group.id
        case .withdraw(let id): id
        }
    }
}

/// A query that coordinators keep, and the card that should answer it.
package struct SavedQuery: Codable, Hashable, Sendable {
    /// The words.
    package let text: String
    /// The code of the card.
    package let card: String
}

/// What a change would do to the kept queries.
package struct SynonymTrial: Hashable, Sendable {
    /// One kept query, tried before and after.
    package struct Line: Hashable, Sendable {
        /// The query.
        package let query: SavedQuery
        /// The place of its card before, from 1; nil where it is not found.
        package let before: Int?
        /// The place after.
        package let after: Int?

        /// The places that it moves up; below 0 where it gets worse.
        var gain: Int { (before ?? 1_000) - (after ?? 1_000) }
    }

    /// How many queries were tried.
    package let tried: Int
    /// Those whose card moves up, the greatest gain first.
    package let better: [Line]
    /// Those whose card moves down, the greatest loss first.
    package let worse: [Line]
    /// Those whose card is not first after the change, whether or not it moves.
    package let notFirst: Int

    init(_ lines: [Line]) {
        tried = lines.count
        better = lines.filter { $0.gain > 0 }.sorted { ($0.gain, $1.query.text) > ($1.gain, $0.query.text) }
        worse = lines.filter { $0.gain < 0 }.sorted { ($0.gain, $0.query.text) < ($1.gain, $1.query.text) }
        notFirst = lines.count { $0.after != 1 }
    }
}
