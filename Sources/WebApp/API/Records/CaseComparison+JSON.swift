import CanonicalJSON
import InternalControl

extension BodyListFault {
    /// What is wrong with a list, for programs.
    package var json: JSON {
        var members: [String: JSON] = ["fault": .string(name.rawValue), "text": .string(name.sentence)]
        if let line { members["line"] = .number(line) }
        if let column { members["column"] = .string(column.rawValue) }
        if let cell { members["cell"] = .string(cell) }
        return .object(members)
    }
}

extension CaseComparison {
    /// The two lists beside each other, for programs; nothing of a person.
    package var json: JSON {
        .object([
            "listed": .number(listed), "counted": .number(counted), "difference": .number(difference),
            "agreed": .array(
                agreed.map { pair in
                    .object([
                        "theirs": .string(pair.theirs.own), "ours": .string(pair.ours.facts.id),
                        "basis": .string(pair.basis.rawValue),
                    ])
                }),
            "open": .array(open.map(\.json)),
        ])
    }
}

extension OpenCase {
    fileprivate var json: JSON {
        var members: [String: JSON] = [
            "key": .string(key), "side": .string(side.rawValue), "units": .number(units),
            "facts": .array(facts.map { .object(["fact": .string($0.name.rawValue), "value": .string($0.value)]) }),
        ]
        if let own = theirs?.own { members["theirs"] = .string(own) }
        if let number = ours?.facts.id { members["ours"] = .string(number) }
        if let cause { members["cause"] = .string(cause) }
        return .object(members)
    }
}
