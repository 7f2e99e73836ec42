import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// The editions of a card: when, by whom, from where, who confirmed, and what differs; and what those who keep it do.
struct CardHistoryPage: Page {
    let record: CardRecord
    let editions: [CardEdition]
    let uneven: [String: Language]
    let bodies: [String: Localized]
    let names: [String: String]
    /// The two editions that are compared, and what differs.
    let from: Int
    let to: Int
    let differences: [CardDifference]
    var problem: String?
    var wrongField: String?

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { record.card.title.text(view.language)?.text ?? record.card.code }

    private var path: SitePath { .cardHistory(.value(record.card.code)) }

    func draw(into html: inout HTML, _ view: View) {
        let code = record.card.code
        html.breadcrumbs(
            view.may(.manageCards)
                ? [(view.t("knowledge.cards"), .knowledgeCards), (code, .card(.value(code)))]
                : [(view.t("nav.search"), .search), (code, .card(.value(code)))], view)
        html.pageHeader(title(view), lead: view.t("history.lead", ["edition": NumberText.whole(record.edition)])) {
            html in
            html.a(.class("button"), .href(SitePath.card(.value(code)).path), text: view.t("history.open"))
            if view.may(.manageCards) {
                html.a(
                    .class("button is-primary"), .href(SitePath.cardForm(.value(code)).path),
                    text: view.t("history.edit"))
            }
        }
        if let problem { html.alert(.danger, title: problem) }
        standing(&html, view)
        html.panel(view.t("history.editions"), id: "editions") { editionTable(&$0, view) }
        if editions.count > 1 {
            html.panel(
                view.t("history.compared", ["from": NumberText.whole(from), "to": NumberText.whole(to)]),
                id: "differences"
            ) { comparison(&$0, view) }
        }
        if view.may(.manageCards) { actions(&html, view) }
    }

    private func standing(_ html: inout HTML, _ view: View) {
        var facts = [Fact(view.t("knowledge.state"), view.name("cardState", record.state))]
        if let day = record.liveFrom, record.state == .accepted {
            facts.append(Fact(view.t("history.liveFrom"), DateText.short(day)))
        }
        facts.append(Fact(view.t("history.content"), view.name("cardContent", record.content)))
        if let outdated = record.outdated {
            let fields = outdated.fields.map { CardFieldName.name($0, view) }.joined(separator: ", ")
            let words = fields.isEmpty ? outdated.reason : "\(outdated.reason) (\(fields))"
            facts.append(Fact(view.t("history.outdated"), "\(words), \(view.dates.short(outdated.since))"))
        }
        if record.state == .withdrawn, let reason = record.markReason {
            facts.append(Fact(view.t("history.withdrawn"), reason))
        }
        if !uneven.isEmpty {
            let words = uneven.sorted { $0.key < $1.key }.map { field, language in
                "\(CardFieldName.name(field, view)) (\(view.name("languageName", language)))"
            }
            facts.append(Fact(view.t("history.uneven"), words.joined(separator: ", ")))
        }
        let single = record.card.oneLanguageItems
        if !single.isEmpty {
            facts.append(
                Fact(view.t("history.oneLanguage"), single.map { CardFieldName.name($0, view) }.joined(separator: ", "))
            )
        }
        html.facts(facts)
    }

    private func editionTable(_ html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("card.edition")), Column(view.t("history.when")), Column(view.t("history.who")),
            Column(view.t("history.origin")), Column(view.t("history.confirmed")),
        ]
        html.dataTable(caption: view.t("history.editions"), columns: columns, rows: editions) { writer, html, edition in
            writer.cell(&html) { html in
                if edition.edition > 1 {
                    html.a(
                        .href(path.with(["from": "\(edition.edition - 1)", "to": "\(edition.edition)"])),
                        .ariaLabel(
                            view.t(
                                "history.compared",
                                ["from": "\(edition.edition - 1)", "to": "\(edition.edition)"])),
                        text: NumberText.whole(edition.edition))
                } else {
                    html.text(NumberText.whole(edition.edition))
                }
            }
            writer.cell(&html, view.dates.short(edition.editedAt))
            writer.cell(&html, names[edition.actor] ?? view.t("history.program"))
            writer.cell(&html, "\(view.name("cardOrigin", edition.origin)): \(edition.source)")
            writer.cell(&html) { html in
                guard let at = edition.confirmedAt else { return html.text("–") }
                let body = edition.confirmedBy.map { bodies[$0]?[view.language] ?? $0 }
                html.text([body, edition.confirmation, view.dates.short(at)].compactMap { $0 }.joined(separator: ", "))
            }
        }
    }

    private func comparison(_ html: inout HTML, _ view: View) {
        let options = editions.map { (value: "\($0.edition)", label: NumberText.whole($0.edition)) }
        html.filterForm(
            to: path, view,
            [
                .choice("from", label: view.t("history.from"), any: nil, options, chosen: "\(from)"),
                .choice("to", label: view.t("history.to"), any: nil, options, chosen: "\(to)"),
            ]
        ) { $0.button(.type("submit"), .class("button"), text: view.t("history.compare")) }
        guard !differences.isEmpty else { return html.p(text: view.t("history.noDifference")) }
        html.differences(differences, view)
    }

    // MARK: - What those who keep the card do

    private func actions(_ html: inout HTML, _ view: View) {
        html.panel(view.t("history.actions"), id: "actions") { html in
            if record.state == .withdrawn {
                step("restore", view.t("history.restore"), view.t("history.restoreText"), &html, view) { html in
                    html.textField(field("reason", view.t("gaps.reason"), of: "restore"), view)
                }
                return
            }
            step("confirm", view.t("history.confirm"), view.t("history.confirmText"), &html, view) { html in
                html.selectField(
                    field("body", view.t("history.body"), of: "confirm"), view,
                    options: bodies.map { (value: $0.key, label: $0.value[view.language]) }.sorted {
                        $0.label < $1.label
                    },
                    chosen: record.card.owner)
                html.textField(
                    field("document", view.t("history.document"), view.t("history.documentHint"), of: "confirm"), view,
                    Attribute("maxlength", 200))
            }
            step("outdate", view.t("history.outdate"), view.t("history.outdateText"), &html, view) { html in
                html.fieldset(.class("field")) { html in
                    html.legend(text: view.t("history.fields"))
                    html.div(.class("boxes")) { html in
                        for item in record.card.items where !item.kk.isEmpty || !item.ru.isEmpty {
                            html.checkbox(
                                Field(
                                    "fields", label: CardFieldName.name(item.field, view), isRequired: false,
                                    id: "f-" + item.field),
                                value: item.field)
                        }
                    }
                }
                html.textField(
                    field("reason", view.t("gaps.reason"), of: "outdate"), view, Attribute("maxlength", 300))
            }
            step("withdraw", view.t("history.withdraw"), view.t("history.withdrawText"), isDangerous: true, &html, view)
            {
                html in
                html.textField(
                    field("reason", view.t("gaps.reason"), of: "withdraw"), view, Attribute("maxlength", 300))
            }
        }
    }

    private func field(_ name: String, _ label: String, _ hint: String? = nil, of act: String) -> Field {
        Field(name, label: label, hint: hint, id: "\(act)-\(name)")
    }

    private func step(
        _ act: String, _ label: String, _ text: String, isDangerous: Bool = false, _ html: inout HTML, _ view: View,
        fields: (inout HTML) -> Void
    ) {
        html.details(.class("fold"), Attribute("open", flag: wrongField == act)) { html in
            html.summary(text: label)
            html.p(.class("note"), text: text)
            html.postForm(to: path, view, .class("form")) { html in
                html.input(.type("hidden"), .name("act"), .value(act))
                html.input(.type("hidden"), .name("edition"), .value("\(record.edition)"))
                fields(&html)
                html.formButtons(submit: label, view, isDangerous: isDangerous)
            }
        }
    }
}

extension CardHistoryPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    static func page(_ site: WebRequest) async throws -> CardHistoryPage {
        let code = try site.parameter("code")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (askedFrom, askedTo) = (site.query("from").flatMap(Int.init), site.query("to").flatMap(Int.init))
        let found = try await site.environment.centre.journal.read { db -> CardHistoryPage? in
            guard let record = try CardRecord.fetch(code, in: db) else { return nil }
            let editions = try CardRecord.editions(of: code, in: db)
            // Editions that are not there are answered by the nearest that are.
            let there = 1...max(1, record.edition)
            let to = (askedTo ?? record.edition).clamped(to: there)
            let from = (askedFrom ?? to - 1).clamped(to: there)
            return CardHistoryPage(
                record: record, editions: editions, uneven: try record.unevenItems(in: db),
                bodies: try Registry.bodyNames(on: today, in: db), names: [:], from: from, to: to,
                differences: try CardRecord.difference(of: code, from: from, to: to, in: db) ?? [])
        }
        guard let page = found else { throw SiteError(.notFound, "There is no card \(code).") }
        guard try site.visibleCardStates.contains(page.record.state) else {
            throw SiteError(.notFound, "There is no card \(code).")
        }
        return CardHistoryPage(
            record: page.record, editions: page.editions, uneven: page.uneven, bodies: page.bodies,
            names: try await site.names(of: page.editions.map(\.actor)), from: page.from, to: page.to,
            differences: page.differences)
    }

    static func change(_ site: WebRequest) async throws -> Response {
        let code = try site.parameter("code")
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        let (form, act) = (site.form, site.form["act"])
        let reason = String(form["reason"].prefix(300))
        let command: CardCommand
        switch act {
        case "confirm":
            command = .confirm(
                edition: Int(form["edition"]) ?? 0, body: form["body"], document: String(form["document"].prefix(200)))
        case "outdate": command = .markOutOfDate(fields: form.all("fields"), reason: reason)
        case "withdraw": command = .withdraw(reason: reason)
        case "restore": command = .restore(reason: reason)
        default: throw SiteError(.badRequest, "The form names no act.")
        }
        do {
            try await centre.cards.perform(
                command, on: code, by: actor, at: now, once: try site.formKey(of: actor))
        } catch {
            let problem = try site.problem(error)
            var page = try await page(site)
            (page.problem, page.wrongField) = (problem.text, act)
            return site.page(page, status: problem.status)
        }
        return site.redirect(to: .cardHistory(.value(code)), notice: .knowledgeChanged)
    }
}
