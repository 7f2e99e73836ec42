import Accounts
import Blocking
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Onboarding
import Registry
import WorkingDays

extension RequestPage {
    /// Records what a form of the page says; refused, the page comes again with everything that was typed.
    static func record(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        var page = try await load(id, site)
        guard let step = RequestStep(rawValue: site.form["step"]), let form = page.form(step, site) else {
            throw SiteError(.badRequest, "The form names no step of a request.")
        }
        var reader = StepReader(form, site)
        do {
            if !page.forms.contains(where: { $0.step == form.step }) {
                if try await reader.wasRecorded() {
                    return site.redirect(to: .request(.value(id)), notice: .stepDone)
                }
            } else if let elsewhere = try await step.record(&reader, on: page) {
                return site.redirect(to: elsewhere, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }
}

extension RequestStep {
    /// Records the step; nil where something is wrong with what was sent, which the reader's form then says.
    fileprivate func record(_ reader: inout StepReader, on page: RequestPage) async throws -> SitePath? {
        let id = page.record.id
        let at = reader.moment()
        reader.checkDocument()
        if let duty { return try await begin(duty, at: at, &reader, on: page) }
        let desk = reader.site.environment.centre.onboarding
        let now = reader.site.environment.now()
        let actor = try reader.site.authority.actor
        switch self {
        case .appoint:
            let details = Self.details(&reader)
            let order = reader.optional("order")
            guard reader.isRight else { return nil }
            let sealed = try await Self.sealed(details, of: page.record.body, reader.site)
            try await desk.appoint(
                sealed, order: order, document: reader.document, to: id, happenedAt: at, by: actor, at: now,
                expecting: reader.version, once: try reader.key)
        case .correct:
            let entry = Int(reader.site.form["entry"]) ?? 0
            let reason = reader.text("reason")
            guard reader.isRight else { return nil }
            try await desk.correctMoment(
                of: entry, to: at, reason: reason, on: id, by: actor, at: now, expecting: reader.version,
                once: try reader.key)
        default:
            guard let command = command(at: at, &reader, on: page), reader.isRight else { return nil }
            try await desk.perform(
                command, on: id, by: actor, at: now, expecting: reader.version, once: try reader.key)
        }
        return .request(.value(id))
    }

    private func command(
        at: Moment, _ reader: inout StepReader, on page: RequestPage
    ) -> InformationRequestCommand? {
        func note(_ name: String) -> StepNote { StepNote(text: reader.text(name), document: reader.document) }
        switch self {
        case .send:
            var again = RequestSent.Again(rawValue: reader.site.form["again"])
            if page.state.failedAt != nil { again = .failed }
            if page.state.sentAt != nil, page.state.failedAt == nil { _ = reader.text("again") }
            let channel = reader.text("channel")
            return .send(
                RequestSent(number: reader.text("number"), channel: channel, again: again, document: reader.document),
                at: at)
        case .sendingFailed: return .sendingFailed(note("text"), at: at)
        case .receive: return .receive(RequestReceived(proof: reader.text("proof"), document: reader.document), at: at)
        case .submit:
            let missing = reader.site.form.all("missing").compactMap(AppendixField.init(rawValue:))
            let medium = RequestMedium(rawValue: reader.text("medium")) ?? .electronic
            if reader.text("compared") != "yes" { return nil }
            let signed = reader.text("signed") == "yes"
            return .submit(
                InformationSubmitted(
                    isSignedByHead: signed, isComplete: missing.isEmpty, medium: medium.rawValue,
                    document: reader.document, missing: missing), at: at)
        case .giveBack: return .giveBack(note("reason"), at: at)
        case .enter:
            guard let edition = reader.number("edition") else { return nil }
            return .enter(InformationEntered(card: reader.text("card"), edition: edition), at: at)
        case .train: return .train(note("text"), at: at)
        case .sign:
            let side = ProtocolSigned.Side(rawValue: reader.text("side"))
            let position = reader.text("position")
            guard let side else { return nil }
            return .sign(ProtocolSigned(side: side, position: position, document: reader.document), at: at)
        case .goLive: return .goLive(at: at)
        case .contact: return .contact(note("text"), at: at)
        case .cancel: return .cancel(note("reason"), at: at)
        case .appoint, .correct, .additional, .change, .newPerson: return nil
        }
    }

    private func begin(
        _ duty: DutyName, at: Moment, _ reader: inout StepReader, on page: RequestPage
    ) async throws -> SitePath? {
        let note = DutyNote(
            body: page.record.body, service: page.record.service, text: reader.text("text"),
            reference: reader.optional("reference"), documents: reader.document.map { [$0] } ?? [],
            on: self == .change ? reader.day("on") : nil,
            registration: self == .newPerson ? page.person?.id : nil)
        guard reader.isRight else { return nil }
        let id = try await reader.site.environment.centre.onboarding.begin(
            duty, note, happenedAt: at, by: try reader.site.authority.actor, at: reader.site.environment.now(),
            once: try reader.key)
        return .duty(.value(duty.rawValue), .value(id))
    }

    /// The responsible person that a form names.
    static func details(_ reader: inout StepReader) -> ResponsiblePersonDetails {
        ResponsiblePersonDetails(
            name: reader.text("name"), position: reader.text("position"), phone: reader.text("phone"),
            email: reader.optional("email") ?? "")
    }

    /// The details with the key of the person, sealed off the cooperative pool.
    static func sealed(
        _ details: ResponsiblePersonDetails, of body: String, _ site: WebRequest
    ) async throws -> SealedResponsiblePerson {
        let vault = site.environment.centre.vault
        return try await Blocking.brief.run { try details.sealed(of: body, in: vault) }
    }
}
