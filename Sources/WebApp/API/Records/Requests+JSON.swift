import CanonicalJSON
import Journal
import Onboarding

extension InformationRequestRecord {
    /// The request for programs.
    package var json: JSON {
        .members([
            "id": .string(id), "plan": .string(plan), "line": .string(line), "service": .string(service),
            "body": .string(body), "unit": .text(unit), "requestOn": .date(requestOn),
            "acceptanceOn": .date(acceptanceOn), "number": .text(number), "state": .string(state.rawValue),
            "returns": .number(returns),
            "days": .object(Dictionary(uniqueKeysWithValues: days.map { ($0.rawValue, JSON.date($1)) })),
        ])
    }
}

extension DutyRecord {
    /// The short case for programs.
    package var json: JSON {
        .members([
            "id": .string(stream.id), "kind": .string(kind), "body": .string(body), "service": .text(service),
            "begunOn": .string(begunOn), "endedOn": .text(endedOn), "endedBy": .text(endedBy), "ground": .text(ground),
            "text": .string(text), "annulledOn": .text(annulledOn),
        ])
    }
}

extension PlanRecord {
    /// The plan-schedule for programs.
    package var json: JSON {
        .members([
            "plan": .string(plan), "requests": .number(requests), "draftLines": .number(draftLines),
            "draftSource": .text(draftSource), "act": .text(act), "approvedOn": .text(approvedOn),
        ])
    }
}

extension PlanReport {
    /// What taking in or approving a plan did, for programs.
    package var json: JSON {
        .object([
            "added": .array(added.map(JSON.string)), "unchanged": .number(unchanged),
            "problems": .array(
                problems.map { FieldProblem(field: $0.field, line: $0.line, message: $0.reason).json }),
        ])
    }
}

extension SendingReport {
    /// What was done for the requests of a line, for programs.
    package var json: JSON {
        .object([
            "sent": .array(sent.map(JSON.string)), "already": .array(already.map(JSON.string)), "left": .number(left),
            "refused": .array(
                refused.sorted { $0.key < $1.key }.map { id, reason in
                    .object(["id": .string(id), "reason": .string(reason)])
                }),
        ])
    }
}
