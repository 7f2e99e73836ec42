import Complaints
import Intake
import Languages
import Markup
import Rulebook
import Triage
import WorkingDays

/// What follows from the fields as they stand: who must answer and until when, or what to do instead.
enum IntakeDecision: Sendable {
    /// It is a complaint of ours.
    case answer(ComplaintPreview, others: [OtherMatter])
    /// It is none, or not ours.
    case instead(IntakeNature)
    /// It cannot be told; why, in the reader's language.
    case impossible(String)

    /// A further matter of the words, with what would follow from it.
    struct OtherMatter: Sendable {
        /// The code of its service.
        let service: String
        /// The words that tell it.
        let words: String
        /// Who would answer it.
        let preview: ComplaintPreview
        /// Whether it is to be registered too.
        let isTicked: Bool

        /// What was shown of it, as a form carries it.
        var shown: String { "\(service)|\(preview.answer.body)|\(preview.dueOn)" }
    }
}

extension IntakeSheet {
    /// The part of the page that changes with the fields: the answer, and the buttons.
    func drawDecision(into html: inout HTML, _ view: View) {
        html.section(.id("decision"), .class("decision"), Attribute("aria-live", "polite")) { html in
            switch decision {
            case .answer(let preview, let others): answer(preview, others, &html, view)
            case .instead(let nature): instead(nature, &html, view)
            case .impossible(let reason): html.alert(.danger, title: reason)
            case nil: break
            }
            if case .impossible = decision { buttons(nil, &html, view) }
        }
    }

    private func answer(
        _ preview: ComplaintPreview, _ others: [IntakeDecision.OtherMatter], _ html: inout HTML, _ view: View
    ) {
        html.input(.type("hidden"), .name("shownBody"), .value(preview.answer.body))
        html.input(.type("hidden"), .name("shownDue"), .value(preview.dueOn.description))
        html.h2(text: view.t("intake.answers"))
        html.p(.class("decision-body")) { html in
            html.bodyName(preview.answer.body, names.bodies[preview.answer.body], view)
            if let unit = UnitNames(names).words(preview.answer.unit, view) { html.text(" · \(unit)") }
            if let sure = sureness(of: preview) { html.sureness(sure, view) }
        }
        html.p(.class("decision-due")) { html in
            html.text(view.t("intake.until") + " ")
            html.strong(text: view.dates.long(preview.dueOn))
            if let term = preview.term { html.text(" · " + view.t("intake.days", count: term.days)) }
        }
        html.p(text: preview.answer.why[view.language])
        html.whatIf(preview.alternatives, names, view)
        html.details(.class("decision-proof")) { html in
            html.summary(text: view.t("intake.proof"))
            html.facts(
                [
                    Fact(view.t("intake.rule")) { html in
                        html.code(text: preview.answer.rule)
                        html.text(" · \(preview.answer.edition)")
                        if let cite = preview.answer.cite { html.text(" · \(cite[view.language])") }
                    },
                    Fact(view.t("intake.registeredOn"), view.dates.long(preview.registeredOn)),
                ])
            if let term = preview.term {
                html.p(
                    .class("hint"), text: term.rule.cite[view.language] + ": " + term.rule.explanation[view.language])
                html.proofTable(term.due, view)
            }
            runnersUp(preview, &html, view)
        }
        if !others.isEmpty {
            html.fieldset(.class("field decision-others")) { html in
                html.legend(text: view.t("intake.others", count: others.count))
                for (place, other) in others.enumerated() { self.other(other, place, &html, view) }
            }
        }
        buttons("register", &html, view)
    }

    /// How sure the body is, where it is still the one that was proposed.
    private func sureness(of preview: ComplaintPreview) -> Double? {
        reading?.reading.addressees.first { $0.body == preview.answer.body }?.confidence
    }

    private func runnersUp(_ preview: ComplaintPreview, _ html: inout HTML, _ view: View) {
        let others = reading?.reading.addressees.filter { $0.body != preview.answer.body } ?? []
        guard !others.isEmpty else { return }
        html.p(.class("hint"), text: view.t("intake.orElse"))
        html.ul(.class("bullets")) { html in
            for one in others {
                html.li { html in
                    html.text("\(names.bodies[one.body]?[view.language] ?? one.body): \(one.why[view.language])")
                }
            }
        }
    }

    private func other(_ other: IntakeDecision.OtherMatter, _ place: Int, _ html: inout HTML, _ view: View) {
        html.input(.type("hidden"), .name("shownOther"), .value(other.shown))
        html.checkbox(
            Field(
                "matter", label: "\(other.service) · \(names.services[other.service]?[view.language] ?? "")",
                id: "matter-\(place)"), value: other.service, isTicked: other.isTicked)
        html.p(.class("hint")) { html in
            html.text("«\(other.words)» – ")
            html.text(
                view.t(
                    "filing.doneTerm",
                    [
                        "body": names.bodies[other.preview.answer.body]?[view.language] ?? other.preview.answer.body,
                        "date": view.dates.long(other.preview.dueOn),
                    ]))
        }
    }

    private func instead(_ nature: IntakeNature, _ html: inout HTML, _ view: View) {
        html.h2(text: view.t(nature.isElsewhere ? "intake.notOurs" : "intake.noComplaint"))
        html.p(.class("decision-body"), text: view.name("intakeNature", nature))
        html.p(text: view.name("intakeInstead", nature))
        html.textArea(
            Field("told", label: view.t("intake.told"), hint: view.t("intake.toldHint"), isRequired: false), view,
            rows: 3, value: form["told"])
        buttons("close", &html, view)
    }

    private func buttons(_ act: String?, _ html: inout HTML, _ view: View) {
        html.div(.class("buttons")) { html in
            if let act {
                html.button(
                    .type("submit"), .name("action"), .value(act), .class("button is-primary"), .autofocus,
                    Attribute("data-key", "confirm")
                ) { html in
                    html.text(view.t(act == "close" ? "intake.close" : "filing.submit"))
                    html.shortcut("Enter")
                }
            }
            html.button(
                .type("submit"), .name("action"), .value("preview"), .class("button without-script"),
                text: view.t("intake.preview"))
            if mayLeave {
                html.button(
                    .type("submit"), .name("action"), .value("leave"), .class("button is-quiet"),
                    text: view.t("intake.leave"))
            }
        }
    }
}

extension HTML {
    /// How sure a proposal is, in a word and a number.
    mutating func sureness(_ confidence: Double, _ view: View) {
        let isSure = confidence >= 0.8
        span(.class("badge \(isSure ? ClockState.met.className : ClockState.dueToday.className)")) { html in
            html.icon(isSure ? .met : .warning)
            html.text(
                view.t(isSure ? "intake.sure" : "intake.unsure", ["n": "\(Int((confidence * 100).rounded()))"]))
        }
    }
}
