import Accounts
import Attachments
import Casework
import Hummingbird
import Journal
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// What was sent with the form of a step: fields checked one by one, each mistake at its field.
struct StepReader {
    let site: WebRequest
    var form: StepForm
    private let texts: View

    /// Reads what was sent into the form that asked it.
    init(_ form: StepForm, _ site: WebRequest) {
        self.site = site
        self.form = form
        texts = site.reader
        self.form.values = site.form
        if let file = site.files("document").first {
            self.form.kept = (file.digest, file.name)
        } else if site.environment.centre.attachments.holds(site.form["document-kept"]) {
            self.form.kept = (site.form["document-kept"], site.form["document-name"])
        }
    }

    /// The digest of the document that came with the form, now or before.
    var document: String? { form.kept?.digest }

    /// The key by which a second sending of this form is known.
    var key: CommandKey {
        get throws {
            let sent = form.fields.map { field in form.values?.all(field.name).joined(separator: "\u{1F}") ?? "" }
            let content = ([form.step, document ?? ""] + form.hidden.map(\.value) + sent).joined(separator: "\u{1E}")
            return CommandKey("form/\(try site.authority.actor)/\(site.form["key"])", content: content.utf8)
        }
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

    /// The moment of the step: strictly written, not in the future, not before the step it follows.
    mutating func moment(_ name: String = "at") -> Moment {
        let now = site.environment.now()
        let text = text(name)
        guard !text.isEmpty else { return now }
        guard let moment = texts.dates.moment(machine: text) else {
            fail(name, texts.t("step.noMoment"))
            return now
        }
        guard moment <= now else {
            fail(name, texts.t("step.future"))
            return now
        }
        guard let earliest = form.earliest else { return moment }
        // A field has no seconds: the minute of the step before means right after it.
        if moment < earliest, texts.dates.machine(moment) == texts.dates.machine(earliest) { return earliest }
        if moment < earliest { fail(name, texts.t("step.order", ["time": texts.dates.short(earliest)])) }
        return moment
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

    /// Puts the reason why the step was refused at the field it is about; what is no refusal goes on.
    mutating func take(_ error: any Error) throws {
        switch error {
        case let refusal as Refusal:
            let text =
                OnboardingRefusal(rawValue: refusal.code).map { texts.name("refusal", $0) } ?? refusal.reason
            let names = ["documents": "document", "since": "at", "entry": "at", "line": "at"]
            let field = refusal.field.map { names[$0] ?? $0 }
            if let field, form.fields.contains(where: { $0.name == field }) {
                fail(field, text)
            } else {
                form.problem = text
            }
        case ClockError.tooEarly(_, let date):
            fail("at", texts.t("step.tooEarly", ["date": DateText.short(date)]))
        case let error as ClockError:
            fail("at", texts.t("step.calendar", ["reason": "\(error)"]))
        case let error as CalendarError:
            fail("at", texts.t("step.calendar", ["reason": "\(error)"]))
        case let error as JournalError:
            switch error {
            case .conflict: form.problem = texts.t("step.conflict")
            case .keyReused: form.problem = texts.t("step.keyReused")
            default: throw error
            }
        default: throw error
        }
    }
}

extension WebRequest {
    /// A key for a form that is drawn now.
    var newKey: String { environment.randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
