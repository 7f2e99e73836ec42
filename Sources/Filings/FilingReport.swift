import CanonicalJSON
import Forms
import Languages

/// What a file is as a filing of a form.
package struct FilingReport: Sendable {
    /// Everything that is wrong with it and everything that is asked, in the order of the file and of the rules.
    package let faults: [FilingFault]
    /// Its numbers; nil where the file could not be read so far.
    package let table: FormTable?
    /// The fewest cells whose change would do away with all faults between the numbers; empty where there are none, or where no few
    /// cells would.
    package let repairs: [FilingRepair]

    /// Where its numbers stand in the file, as far as it could be read.
    package let places: [FormPlace: String]

    /// A report from its parts.
    init(
        faults: [FilingFault], table: FormTable?, repairs: [FilingRepair], places: [FormPlace: String] = [:]
    ) {
        self.faults = faults
        self.table = table
        self.repairs = repairs
        self.places = places
    }

    /// Whether it may be taken: no fault; questions may be left.
    package var isTaken: Bool { !faults.contains { $0.level == .fault } }
}

extension FilingFault {
    /// The fault for a program. `line`, `ground` and `founded` are there only where they say something.
    package func json(_ language: Language) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
        var members: [String: JSON] = [
            "fault": .string(name.rawValue), "rule": text(rule), "level": .string(level.rawValue), "row": text(row),
            "column": text(column), "sheet": text(sheet), "cell": text(cell), "found": text(found),
            "wanted": text(wanted), "text": .string(self.text[language]),
        ]
        if let line { members["line"] = .string(line) }
        if let ground { members["ground"] = .string(ground[language]) }
        if let founded { members["founded"] = .string(founded.rawValue) }
        return .object(members)
    }
}
