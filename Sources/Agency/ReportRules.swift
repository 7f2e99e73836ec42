import CanonicalJSON
import WorkingDays

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
        ],
        "quarterly": [
            Rule(path: ["schema"], wanted: "the text \"bailanys/quarterly-report/1\"") {
                $0 == .string("bailanys/quarterly-report/1")
            },
            Rule(path: ["period"], wanted: "a quarter such as \"2026-Q1\"") { isQuarter($0?.string) },
            Rule(path: ["revision"], wanted: "a whole number from 1") { ($0?.int ?? 0) >= 1 },
            Rule(path: ["appeals"], wanted: "an object") { $0?.object != nil },
            Rule(path: ["complaints"], wanted: "an object") { $0?.object != nil },
        ],
        // The report on violations of the terms of services (452, point 12).
        "violations": [
            Rule(path: ["schema"], wanted: "the text \"bailanys/violation-report/1\"") {
                $0 == .string("bailanys/violation-report/1")
            },
            Rule(path: ["period"], wanted: "a month such as \"2026-03\"") { isMonth($0?.string) },
            Rule(path: ["revision"], wanted: "a whole number from 1") { ($0?.int ?? 0) >= 1 },
            Rule(path: ["violations", "byService"], wanted: "a list") { $0?.array != nil },
            Rule(path: ["technical", "byService"], wanted: "a list") { $0?.array != nil },
        ],
        // Forms 3-мк and 4-мк of order 78.
        "3mk": form("bailanys/form-3mk/1", columns: 13),
        "4mk": form("bailanys/form-4mk/1", columns: 9),
        // The explanation of a discrepancy (797 §20).
        "discrepancies": [
            Rule(path: ["schema"], wanted: "the text \"bailanys/discrepancy-explanation/1\"") {
                $0 == .string("bailanys/discrepancy-explanation/1")
            },
            Rule(path: ["number"], wanted: "a text") { $0?.string?.isEmpty == false },
            Rule(path: ["revision"], wanted: "a whole number from 1") { ($0?.int ?? 0) >= 1 },
            Rule(path: ["body", "code"], wanted: "a text") { $0?.string?.isEmpty == false },
            Rule(path: ["numbers"], wanted: "a list that is not empty") { $0?.array?.isEmpty == false },
            Rule(path: ["causes"], wanted: "a list") { $0?.array != nil },
        ],
    ]

    /// A quarterly form: all its columns are there.
    private static func form(_ schema: String, columns: Int) -> [Rule] {
        [
            Rule(path: ["schema"], wanted: "the text \"\(schema)\"") { $0 == .string(schema) },
            Rule(path: ["period"], wanted: "a quarter such as \"2026-Q1\"") { isQuarter($0?.string) },
            Rule(path: ["revision"], wanted: "a whole number from 1") { ($0?.int ?? 0) >= 1 },
        ]
            + (1...columns).map { column in
                Rule(path: ["columns", "\(column)", "lines"], wanted: "a list") { $0?.array != nil }
            }
    }

    /// The member by which a document of a kind says what it is about: the last part of its address.
    private static func subject(of kind: String) -> String { kind == "discrepancies" ? "number" : "period" }

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
        let subject = subject(of: kind)
        let stated = document[subject]?.string
        let isWellFormed = subject == "number" || isMonth(stated) || isQuarter(stated)
        if let stated, isWellFormed, stated != period {
            errors.append(
                Problem.FieldError(path: "/" + subject, message: "is not the \(subject) of the address, \(period)"))
        }
        errors += kind == "discrepancies" ? unexplained(in: document) : contradictions(in: document)
        guard errors.isEmpty, let stated, let revision = document["revision"]?.int else {
            return .failure(InvalidDocument(errors: errors))
        }
        return .success(Heading(period: stated, revision: revision))
    }

    /// An explanation whose causes do not add up to the difference.
    private static func unexplained(in document: JSON) -> [Problem.FieldError] {
        let units = document["causes"]?.array?.map { $0["units"]?.int ?? -1 } ?? []
        guard let difference = document["difference"]?.int, let rest = document["unexplained"]?.int,
            units.allSatisfy({ $0 >= 1 }), units.reduce(rest, +) == abs(difference)
        else {
            return [
                Problem.FieldError(
                    path: "/causes", message: "must add up, with what is unexplained, to the difference")
            ]
        }
        return []
    }

    /// Numbers that contradict each other or the lists behind them, and contacts that were not opened.
    private static func contradictions(in document: JSON) -> [Problem.FieldError] {
        var errors: [Problem.FieldError] = []
        func demand(_ isMet: Bool, _ path: String, _ message: String) {
            if !isMet { errors.append(Problem.FieldError(path: path, message: message)) }
        }
        if let balance = document["balance"] ?? document["complaints"] {
            let parts = ["opening", "received", "closed", "closing"].compactMap { balance[$0]?.int }
            demand(
                parts.count == 4 && parts.allSatisfy { $0 >= 0 } && parts[0] + parts[1] - parts[2] == parts[3],
                document["balance"] == nil ? "/complaints" : "/balance",
                "must hold opening + received - closed = closing, all from 0")
        }
        for (path, total) in StageTotals.of(document) {
            demand(total, path, "must have a total that is the sum of its list")
        }
        let technical = document["technical"]?["total"]?.int ?? 0
        if let violations = document["violations"] {
            demand(
                technical >= 0 && technical <= violations["total"]?.int ?? -1, "/technical/total",
                "must be from 0 and at most the violations: technical ones are a part of them")
        }
        let items = document["items"]
        func sum(_ value: JSON?) -> Int64? {
            guard let members = value?.object else { return nil }
            return members.values.reduce(0) { $0 + ($1.int ?? 0) }
        }
        if let third = items?["3"] {
            let total = third["total"]?.int
            let bodies = third["byBody"]?.array?.reduce(Int64(0)) { $0 + ($1["count"]?.int ?? 0) }
            let listed = third["complaints"]?.array.map { Int64($0.count) }
            demand(
                total != nil && total == sum(third["byKind"]) && total == bodies && total == listed, "/items/3",
                "must have a total that is the sum of byKind, the sum of byBody and the number of complaints")
        }
        for (item, groups) in [("4", "byService"), ("5", "byBodyKind")] {
            guard let value = items?[item] else { continue }
            let complaints = value["complaints"]?.array
            let total = value["total"]?.int
            demand(
                total != nil && total == sum(value[groups]) && total == complaints.map { Int64($0.count) },
                "/items/\(item)", "must have a total that is the sum of \(groups) and the number of complaints")
            for (index, complaint) in (complaints ?? []).enumerated() {
                guard let contacts = complaint["contacts"] else { continue }
                demand(
                    contacts.object != nil, "/items/\(item)/complaints/\(index)/contacts",
                    "must be an object with the contact details, {\"erased\":true} or {\"unreadable\":true}")
            }
        }
        for (index, complaint) in (items?["2"]?["complaints"]?.array ?? []).enumerated() {
            let isWhole = ["number", "body", "registered", "due"].allSatisfy { complaint[$0]?.string != nil }
            let dates = ["registered", "due", "closed"].compactMap { complaint[$0]?.string }
            demand(
                isWhole && dates.allSatisfy { CivilDate($0) != nil }, "/items/2/complaints/\(index)",
                "must have number, body and the dates registered, due and, where it is closed, closed")
        }
        return errors
    }

    /// Whether a text is a quarter of the form yyyy-Qn.
    static func isQuarter(_ text: String?) -> Bool { text.flatMap { CivilQuarter($0) } != nil }

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

/// The numbers of the reports from stage data that must be the sums of the lists behind them.
private enum StageTotals {
    /// The path of each number, and whether it is the sum of its list.
    static func of(_ document: JSON) -> [(path: String, isSum: Bool)] {
        var totals: [(String, Bool)] = []
        func check(_ value: JSON?, _ list: String, _ path: String) {
            guard let value, let entries = value[list]?.array else { return }
            let counts = entries.map { $0["count"]?.int ?? -1 }
            totals.append((path, counts.allSatisfy { $0 >= 0 } && value["total"]?.int == counts.reduce(0, +)))
        }
        for name in ["violations", "technical", "overdueOpen"] { check(document[name], "byService", "/\(name)/total") }
        for (name, column) in (document["columns"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            check(column, "lines", "/columns/\(name)/total")
        }
        return totals
    }
}
