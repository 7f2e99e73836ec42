import Casework
import Journal
import Rulebook
import WorkingDays

/// What became known only after a complaint had ended: that the applicant was told in time, that it was handed on before.
extension ComplaintDesk {
    /// Records commands on a complaint; what became known only after its end is entered at its place, and the clocks follow.
    static func enter(
        _ commands: [Complaint.Command], on before: LoadedCase<Complaint>, expecting expected: Int?,
        _ session: CaseSession
    ) throws -> LoadedCase<Complaint> {
        if let expected, expected != before.version {
            throw JournalError.conflict(stream: before.stream, expected: expected)
        }
        guard [.answered, .withdrawn].contains(before.state.status) else {
            return try session.perform(commands, on: before)
        }
        var loaded = before
        for command in commands {
            let context = DecisionContext(
                now: session.now, actor: session.transaction.actor, calendar: session.calendar, zone: session.zone,
                clocks: loaded.clocks, procedure: nil)
            let happenings = try Complaint.decide(command, on: loaded.state, in: context)
            do {
                loaded = try session.enterLate(happenings, on: Complaint.self, id: loaded.stream.id)
            } catch let error as ClockError {
                // An unlawful extension is a finding, whenever it is told.
                guard case .late(.extendAsTold(let days, _, let moment)) = command,
                    let breach = UnlawfulStepFound.breach(error)
                else { throw error }
                let found = UnlawfulStepFound(breach: breach, body: loaded.state.body, days: days)
                loaded = try session.enterLate(
                    [Happening(.unlawfulStepFound(found), at: moment)], on: Complaint.self, id: loaded.stream.id)
            }
        }
        return loaded
    }
}
