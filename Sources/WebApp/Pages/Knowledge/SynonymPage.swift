import Accounts
import CardSearch
import Casework
import ContactCentre
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// One group of synonyms: tried on the kept queries first, then recorded.
struct SynonymPage: Page {
    /// The group as it stands; nil for a new one.
    let entry: SynonymEntry?
    let spheres: [String]
    var draft: SynonymTable.Group
    var reason = ""
    var version = 0
    var history: [SynonymHistory] = []
    var names: [String: String] = [:]
    var titles: [String: CardText] = [:]
    /// What the change would do, once it was tried.
    var trial: SynonymTrial?
    /// Whether the change that was tried is a withdrawal.
    var isWithdrawal = false
    var problem: String?
    var wrongField: String?

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { entry?.group.id ?? view.t("synonyms.new") }

    private var path: SitePath { .knowledgeSynonym(entry.map { .value($0.group.id) } ?? "new") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("knowledge.synonyms"), .knowledgeSynonyms)], view)
        html.pageHeader(title(view), lead: entry.map { view.name("synonymSource", $0.source) })
        if let problem { html.alert(.danger, title: problem) }
        if let trial { result(trial, &html, view) }
        html.postForm(to: path, view, .class("form is-wide")) { html in
            html.input(.type("hidden"), .name("version"), .value("\(version)"))
            if entry == nil {
                html.textField(
                    field("id", view.t("synonyms.id"), view.t("synonyms.idHint")), view, value: draft.id,
                    Attribute("maxlength", 60), Attribute("autocapitalize", "off"), Attribute("spellcheck", "false"))
            }
            html.selectField(
                field("sphere", view.t("search.sphere")), view,
                options: spheres.map { ($0, SynonymSphere.name($0, view)) },
                chosen: draft.sphere)
            area("say", view.t("synonyms.say"), view.t("synonyms.sayHint"), draft.say, &html, view)
            html.div(.class("form-row")) { html in
                area("meanKK", view.t("synonyms.meanKK"), view.t("synonyms.lines"), draft.meanKK, &html, view)
                area("meanRU", view.t("synonyms.meanRU"), view.t("synonyms.lines"), draft.meanRU, &html, view)
            }
            area(
                "colloquial", view.t("synonyms.colloquial"), view.t("synonyms.colloquialHint"), draft.onlyColloquial,
                &html, view, rows: 2)
            html.textField(field("reason", view.t("synonyms.reason")), view, value: reason, Attribute("maxlength", 300))
            html.div(.class("buttons")) { html in
                let isTried = trial != nil && !isWithdrawal
                act("try", view.t("synonyms.try"), isPrimary: !isTried, &html)
                if isTried { act("save", view.t("synonyms.confirm"), isPrimary: true, &html) }
                if entry != nil, entry?.source != .withdrawn {
                    if trial != nil, isWithdrawal {
                        html.button(
                            .type("submit"), .name("act"), .value("withdraw"), .class("button is-danger"),
                            text: view.t("synonyms.confirmWithdrawal"))
                    } else {
                        act("tryWithdraw", view.t("synonyms.withdraw"), isPrimary: false, &html)
                    }
                }
            }
        }
        guard !history.isEmpty else { return }
        html.panel(view.t("synonyms.history"), id: "history") { html in
            html.synonymHistory(history, names, isLinked: false, view)
        }
    }

    private func field(_ name: String, _ label: String, _ hint: String? = nil, isRequired: Bool = true) -> Field {
        let isWrong = wrongField == name || wrongField == "mean" && name.hasPrefix("mean")
        return Field(name, label: label, hint: hint, error: isWrong ? problem : nil, isRequired: isRequired)
    }

    private func area(
        _ name: String, _ label: String, _ hint: String, _ lines: [String], _ html: inout HTML, _ view: View,
        rows: Int = 5
    ) {
        html.textArea(
            field(name, label, hint, isRequired: name == "say"), view, rows: rows,
            value: lines.joined(separator: "\n"))
    }

    private func act(_ act: String, _ label: String, isPrimary: Bool, _ html: inout HTML) {
        html.button(
            .type("submit"), .name("act"), .value(act), .class(isPrimary ? "button is-primary" : "button"), text: label)
    }

    private func result(_ trial: SynonymTrial, _ html: inout HTML, _ view: View) {
        html.panel(view.t(isWithdrawal ? "synonyms.triedWithdrawal" : "synonyms.tried"), id: "trial") { html in
            guard trial.tried > 0 else { return html.p(text: view.t("synonyms.noQueries")) }
            html.tiles([
                Tile(value: NumberText.whole(trial.better.count), label: view.t("synonyms.better")),
                Tile(value: NumberText.whole(trial.worse.count), label: view.t("synonyms.worse")),
                Tile(
                    value: NumberText.whole(trial.tried - trial.better.count - trial.worse.count),
                    label: view.t("synonyms.same")),
                Tile(
                    value: NumberText.whole(trial.notFirst), label: view.t("synonyms.notFirst"),
                    note: view.t("statistics.base", ["n": NumberText.whole(trial.tried)])),
            ])
            lines(trial.worse, view.t("synonyms.worse"), &html, view)
            lines(trial.better, view.t("synonyms.better"), &html, view)
        }
    }

    private func lines(_ lines: [SynonymTrial.Line], _ caption: String, _ html: inout HTML, _ view: View) {
        guard !lines.isEmpty else { return }
        html.h3(text: caption)
        let columns = [
            Column(view.t("queries.words")), Column(view.t("queries.expected")),
            Column(view.t("synonyms.before"), isNumeric: true), Column(view.t("synonyms.after"), isNumeric: true),
        ]
        html.dataTable(caption: caption, columns: columns, rows: lines) { writer, html, line in
            writer.cell(&html, line.query.text)
            writer.cell(&html) { html in
                let title = titles[line.query.card]?.text(view.language)
                html.a(
                    .href(SitePath.card(.value(line.query.card)).path), .lang(title?.language ?? view.language),
                    text: title?.text ?? line.query.card)
            }
            writer.cell(&html, line.before.map(NumberText.whole) ?? "–")
            writer.cell(&html, line.after.map(NumberText.whole) ?? "–")
        }
    }
}

extension SynonymPage {
    static func show(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        if page.entry == nil, let words = site.query("say") { page.draft.say = [String(words.prefix(200))] }
        return site.page(page)
    }

    private static func page(_ site: WebRequest) async throws -> SynonymPage {
        let synonyms = site.environment.centre.synonyms
        let id = try site.parameter("id")
        let entry = id == "new" ? nil : try await synonyms.group(id)
        guard entry != nil || id == "new" else { throw SiteError(.notFound, "There is no group \(id).") }
        let history = entry == nil ? [] : try await synonyms.history(of: id)
        return SynonymPage(
            entry: entry, spheres: synonyms.spheres,
            draft: entry?.group
                ?? SynonymTable.Group(id: "", sphere: synonyms.spheres.first ?? "", say: [], meanKK: [], meanRU: []),
            version: entry?.version ?? 0, history: history, names: try await site.names(of: history.map(\.actor)))
    }

    static func change(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        let form = site.form
        func lines(_ name: String) -> [String] { form[name].split(whereSeparator: \.isNewline).map(String.init) }
        page.draft = SynonymTable.Group(
            id: page.entry?.group.id ?? form["id"], sphere: form["sphere"], say: lines("say"), meanKK: lines("meanKK"),
            meanRU: lines("meanRU"), onlyColloquial: lines("colloquial"))
        page.reason = String(form["reason"].prefix(300))
        page.version = Int(form["version"]) ?? 0
        let act = form["act"]
        page.isWithdrawal = act == "tryWithdraw" || act == "withdraw"
        let change: SynonymChange = page.isWithdrawal ? .withdraw(page.draft.id) : .save(page.draft)
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        do {
            switch act {
            case "try", "tryWithdraw":
                let trial = try await centre.synonyms.trial(change)
                page.trial = trial
                page.titles = try await site.titles(of: (trial.better + trial.worse).map(\.query.card))
                return site.page(page)
            case "save", "withdraw":
                try await centre.synonyms.make(
                    change, reason: page.reason, expecting: page.version, by: actor, at: now)
                for words in page.draft.say where act == "save" {
                    try await centre.usage.settle(words, as: "synonym:" + page.draft.id, by: actor, at: now)
                }
                return site.redirect(to: .knowledgeSynonym(.value(change.id)), notice: .knowledgeChanged)
            default: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch let refusal as Refusal {
            page.problem = site.words(of: refusal)
            page.wrongField = refusal.field
            // Where the trial fails the page is drawn without it: the problem it shows says why.
            if act == "save" || act == "withdraw" { page.trial = try? await centre.synonyms.trial(change) }
            return site.page(page, status: .unprocessableContent)
        }
    }
}
