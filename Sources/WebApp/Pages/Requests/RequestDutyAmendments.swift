import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import Markup
import Onboarding
import WorkingDays

/// What mends a short case that was entered wrongly, each with a form.
enum DutyAmendment: String, CaseIterable, Sendable {
    case correct, annul
}

extension DutyState {
    /// Whether an entry has a moment of its own that a person gave.
    func canCorrect(_ entry: Int, of name: DutyName) -> Bool {
        annulled == nil && (entry == endedEntry || (entry == 1 && !name.kind.followsOthers))
    }
}

extension DutyPage {
    /// The forms that mend the case: a correction where one was asked for, and its annulment.
    func amendments(_ site: WebRequest) -> [StepForm] {
        guard state.annulled == nil else { return [] }
        return [correction(site), annulment(site.reader)].compactMap(\.self)
    }

    /// The entry is in the address where the form is opened, and in the form where it was refused.
    private func correction(_ site: WebRequest) -> StepForm? {
        let view = site.reader
        let entry = Int(site.form["entry"]) ?? site.query("correct").flatMap(Int.init)
        guard let entry, state.canCorrect(entry, of: name),
            let wrong = parts.events.first(where: { $0.recorded.version == entry })
        else { return nil }
        var fields = [
            StepField(
                name: "at", kind: .moment(now: false), label: view.t("step.right"),
                preset: view.dates.machine(wrong.moment))
        ]
        if entry == 1, let day = state.begun?.on {
            fields.append(StepField(name: "on", kind: .day, label: view.t("step.effect"), preset: day.description))
        }
        fields.append(StepField(name: "reason", kind: .area, label: view.t("step.correctReason")))
        var form = StepForm(
            step: DutyAmendment.correct.rawValue, path: path, fields: fields, version: parts.events.count)
        form.hidden = [("entry", "\(entry)")]
        return form
    }

    private func annulment(_ view: View) -> StepForm {
        let fields = [
            StepField(name: "reason", kind: .area, label: view.t("duty.annulReason")),
            StepField(name: "reference", kind: .line(type: "text"), label: view.t("duty.annulOf"), isRequired: false),
        ]
        return StepForm(
            step: DutyAmendment.annul.rawValue, path: path, fields: fields, version: parts.events.count,
            isDangerous: true)
    }

    /// Mends the case as the form says; refused, the page comes again with everything that was typed.
    func amend(_ amendment: DutyAmendment, _ site: WebRequest) async throws -> Response {
        let form = amendment == .correct ? correction(site) : annulment(site.reader)
        guard let form else { throw SiteError(.badRequest, "The form names no entry that can be corrected.") }
        var reader = StepReader(form, site)
        do {
            if try await amend(amendment, &reader) { return site.redirect(to: path, notice: .stepRecorded) }
        } catch {
            try reader.take(error)
        }
        var page = self
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    /// Does what the form says; false where something is wrong with what was sent.
    private func amend(_ amendment: DutyAmendment, _ reader: inout StepReader) async throws -> Bool {
        let site = reader.site
        let desk = site.environment.centre.onboarding
        let (actor, now, id) = (try site.authority.actor, site.environment.now(), record.stream.id)
        let reason = reader.text("reason")
        switch amendment {
        case .correct:
            let (typed, moment) = (site.form["at"], reader.moment())
            let on = reader.form.fields.contains { $0.name == "on" } ? reader.day("on") : nil
            guard reader.isRight else { return false }
            // A field has no seconds: what was left as it stood was right.
            let isKept = reader.form.fields.first { $0.name == "at" }?.preset == typed
            try await desk.correct(
                name, id: id, entry: Int(site.form["entry"]) ?? 0, to: isKept ? nil : moment,
                on: on == state.begun?.on ? nil : on, reason: reason, by: actor, at: now,
                expecting: reader.version, once: try reader.key)
        case .annul:
            let reference = reader.optional("reference")
            guard reader.isRight else { return false }
            try await desk.annul(
                name, id: id, reason: reason, reference: reference, by: actor, at: now,
                expecting: reader.version, once: try reader.key)
        }
        return true
    }

    /// That it was annulled, and why.
    func annulled(_ note: DutyNote, into html: inout HTML, _ view: View) {
        html.alert(.warning, title: view.t("duty.isAnnulled")) { html in
            html.p(text: view.words(of: note.text))
            if let reference = note.reference { html.p(text: view.t("duty.stands", ["number": reference])) }
        }
    }
}

extension View {
    /// The words of an event of a short case; those that the program itself wrote in the reader's language.
    func text(of event: DutyEvent) -> String { words(of: event.note.text) }

    func words(of text: String) -> String {
        text == DutyNote.refusalsChanged ? t("duty.refusalsChanged") : text
    }
}
