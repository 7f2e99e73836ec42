import CanonicalJSON
import WorkingDays

/// What stands in a sealed report: its numbers, and the complaints behind those that it names.
package struct SealedDocument: Sendable {
    /// The numbers that were sent.
    package let figures: MonthlyFigures
    private let items: JSON

    /// Reads a document at rest; nil where it is not of the form that `MonthlyDocument` writes.
    package init?(_ bytes: [UInt8]) {
        // What is no JSON is no sealed report; whoever asks shows the numbers of now instead.
        guard let json = try? JSON(parsing: bytes), json["schema"]?.string == MonthlyDocument.schema,
            let items = json["items"], let balance = json["balance"]
        else { return nil }
        self.items = items
        var figures = MonthlyFigures()
        func number(_ json: JSON?, _ name: String) -> Int? { json?[name]?.int.map { Int($0) } }
        func counts(_ json: JSON?) -> [String: Int] {
            (json?.object ?? [:]).compactMapValues { value in value.int.map { Int($0) } }
        }
        figures.opening = number(balance, "opening") ?? 0
        figures.received = number(balance, "received") ?? 0
        figures.closed = number(balance, "closed") ?? 0
        figures.closing = number(balance, "closing") ?? 0
        figures.forum = number(items["1"], "forum") ?? 0
        figures.withinTerm = number(items["2"], "withinTerm") ?? 0
        figures.pastTerm = number(items["2"], "pastTerm") ?? 0
        figures.averageHundredths = number(items["2"], "averageHundredths")
        figures.longest = number(items["2"], "longest")
        figures.violations = number(items["3"], "total") ?? 0
        figures.overdueFromEarlier = number(items["3"], "openFromEarlier") ?? 0
        figures.violationsByKind = counts(items["3"]?["byKind"])
        figures.violationsByBody = (items["3"]?["byBody"]?.array ?? []).compactMap { entry in
            guard let kind = entry["kind"]?.string, let body = entry["body"]?.string, let count = number(entry, "count")
            else { return nil }
            return MonthlyFigures.BodyCount(kind: kind, body: body, count: count)
        }
        figures.orderAndStandard = number(items["4"], "total") ?? 0
        figures.byService = counts(items["4"]?["byService"])
        figures.employees = number(items["5"], "total") ?? 0
        figures.employeesByKind = counts(items["5"]?["byBodyKind"])
        self.figures = figures
    }

    /// The numbers of the complaints behind a number, as they were sealed; nil where the document only counts them.
    package func complaints(behind number: ReportNumber) -> [String]? {
        func chosen(_ item: String, _ isWanted: (JSON) -> Bool) -> [String] {
            (items[item]?["complaints"]?.array ?? []).filter(isWanted).compactMap { $0["number"]?.string }
        }
        switch number {
        case .reviewed: return chosen("2") { _ in true }
        case .withinTerm, .pastTerm:
            let isPast = number == .pastTerm
            return chosen("2") { entry in
                guard entry["outcome"]?.string == "answered", let closed = entry["closed"]?.string,
                    let due = entry["due"]?.string
                else { return false }
                return (closed > due) == isPast
            }
        case .violations(let kind, let body):
            if let kind, body == nil {
                let bodies = Set(figures.violationsByBody.filter { $0.kind == kind }.map(\.body))
                return chosen("3") { bodies.contains($0["body"]?.string ?? "") }
            }
            return chosen("3") { body == nil || $0["body"]?.string == body }
        case .orderAndStandard(let service):
            return chosen("4") { service == nil || ($0["service"]?.string ?? "") == service }
        case .employees(nil): return chosen("5") { _ in true }
        case .opening, .received, .closed, .closing, .forum, .overdueFromEarlier, .employees: return nil
        }
    }
}
