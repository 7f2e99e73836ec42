import Accounts
import Attachments
import ContactCentre
import HTTPTypes
import Journal
import WorkingDays

/// What was sent with the form of a step: fields checked one by one, each mistake at its field.
struct StepReader {
    let site: WebRequest
    var form: StepForm
    private let texts: View

    /// Reads what was sent into the form that asked it.
    /// - Parameter keepsDocuments: whether a document that came with a refused form need not be chosen again; not for those
    ///   who have no account, since they would name any.
    init(_ form: StepForm, _ site: WebRequest, keepsDocuments: Bool = true) {
        self.site = site
        self.form = form
        texts = site.reader
        self.form.values = site.form
        if let file = site.files("document").first {
            self.form.kept = (file.digest, file.name)
        } else if keepsDocuments, site.brought(site.form["document-kept"]) {
            self.form.kept = (site.form["document-kept"], site.form["document-name"])
        }
    }

    /// The digest of the document that came with the form, now or before.
    var document: String? { form.kept?.digest }

    /// The status of the page where the step was not recorded.
    private(set) var status = HTTPResponse.Status.unprocessableContent

    /// The key by which a second sending of this form is known.
    var key: CommandKey? {
        get throws { try site.formKey(of: try site.authority.actor) }
    }

    /// The version that the person saw.
    var version: Int? { Int(site.form["version"]) }

    /// A text of a field; a mistake where it must be there and is not.
    mutating func text(_ name: String) -> String {
        let text = site.form[name]
        let field = form.fields.first { $0.name == name }
        if text.isEmpty, field?.isRequired ?? false { fail(name, texts.t("step.missing")) }
        if text.count > 4_000 { fail(name, texts.t("step.tooLong")) }
        return text
    }

    /// A text of a field that may be empty.
    mutating func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// One of the values of an enumeration; a mistake where it is none.
    mutating func chosen<Value: RawRepresentable<String>>(_ name: String, _ type: Value.Type) -> Value? {
        let value = Value(rawValue: text(name))
        if value == nil { fail(name, texts.t("step.missing")) }
        return value
    }

    /// A whole number; a mistake where it is none.
    mutating func number(_ name: String) -> Int? {
        let number = Int(text(name))
        if number == nil { fail(name, texts.t("step.noNumber")) }
        return number
    }

    /// The moment of the step: strictly written, not in the future, not before the step it follows.
    mutating func moment(_ name: String = "at") -> Moment {
        let now = site.environment.now()
        do {
            return try texts.dates.moment(typed: text(name), now: now, earliest: form.earliest)
        } catch {
            fail(name, error.words(texts))
            return now
        }
    }

    /// A day.
    mutating func day(_ name: String) -> CivilDate? {
        let text = text(name)
        if text.isEmpty { return nil }
        guard let date = CivilDate(text) else {
            fail(name, texts.t("step.noDay"))
            return nil
        }
        return date
    }

    mutating func fail(_ name: String, _ error: String) {
        form.errors[name] = form.errors[name] ?? error
    }

    /// Checks the file, and whether a document that must be there is.
    mutating func checkDocument() {
        if let problem = site.fileProblem("document") { fail("document", problem) }
        if document == nil, form.fields.contains(where: { $0.name == "document" && $0.isRequired }) {
            fail("document", texts.t("step.missing"))
        }
    }

    var isRight: Bool { form.errors.isEmpty && form.problem == nil }

    /// Puts the reason why the step was refused at the field it is about; what is no answer to a person goes on.
    mutating func take(_ error: any Error) throws {
        let problem = try site.problem(error)
        status = problem.status
        let names = ["documents": "document", "attachment": "document", "since": "at", "entry": "at", "line": "at"]
        let field = problem.field.map { names[$0] ?? $0 }
        if let field, form.fields.contains(where: { $0.name == field }) {
            fail(field, problem.text)
        } else {
            form.problem = problem.text
        }
    }

    /// Whether a step that cannot be recorded any more was recorded by a first sending of this form; where it was not,
    /// somebody else was quicker, and the form says so.
    /// - Throws: `JournalError.keyReused` where the first sending had other words.
    mutating func wasRecorded() async throws -> Bool {
        if let key = try key, try await site.environment.centre.journal.isDone(key) { return true }
        form.problem = texts.t("step.conflict")
        status = .conflict
        return false
    }
}
