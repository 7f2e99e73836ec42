import CanonicalJSON
import GRDB
import Languages
import Registry
import WorkingDays

/// The canonical document of a month: the numbers of §18 and the complaints behind them.
package struct MonthlyDocument: Sendable {
    /// The name of the form, which the receiver checks.
    package static let schema = "bailanys/monthly-report/1"

    /// The month.
    package let month: CivilMonth
    /// 1 for the first, then counting up.
    package let revision: Int
    /// The position of the journal from which it is made.
    package let position: Int64
    /// The last day by law.
    package let due: CivilDate
    /// The working-day target.
    package let target: CivilDate
    /// The calendar in force.
    package let calendar: WorkingCalendar
    /// The numbers.
    package let figures: MonthlyFigures

    /// Reads the numbers of a month in the snapshot of `db`.
    package init(
        _ month: CivilMonth, revision: Int, position: Int64, due: CivilDate, target: CivilDate,
        calendar: WorkingCalendar, in db: Database
    ) throws {
        self.month = month
        self.revision = revision
        self.position = position
        self.due = due
        self.target = target
        self.calendar = calendar
        figures = try MonthlyFigures(month, calendar: calendar, in: db)
    }

    /// The document at rest: contacts stand in it as tokens that only the vault can open.
    package func bytes(in db: Database) throws -> [UInt8] {
        var json = JSONWriter(capacity: 1 << 16)
        json.beginObject()
        json.key("balance")
        json.beginObject()
        json.member("closed", figures.closed)
        json.member("closing", figures.closing)
        json.member("opening", figures.opening)
        json.member("received", figures.received)
        json.endObject()
        json.member("calendar", calendar.digest)
        json.key("due")
        json.beginObject()
        json.member("legal", due.description)
        json.member("target", target.description)
        json.endObject()
        json.key("items")
        json.beginObject()
        try items(to: &json, in: db)
        json.endObject()
        json.member("law", "797 §18")
        json.member("period", month.description)
        json.member("position", Int(position))
        json.member("revision", revision)
        json.member("schema", Self.schema)
        json.endObject()
        return json.bytes
    }

    private func items(to json: inout JSONWriter, in db: Database) throws {
        let names = try Registry.serviceNames(in: db)
        json.key("1")
        json.beginObject()
        json.member("forum", figures.forum)
        json.endObject()
        json.key("2")
        json.beginObject()
        json.member("averageHundredths", figures.averageHundredths)
        json.key("complaints")
        try terms(to: &json, in: db)
        json.member("longest", figures.longest)
        json.member("pastTerm", figures.pastTerm)
        json.member("withinTerm", figures.withinTerm)
        json.endObject()
        json.key("3")
        try violations(to: &json, in: db)
        json.key("4")
        json.beginObject()
        json.key("byService")
        counts(figures.byService, to: &json)
        json.key("complaints")
        try contacts(.orderAndStandard(), names: names, to: &json, in: db)
        json.member("total", figures.orderAndStandard)
        json.endObject()
        json.key("5")
        json.beginObject()
        json.key("byBodyKind")
        counts(figures.employeesByKind, to: &json)
        json.key("complaints")
        try contacts(.employees(), names: names, to: &json, in: db)
        json.member("total", figures.employees)
        json.endObject()
    }

    private func counts(_ counts: [String: Int], to json: inout JSONWriter) {
        json.beginObject()
        for key in counts.keys.sorted(by: { $0.utf16.lexicographicallyPrecedes($1.utf16) }) {
            json.member(key, counts[key])
        }
        json.endObject()
    }

    private func terms(to json: inout JSONWriter, in db: Database) throws {
        let (sql, arguments) = ReportNumber.reviewed.query(
            "id, body, service, registeredOn, dueOn, closedOn, status", month)
        let last = month.last.description
        let rows = try Row.fetchCursor(db, sql: sql + " ORDER BY id", arguments: arguments)
        json.beginArray()
        while let row = try rows.next() {
            let closed: String? = row[5]
            json.beginObject()
            json.member("body", row[1] as String)
            // What was closed after the month is open in its report.
            if let closed, closed <= last {
                json.member("closed", closed)
                json.member("due", row[4] as String)
                json.member("number", row[0] as String)
                json.member("outcome", row[6] as String)
            } else {
                json.member("due", row[4] as String)
                json.member("number", row[0] as String)
            }
            json.member("registered", row[3] as String)
            json.member("service", row[2] as String?)
            json.endObject()
        }
        json.endArray()
    }

    private func violations(to json: inout JSONWriter, in db: Database) throws {
        json.beginObject()
        json.key("byBody")
        json.beginArray()
        for entry in figures.violationsByBody {
            json.beginObject()
            json.member("body", entry.body)
            json.member("count", entry.count)
            json.member("kind", entry.kind)
            json.endObject()
        }
        json.endArray()
        json.key("byKind")
        counts(figures.violationsByKind, to: &json)
        json.key("complaints")
        let (sql, arguments) = ReportNumber.violations().query("id, body, dueOn", month)
        let rows = try Row.fetchCursor(db, sql: sql + " ORDER BY id, dueOn", arguments: arguments)
        json.beginArray()
        while let row = try rows.next() {
            json.beginObject()
            json.member("body", row[1] as String)
            json.member("due", row[2] as String)
            json.member("number", row[0] as String)
            json.endObject()
        }
        json.endArray()
        json.member("openFromEarlier", figures.overdueFromEarlier)
        json.member("total", figures.violations)
        json.endObject()
    }

    private func contacts(
        _ number: ReportNumber, names: [String: Localized], to json: inout JSONWriter, in db: Database
    ) throws {
        let (sql, arguments) = number.query("id, body, service, kind, person, contacts", month)
        let rows = try Row.fetchCursor(db, sql: sql + " ORDER BY id", arguments: arguments)
        json.beginArray()
        while let row = try rows.next() {
            let service: String? = row[2]
            json.beginObject()
            json.member("body", row[1] as String)
            if let person = row[4] as String?, let sealed = row[5] as String? {
                json.member("contacts", ContactTokens.token(person: person, sealed: sealed))
            }
            json.member("kind", row[3] as String)
            json.member("number", row[0] as String)
            json.member("service", service)
            if let name = service.flatMap({ names[$0] }) {
                json.key("serviceName")
                json.beginObject()
                json.member("kk", name.kk)
                json.member("ru", name.ru)
                json.endObject()
            }
            json.endObject()
        }
        json.endArray()
    }
}
