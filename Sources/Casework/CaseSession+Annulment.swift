import Journal
import Rulebook

/// A case that was entered by mistake: its entries stay and are read as before, another event says that it was none.
extension CaseSession {
    /// Appends an event by which a case is annulled: its clocks stand as if they had never run, whatever became of them,
    /// and nobody is charged with them.
    /// - Returns: the case afterwards.
    /// - Throws: `CaseworkError.noSuchCase`; `JournalError.conflict`.
    package func annul<Kind: CaseKind>(
        _ event: Kind.Event, on kind: Kind.Type, id: String, expecting expected: Int? = nil
    ) throws -> LoadedCase<Kind> {
        let before = try load(kind, id: id)
        guard before.version > 0 else { throw CaseworkError.noSuchCase(before.stream) }
        if let expected, expected != before.version {
            throw JournalError.conflict(stream: before.stream, expected: expected)
        }
        let changes = before.clocks.clocks.map { clock in
            var change = ClockChange(.cancelled, clock: clock.rule, at: now, on: today)
            change.reason = ClockChange.annulled
            return change
        }
        try transaction.append(
            [try CaseEvent(event, changes: changes).journalled(occurredAt: now)], to: before.stream,
            expecting: before.version)
        return try load(kind, id: id)
    }
}
