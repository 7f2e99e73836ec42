/// A body's own list of the cases behind its number, as it was taken.
///
/// The file is not kept: it may hold identities. What was read of it is a document beside the journal (`BodyCaseList`), in which an
/// identity is a keyed number.
package struct DiscrepancyList: Codable, Hashable, Sendable {
    /// The SHA-256 of the file that came, so that whoever has it can show that it was this one.
    package var file: String
    /// The SHA-256 of what was read of it.
    package var list: String
    /// How many cases it has.
    package var cases: Int
    /// How many of its services our register does not have.
    package var unknownServices: Int
    /// How it came.
    package var channel: FilingNote.Channel

    /// A list from its parts.
    package init(file: String, list: String, cases: Int, unknownServices: Int, channel: FilingNote.Channel) {
        self.file = file
        self.list = list
        self.cases = cases
        self.unknownServices = unknownServices
        self.channel = channel
    }
}

/// A case that a confirmed cause is about, as it stood when a person confirmed it; nothing of a person.
package struct ExplainedCase: Codable, Hashable, Sendable {
    /// What names it: `OpenCase.key`.
    package var key: String
    /// The body's number of it; nil where the list does not have it.
    package var theirs: String?
    /// Ours; nil where we do not have it.
    package var ours: String?
    /// What speaks for the cause.
    package var facts: [CaseFact]

    /// A case from its parts.
    package init(key: String, theirs: String?, ours: String?, facts: [CaseFact]) {
        self.key = key
        self.theirs = theirs
        self.ours = ours
        self.facts = facts
    }
}

/// How many units confirmed causes explain, by which number they make larger.
package struct ExplainedUnits: Hashable, Sendable {
    /// Of causes that are not about cases: in the direction of the difference.
    package var plain = 0
    /// Of cases that only the body counts.
    package var theirs = 0
    /// Of cases that only we count.
    package var ours = 0
    /// Of cases that stand in different months.
    package var moved = 0

    /// Nothing.
    package init() {}

    /// Adds the units of a cause.
    mutating func add(_ units: Int, _ side: CaseSide?) {
        switch side {
        case nil: plain += units
        case .theirs: theirs += units
        case .ours: ours += units
        case .moved: moved += units
        }
    }

    /// How many units of a difference they explain, in its direction: more than it has, or fewer than none, where cases of one
    /// side have their causes and those of the other do not.
    /// - Parameters:
    ///   - difference: the units that are to be explained.
    ///   - whole: theirs less ours of the whole period; 0 where only months disagree.
    package func explained(of difference: Int, whole: Int) -> Int {
        // Where the whole agrees, a case of one month beside one of another is one unit, and so is one that moved.
        if whole == 0 { return plain + min(abs(difference) - plain, moved + min(theirs, ours)) }
        return plain + (whole > 0 ? theirs - ours : ours - theirs)
    }
}
