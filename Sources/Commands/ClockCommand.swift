import ArgumentParser
import CanonicalJSON
import Languages
import Rulebook
import WorkingDays

/// `bailanys clock`: due dates and their proofs, without a data folder; the review of outcomes in doubt, with one.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Compute due dates with their proof; review outcomes in doubt; confirm the machine's clock.",
        discussion: "explain and due read the calendar files alone and need no data folder.",
        subcommands: [Explain.self, Due.self, Flagged.self, Review.self, Confirm.self])

    /// `bailanys clock explain`: one due date, day by day.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Show how one due date comes about, day by day.",
            discussion: """
                Terms: “2 working days”, “10 calendar days”, “5th of next month”, “at once”, “after 5 working days”.
                Example: bailanys clock explain --from 2026-03-19 --term "2 working days" --language kk
                """)

        @OptionGroup var folders: Folders
        @Option(help: "Day zero: the day of the event, as 2026-03-19.") var from: String
        @Option(help: "The term, in the words of a rulebook.") var term: String
        @Option(help: "kk, ru or en; all three when it is left out.") var language: String?
        @Flag(help: "Answer in JSON.") var json = false

        func validate() throws {
            guard CivilDate(from) != nil else {
                throw ValidationError("--from takes a date as 2026-03-19; “\(from)” is none.")
            }
            guard Term(parsing: term) != nil else {
                throw ValidationError("--term takes words such as “2 working days”; “\(term)” is no term.")
            }
            if let language { try Written.language(language) }
        }

        func run() throws {
            guard let day = CivilDate(from), let term = Term(parsing: term) else { return }
            let due = try ScheduleFolder(path: folders.schedules).calendar().due(term, from: day)
            let explanation = ProofExplanation(due.proof)
            if json { return print(ClockCommand.json(due, explanation).text) }
            let languages = language.flatMap(Language.init(rawValue:)).map { [$0] } ?? Language.allCases
            for (index, language) in languages.enumerated() {
                if index > 0 { print() }
                explanation.lines(in: language).forEach { print($0) }
            }
        }
    }

    private static func json(_ due: DueDate, _ explanation: ProofExplanation) -> JSON {
        let rows = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, explanation.rows(in: $0)) })
        let days = (rows[.en] ?? []).indices.map { index in
            func texts(_ pick: (ProofExplanation.Row) -> String?) -> JSON {
                .object(
                    rows.reduce(into: [:]) { object, entry in
                        if let text = pick(entry.value[index]) { object[entry.key.rawValue] = .string(text) }
                    })
            }
            let row = rows[.en]?[index]
            return JSON.object([
                "basis": row?.basis.map { .string($0) } ?? .null,
                "date": .string(row?.date.description ?? ""),
                "outcome": texts(\.outcome),
                "reason": texts(\.reason),
            ])
        }
        return .object([
            "dayZero": .string(due.proof.dayZero.description),
            "days": .array(days),
            "due": .string(due.date.description),
            "isProvisional": .bool(due.isProvisional),
            "proof": .string(due.proof.description),
            "target": due.target.map { .string($0.description) } ?? .null,
            "term": .string(due.proof.term.description),
        ])
    }
}
