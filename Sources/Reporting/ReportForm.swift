import CanonicalJSON
import Forms
import GRDB
import Languages
import Registry
import WorkingDays

/// A form that the centre makes, with the measures that it chooses.
package struct ReportForm: Sendable {
    /// The form.
    package let form: StatutoryForm
    /// How it is made.
    package let making: FormMaking
    private var measures: [String: Measure]

    /// All measures that a form may choose, by name.
    package static let measures: [String: Measure] = Dictionary(
        uniqueKeysWithValues: (ComplaintMeasures.all + ContactMeasures.all + ViolationMeasures.all
            + ApplicationMeasures.all).map {
                ($0.name, $0)
            })

    /// What a file of `schedules/reports/` may name.
    package static var shapes: [String: MeasureShape] { measures.mapValues(\.shape) }

    /// A form with the measures of this program.
    /// - Throws: `ReportFormError` where there is no such form, or where the centre does not make it.
    package init(_ code: String, of forms: FormSet, on day: CivilDate) throws(ReportFormError) {
        guard let form = forms.form(code, on: day), let making = form.making else { throw .notMade(code) }
        self.form = form
        self.making = making
        measures = Self.measures
    }

    /// The edition of the counting by which is sealed now; docs/monthly-report.md says what each counts otherwise.
    package static let counting = 2

    /// The form as it counted in an edition of the counting; the first where a sealed report names none.
    func counting(_ edition: Int?) -> ReportForm {
        guard (edition ?? 1) < Self.counting else { return self }
        var form = self
        for measure in ComplaintMeasures.former { form.measures[measure.name] = measure }
        return form
    }

    private func measure(_ row: FormRow) -> (number: FormNumber, measure: Measure)? {
        row.made.flatMap { number in measures[number.measure].map { (number, $0) } }
    }

    /// The numbers of a period in the snapshot of `db`.
    /// - Parameter today: for a period that is not over: what can still be answered in time is no violation yet.
    package func figures(
        _ period: ReportPeriod, asOf today: CivilDate? = nil, calendar: WorkingCalendar, in db: Database
    ) throws -> FormFigures {
        var figures = FormFigures()
        for row in form.numbers {
            if let average = row.made?.average {
                figures[row.code] = FormFigures.average(figures[average.sum], figures[average.count])
            }
            guard let (number, measure) = measure(row) else { continue }
            if let finest = number.finest {
                figures.set(
                    row.code, parts: try measure.parts(by: finest.keys, period, asOf: today, in: db), row.counting)
            } else if !number.path.isEmpty {
                figures[row.code] = try measure.value(period, asOf: today, calendar: calendar, in: db)
            }
        }
        return figures
    }

    /// What stands behind a number, as choices of rows; none where it is no such number.
    func choices(
        _ number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil
    ) -> (measure: Measure, choices: [Measure.Choice])? {
        guard let row = form.row(number.row), let (made, measure) = measure(row) else { return nil }
        let keys = zip(made.finest?.keys ?? [], number.keys).map { (dimension: $0, key: $1) }
        return (measure, measure.choices(period, asOf: today, keys: keys))
    }

    /// A query for columns of what stands behind a number, in any order.
    func query(
        _ columns: String, _ number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil
    ) -> (sql: String, arguments: StatementArguments) {
        Measure.query(columns, choices(number, period, asOf: today)?.choices ?? [])
    }

    /// How many stand behind a number.
    /// - Parameter today: as for `figures`.
    package func count(
        _ number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil, in db: Database
    ) throws -> Int {
        try choices(number, period, asOf: today).map { try Measure.count($0.choices, in: db) } ?? 0
    }

    /// What stands behind a number as it was known at a position, as rows of its table in the order of their numbers; of now where
    /// no position is given. For what is kept in versions.
    /// - Parameter today: as for `figures`.
    package func rows(
        _ columns: String, behind number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil,
        at position: Int64? = nil, limit: Int, offset: Int, in db: Database
    ) throws -> [Row] {
        let chosen = (choices(number, period, asOf: today)?.choices ?? []).map { $0.known(at: position) }
        guard !chosen.isEmpty else { return [] }
        let (sql, arguments) = Measure.query(columns, chosen)
        return try Row.fetchAll(
            db, sql: sql + " ORDER BY id, revision LIMIT ? OFFSET ?", arguments: arguments + [limit, offset])
    }

    /// How many things stand behind a number as they were known at a position.
    package func count(
        _ number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil, at position: Int64?,
        in db: Database
    ) throws -> Int {
        let chosen = (choices(number, period, asOf: today)?.choices ?? []).map { $0.known(at: position) }
        return chosen.isEmpty ? 0 : try Measure.count(chosen, in: db)
    }

    /// The numbers of the cases behind a number of the report, in their order.
    /// - Parameter today: as for `figures`.
    package func cases(
        behind number: ReportNumber, _ period: ReportPeriod, asOf today: CivilDate? = nil, limit: Int = 200,
        offset: Int = 0, in db: Database
    ) throws -> [String] {
        guard let chosen = choices(number, period, asOf: today)?.choices, !chosen.isEmpty else { return [] }
        let (sql, arguments) = Measure.query("id", chosen)
        return try String.fetchAll(
            db, sql: sql + " ORDER BY id LIMIT ? OFFSET ?", arguments: arguments + [limit, offset])
    }

    /// The canonical document of a period: contacts stand in it as tokens that only the vault can open.
    /// - Parameter heading: the members beside the numbers.
    func document(
        _ period: ReportPeriod, _ figures: FormFigures, heading: [String: JSON], in db: Database
    ) throws -> [UInt8] {
        let services = try Registry.serviceNames(in: db)
        return try FormDocument(form, figures).bytes(heading: heading) { row, list, json in
            try measure(row)?.measure.write(list.columns, period, services: services, to: &json, in: db)
        }
    }
}

extension FormNumber {
    /// What stands behind a number, one by one.
    package enum Behind: Hashable, Sendable {
        case complaints, applications
    }

    /// What stands behind the number; nil where nothing does that can be opened one by one.
    package var behind: Behind? {
        guard case .rows = ReportForm.measures[measure]?.counting else { return nil }
        if measure.hasPrefix("complaints.") { return .complaints }
        return measure.hasPrefix("applications.") ? .applications : nil
    }

    /// Whether complaints stand behind the number, one by one.
    package var opens: Bool { behind == .complaints }
}

/// Why a form cannot be made.
package enum ReportFormError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no form of this code that the centre makes.
    case notMade(String)

    package var description: String {
        switch self {
        case .notMade(let code):
            "schedules/reports has no form \(code) with “making”: put its file back, or take it from the edition that is installed."
        }
    }
}
