import Languages
import WorkingDays

/// A proof told to people, day by day, in their language.
package struct ProofExplanation: Sendable {
    /// The proof.
    package let proof: Proof

    /// An explanation of this proof.
    package init(_ proof: Proof) {
        self.proof = proof
    }

    /// One line of the explanation.
    package struct Row: Hashable, Sendable {
        /// The day.
        package let date: CivilDate
        /// The day written out.
        package let day: String
        /// What it was for the term: "day 1", "not counted".
        package let outcome: String
        /// Why it is not an ordinary working day; nil when it is one.
        package let reason: String?
        /// The legal basis of the reason; nil for weekends and ordinary days.
        package let basis: String?
    }

    /// The whole explanation: the term, day zero, each day, the date, and what it rests on.
    package func lines(in language: Language) -> [String] {
        let texts = ProofTexts(language: language)
        var lines = ["\(texts.termLabel): \(texts.term(proof.term))"]
        let zone = proof.zone.map { ", \($0)" } ?? ""
        lines.append("\(texts.dayZeroLabel): \(texts.day(proof.dayZero))\(zone)")
        for row in rows(in: language) {
            var line = "\(row.day): \(row.outcome)"
            if let reason = row.reason { line += " (\(reason)\(row.basis.map { "; " + $0 } ?? ""))" }
            lines.append(line)
        }
        let label = proof.term.isWaiting ? texts.firstAllowedLabel : texts.lastDayLabel
        lines.append("\(label): \(texts.day(proof.due))")
        if let target = proof.target, target != proof.due { lines.append("\(texts.targetLabel): \(texts.day(target))") }
        if proof.isProvisional { lines.append(texts.provisional) }
        return lines
    }

    /// Each day of the proof, for tables.
    package func rows(in language: Language) -> [Row] {
        let texts = ProofTexts(language: language)
        return proof.entries.map { entry in
            Row(
                date: entry.date, day: texts.day(entry.date), outcome: texts.outcome(entry.outcome, proof.term),
                reason: entry.reason.map { texts.reason($0, entry.exception) },
                basis: entry.exception.map { language == .kk ? $0.basisKK : $0.basisRU })
        }
    }
}
