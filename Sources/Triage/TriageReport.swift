import Complaints
import Foundation

/// What a run over labelled complaints comes to; each measure as the scorer of the development set takes it.
package struct TriageReport {
    private let outcomes: [TriageEvaluation.Outcome]

    /// The report of a run.
    package init(_ evaluation: TriageEvaluation) { outcomes = evaluation.outcomes }

    private var ours: [TriageEvaluation.Outcome] { outcomes.filter(\.labelled.isOurs) }

    private func share(_ rows: [TriageEvaluation.Outcome], _ isRight: (TriageEvaluation.Outcome) -> Bool) -> Double? {
        rows.isEmpty ? nil : Double(rows.filter(isRight).count) / Double(rows.count)
    }

    /// Whether the decision that matters is right: a complaint of ours goes to a body that may answer it.
    private static func isRight(_ outcome: TriageEvaluation.Outcome) -> Bool {
        let (labelled, reading) = (outcome.labelled, outcome.reading)
        if !labelled.isComplaint { return !reading.isComplaint }
        if labelled.notOurs != nil { return reading.elsewhere != nil || reading.addressees.isEmpty }
        return reading.isComplaint && reading.elsewhere == nil
            && reading.addressees.first.map { labelled.bodies.contains($0.body) } ?? false
    }

    /// The measures by name, in the order in which they are shown; nil where nothing is to be measured.
    package var measures: [(name: String, value: Double?)] {
        let told = ours.filter { !$0.labelled.services.isEmpty }
        func first(
            _ count: Int, _ list: @escaping (ComplaintReading) -> [String],
            _ right: @escaping (TriageEvaluation.Labelled) -> Set<String>
        )
            -> (TriageEvaluation.Outcome) -> Bool
        { { outcome in list(outcome.reading).prefix(count).contains(where: right(outcome.labelled).contains) } }
        let services: (ComplaintReading) -> [String] = { $0.services.map(\.value) }
        let bodies: (ComplaintReading) -> [String] = { $0.addressees.map(\.body) }
        let said = outcomes.filter { !$0.reading.isComplaint }
        let none = outcomes.filter { !$0.labelled.isComplaint }
        let proposed = outcomes.filter { $0.duplicateOf != nil }
        let groups = Dictionary(outcomes.map { ($0.labelled.id, $0.labelled.duplicateOf ?? $0.labelled.id) }) {
            first, _ in first
        }
        func isSame(_ outcome: TriageEvaluation.Outcome) -> Bool {
            outcome.duplicateOf.map { groups[$0] == groups[outcome.labelled.id] } ?? false
        }
        var sure = outcomes
        sure.sort { ($0.reading.confidence, $1.labelled.id) > ($1.reading.confidence, $0.labelled.id) }
        func surest(_ part: Double) -> Double? {
            share(Array(sure.prefix(max(1, Int((Double(sure.count) * part).rounded())))), Self.isRight)
        }
        let times = outcomes.map(\.milliseconds).sorted()
        return [
            ("service, first", share(told, first(1, services, \.services))),
            ("service, among three", share(told, first(3, services, \.services))),
            ("kind, macro-F1", kindF1),
            ("region", share(ours) { $0.reading.region?.value == $0.labelled.region }),
            ("place", share(ours) { $0.reading.place?.value == $0.labelled.place }),
            ("body, first", share(ours, first(1, bodies, \.bodies))),
            ("body, among three", share(ours, first(3, bodies, \.bodies))),
            ("not a complaint, precision", share(said) { !$0.labelled.isComplaint }),
            ("not a complaint, recall", share(none) { !$0.reading.isComplaint }),
            ("duplicates, precision", share(proposed, isSame)),
            ("duplicates, recall", share(outcomes.filter { $0.labelled.duplicateOf != nil }, isSame)),
            ("right on the surest 50 %", surest(0.5)), ("right on the surest 70 %", surest(0.7)),
            ("right on the surest 90 %", surest(0.9)),
            ("personal data, letters found", personal),
            ("milliseconds, p50", times.isEmpty ? nil : times[times.count / 2]),
            ("milliseconds, p95", times.isEmpty ? nil : times[times.count * 95 / 100]),
        ]
    }

    /// The kind that was read; one that is as defensible counts as the labelled one.
    private static func kind(_ outcome: TriageEvaluation.Outcome) -> String {
        let kind = outcome.reading.kind.value.rawValue
        return outcome.labelled.otherKinds.contains(kind) ? outcome.labelled.kind : kind
    }

    private var kindF1: Double? {
        let scores = kinds.compactMap { kind -> Double? in
            let hit = ours.filter { $0.labelled.kind == kind && Self.kind($0) == kind }.count
            let said = ours.filter { Self.kind($0) == kind }.count
            let real = ours.filter { $0.labelled.kind == kind }.count
            return said + real == 0 ? nil : 2 * Double(hit) / Double(said + real)
        }
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    private var kinds: [String] { ["order", "standard", "employees", "other"] }

    private var personal: Double? {
        var found = 0
        var all = 0
        for outcome in outcomes {
            let bytes = Array(outcome.labelled.text.utf8)
            var wanted = [Bool](repeating: false, count: bytes.count)
            for piece in outcome.labelled.personal {
                let needle = Array(piece.utf8)
                guard !needle.isEmpty, needle.count <= bytes.count else { continue }
                for start in 0...bytes.count - needle.count
                where bytes[start..<start + needle.count].elementsEqual(needle) {
                    for index in start..<start + needle.count where isLetter(bytes[index]) { wanted[index] = true }
                }
            }
            all += wanted.filter { $0 }.count
            for span in outcome.reading.personal { for index in span.bytes where wanted[index] { found += 1 } }
        }
        return all == 0 ? nil : Double(found) / Double(all)
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// The measures, which kind was taken for which, and how often each degree of confidence was right.
    package var table: String {
        var lines = measures.map { name, value in
            name.padding(toLength: 32, withPad: " ", startingAt: 0) + (value.map { String(format: "%.3f", $0) } ?? "–")
        }
        lines += [
            "",
            "kind: labelled down, read across".padding(toLength: 34, withPad: " ", startingAt: 0)
                + kinds.joined(separator: " "),
        ]
        for real in kinds {
            let counts = kinds.map { kind in
                ours.filter { $0.labelled.kind == real && Self.kind($0) == kind }.count
            }
            lines.append(
                real.padding(toLength: 32, withPad: " ", startingAt: 0)
                    + zip(kinds, counts).map { kind, count in
                        String(repeating: " ", count: max(1, kind.count - "\(count)".count + 1)) + "\(count)"
                    }.joined())
        }
        lines += ["", "confidence: said, right, of how many"]
        for bin in curve {
            lines.append(String(format: "%.2f-%.2f  %.2f  %.2f  %d", bin.from, bin.to, bin.said, bin.right, bin.count))
        }
        return lines.joined(separator: "\n")
    }

    /// For each degree of confidence what was said and how often it was right.
    package var curve: [(from: Double, to: Double, said: Double, right: Double, count: Int)] {
        let edges = [0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0001]
        return zip(edges, edges.dropFirst()).compactMap { from, to in
            let rows = outcomes.filter { $0.reading.confidence >= from && $0.reading.confidence < to }
            guard !rows.isEmpty else { return nil }
            let said = rows.map(\.reading.confidence).reduce(0, +) / Double(rows.count)
            return (from, min(1, to), said, share(rows, Self.isRight) ?? 0, rows.count)
        }
    }
}
