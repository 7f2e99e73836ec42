import Accounts
import ContactCentre
import Hummingbird
import Markup
import Onboarding
import Registry

/// Somebody who answered for the body left: he answers no more, and the body owes the name of the new one (797 §7).
extension BodyPage {
    /// The form that says that a person left.
    private static func form(_ person: String, of body: String, _ view: View) -> StepForm {
        var form = StepForm(
            step: "left-\(person)", path: .bodyLeft(.value(body)),
            fields: [
                StepField(name: "at", kind: .moment(now: false), label: view.t("step.at")),
                StepField(name: "text", kind: .area, label: view.t("step.leaving")),
            ])
        form.hidden = [("person", person)]
        return form
    }

    /// Who left, in a form that opens on a click; beside a person who answers now.
    func leaving(_ person: ResponsiblePerson, into html: inout HTML, _ view: View) {
        let form = Self.form(person.id, of: record.code, view)
        let isSent = sent?.step == form.step
        html.foldedStep(form, title: view.t("body.left"), isOpen: isSent) { html in
            html.p(.class("hint"), text: view.t("body.leftHint"))
            html.stepForm(isSent ? sent ?? form : form, view)
        }
    }

    /// Records that somebody left, and begins the body's term.
    static func left(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        let (person, code) = (site.form["person"], page.record.code)
        var reader = StepReader(form(person, of: code, site.reader), site)
        do {
            guard page.overview.persons.contains(where: { $0.id == person && $0.endedOn == nil }) else {
                if try await reader.wasRecorded() {
                    return site.redirect(to: .body(.value(code)), notice: .stepDone)
                }
                page.sent = reader.form
                return site.page(page, status: reader.status)
            }
            let (at, text) = (reader.moment(), reader.text("text"))
            if reader.isRight {
                let id = try await site.environment.centre.onboarding.begin(
                    .responsiblePersonChange, DutyNote(body: code, text: text, registration: person), happenedAt: at,
                    by: try site.authority.actor, at: site.environment.now(), once: try reader.key)
                let duty = DutyName.responsiblePersonChange.rawValue
                return site.redirect(to: .duty(.value(duty), .value(id)), notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }
}
