import CanonicalJSON
import InternalControl
import Journal
import WorkingDays

extension FilingState.Entry {
    /// One file that came, for programs.
    func json(_ zone: CivilZone) -> JSON {
        var members: [String: JSON] = [
            "file": .string(note.file), "at": .string(zone.iso8601(at)), "taken": .bool(isTaken),
            "channel": .string(note.channel.rawValue), "faults": .number(note.faults), "doubts": .number(note.doubts),
        ]
        if let reference = note.reference { members["reference"] = .string(reference) }
        if let reason = note.reason { members["reason"] = .string(reason) }
        return .object(members)
    }
}

extension ComparedFigure {
    /// Both numbers of a column, for programs; `theirs` is missing where the body gives no information.
    var json: JSON {
        var members: [String: JSON] = [
            "column": .string(column), "months": .string(months), "ours": .number(ours),
        ]
        if let theirs { members["theirs"] = .number(theirs) }
        return .object(members)
    }
}

extension RowComparison {
    /// A compared row, for programs.
    var json: JSON {
        var members: [String: JSON] = [
            "row": .string(row), "measure": .string(pair.measure), "numbers": .array(figures.map(\.json)),
        ]
        if let difference { members["difference"] = .number(difference) }
        return .object(members)
    }
}

extension DiscrepancyRecord {
    /// A discrepancy in a list, for programs.
    package var json: JSON {
        var members: [String: JSON] = [
            "number": .string(id), "form": .string(filing.form), "period": .string("\(filing.period)"),
            "body": .string(filing.body), "row": .string(row), "ours": .number(ours),
            "difference": .number(difference), "explained": .number(explained),
            "found": .string("\(foundOn)"), "state": .string(standing.rawValue),
        ]
        if let theirs { members["theirs"] = .number(theirs) }
        if let sentOn { members["sent"] = .string("\(sentOn)") }
        if let settledOn { members["settled"] = .string("\(settledOn)") }
        return .object(members)
    }
}

extension DiscrepancyCause {
    /// A confirmed cause with its entry, for programs.
    func json(_ entry: Int) -> JSON {
        .object([
            "entry": .number(entry), "cause": .string(cause), "units": .number(units), "text": .string(text),
            "complaints": .array(complaints.map(JSON.string)),
        ])
    }
}
