import CardSearch
import Complaints
import Foundation
import WorkingDays

/// Reads a file of labelled complaints with the product's own code.
package struct TriageEvaluation {
    /// A complaint and what a careful officer would say of it.
    struct Labelled {
        let id: String
        let text: String
        let isComplaint: Bool
        let kind: String
        /// Other kinds that are as defensible.
        let otherKinds: Set<String>
        /// The service that stands first, without those that are as defensible.
        let service: String?
        let services: Set<String>
        let region: String?
        let place: String?
        let bodies: Set<String>
        let notOurs: String?
        let duplicateOf: String?
        let urgent: Bool
        let personal: [String]

        var isOurs: Bool { isComplaint && notOurs == nil }
    }

    /// A line that cannot be read.
    package struct Fault: Error, CustomStringConvertible {
        /// What is wrong, with file and line.
        package let description: String
    }

    /// A complaint with its reading and the earlier one that it is like.
    struct Outcome {
        let labelled: Labelled
        let reading: ComplaintReading
        let duplicateOf: String?
        let milliseconds: Double
    }

    let outcomes: [Outcome]

    /// Reads every complaint of a file.
    /// - Parameters:
    ///   - learnt: a file of labelled complaints whose labels are taken for decisions of officers; nil: nothing is learnt.
    ///   - keepsSigns: whether readings keep what they were told by, for fitting; that takes time of its own.
    /// - Throws: `Fault` with the line; what the search throws.
    package init(
        file: String, reader: ComplaintReader, on date: CivilDate, without off: Set<ComplaintReader.Part> = [],
        learningFrom learnt: String? = nil, keepsSigns: Bool = false,
        search: @escaping (SearchQuery) throws -> SearchAnswer
    ) throws {
        let key = KeyedHash(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
        var reader = reader
        reader.keepsSigns = keepsSigns
        if let learnt { reader.precedents = try Self.precedents(learnt, reader, on: date, key, search) }
        var outcomes: [Outcome] = []
        var known: [(id: String, signature: DuplicateSignature)] = []
        let clock = ContinuousClock()
        for labelled in try Self.read(file) {
            let start = clock.now
            let reading = try reader.read(labelled.text, on: date, without: off, search: search)
            let time = clock.now - start
            let signature = DuplicateSignature(labelled.text, reading, key: key)
            let best = known.map { (id: $0.id, score: $0.signature.likeness(to: signature).score) }
                .max { $0.score < $1.score }
            outcomes.append(
                Outcome(
                    labelled: labelled, reading: reading,
                    duplicateOf: best.flatMap { $0.score >= DuplicateSignature.threshold ? $0.id : nil },
                    milliseconds: Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3))
            known.append((labelled.id, signature))
        }
        self.outcomes = outcomes
    }

    /// The labels of a file as decisions, each by a person of its own.
    private static func precedents(
        _ file: String, _ reader: ComplaintReader, on date: CivilDate, _ key: KeyedHash,
        _ search: @escaping (SearchQuery) throws -> SearchAnswer
    ) throws -> Precedents {
        Precedents(
            try read(file).filter(\.isOurs).map { labelled in
                let reading = try reader.read(labelled.text, on: date, search: search)
                var taken: [Precedents.Field: String] = [.kind: labelled.kind]
                taken[.service] = labelled.service
                return Precedents.Decision(
                    person: labelled.id, day: date, words: DuplicateSignature(labelled.text, reading, key: key),
                    taken: taken)
            }, key: key, rule: reader.learning)
    }

    private static func read(_ file: String) throws -> [Labelled] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        return try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index, line in
            // What begins with # is a remark.
            guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix("#") else { return nil }
            let fields: [String: Any]?
            do { fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] } catch {
                throw Fault(description: "\(file):\(index + 1): The line is no JSON: correct it.")
            }
            guard let fields, let id = fields["id"] as? String, let words = fields["text"] as? String else {
                throw Fault(description: "\(file):\(index + 1): A complaint has “id” and “text”.")
            }
            let labels = fields["labels"] as? [String: Any] ?? [:]
            func one(_ key: String) -> String? { labels[key] as? String }
            func accepted(_ key: String) -> Set<String> {
                Set([one(key)].compactMap { $0 } + (labels[key + "_alt"] as? [String] ?? []))
            }
            return Labelled(
                id: id, text: words, isComplaint: labels["is_complaint"] as? Bool ?? true, kind: one("kind") ?? "other",
                otherKinds: Set(labels["kind_alt"] as? [String] ?? []),
                service: one("service"), services: one("service") == nil ? [] : accepted("service"),
                region: one("region"), place: one("place"),
                bodies: accepted("body"), notOurs: one("not_ours"), duplicateOf: one("duplicate_of"),
                urgent: labels["urgent"] as? Bool ?? false, personal: labels["person_data"] as? [String] ?? [])
        }
    }

    /// The predictions, a JSON object a line, in the form that the scorer of the development set takes.
    /// - Throws: where one cannot be written as JSON.
    package func runLines() throws -> String {
        try outcomes.map { outcome in
            let reading = outcome.reading
            let bytes = Array(outcome.labelled.text.utf8)
            var fields: [String: Any] = [
                "id": outcome.labelled.id, "is_complaint": reading.isComplaint, "kind": reading.kind.value.rawValue,
                "services": reading.services.map(\.value), "bodies": reading.addressees.map(\.body),
                "confidence": (reading.confidence * 10_000).rounded() / 10_000, "urgent": reading.urgent != nil,
                "person_data": reading.personal.map { String(decoding: bytes[$0.bytes], as: UTF8.self) },
            ]
            fields["region"] = reading.region?.value
            fields["features"] = reading.features
            fields["place"] = reading.place?.value
            fields["not_ours"] = reading.elsewhere?.value.rawValue
            fields["duplicate_of"] = outcome.duplicateOf
            let line = try JSONSerialization.data(
                withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: line, as: UTF8.self) + "\n"
        }.joined()
    }
}
