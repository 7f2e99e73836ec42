import CanonicalJSON
import Forms
import Languages
import WorkingDays

/// The explanation of a discrepancy as the Agency gets it (797 §20): both numbers with where each stands, each cause with what
/// it explains and what settles it, what nothing explains yet. Canonical, so that the same case gives the same bytes.
package enum ExplanationDocument {
    /// The name of its form, which the receiver checks.
    package static let schema = "bailanys/discrepancy-explanation/1"

    /// What the document is made of.
    package struct Content: Sendable {
        /// The number of the discrepancy.
        package let number: String
        /// 1 for the first explanation, then counting up.
        package let revision: Int
        /// The form by which the body's numbers were read.
        package let form: StatutoryForm
        /// The name of the body on the last day of the period.
        package let body: Localized
        /// The case.
        package let state: DiscrepancyState
        /// The day on which the discrepancy was found.
        package let foundOn: CivilDate
        /// The numbers of the complaints that the centre counted, as far as they are listed.
        package let complaints: [String]
        /// The body's list beside our complaints; nil where the body gave none.
        package let cases: CaseComparison?
    }

    /// The bytes of the document.
    package static func bytes(_ content: Content, by rules: ReconciliationRules) -> [UInt8] {
        guard let figures = content.state.figures, let filing = FilingID(figures.filing) else { return [] }
        let row = content.form.row(figures.row)
        let causes = content.state.causes.sorted { $0.key < $1.key }.map { _, cause -> JSON in
            var members: [String: JSON] = [
                "cause": .string(cause.cause), "units": .int(Int64(cause.units)), "text": .string(cause.text),
                "complaints": .array(cause.complaints.map(JSON.string)),
                "documents": .array(cause.documents.map(JSON.string)),
            ]
            // Which cases they are, and what speaks for it; documents of before there were lists have no such members.
            if let side = cause.side { members["side"] = .string(side.rawValue) }
            if let cases = cause.cases { members["cases"] = .array(cases.map(Self.json)) }
            if let known = rules.cause(cause.cause) {
                members["name"] = words(known.words)
                members["settledBy"] = words(known.settles)
            }
            return .object(members)
        }
        let numbers = figures.figures.map { figure -> JSON in
            var members: [String: JSON] = [
                "column": .string(figure.column), "months": .string(figure.months), "ours": .int(Int64(figure.ours)),
            ]
            // “-” is no information, and no nought.
            if let theirs = figure.theirs { members["theirs"] = .int(Int64(theirs)) }
            return .object(members)
        }
        var theirs: [String: JSON] = ["file": .string(figures.file)]
        if let cell = figures.cell { theirs["cell"] = .string(cell) }
        var document: [String: JSON] = [
            "schema": .string(schema), "law": .string("797 §20"), "number": .string(content.number),
            "revision": .int(Int64(content.revision)), "period": .string(filing.period.description),
            "body": .object(["code": .string(figures.body), "name": words(content.body)]),
            "form": .object([
                "code": .string(content.form.code), "index": .string(content.form.index ?? ""),
                "edition": .string(content.form.from.description), "row": .string(figures.row),
                "label": row.map { words($0.label) } ?? .null,
            ]),
            "found": .string(content.foundOn.description), "numbers": .array(numbers),
            "difference": .int(Int64(figures.difference)), "measure": .string(figures.measure),
            "theirs": .object(theirs), "complaints": .array(content.complaints.map(JSON.string)),
            "causes": .array(causes), "unexplained": .int(Int64(content.state.unexplained)),
            "answers": .array(content.state.answers.filter { !$0.text.isEmpty }.map { .string($0.text) }),
        ]
        // What the body makes of it, where it was asked by its link; documents made before have no such member.
        let positions = content.state.answers.compactMap { answer in
            answer.stance.map { JSON.object(["position": .string($0.rawValue), "text": .string(answer.text)]) }
        }
        if !positions.isEmpty { document["positions"] = .array(positions) }
        if let list = content.state.list, let cases = content.cases {
            let entries = content.state.caseEntries
            document["list"] = .object([
                "file": .string(list.file), "cases": .int(Int64(list.cases)),
                "agreed": .int(Int64(cases.agreed.count)),
                "withoutCause": .int(Int64(cases.open.count { entries[$0.key] == nil })),
            ])
        }
        return JSON.object(document).bytes
    }

    private static func json(_ one: ExplainedCase) -> JSON {
        var members: [String: JSON] = [
            "facts": .array(
                one.facts.map { .object(["fact": .string($0.name.rawValue), "value": .string($0.value)]) })
        ]
        if let theirs = one.theirs { members["theirs"] = .string(theirs) }
        if let ours = one.ours { members["ours"] = .string(ours) }
        return .object(members)
    }

    private static func words(_ words: Localized) -> JSON {
        .object(["kk": .string(words.kk), "ru": .string(words.ru)])
    }
}
