import Accounts
import Casework
import Complaints
import ContactCentre
import Hummingbird
import Journal
import WorkingDays

/// What the forms of a complaint do.
extension ComplaintPage {
    /// One step: `POST /complaints/{id}/steps/{step}`.
    static func step(_ site: WebRequest) async throws -> Response {
        guard let step = ComplaintStep(rawValue: try site.parameter("step")) else {
            throw SiteError(.notFound, "There is no such step.")
        }
        let id = try site.parameter("id")
        var page = try await page(site)
        let form = page.form(step, site.reader)
        var reader = StepReader(form, site)
        do {
            if !page.steps.contains(where: { $0.step == form.step }) {
                if try await reader.wasRecorded() {
                    return site.redirect(to: .complaint(.value(id)), notice: .stepDone)
                }
            } else if try await record(step, on: id, &reader) {
                return site.redirect(to: .complaint(.value(id)), notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    /// Records the step; false where something is wrong with what was sent, which the reader's form then says.
    private static func record(
        _ step: ComplaintStep, on id: String, _ reader: inout StepReader
    ) async throws -> Bool {
        let site = reader.site
        let (desk, actor, now) = (site.environment.centre.complaints, try site.authority.actor, site.environment.now())
        let (version, key) = (reader.version, try reader.key)
        let at = step.asksWhen ? reader.moment() : now
        switch step {
        case .answer:
            let outcome = reader.chosen("outcome", ComplaintOutcome.self)
            let (text, measures) = (reader.optional("text"), reader.optional("measures"))
            reader.checkDocument()
            guard reader.isRight, let outcome else { return false }
            try await desk.answer(
                id, outcome: outcome, text: text, attachment: reader.document, measures: measures, happenedAt: at,
                by: actor, at: now, expecting: version, once: key)
        case .extend:
            let reason = reader.text("reason")
            guard let days = reader.number("days"), reader.isRight else { return false }
            try await desk.extend(
                id, days: days, reason: reason, happenedAt: at, by: actor, at: now, expecting: version, once: key)
        case .told:
            let means = reader.text("means")
            guard reader.isRight else { return false }
            try await desk.tellApplicant(
                id, by: means, happenedAt: at, by: actor, at: now, expecting: version, once: key)
        case .transfer:
            let (body, reason) = (reader.text("body"), reader.text("reason"))
            let unit = reader.optional("unit")
            guard reader.isRight else { return false }
            try await desk.transfer(
                id, to: BodyAddress(code: body, unit: unit).description, reason: reason, happenedAt: at, by: actor,
                at: now, expecting: version, once: key)
        case .classify:
            let (kind, reason) = (reader.chosen("kind", ComplaintKind.self), reader.text("reason"))
            guard reader.isRight, let kind else { return false }
            try await desk.classify(
                id, as: kind, reason: reason, by: actor, at: now, expecting: version, once: key)
        case .note:
            let text = reader.text("text")
            guard reader.isRight else { return false }
            try await desk.note(id, text: text, by: actor, at: now, expecting: version, once: key)
        case .refile:
            let reason = reader.text("reason")
            guard reader.isRight else { return false }
            try await desk.correctFiling(
                id, to: at, reason: reason, by: actor, at: now, expecting: version, once: key)
        case .annul:
            let (ground, reason) = (reader.chosen("ground", AnnulmentGround.self), reader.text("reason"))
            let original = reader.optional("duplicateOf")
            guard reader.isRight, let ground else { return false }
            try await desk.annul(
                id, as: ground, duplicateOf: original, reason: reason, by: actor, at: now, expecting: version,
                once: key)
        case .withdraw:
            let reason = reader.optional("reason")
            guard reader.isRight else { return false }
            try await desk.withdraw(
                id, reason: reason, happenedAt: at, by: actor, at: now, expecting: version, once: key)
        case .take, .handOver, .putBack:
            guard let holder = try reader.holder(step) else { return false }
            try await desk.assign(id, to: holder, by: actor, at: now, expecting: version, once: key)
        }
        return true
    }

    /// Name and contacts, shown once after the look has been recorded: `POST /complaints/{id}/reveal`.
    static func reveal(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.revealPersonalData)
        let id = try site.parameter("id")
        do {
            let revealed = try await site.environment.centre.complaints.reveal(
                id, for: site.form["purpose"], by: authority.actor, at: site.environment.now())
            var page = try await page(site)
            page.revealed = revealed
            return site.secretPage(page)
        } catch let refusal as Refusal where refusal.field == "reason" {
            var page = try await page(site)
            page.purposeProblem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
    }
}
