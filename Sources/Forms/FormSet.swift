import Rulebook
import WorkingDays

/// All forms of the law that are loaded.
package struct FormSet: Sendable {
    /// The forms, by code and first day.
    package let forms: [StatutoryForm]

    /// Reads the files of `schedules/reports/`, and refuses all of them where anything is wrong with one.
    ///
    /// - Parameters:
    ///   - files: the name and the YAML text of each file.
    ///   - measures: what the business modules can count.
    /// - Throws: `RulebookLoadError` with every problem found, by file and line.
    package static func load(
        files: [(name: String, text: String)], measures: [String: MeasureShape]
    ) throws(RulebookLoadError) -> FormSet {
        var problems: [RulebookProblem] = []
        var forms: [StatutoryForm] = []
        for file in files {
            var reader = FormReader(file: file.name, measures: measures)
            if let form = reader.read(file.text) {
                if forms.contains(where: { $0.code == form.code && $0.from == form.from }) {
                    problems.append(
                        RulebookProblem(
                            file: file.name, line: 0,
                            message: "The form \(form.code) of \(form.from) is in another file already: remove one."))
                }
                forms.append(form)
            }
            problems += reader.list.problems
        }
        guard problems.isEmpty else {
            throw RulebookLoadError(problems: problems.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return FormSet(forms: forms.sorted { ($0.code, $0.from) < ($1.code, $1.from) })
    }

    /// The edition of a form that is in force on a day, else its last one; nil where there is no such form.
    package func form(_ code: String, on day: CivilDate) -> StatutoryForm? {
        let editions = forms.filter { $0.code == code }
        return editions.last { $0.from <= day && day <= ($0.to ?? day) } ?? editions.last
    }

    /// The forms that the centre makes, by code.
    package var made: [StatutoryForm] { forms.filter { $0.making != nil } }
}
