import Languages
import WorkingDays
import Yams

/// What the ledger of violations is kept by: `schedules/violations/ledger.yaml`.
package struct ViolationRules: Hashable, Sendable {
    /// A ground by which a breach is excused.
    package struct Ground: Hashable, Sendable {
        /// Its code in the journal.
        package let code: String
        /// What it is called.
        package let label: Localized
        /// Whether it wants words beside it.
        package let wantsWords: Bool
    }

    /// When like complaints are told of as a surge.
    package struct Surge: Hashable, Sendable {
        /// The fewest complaints of a week that are one.
        package let least: Int
        /// How many weeks before are looked at.
        package let weeks: Int
        /// How many of these must have data.
        package let known: Int
        /// How many times the usual number of a week it must be.
        package let times: Int

        /// Thresholds from their parts.
        package init(least: Int, weeks: Int, known: Int, times: Int) {
            (self.least, self.weeks, self.known, self.times) = (least, weeks, known, times)
        }
    }

    /// The grounds, in the order of the file.
    package let grounds: [Ground]
    /// How long a body has for its reply, from the day on which it is told; in working days.
    package let reply: Term
    /// When like complaints are a surge.
    package let surge: Surge

    /// The ground of a code; nil where there is none any more.
    package func ground(_ code: String) -> Ground? { grounds.first { $0.code == code } }

    /// Reads the rules from the text of their file.
    /// - Throws: `RulebookLoadError` with every problem found, each with its line.
    package static func read(_ text: String, name: String) throws(RulebookLoadError) -> ViolationRules {
        var problems = ProblemList(file: name)
        let root = YAMLFields(
            problems.compose(text, "the ledger of violations"), name: "the ledger", line: 1,
            keys: ["grounds", "reply", "surge"], &problems)
        let reply = YAMLFields(root["reply"], name: "the reply", line: root.line, keys: ["term"], &problems)
        let words = reply.text("term", "write it as 5 working days", &problems)
        var term = Term.workingDays(1)
        switch Term(parsing: words) {
        case .workingDays(let days)? where days > 0: term = .workingDays(days)
        default: problems.add(reply.line, "“\(words)” is no term of working days: write it as 5 working days.")
        }
        let surge = YAMLFields(
            root["surge"], name: "the surge", line: root.line, keys: ["least", "weeks", "known", "times"], &problems)
        func number(_ key: String, _ range: ClosedRange<Int>) -> Int {
            let text = surge.text(key, "write a number", &problems)
            guard let number = Int(text), range.contains(number) else {
                problems.add(
                    surge[key]?.line ?? surge.line,
                    "“\(key)” of the surge is a number from \(range.lowerBound) to \(range.upperBound).")
                return range.lowerBound
            }
            return number
        }
        let thresholds = Surge(
            least: number("least", 2...1_000), weeks: number("weeks", 1...52), known: number("known", 1...52),
            times: number("times", 1...100))
        let grounds = grounds(root["grounds"], &problems)
        guard problems.problems.isEmpty else { throw RulebookLoadError(problems: problems.problems) }
        return ViolationRules(grounds: grounds, reply: term, surge: thresholds)
    }

    private static func grounds(_ node: Node?, _ problems: inout ProblemList) -> [Ground] {
        guard let list = node?.sequence, !list.isEmpty else {
            problems.add(node?.line ?? 1, "The ledger has no “grounds”: list at least one.")
            return []
        }
        var grounds: [Ground] = []
        for entry in list {
            let fields = YAMLFields(
                entry, name: "a ground", line: entry.line, keys: ["ground", "label", "words"], &problems)
            let code = fields.text("ground", "give it a short code", &problems)
            if grounds.contains(where: { $0.code == code }) {
                problems.add(entry.line, "The ground “\(code)” stands in the list twice: keep one.")
            }
            grounds.append(
                Ground(
                    code: code, label: fields.localized("label", &problems),
                    wantsWords: fields.flag("words", &problems)))
        }
        return grounds
    }
}

extension ScheduleFolder {
    /// What the ledger of violations is kept by.
    /// - Throws: `RulebookLoadError`; `ScheduleError.unreadable`.
    package func violationRules() throws -> ViolationRules {
        let files = try files(in: "violations")
        guard let file = files.first, files.count == 1 else {
            throw ScheduleError.unreadable(path + "/violations/ledger.yaml")
        }
        return try ViolationRules.read(file.text, name: file.name)
    }
}
