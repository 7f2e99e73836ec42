import Complaints
import Languages
import Markup
import WorkingDays

/// What can be done to a complaint on its page, one form each.
enum ComplaintStep: String, CaseIterable, Sendable {
    case answer
    case extend
    case told
    case transfer
    case classify
    case note
    case withdraw
    case refile
    case annul

    /// Whether the form asks when it happened.
    var asksWhen: Bool { self != .classify && self != .note && self != .annul }
}

/// A form of a step while it is filled in: what was typed, and what is wrong with it.
struct ComplaintStepForm: Sendable {
    let step: ComplaintStep
    let complaint: String
    var typed = Form()
    var moment: MomentField
    /// The version of the case that the person saw, so that two people do not undo each other's work.
    let version: Int
    /// A word for this one sending, so that a double click does nothing twice.
    let key: String
    /// What is wrong: the name of the field (or "on" for the time, or nil for all of it) and the words.
    var problem: (field: String?, text: String)?
    /// The moment of filing that is recorded now, in words.
    var filed = ""
    let bodies: [(code: String, name: Localized)]

    private func id(_ name: String) -> String { "\(step.rawValue)-\(name)" }

    private func field(_ name: String, _ label: TextKey, _ view: View, isRequired: Bool = true) -> Field {
        Field(
            name, label: view.t(label), error: problem.flatMap { $0.field == name ? $0.text : nil },
            isRequired: isRequired, id: id(name))
    }

    private func choice(
        _ name: String, _ label: TextKey, _ options: [(String, String)], into html: inout HTML, _ view: View
    ) {
        html.selectField(
            field(name, label, view), view, options: [("", view.t("form.choose"))] + options, chosen: typed[name])
    }

    func draw(into html: inout HTML, _ view: View) {
        html.element(
            "details", [.class("step"), .id(step.rawValue), Attribute("open", flag: problem != nil)]
        ) { html in
            html.summary { html in
                html.icon(.chevron)
                html.span(.class("step-title"), text: view.name("complaintStep", step))
            }
            if let problem, problem.field == nil { html.alert(.danger, title: problem.text) }
            let path = SitePath.complaintStep(.value(complaint), .value(step.rawValue))
            html.uploadForm(to: path, view, .class("form")) { html in
                html.input(.type("hidden"), .name("version"), .value("\(version)"))
                html.input(.type("hidden"), .name("key"), .value(key))
                if step.asksWhen {
                    html.momentField(
                        moment, label: view.t(step == .refile ? "complaintField.filed" : "moment.when"),
                        error: problem.flatMap { $0.field == "at" ? $0.text : nil },
                        id: id("on"), view)
                }
                fields(into: &html, view)
                html.formButtons(
                    submit: view.name("complaintStep", step), view, isDangerous: step == .withdraw || step == .annul)
            }
        }
    }

    private func fields(into html: inout HTML, _ view: View) {
        switch step {
        case .answer:
            choice(
                "outcome", "complaints.outcome",
                ComplaintOutcome.allCases.map { ($0.rawValue, view.name("outcome", $0)) }, into: &html, view)
            html.textArea(
                field("text", "complaintField.text", view, isRequired: false), view, value: typed["text"])
            html.textArea(
                field("measures", "complaintField.measures", view, isRequired: false), view, rows: 2,
                value: typed["measures"])
            html.fileField(field("file", "complaintField.file", view, isRequired: false), view)
        case .extend:
            html.textField(
                field("days", "complaintField.days", view), view, type: "number", value: typed["days"],
                Attribute("min", 1), Attribute("inputmode", "numeric"))
            html.textArea(field("reason", "complaintField.reason", view), view, rows: 2, value: typed["reason"])
        case .told:
            html.textField(field("means", "complaintField.means", view), view, value: typed["means"])
        case .transfer:
            choice("body", "clocks.body", bodies.map { ($0.code, $0.name[view.language]) }, into: &html, view)
            html.textArea(field("reason", "complaintField.reason", view), view, rows: 2, value: typed["reason"])
        case .classify:
            choice(
                "kind", "complaints.kind", ComplaintKind.allCases.map { ($0.rawValue, view.name("complaintKind", $0)) },
                into: &html, view)
            html.textArea(field("reason", "complaintField.reason", view), view, rows: 2, value: typed["reason"])
        case .note:
            html.textArea(field("text", "complaintField.noteText", view), view, value: typed["text"])
        case .refile:
            html.p(.class("hint"), text: view.t("complaint.refileHint", ["time": filed]))
            html.textArea(field("reason", "complaintField.reason", view), view, rows: 2, value: typed["reason"])
        case .annul:
            html.p(.class("hint"), text: view.t("complaint.annulHint"))
            choice(
                "ground", "complaintField.ground",
                AnnulmentGround.allCases.map { ($0.rawValue, view.name("annulment", $0)) }, into: &html, view)
            html.textField(
                field("duplicateOf", "complaintField.duplicateOf", view, isRequired: false), view,
                value: typed["duplicateOf"])
            html.textArea(field("reason", "complaintField.reason", view), view, rows: 2, value: typed["reason"])
        case .withdraw:
            html.textArea(
                field("reason", "complaintField.reason", view, isRequired: false), view, rows: 2,
                value: typed["reason"])
        }
    }
}
