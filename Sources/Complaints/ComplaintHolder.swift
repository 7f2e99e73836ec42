import Casework
import Journal
import WorkingDays

/// In whose hands a complaint is: an officer's of the centre, or nobody's. It moves no clock of the law.
package enum ComplaintHolder: Hashable, Sendable {
    /// Nobody took it, or whoever had it put it back.
    case nobody
    /// An officer, by the number of his account; his name is not in the journal.
    case officer(Int64)

    /// The officer with a number; nobody where there is none.
    package init(_ number: Int64?) { self = number.map(Self.officer) ?? .nobody }

    /// The number of the officer's account; nil for nobody.
    package var number: Int64? {
        switch self {
        case .nobody: nil
        case .officer(let number): number
        }
    }
}

/// A complaint came into an officer's hands, or was put back for the others.
package struct ComplaintAssigned: Codable, Equatable, Sendable {
    /// The number of the account of the officer who has it from now on; nil: nobody.
    package var to: Int64?
    /// An event from its part.
    package init(to: Int64? = nil) { self.to = to }
}

/// Who is to have a complaint, as it was asked.
package struct ComplaintAssignment: Hashable, Sendable {
    /// Who is to have it.
    package let holder: ComplaintHolder
    /// Whether his account may do complaints; without meaning for nobody.
    package let isOfficer: Bool
    /// Who had it when whoever asks looked; nil where he did not look.
    package let seen: ComplaintHolder?

    /// An assignment from its parts.
    package init(to holder: ComplaintHolder, isOfficer: Bool, seen: ComplaintHolder? = nil) {
        self.holder = holder
        self.isOfficer = isOfficer
        self.seen = seen
    }
}

extension Complaint {
    /// What an assignment does to a complaint that is registered; pure.
    /// - Throws: `Refusal`: `annulled`, `closed`, `inOtherHands` where another has it than was seen, `alreadyAssigned`,
    ///   `notAssigned` where nobody has what is put back, `notOfficer`.
    static func decide(
        _ assignment: ComplaintAssignment, on state: State, at now: Moment
    ) throws -> [Happening<ComplaintEvent>] {
        try checkStands(state)
        try check(state, now, now)
        if let seen = assignment.seen, seen != state.holder {
            throw ComplaintRefusal.inOtherHands(
                "The complaint came into other hands meanwhile: look again who has it.", field: "to")
        }
        guard assignment.holder != state.holder else {
            if assignment.holder == .nobody {
                throw ComplaintRefusal.notAssigned("Nobody has the complaint: there is nothing to put back.")
            }
            throw ComplaintRefusal.alreadyAssigned("The complaint is in these hands already.", field: "to")
        }
        guard assignment.holder == .nobody || assignment.isOfficer else {
            throw ComplaintRefusal.notOfficer(
                "This account may not do complaints: choose a complaints officer.", field: "to")
        }
        return [Happening(.complaintAssigned(ComplaintAssigned(to: assignment.holder.number)), at: now)]
    }
}

extension ComplaintDesk {
    /// Gives a complaint into an officer's hands, or puts it back.
    /// - Parameters:
    ///   - holder: who has it from now on.
    ///   - seen: who had it when whoever asks looked; nil where that does not matter.
    /// - Returns: the version of the complaint afterwards.
    /// - Throws: `Refusal`; `JournalError.conflict` where the complaint is not at version `expected` any more.
    @discardableResult
    package func assign(
        _ number: String, to holder: ComplaintHolder, seen: ComplaintHolder? = nil, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { [isOfficer] session in
            let mayHave = try holder.number.map { try isOfficer($0, session.db) } ?? false
            return .assign(ComplaintAssignment(to: holder, isOfficer: mayHave, seen: seen))
        }
    }
}
