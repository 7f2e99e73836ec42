import Attachments
import Markup
import WorkingDays

/// One field of a form that records a step: what is asked, and how it is drawn and checked.
struct StepField: Sendable {
    /// What the field takes.
    enum Kind: Sendable {
        /// A day and a time, not in the future; filled in with now where that is what most people mean.
        case moment(now: Bool)
        /// A day.
        case day
        /// One line.
        case line(type: StaticString)
        /// Several lines.
        case area
        /// One of a list.
        case choice([(value: String, label: String)])
        /// One of a few, all seen at once.
        case radios([(value: String, label: String)])
        /// Any of a list.
        case boxes([(value: String, label: String)])
        /// A box to tick.
        case tick
        /// A document.
        case document
    }

    let name: String
    let kind: Kind
    let label: String
    var hint: String?
    var isRequired = true
    /// What stands in the field where nothing was typed yet.
    var preset = ""
    /// How many lines of a text of several are seen at once.
    var rows = 3
}

/// A form that records a step of a case: drawn with what was typed and what is wrong with it, so that nothing is lost.
struct StepForm: Sendable {
    /// The step; also what makes the names of its fields unique on the page.
    let step: String
    /// Where it is sent.
    let path: SitePath
    /// What it asks.
    var fields: [StepField]
    /// The version of the case that the person sees; nil where it does not matter.
    var version: Int?
    /// What was typed; nil before anything was.
    var values: Form?
    /// What is wrong, by field.
    var errors: [String: String] = [:]
    /// What is wrong with the whole.
    var problem: String?
    /// A document that came with a form that was refused, so that it need not be chosen again.
    var kept: (digest: String, name: String)?
    /// Further fields that are not seen.
    var hidden: [(name: String, value: String)] = []
    /// Whether it ends something.
    var isDangerous = false
    /// What the button says; “Record” where nothing is given.
    var submit: String?
    /// Where the way back leads; nil where the form stands on the page of its case.
    var back: SitePath?

    /// The moment before which it cannot have happened, for the field of the moment.
    var earliest: Moment?

    func value(_ field: StepField) -> String { values?[field.name] ?? field.preset }

    /// Whether it may carry files.
    private var carriesFiles: Bool {
        fields.contains { field in
            if case .document = field.kind { true } else { false }
        }
    }

    /// Draws the form around its fields: with files only where it asks for some.
    fileprivate func draw(into html: inout HTML, _ view: View, content: (inout HTML) -> Void) {
        guard carriesFiles else {
            return html.postForm(to: path, view, .class("form step-form"), content: content)
        }
        html.uploadForm(to: path, view, .class("form step-form"), content: content)
    }

    func drawn(_ field: StepField, _ view: View) -> Field {
        Field(
            field.name, label: field.label, hint: field.hint, error: errors[field.name], isRequired: field.isRequired,
            id: step + "-" + field.name)
    }
}

extension HTML {
    /// A form that records a step.
    mutating func stepForm(_ form: StepForm, _ view: View) {
        if let problem = form.problem { alert(.danger, title: problem) }
        errorSummary(form.fields.map { form.drawn($0, view) }, view)
        form.draw(into: &self, view) { html in
            html.input(.type("hidden"), .name("step"), .value(form.step))
            if let version = form.version {
                html.input(.type("hidden"), .name("version"), .value("\(version)"))
            }
            for (name, value) in form.hidden { html.input(.type("hidden"), .name(name), .value(value)) }
            for field in form.fields { html.stepField(field, of: form, view) }
            html.formButtons(
                submit: form.submit ?? view.t("step.record"), view, back: form.back, isDangerous: form.isDangerous)
        }
    }

    /// A step that opens on a click, by its title.
    mutating func foldedStep(
        _ form: StepForm, title: String, isOpen: Bool, note: (inout HTML) -> Void = { _ in },
        content: (inout HTML) -> Void
    ) {
        details(.class("step"), .id("step-" + form.step), Attribute("open", flag: isOpen)) { html in
            html.summary { html in
                html.icon(.chevron)
                html.span(.class("step-title"), text: title)
                note(&html)
            }
            html.div(.class("step-body"), content: content)
        }
    }

    /// A form whose step cannot be recorded any more: what was typed stays to be read, beside the reason.
    mutating func overtakenStep(_ form: StepForm, title: String, _ view: View) {
        panel(title, id: "overtaken") { $0.stepForm(form, view) }
    }

    private mutating func stepField(_ field: StepField, of form: StepForm, _ view: View) {
        let drawn = form.drawn(field, view)
        let value = form.value(field)
        switch field.kind {
        case .moment(let now):
            let preset = form.values == nil && now ? view.dates.machine(view.now) : value
            momentField(drawn, view, value: preset, earliest: form.earliest)
        case .day: textField(drawn, view, type: "date", value: value)
        case .line(let type): textField(drawn, view, type: type, value: value)
        case .area: textArea(drawn, view, rows: field.rows, value: value)
        case .choice(let options): selectField(drawn, view, options: options, chosen: value)
        case .radios(let options): radios(drawn, view, options: options, chosen: value)
        case .boxes(let options): boxes(drawn, options, chosen: Set(form.values?.all(field.name) ?? []))
        case .tick:
            div(.class(drawn.error == nil ? "field" : "field has-error")) { html in
                if let error = drawn.error {
                    html.p(.class("field-error"), .id(drawn.id + "-error")) { html in
                        html.icon(.warning)
                        html.text(error)
                    }
                }
                html.checkbox(drawn, isTicked: value == "yes")
            }
        case .document:
            fileField(drawn, view)
            if let kept = form.kept {
                p(.class("hint")) { html in
                    html.icon(.met)
                    html.text(" " + view.t("step.kept", ["name": kept.name]))
                }
                input(.type("hidden"), .name(field.name + "-kept"), .value(kept.digest))
                input(.type("hidden"), .name(field.name + "-name"), .value(kept.name))
            }
        }
    }

    /// A day and a time of day, not in the future.
    mutating func momentField(_ field: Field, _ view: View, value: String, earliest: Moment? = nil) {
        self.field(field, view) { html, own in
            html.void(
                "input",
                [
                    .type("datetime-local"), .value(value).when(!value.isEmpty),
                    Attribute("min", optional: earliest.map(view.dates.machine)),
                    Attribute("max", view.dates.machine(view.now)),
                ] + own)
        }
    }

    private mutating func boxes(_ field: Field, _ options: [(value: String, label: String)], chosen: Set<String>) {
        fieldset(
            .class(field.error == nil ? "field" : "field has-error"), .id(field.id),
            .ariaDescribedBy(field.descriptions)
        ) { html in
            html.legend(text: field.label)
            if let hint = field.hint { html.p(.class("hint"), .id(field.id + "-hint"), text: hint) }
            if let error = field.error { html.p(.class("field-error"), .id(field.id + "-error"), text: error) }
            html.div(.class("boxes")) { html in
                for option in options {
                    html.div(.class("choice")) { html in
                        let id = field.id + "-" + option.value
                        html.input(
                            .type("checkbox"), .id(id), .name(field.name), .value(option.value),
                            .checked(chosen.contains(option.value)))
                        html.label(.for(id), text: option.label)
                    }
                }
            }
        }
    }
}

extension DateText {
    /// `2026-03-19T14:05` on the clock of the zone, as a field of a form takes it.
    func machine(_ moment: Moment) -> String { "\(zone.civilDate(of: moment))T\(time(moment))" }

    /// The moment that a field of a form says; nil where it is none.
    func moment(machine text: String) -> Moment? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(parts[0]) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2 || clock.count == 3, clock.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(clock[0]), let minute = Int(clock[1]), hour < 24, minute < 60
        else { return nil }
        return zone.moment(of: date, hour: hour, minute: minute)
    }

    /// The moment that a field of a form means: not in the future, not before the step that it follows.
    ///
    /// A field has no seconds: the minute that it is now means now, and the minute of the step before right after it.
    func moment(typed text: String, now: Moment, earliest: Moment? = nil) throws(TypedMomentError) -> Moment {
        guard !text.isEmpty, text != machine(now) else { return now }
        guard let moment = moment(machine: text) else { throw .unreadable }
        guard moment <= now else { throw .future }
        guard let earliest, moment < earliest else { return moment }
        guard machine(moment) == machine(earliest) else { throw .beforeStep(earliest) }
        return earliest
    }
}

/// Why a moment that somebody typed is refused.
enum TypedMomentError: Error {
    case unreadable, future
    /// The step that it follows was later.
    case beforeStep(Moment)

    func words(_ view: View) -> String {
        switch self {
        case .unreadable: view.t("step.noMoment")
        case .future: view.t("step.future")
        case .beforeStep(let moment): view.t("step.order", ["time": view.dates.short(moment)])
        }
    }
}
