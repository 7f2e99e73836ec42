import CanonicalJSON
import Casework
import Journal
import Languages
import Rulebook
import WorkingDays

extension Violation {
    /// The entry for programs; titles are those of the rules.
    package func json(titles: [String: Localized]) -> JSON {
        .members([
            "id": .string(id.description), "case": .string(stream.rawValue), "rule": .string(rule),
            "title": titles[rule].map(JSON.names) ?? .null, "owner": .string(owner.rawValue), "body": .text(body),
            "service": .text(service), "dayZero": .date(dayZero), "due": .date(due), "mark": .date(mark),
            "violatedOn": .date(violatedOn), "proof": .string(proof), "noticedOn": .date(noticedOn),
            "endedOn": .date(endedOn), "state": .string(state.rawValue), "groundStands": .bool(ground == .stands),
            "lostBy": .text(loss?.rawValue), "decision": .text(decision.map { $0.isExcuse ? "excused" : "confirmed" }),
            "decisionGround": .text(decision?.ground), "decidedOn": .date(decision?.decidedOn),
            "toldOn": .date(toldOn), "replyBy": .date(replyBy), "repliedOn": .date(repliedOn),
            "isReplyLate": repliedOn == nil ? .null : .bool(isReplyLate),
        ])
    }
}

extension ViolationEvent {
    /// What happened to an entry, for programs: no sealed mail, no link.
    package func json(_ recorded: RecordedEvent) -> JSON {
        var members: [String: JSON] = [
            "event": .string(name), "at": .moment(recorded.occurredAt), "version": .number(recorded.version),
            "actor": .string(recorded.actor.rawValue),
        ]
        switch self {
        case .violationConfirmed(let event), .violationExcused(let event):
            members["ground"] = .text(event.ground)
            members["words"] = .text(event.words)
            members["document"] = .text(event.document)
        case .violationDecisionWithdrawn(let event), .violationClosed(let event):
            members["words"] = .string(event.reason)
        case .violationTold(let event):
            members["way"] = .string(event.way)
            members["replyBy"] = .date(event.replyBy)
        case .violationReplied(let event):
            members["words"] = .string(event.text)
            members["document"] = .text(event.document)
            members["isLate"] = .bool(event.isLate)
        }
        return .members(members)
    }
}

extension ViolationSummary {
    /// The counts for programs, a line for each month and body, the latest first.
    package var json: [JSON] {
        counts.sorted { left, right in
            left.key.month != right.key.month
                ? left.key.month > right.key.month : (left.key.body ?? "") < (right.key.body ?? "")
        }.map { key, counts in
            var members: [String: JSON] = ["month": .string(key.month.description), "body": .text(key.body)]
            for state in Violation.State.allCases { members[state.rawValue] = .number(counts[state] ?? 0) }
            return .members(members)
        }
    }
}
