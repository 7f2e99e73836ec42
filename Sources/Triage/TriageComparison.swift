import Complaints

/// What a change of rules, words or places makes of labelled complaints: the measures before and after, and each complaint
/// that is read better or worse.
package struct TriageComparison {
    /// A field of one complaint that became right or wrong.
    package struct Change: Hashable, Sendable {
        /// The complaint's id in the file.
        package let id: String
        /// The field: nature, kind, service, region, place or body.
        package let field: String
        /// What is read before the change, and after it; nil for nothing.
        package let before: String?
        /// What is read after the change.
        package let after: String?
        /// What the label says first; nil for nothing.
        package let labelled: String?
        /// Whether it became right; else it became wrong.
        package let isBetter: Bool
    }

    /// The measures by name with both values, in the order in which they are shown.
    package let measures: [(name: String, before: Double?, after: Double?)]
    /// What became right or wrong, complaint by complaint.
    package let changes: [Change]

    /// Compares two readings of the same file.
    package init(before: TriageEvaluation, after: TriageEvaluation) {
        measures = zip(TriageReport(before).measures, TriageReport(after).measures).map {
            (name: $0.name, before: $0.value, after: $1.value)
        }
        changes = zip(before.outcomes, after.outcomes).flatMap { Self.changes($0, $1) }
    }

    private static func changes(_ before: TriageEvaluation.Outcome, _ after: TriageEvaluation.Outcome) -> [Change] {
        let labelled = before.labelled
        var changes: [Change] = []
        func compare(
            _ field: String, _ labels: Set<String>, first: String?, _ read: (ComplaintReading) -> String?
        ) {
            let (old, new) = (read(before.reading), read(after.reading))
            func isRight(_ value: String?) -> Bool { value.map(labels.contains) ?? labels.isEmpty }
            guard isRight(old) != isRight(new) else { return }
            changes.append(
                Change(
                    id: labelled.id, field: field, before: old, after: new, labelled: first, isBetter: isRight(new)))
        }
        let nature = labelled.isComplaint ? "complaint" : "none"
        compare("nature", [nature], first: nature) { $0.isComplaint ? "complaint" : "none" }
        guard labelled.isOurs else { return changes }
        compare("kind", labelled.otherKinds.union([labelled.kind]), first: labelled.kind) { $0.kind.value.rawValue }
        // Where no service is told, none is measured.
        if !labelled.services.isEmpty {
            compare("service", labelled.services, first: labelled.service) { $0.services.first?.value }
        }
        compare("region", Set([labelled.region].compactMap(\.self)), first: labelled.region) { $0.region?.value }
        compare("place", Set([labelled.place].compactMap(\.self)), first: labelled.place) { $0.place?.value }
        compare("body", labelled.bodies, first: labelled.bodies.min()) { $0.addressees.first?.body }
        return changes
    }

    /// Both columns of measures, then what became better and worse, for a terminal.
    package var table: String {
        func number(_ value: Double?) -> String {
            guard let value else { return "    –" }
            let thousandths = Int((value * 1_000).rounded())
            let rest = String(abs(thousandths) % 1_000)
            return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
        }
        let width = measures.map(\.name.count).max() ?? 0
        var lines = measures.filter { !$0.name.hasPrefix("milliseconds") }.map { measure in
            measure.name + String(repeating: " ", count: width - measure.name.count + 2)
                + "\(number(measure.before))  \(number(measure.after))"
        }
        for isBetter in [true, false] {
            let some = changes.filter { $0.isBetter == isBetter }
            lines += ["", (isBetter ? "better: " : "worse: ") + "\(some.count)"]
            lines += some.map { change in
                "  \(change.id)  \(change.field): \(change.before ?? "–") → \(change.after ?? "–") (labelled \(change.labelled ?? "–"))"
            }
        }
        return lines.joined(separator: "\n")
    }
}
