import Accounts
import CardBlanks
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Registry
import Spreadsheets
import WorkingDays

/// What those who keep cards do with the form of one; what was typed is kept as a draft with every button.
extension CardFormPage {
    /// How large the fields may be, in bytes: a form of the longest card is a fifth of it.
    static let limit = 1_048_576
    /// How large a workbook may be, in bytes.
    static let fileLimit = 4 * 1_024 * 1_024

    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let step = CardFormStep(site.form[CardFormFields.step]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        var page = try await load(site)
        let (desk, actor, now) = (site.environment.centre.cards, try site.authority.actor, site.environment.now())
        let code = page.record.card.code
        let id = CardDrafts.id(of: actor, card: code)
        if step == .drop {
            try await desk.forgetDraft(id, by: actor, at: now)
            return site.redirect(to: .cardForm(.value(code)))
        }
        page.reason = String(site.form["reason"].prefix(300))
        (page.isSubmission, page.renews) = (site.form["submission"] == "yes", site.form["renews"] == "yes")
        try await page.base(on: Int(site.form["edition"]) ?? page.edition, site)
        page.form.take(CardFormField.allCases, from: site.form)
        step.change(&page.form)
        do {
            if step == .follow { try await page.follow(site) }
            if step == .save { return try await page.save(site) }
            try await desk.keep(CardDraft(form: page.form, edition: page.edition, savedAt: now), as: id, by: actor)
            page.savedAt = now
            if step == .check { try await page.look(site) }
        } catch let faults as CardFormFaults {
            try await page.look(site)
            page.problem = site.reader.t("cardForm.notSaved", count: faults.faults.count)
            return site.page(page, status: .unprocessableContent)
        } catch {
            let problem = try site.problem(error)
            if problem.field == "reason" { page.reasonProblem = problem.text } else { page.problem = problem.text }
            return site.page(page, status: problem.status)
        }
        return site.page(page, status: page.check?.faults.isEmpty == false ? .unprocessableContent : .ok)
    }

    /// The form as a workbook: `GET /cards/{code}/blank`.
    static func blank(_ site: WebRequest) async throws -> Response {
        let page = try await load(site)
        return try await CardBlankFile.response(
            page.form, of: page.record.card.code, edition: page.edition, CardFormField.allCases, site)
    }

    /// Reads a filled workbook into the form: `POST /cards/{code}/blank`.
    static func read(_ site: WebRequest) async throws -> Response {
        var page = try await load(site)
        do {
            let read = try await CardBlankFile.read(site, page.record.card.code)
            if let edition = read.edition { try await page.base(on: edition, site) }
            page.form = read.form(over: page.form, fields: CardFormField.allCases)
            page.unread = read.unread
            let (actor, now) = (try site.authority.actor, site.environment.now())
            try await site.environment.centre.cards.keep(
                CardDraft(form: page.form, edition: page.edition, savedAt: now),
                as: CardDrafts.id(of: actor, card: page.record.card.code), by: actor)
            page.savedAt = now
            try await page.look(site)
        } catch let error as CardBlankFile.Problem {
            page.problem = error.words(site.reader)
            return site.page(page, status: .unprocessableContent)
        }
        return site.page(page)
    }

    // MARK: -

    private func save(_ site: WebRequest) async throws -> Response {
        let actor = try site.authority.actor
        let code = record.card.code
        try await site.environment.centre.cards.edit(
            code, form: form, source: reason, origin: isSubmission ? .submission : .coordinator, expecting: edition,
            renews: renews, by: actor, at: site.environment.now(), once: try site.formKey(of: actor))
        return site.redirect(to: .cardHistory(.value(code)), notice: .knowledgeChanged)
    }

    /// Holds the form against the card in force and the register.
    private mutating func look(_ site: WebRequest) async throws {
        let desk = site.environment.centre.cards
        check = try await desk.check(form, of: record.card.code, edition: edition)
        guard let card = check?.card else { return }
        stated = desk.stated(card, on: site.environment.zone.civilDate(of: site.environment.now()))
    }

    /// Begins from an edition of the card; what is not sent stays as it says.
    private mutating func base(on edition: Int, _ site: WebRequest) async throws {
        let code = record.card.code
        guard
            let card = try await site.environment.centre.journal.read({
                try CardRecord.edition(edition, of: code, in: $0)?.card
            })
        else { return }
        (form, self.edition) = (CardForm(card), edition)
    }

    /// Goes on from the edition in force: what was typed stays, all else is as it says now.
    private mutating func follow(_ site: WebRequest) async throws {
        let (code, edition) = (record.card.code, edition)
        guard
            let old = try await site.environment.centre.journal.read({
                try CardRecord.edition(edition, of: code, in: $0)?.card
            })
        else { return }
        form = form.moved(from: CardForm(old), to: CardForm(record.card))
        self.edition = record.edition
    }

    private static func load(_ site: WebRequest) async throws -> CardFormPage {
        let code = try site.parameter("code")
        let (centre, view) = (site.environment.centre, site.reader)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let id = CardDrafts.id(of: try site.authority.actor, card: code)
        let found = try await centre.journal.read { db in
            try CardRecord.fetch(code, in: db).map { record in
                (
                    record, try record.unevenItems(in: db), try CardDrafts.fetch(id, in: db),
                    try Registry.bodyNames(on: today, in: db), try Registry.regions(in: db)
                )
            }
        }
        guard let (record, uneven, draft, bodies, regions) = found else {
            throw SiteError(.notFound, "There is no card \(code).")
        }
        func sorted(_ names: [(value: String, label: String)]) -> [(value: String, label: String)] {
            names.sorted { $0.label < $1.label }
        }
        let whole = [(value: "", label: view.t("cardForm.wholeCountry"))]
        return CardFormPage(
            record: record, form: draft?.form ?? CardForm(record.card), edition: draft?.edition ?? record.edition,
            uneven: uneven,
            options: [
                .owner: sorted(bodies.map { (value: $0.key, label: $0.value[view.language]) }),
                .sphere: sorted(Sphere.allCases.map { (value: $0.rawValue, label: view.name("sphere", $0)) }),
                .region: whole + sorted(regions.map { (value: $0.code, label: $0.name(on: today)[view.language]) }),
                .content: view.options("cardContent", Card.Content.self),
            ], savedAt: draft?.savedAt)
    }
}
