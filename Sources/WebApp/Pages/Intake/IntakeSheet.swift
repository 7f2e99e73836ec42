import Complaints
import Intake
import Languages
import Markup
import Triage

/// The fields of a complaint; the names that `Refusal` uses for them.
enum FilingField: String, CaseIterable, Sendable {
    case kind, subject, service, body, region, place, name, phone, email, address, iin, filing
}

/// Where the applicant was served.
enum FilingPlace: String, CaseIterable, Sendable {
    case portal, psc, office
}

/// The names that the form shows beside codes.
struct IntakeNames: Sendable {
    var services: [String: Localized] = [:]
    var bodies: [String: Localized] = [:]
    /// The regions of today, by name.
    var regions: [(code: String, name: Localized)] = []

    /// The same with the names of bodies of another day.
    func with(bodies: [String: Localized]) -> IntakeNames {
        var names = self
        names.bodies = bodies
        return names
    }
}

/// From words to a complaint: the words first, then what was read in them beside who must answer; nothing typed is lost.
///
/// One form before and after the reading: what it is sent with (`action`) says what is asked. Enter confirms, since the
/// button that confirms is the first of the form.
struct IntakeSheet: Sendable {
    /// Where the form is sent.
    let path: SitePath
    /// Everything that was typed or proposed.
    var form = Form()
    /// The fields that have to be mended.
    var wrong: Set<FilingField> = []
    /// What is wrong with the whole of it, where that is no field.
    var problem: String?
    /// What a name could mean where it means more than one thing.
    var candidates: [FilingField: [String]] = [:]
    var names = IntakeNames()
    /// What is asked besides where no call runs; nil during a call and in the queue.
    var desk: FilingDesk?
    /// The words and what was read in them; nil before the reading.
    var reading: (text: String, reading: ComplaintReading)?
    /// What follows from the fields as they stand.
    var decision: IntakeDecision?
    /// What came in before and looks like the same matter.
    var known: [KnownBefore] = []
    /// Whether the words were received before, so that they and the person are not asked.
    var isReceived = false
    /// Whether the words may be left to those who decide.
    var mayLeave = false

    func field(_ field: FilingField, _ view: View, isRequired: Bool = false, hint: String? = nil) -> Field {
        var error = wrong.contains(field) ? view.name("filingProblem", field) : nil
        if let names = candidates[field], error != nil {
            error = view.t("filing.several", ["list": names.joined(separator: "; ")])
        }
        return Field(
            field.rawValue, label: view.name("filingField", field), hint: hint, error: error, isRequired: isRequired)
    }

    func value(_ field: FilingField) -> String { form[field.rawValue] }

    func draw(into html: inout HTML, _ view: View) {
        html.errorSummary(FilingField.allCases.filter { $0 != .filing }.map { field($0, view) }, view)
        if let problem { html.alert(.danger, title: problem) }
        if wrong.contains(.filing) { html.alert(.danger, title: view.name("filingProblem", FilingField.filing)) }
        html.codeList("services", names.services.sorted(in: view.language))
        html.codeList("bodies", names.bodies.sorted(in: view.language))
        html.postForm(
            to: path, view, .class("form is-wide intake"), .autocomplete("off"), Attribute("data-intake", "sheet")
        ) { html in
            if reading == nil {
                // The card of the call, known before the words are.
                if !form["service"].isEmpty {
                    html.input(.type("hidden"), .name("service"), .value(form["service"]))
                }
                words(&html, view)
                sender(&html, view)
                html.div(.class("buttons")) { html in
                    html.button(
                        .type("submit"), .name("action"), .value("read"), .class("button is-primary"),
                        text: view.t("intake.read"))
                    if mayLeave {
                        html.button(
                            .type("submit"), .name("action"), .value("leave"), .class("button"),
                            text: view.t("intake.leave"))
                    }
                }
            } else {
                html.input(.type("hidden"), .name("read"), .value("1"))
                for known in known { html.knownBefore(known, view) }
                html.div(.class("intake-columns")) { html in
                    drawWords(into: &html, view)
                    html.div(.class("intake-side")) { html in
                        drawProposals(into: &html, view)
                        drawDecision(into: &html, view)
                    }
                }
                guard !isReceived else { return }
                html.details(.class("panel fold intake-typed"), Attribute("open", flag: isOpen)) { html in
                    html.summary { $0.h2(text: view.t("intake.typed")) }
                    words(&html, view)
                    sender(&html, view)
                    html.div(.class("buttons")) { html in
                        html.button(
                            .type("submit"), .name("action"), .value("again"), .class("button"),
                            text: view.t("intake.again"))
                    }
                }
            }
        }
    }

    /// Whether something has to be mended in the part that is folded.
    private var isOpen: Bool {
        !wrong.isDisjoint(with: [.subject, .name, .phone, .email, .address, .iin]) || desk?.momentProblem != nil
    }

    private func words(_ html: inout HTML, _ view: View) {
        html.textArea(
            field(.subject, view, isRequired: true, hint: view.t("intake.wordsHint")), view, rows: 7,
            value: value(.subject))
    }

    private func sender(_ html: inout HTML, _ view: View) {
        desk?.draw(into: &html, form, view)
        html.div(.class("form-row")) { html in
            html.textField(field(.name, view), view, value: value(.name))
            html.textField(field(.phone, view), view, type: "tel", value: value(.phone))
        }
        html.div(.class("form-row")) { html in
            html.textField(field(.email, view), view, type: "text", value: value(.email))
            html.textField(
                field(.iin, view), view, value: value(.iin), Attribute("inputmode", "numeric"),
                Attribute("maxlength", 12))
        }
        html.textField(field(.address, view), view, value: value(.address))
        html.p(.class("note"), text: view.t("filing.privacy"))
    }
}
