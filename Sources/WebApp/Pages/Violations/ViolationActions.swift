import Accounts
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What a person can do with an entry of the ledger.
enum ViolationStep: String, CaseIterable, Sendable {
    case confirm, excuse, close, tell, withdraw, revoke

    /// What is possible with an entry as it stands.
    /// - Parameter hasLink: whether the body has a link that is open.
    static func possible(_ entry: Violation, hasLink: Bool) -> [ViolationStep] {
        let tell: [ViolationStep] = entry.body == nil ? [] : [.tell]
        let revoke: [ViolationStep] = hasLink ? [.revoke] : []
        switch entry.state {
        case .drafted: return [.confirm, .excuse] + tell + revoke
        case .confirmed, .excused: return tell + [.withdraw] + revoke
        case .reopened: return [.close] + revoke
        case .closed: return revoke
        }
    }

    /// The form that asks for what it needs.
    func form(_ entry: Violation, _ names: ViolationNames, version: Int, _ view: View) -> StepForm {
        let document = StepField(
            name: "document", kind: .document, label: view.t("violation.document"), isRequired: false)
        func words(_ label: TextKey, isRequired: Bool) -> StepField {
            StepField(
                name: "words", kind: .area, label: view.t(label), hint: view.t("violation.wordsHint"),
                isRequired: isRequired)
        }
        let reason = StepField(
            name: "reason", kind: .area, label: view.t("step.reason"), hint: view.t("violation.wordsHint"))
        var form = StepForm(step: rawValue, path: .violation(.value("\(entry.id)")), fields: [], version: version)
        form.submit = view.name("violationStep", self)
        switch self {
        case .confirm: form.fields = [words("violation.words", isRequired: false), document]
        case .excuse:
            form.fields = [
                StepField(
                    name: "ground", kind: .radios(names.grounds.map { ($0.code, $0.label[view.language]) }),
                    label: view.t("violations.ground")),
                words("violation.explanation", isRequired: false), document,
            ]
        case .close: form.fields = [reason]
        case .withdraw, .revoke:
            form.fields = [reason]
            form.isDangerous = true
        case .tell: break
        }
        return form
    }
}

extension View {
    /// A step in words.
    func violationStep(_ step: String) -> String {
        ViolationStep(rawValue: step).map { name("violationStep", $0) } ?? step
    }

    /// What a step does besides what its form says; nil where nothing is to be said.
    func violationHelp(_ step: String, _ entry: Violation) -> String? {
        switch ViolationStep(rawValue: step) {
        case .confirm where entry.body != nil && entry.toldOn == nil: t("violation.confirmHelp")
        case .tell: t("violation.tellHelp")
        case .close where entry.ground == .doubted: t("violation.closeHelp")
        default: nil
        }
    }
}

extension ViolationPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    /// Does what a form of the page asks for, for whoever decides on such cases.
    static func act(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        let authority = try site.authority
        try authority.require(page.act)
        guard let step = ViolationStep(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        let id = page.entry.id
        let version = page.version
        var reader = StepReader(step.form(page.entry, page.names, version: version, site.reader), site)
        if let seen = reader.version { reader.form.version = seen }
        reader.checkDocument()
        let (desk, now) = (site.environment.centre.violations, site.environment.now())
        do {
            let words = reader.form.fields.contains { $0.name == "words" } ? reader.optional("words") : nil
            let reason = reader.form.fields.contains { $0.name == "reason" } ? reader.text("reason") : ""
            let ground = step == .excuse ? reader.text("ground") : ""
            if reader.isRight {
                let (actor, expected, key) = (authority.actor, reader.version, try reader.key)
                func perform(_ command: ViolationCommand) async throws {
                    try await desk.perform(command, on: id, by: actor, at: now, expecting: expected, once: key)
                }
                switch step {
                case .confirm: try await perform(.confirm(words: words, document: reader.document))
                case .excuse: try await perform(.excuse(ground: ground, words: words, document: reader.document))
                case .close: try await perform(.close(reason: reason))
                case .withdraw: try await perform(.withdraw(reason: reason))
                case .revoke:
                    guard let link = page.link?.record else {
                        throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
                    }
                    try await site.environment.centre.bodyLinks.revoke(
                        link.id, of: [.violation], reason: reason, by: actor, at: now)
                case .tell: try await desk.tell(id, by: actor, at: now, expecting: expected, once: key)
                }
                return site.redirect(to: .violation(.value("\(id)")), notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        // Who sends again goes on from what is there now, after he has seen it.
        if reader.status == .conflict { reader.form.version = version }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    private static func page(_ site: WebRequest) async throws -> ViolationPage {
        let centre = site.environment.centre
        let (now, text) = (site.environment.now(), try site.parameter("id"))
        let permissions = try site.authority.permissions
        // What the reader may not see is not there.
        guard let id = Violation.ID(text), PermittedClocks.kinds(for: permissions).contains(id.stream.kind),
            let kind = ContactCentre.kinds[id.stream.kind],
            let found = try await centre.casework.violation(id),
            let parts = try await CaseParts(id.stream, site)
        else { throw SiteError(.notFound, "no entry \(text)") }
        let entry = found.entry
        let names = try await ViolationNames(on: centre.casework.today(now), site)
        let desk = centre.violations
        let link = try await centre.journal.read { db in try desk.link(to: id, at: now, in: db) }
        var decided: ViolationDecided?
        if let place = entry.decision?.entry,
            let event = parts.events.first(where: { $0.recorded.version == place })?.content as? ViolationEvent
        {
            switch event {
            case .violationConfirmed(let event), .violationExcused(let event): decided = event
            default: break
            }
        }
        let replies = parts.events.filter { event in
            guard case .violationReplied? = event.content as? ViolationEvent else { return false }
            return (event.content as? ViolationEvent)?.id(in: id.stream) == id
        }
        let version = found.version
        return ViolationPage(
            entry: entry, version: found.version, names: names, parts: parts,
            law: parts.procedures.lazy.compactMap { $0.rule(id.rule) }.first, decided: decided,
            replies: replies.reversed(),
            link: link.map { ($0.0, site.address(of: .bodyLink(.value($0.token)))) }, act: kind.act,
            forms: permissions.contains(kind.act)
                ? ViolationStep.possible(entry, hasLink: link != nil).map {
                    $0.form(entry, names, version: version, site.reader)
                } : [])
    }
}
