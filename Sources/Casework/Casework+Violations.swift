import GRDB
import Journal
import Rulebook
import WorkingDays

/// The entries of one case, made from its events as the table makes them.
package struct CaseViolations: Sendable {
    /// The entries, as they were drafted.
    package private(set) var entries: [Violation] = []
    private var lines: [ClockLine] = []
    private var versions: [Violation.ID: Int] = [:]

    /// A case in which nothing has happened.
    package init() {}

    /// Takes in the next event of the case.
    /// - Parameter day: the local day on which it was recorded.
    package mutating func apply(_ event: CaseEvent, of stream: StreamID, on day: CivilDate, in version: Int) {
        let known = entries
        defer { for entry in entries where !known.contains(entry) { versions[entry.id] = version } }
        let facts = event.content.facts
        for change in event.changes {
            guard let index = lines.firstIndex(where: { $0.clock.rule == change.clock }) else {
                if let line = ClockLine(startedBy: change, facts: facts) { lines.append(line) }
                continue
            }
            let before = lines[index]
            lines[index].apply(change, facts: facts)
            guard change.concernsLedger(from: before, to: lines[index]) else { continue }
            entries.follow(change, of: stream, from: before, to: lines[index], in: version)
        }
        if let event = event.content as? ViolationEvent { entries.take(event, of: stream, on: day, in: version) }
    }

    /// The place in the case of the last event that changed an entry: whoever saw this place saw the entry as it stands,
    /// whatever else happened in the case. 0 where there is none of that name.
    package func version(of id: Violation.ID) -> Int { versions[id] ?? 0 }

    /// The entry of a name.
    package subscript(id: Violation.ID) -> Violation? { entries.first { $0.id == id } }
}

extension CaseSession {
    /// The entries of a case, and the number of its events.
    package func violations(of stream: StreamID) throws -> (entries: CaseViolations, version: Int) {
        let events = try transaction.events(of: stream)
        var entries = CaseViolations()
        for event in events {
            entries.apply(
                try casework.catalogue.read(event), of: stream, on: zone.civilDate(of: event.recordedAt),
                in: event.version)
        }
        return (entries, events.count)
    }

    /// Carries out a command on an entry of the ledger.
    ///
    /// An entry that a change of the calendar put in doubt is closed together with the review of its clock, which the calendar in
    /// force must bear out.
    /// - Parameter expected: the version of the entry that the person saw (`CaseViolations.version(of:)`).
    /// - Returns: the version of the entry afterwards.
    /// - Throws: `Refusal`; `JournalError.conflict`; `CalendarError`.
    @discardableResult
    package func perform(
        _ command: ViolationCommand, on id: Violation.ID, by rules: ViolationRules, expecting expected: Int? = nil
    ) throws -> Int {
        var (entries, version) = try violations(of: id.stream)
        guard let entry = entries[id] else {
            throw ViolationRefusal.unknown("There is no entry “\(id)”: see the list of violations.")
        }
        if let expected, expected != entries.version(of: id) {
            throw JournalError.conflict(stream: id.stream, expected: expected)
        }
        let event = try entry.decide(command, by: rules, on: today)
        if case .violationClosed(let closed) = event, entry.ground == .doubted {
            try review(
                id.rule, of: id.stream, outcome: .met, lapse: entry.isCurrent ? nil : entry.lapsedOn,
                reason: closed.reason, expecting: nil)
            (entries, version) = try violations(of: id.stream)
            // Of an entry that nobody had decided nothing is left to be confirmed.
            guard entries[id]?.state == .reopened else { return version }
        }
        try append([event], to: id.stream, expecting: version)
        return version + 1
    }
}

extension Casework {
    /// An entry as it stands, its version, and everything that happened in its case; nil where there is none.
    /// - Throws: `CaseworkError.unreadable`.
    package func violation(
        _ id: Violation.ID
    ) async throws -> (
        entry: Violation, version: Int, history: [(recorded: RecordedEvent, event: CaseEvent)]
    )? {
        let history = try await history(of: id.stream)
        var entries = CaseViolations()
        for (recorded, event) in history {
            entries.apply(event, of: id.stream, on: today(recorded.recordedAt), in: recorded.version)
        }
        return entries[id].map { ($0, entries.version(of: id), history) }
    }
}
