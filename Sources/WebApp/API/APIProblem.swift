import CanonicalJSON
import Casework
import HTTPTypes
import Hummingbird

/// What is wrong with one member of what was sent.
struct FieldProblem: Hashable, Sendable {
    /// The member, or the column: `reason`, `contacts.email`.
    let field: String?
    /// The line of a table, from 1.
    var line: Int?
    /// What is wrong and what to do, in English.
    let message: String

    var json: JSON {
        var members: [String: JSON] = ["message": .string(message)]
        if let field { members["field"] = .string(field) }
        if let line { members["line"] = .int(Int64(line)) }
        return .object(members)
    }
}

/// What the JSON interface refuses, with the members that have to be mended.
struct APIProblem: Error, CustomStringConvertible {
    let kind: ErrorKind
    let description: String
    let fields: [FieldProblem]

    init(_ kind: ErrorKind, _ description: String, fields: [FieldProblem] = []) {
        self.kind = kind
        self.description = description
        self.fields = fields
    }

    /// One member is wrong.
    static func field(_ name: String, _ message: String) -> APIProblem {
        APIProblem(.unprocessable, "\(name): \(message)", fields: [FieldProblem(field: name, message: message)])
    }

    /// There is no such thing.
    static func missing(_ what: String) -> APIProblem { APIProblem(.notFound, "There is no \(what).") }
}

/// What went wrong, for programs, as problem+json has it (RFC 9457).
package enum ProblemDocument {
    /// The members that do not depend on HTTP: a stable code, the sentence, the rule that refused, the fields.
    package static func members(_ kind: ErrorKind, _ error: any Error) -> [String: JSON] {
        var members: [String: JSON] = ["code": .string(kind.rawValue), "detail": .string("\(error)")]
        if let refusal = error as? Refusal {
            members["refusal"] = .string(refusal.code)
            if let field = refusal.field {
                members["errors"] = .array([FieldProblem(field: field, message: refusal.reason).json])
            }
        }
        if let problem = error as? APIProblem, !problem.fields.isEmpty {
            members["errors"] = .array(problem.fields.map(\.json))
        }
        return members
    }

    static func response(_ kind: ErrorKind, _ error: any Error, requestID: String) -> Response {
        var members = members(kind, error)
        // What went wrong inside us is for the log only; that the disk is full is for the sender too.
        if kind.status.kind != .clientError, kind != .noSpace { members["detail"] = nil }
        members["type"] = .string("urn:bailanys:problem:\(kind.rawValue)")
        members["title"] = .string(kind.status.reasonPhrase)
        members["status"] = .int(Int64(kind.status.code))
        members["requestId"] = .string(requestID)
        return Response(
            status: kind.status, headers: [.contentType: "application/problem+json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSON.object(members).bytes)))
    }
}
