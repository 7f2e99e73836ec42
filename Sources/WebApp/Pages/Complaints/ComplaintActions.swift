import Casework
import Complaints
import Hummingbird
import Journal
import Rulebook
import WorkingDays

/// What the forms of a complaint do.
extension ComplaintPage {
    /// One step: `POST /complaints/{id}/steps/{step}`.
    static func step(_ site: WebRequest) async throws -> Response {
        guard let step = ComplaintStep(rawValue: try site.parameter("step")) else {
            throw SiteError(.notFound, "There is no such step.")
        }
        let id = try site.parameter("id")
        do {
            try await perform(step, on: id, site)
            return site.redirect(to: .complaint(.value(id)), notice: .stepRecorded)
        } catch let problem as StepProblem {
            return try await again(step, problem.field, problem.text, site)
        } catch let refusal as Refusal {
            return try await again(step, refusal.field, site.words(of: refusal), site)
        } catch let error as ClockError {
            return try await again(step, step == .extend ? "days" : nil, site.words(of: error), site)
        }
    }

    /// A field that is empty or says nothing.
    private struct StepProblem: Error {
        let field: String?
        let text: String
    }

    /// The page again, with the form as it was typed and what is wrong with it.
    private static func again(
        _ step: ComplaintStep, _ field: String?, _ text: String, _ site: WebRequest
    ) async throws -> Response {
        var page = try await page(site)
        guard let index = page.steps.firstIndex(where: { $0.step == step }) else {
            throw SiteError(.conflict, "The complaint is closed.")
        }
        page.steps[index].typed = site.form
        page.steps[index].moment = MomentField(site.form)
        page.steps[index].problem = (field, text)
        return site.page(page, status: .unprocessableContent)
    }

    private static func perform(_ step: ComplaintStep, on id: String, _ site: WebRequest) async throws {
        let (desk, actor, now) = (site.environment.centre.complaints, try site.authority.actor, site.environment.now())
        let form = site.form
        func missing(_ field: String) -> StepProblem {
            StepProblem(field: field, text: site.environment.texts.text("form.missing", site.context.language))
        }
        func given(_ name: String) throws -> String {
            guard !form[name].isEmpty else { throw missing(name) }
            return form[name]
        }
        func optional(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        func chosen<Value: RawRepresentable<String>>(_ name: String, _ type: Value.Type) throws -> Value {
            guard let value = Value(rawValue: form[name]) else { throw missing(name) }
            return value
        }
        guard let at = MomentField(form).moment(now: now, zone: site.environment.zone) else {
            throw StepProblem(
                field: "at", text: site.environment.texts.text("moment.wrong", site.context.language))
        }
        guard let version = Int(form["version"]) else { throw SiteError(.badRequest, "The form has no version.") }
        let key = optional("key").map { CommandKey($0, content: "\(id) \(step)".utf8) }
        switch step {
        case .answer:
            if let problem = site.fileProblem("file") { throw StepProblem(field: "file", text: problem) }
            try await desk.answer(
                id, outcome: try chosen("outcome", ComplaintOutcome.self), text: optional("text"),
                attachment: site.files("file").first?.digest, measures: optional("measures"), happenedAt: at,
                by: actor, at: now, expecting: version, once: key)
        case .extend:
            guard let days = Int(form["days"]) else { throw missing("days") }
            try await desk.extend(
                id, days: days, reason: try given("reason"), happenedAt: at, by: actor, at: now, expecting: version,
                once: key)
        case .told:
            try await desk.tellApplicant(
                id, by: try given("means"), happenedAt: at, by: actor, at: now, expecting: version, once: key)
        case .transfer:
            try await desk.transfer(
                id, to: try given("body"), reason: try given("reason"), happenedAt: at, by: actor, at: now,
                expecting: version, once: key)
        case .classify:
            try await desk.classify(
                id, as: try chosen("kind", ComplaintKind.self), reason: try given("reason"), by: actor, at: now,
                expecting: version, once: key)
        case .note:
            try await desk.note(id, text: try given("text"), by: actor, at: now, expecting: version, once: key)
        case .refile:
            try await desk.correctFiling(
                id, to: at, reason: try given("reason"), by: actor, at: now, expecting: version, once: key)
        case .annul:
            try await desk.annul(
                id, as: try chosen("ground", AnnulmentGround.self), duplicateOf: optional("duplicateOf"),
                reason: try given("reason"), by: actor, at: now, expecting: version, once: key)
        case .withdraw:
            try await desk.withdraw(
                id, reason: optional("reason"), happenedAt: at, by: actor, at: now, expecting: version, once: key)
        }
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
