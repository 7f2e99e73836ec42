import CanonicalJSON
import Complaints

extension ComplaintRecord {
    /// The complaint for programs; who it is and what he writes is told by `reveal` only.
    package var json: JSON {
        .members([
            "number": .string(id), "forumNumber": .text(forumNumber), "kind": .string(kind.rawValue),
            "service": .text(service), "body": .string(body), "bodyKind": .string(bodyKind),
            "reviewer": .string(reviewer.rawValue), "region": .text(region), "channel": .string(channel),
            "language": .text(language), "filedAt": .moment(filedAt), "registeredOn": .date(registeredOn),
            "dueOn": .date(dueOn), "closedOn": .date(closedOn), "status": .string(status.rawValue),
            "outcome": .text(outcome?.rawValue), "extendedBy": .number(extendedBy),
            "assignee": assignee.map(JSON.int) ?? .null,
            "annulledAs": .text(annulledAs?.rawValue), "duplicateOf": .text(duplicateOf),
            "hasContacts": .bool(contacts != nil), "hasText": .bool(subject != nil),
        ])
    }
}

extension ComplaintReceipt {
    /// What a registration gave, for programs.
    package var json: JSON {
        .object([
            "number": .string(number), "body": .string(body), "rule": .string(rule),
            "registeredOn": .date(registeredOn), "dueOn": .date(dueOn), "isNew": .bool(isNew),
        ])
    }
}

extension ForumImportReport {
    /// What an import did, for programs, with what was wrong with the lines that were left out.
    package func json(problems: [ForumProblem]) -> JSON {
        .object([
            "lines": .number(lines), "added": .number(added), "updated": .number(updated),
            "unchanged": .number(unchanged), "refused": .number(refused),
            "problems": .array(
                problems.map { FieldProblem(field: $0.field, line: $0.line, message: $0.reason).json }),
        ])
    }
}
