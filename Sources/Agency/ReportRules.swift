import CanonicalJSON

/// The kinds of report that are taken, and what each document must look like.
///
/// A new rule is a new line of the table; the message says what is wanted, the path where.
package struct ReportRules: Sendable {
    /// A demand on one member of the document.
    struct Rule: Sendable {
        /// The keys that lead to the member.
        var path: [String]
        /// What is wanted, for the message.
        var wanted: String
        /// Whether the value found there, `nil` if there is none, will do.
        var isMet: @Sendable (JSON?) -> Bool
    }

    /// What is read from every document.
    struct Heading: Hashable, Sendable {
        var period: String
        var revision: Int64
    }

    private static let rules: [String: [Rule]] = [
        "monthly": [
            Rule(path: ["schema"], wanted: "the text \"bailanys/monthly-report/1\"") {
                $0 == .string("bailanys/monthly-report/1")
            },
            Rule(path: ["period"], wanted: "a month such as \"2026-03\"") { isMonth($0?.string) },
            Rule(path: ["revision"], wanted: "a whole number from 1") { ($0?.int ?? 0) >= 1 },
            Rule(path: ["items"], wanted: "an object") { $0?.object != nil },
        ]
    ]

    /// Checks a document against the table of its kind.
    ///
    /// - Returns: The heading, or what is wrong; `nil` if there is no such kind of report.
    static func check(_ document: JSON, kind: String, period: String) -> Result<Heading, InvalidDocument>? {
        guard let rules = rules[kind] else { return nil }
        var errors = rules.compactMap { rule -> Problem.FieldError? in
            let value = rule.path.reduce(Optional(document)) { $0?[$1] }
            guard !rule.isMet(value) else { return nil }
            let path = "/" + rule.path.joined(separator: "/")
            return Problem.FieldError(
                path: path, message: value == nil ? "missing: \(rule.wanted)" : "must be \(rule.wanted)")
        }
        let stated = document["period"]?.string
        if let stated, isMonth(stated), stated != period {
            errors.append(Problem.FieldError(path: "/period", message: "is not the period of the address, \(period)"))
        }
        guard errors.isEmpty, let stated, let revision = document["revision"]?.int else {
            return .failure(InvalidDocument(errors: errors))
        }
        return .success(Heading(period: stated, revision: revision))
    }

    /// Whether a text is a month of the form yyyy-MM.
    static func isMonth(_ text: String?) -> Bool {
        guard let text, text.utf8.count == 7 else { return false }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return false }
        return (1...12).contains(Int(parts[1]) ?? 0)
    }
}

/// A document that does not keep to its rules.
struct InvalidDocument: Error, Hashable {
    var errors: [Problem.FieldError]
}
