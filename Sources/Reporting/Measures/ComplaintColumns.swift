import CanonicalJSON
import GRDB
import Languages
import WorkingDays

/// What a document can tell of a complaint.
enum ComplaintColumns {
    static let all: [String: Measure.Column] = [
        "body": text("body", "body"),
        "due": text("due", "dueOn"),
        "kind": text("kind", "kind"),
        "number": text("number", "id"),
        "registered": text("registered", "registeredOn"),
        "service": text("service", "service"),
        // What was closed after the period is open in its report.
        "closed": Measure.Column(columns: ["closedOn"]) { row, first, context, json in
            if let closed = row[first] as String?, closed <= context.last.description { json.member("closed", closed) }
        },
        "outcome": Measure.Column(columns: ["status", "closedOn"]) { row, first, context, json in
            if let closed = row[first + 1] as String?, closed <= context.last.description {
                json.member("outcome", row[first] as String)
            }
        },
        "contacts": Measure.Column(columns: ["person", "contacts"]) { row, first, _, json in
            if let person = row[first] as String?, let sealed = row[first + 1] as String? {
                json.member("contacts", ContactTokens.token(person: person, sealed: sealed))
            }
        },
        "serviceName": Measure.Column(columns: ["service"]) { row, first, context, json in
            guard let name = (row[first] as String?).flatMap({ context.services[$0] }) else { return }
            json.key("serviceName")
            json.beginObject()
            json.member("kk", name.kk)
            json.member("ru", name.ru)
            json.endObject()
        },
    ]

    /// A date of our own table.
    /// - Throws: `DatabaseError` of `SQLITE_CORRUPT` where it is none.
    static func date(_ text: String) throws -> CivilDate {
        guard let date = CivilDate(text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "“\(text)” is no date of a complaint")
        }
        return date
    }

    private static func text(_ member: String, _ column: String) -> Measure.Column {
        Measure.Column(columns: [column]) { row, first, _, json in json.member(member, row[first] as String?) }
    }
}
