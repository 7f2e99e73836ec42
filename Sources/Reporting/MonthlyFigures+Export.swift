import CanonicalJSON
import WorkingDays

/// The numbers of a month for other programs.
extension MonthlyFigures {
    /// All numbers by name; counts by kind of body and by service as objects; the durations only where something was answered.
    package var json: JSON {
        func number(_ count: Int) -> JSON { .int(Int64(count)) }
        var members: [String: JSON] = [
            "opening": number(opening), "received": number(received), "closed": number(closed),
            "closing": number(closing), "forum": number(forum), "withinTerm": number(withinTerm),
        ]
        members["pastTerm"] = number(pastTerm)
        members["averageHundredths"] = averageHundredths.map(number)
        members["longest"] = longest.map(number)
        members["violations"] = number(violations)
        members["overdueFromEarlier"] = number(overdueFromEarlier)
        members["orderAndStandard"] = number(orderAndStandard)
        members["employees"] = number(employees)
        members["violationsByKind"] = .object(violationsByKind.mapValues(number))
        members["byService"] = .object(byService.mapValues(number))
        members["employeesByKind"] = .object(employeesByKind.mapValues(number))
        members["violationsByBody"] = .array(
            violationsByBody.map {
                .object(["kind": .string($0.kind), "body": .string($0.body), "count": number($0.count)])
            })
        return .object(members)
    }

    /// A table for a spreadsheet: the columns period, number, kind, code, count; lines end as RFC 4180 says.
    package func table(of month: CivilMonth) -> String {
        var lines = ["period,number,kind,code,count"]
        for (name, value) in (json.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let count = value.int { lines.append("\(month),\(name),,,\(count)") }
        }
        for entry in violationsByBody {
            lines.append("\(month),violations,\(entry.kind),\(entry.body),\(entry.count)")
        }
        for (service, count) in byService.sorted(by: { $0.key < $1.key }) {
            lines.append("\(month),orderAndStandard,service,\(service),\(count)")
        }
        for (kind, count) in employeesByKind.sorted(by: { $0.key < $1.key }) {
            lines.append("\(month),employees,\(kind),,\(count)")
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
