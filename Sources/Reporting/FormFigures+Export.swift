import CanonicalJSON
import Forms
import WorkingDays

/// The numbers of a period for other programs.
extension FormFigures {
    /// All numbers by name, their groups by name; averages only where something was counted.
    package func json(of form: StatutoryForm) -> JSON {
        func number(_ count: Int) -> JSON { .int(Int64(count)) }
        var members: [String: JSON] = [:]
        for row in form.numbers {
            guard let made = row.made else { continue }
            if !made.path.isEmpty { members[row.code] = self[row.code].map(number) }
            for group in made.groups {
                if group.isList {
                    members[group.name] = .array(
                        parts(of: row.code).map { part in
                            var entry = Dictionary(
                                zip(group.names, part.keys.map(JSON.string)), uniquingKeysWith: { first, _ in first })
                            entry["count"] = number(part.count)
                            return .object(entry)
                        })
                } else {
                    members[group.name] = .object(
                        Dictionary(
                            parts(of: row.code, depth: group.keys.count).map {
                                ($0.keys.joined(separator: "."), number($0.count))
                            }, uniquingKeysWith: { first, _ in first }))
                }
            }
        }
        return .object(members)
    }

    /// A table for a spreadsheet: the columns period, number, kind, code, count; lines end as RFC 4180 says.
    package func table(of period: ReportPeriod, _ form: StatutoryForm) -> String {
        var lines = ["period,number,kind,code,count"]
        for row in form.numbers.sorted(by: { $0.code < $1.code }) {
            if let made = row.made, !made.path.isEmpty, let count = self[row.code] {
                lines.append("\(period),\(row.code),,,\(count)")
            }
        }
        for row in form.numbers {
            guard let group = row.made?.finest else { continue }
            let parts = group.isList ? parts(of: row.code) : parts(of: row.code, depth: group.keys.count)
            for part in parts {
                let (kind, code) = Self.columns(part, group)
                lines.append("\(period),\(row.code),\(kind),\(code),\(part.count)")
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The kind and the code of a part: of a kind of body alone there is no code; what is no body tells what it is.
    private static func columns(_ part: Part, _ group: FormNumber.Group) -> (kind: String, code: String) {
        switch group.keys.count {
        case 1 where group.keys == ["bodyKind"]: (part.keys[0], "")
        case 1: (group.keys[0], part.keys[0])
        default: (part.keys.dropLast().joined(separator: "/"), part.keys.last ?? "")
        }
    }
}
