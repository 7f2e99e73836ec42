import Casework
import ContactCentre
import Dispatch
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
            // The step was recorded meanwhile, by a second sending or by somebody else.
            return site.redirect(to: SitePath.request(.value(id)).path, notice: .stepDone)
        }
        var reader = StepReader(form, site)
        do {
            if let elsewhere = try await step.record(&reader, on: page) {
                return site.redirect(to: elsewhere, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: .unprocessableContent)
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
            if self == .enter { try await checkCard(&reader) }
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
            guard let edition = Int(reader.text("edition")) else {
                reader.fail("edition", reader.site.reader.t("step.noNumber"))
                return nil
            }
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

    /// The card must be there in that edition.
    private func checkCard(_ reader: inout StepReader) async throws {
        let code = reader.text("card")
        guard !code.isEmpty else { return }
        let card = try await reader.site.environment.centre.cards.card(code)
        guard let card else { return reader.fail("card", reader.site.reader.t("step.noCard")) }
        if let edition = Int(reader.site.form["edition"]), !(1...card.edition).contains(edition) {
            reader.fail("edition", reader.site.reader.t("step.noEdition", ["edition": "\(card.edition)"]))
        }
    }

    private func begin(
        _ duty: DutyName, at: Moment, _ reader: inout StepReader, on page: RequestPage
    ) async throws -> SitePath? {
        let note = DutyNote(
            body: page.record.body, service: page.record.service, text: reader.text("text"),
            reference: reader.optional("reference"), documents: reader.document.map { [$0] } ?? [],
            on: self == .change ? reader.day("on") : nil)
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
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try details.sealed(of: body, in: vault) })
            }
        }
    }
}
