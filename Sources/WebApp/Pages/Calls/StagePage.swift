import Applications
import ContactCentre
import Contacts
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// Where an application stands (797 §15), by its number, which is in no address and in no log.
struct StagePage: Page {
    var bar: CallBar?
    var drawsCall: Bool { bar != nil }
    /// What was asked; empty before.
    var number = ""
    /// What is known; nil before the question.
    var answer: Answer?

    /// What is known of an application.
    struct Answer: Sendable {
        /// Its record; nil where only its stage came, or nothing.
        var told: StageAnswer?
        let record: StageRecord?
        /// Whether there is any stage data at all.
        let hasData: Bool
        let service: Localized?
        let body: Localized?
    }

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { view.t("stagePage.title") }

    func draw(into html: inout HTML, _ view: View) {
        bar?.draw(into: &html, view)
        html.pageHeader(title(view), lead: view.t("stagePage.lead"))
        html.p(.class("hint"), text: view.t("stagePage.noNames"))
        html.postForm(to: .callStage, view, .class("form is-line")) { html in
            html.textField(
                Field("number", label: view.t("stagePage.number")), view, value: number, .autocomplete("off"),
                Attribute("maxlength", 64), Attribute("autofocus", flag: answer == nil))
            html.button(.type("submit"), .class("button is-primary"), text: view.t("search.find"))
        }
        if let answer { found(answer, &html, view) }
        ShortcutsDialog.draw(into: &html, view)
    }

    private func found(_ answer: Answer, _ html: inout HTML, _ view: View) {
        let spoken = bar?.contact?.language ?? view.language
        let own = view.in(spoken)
        html.section(.class("panel told-panel"), .lang(spoken), .ariaLabelledBy("stage")) { html in
            if let told = answer.told {
                told.draw(into: &html, own, spoken: spoken)
            } else if let record = answer.record {
                html.h2(.id("stage"), text: own.name("stage", record.stage))
                html.facts([
                    Fact(own.t("stagePage.since"), own.dates.long(record.date)),
                    Fact(own.t("stagePage.service"), answer.service?[spoken] ?? record.service),
                    Fact(own.t("stagePage.body"), answer.body?[spoken] ?? record.body),
                ])
            } else {
                html.h2(.id("stage"), text: own.t(answer.hasData ? "stagePage.unknown" : "stagePage.noData"))
                html.p(text: own.t(answer.hasData ? "stagePage.unknownHelp" : "stagePage.noDataHelp"))
            }
        }
        if answer.told?.isLate == true {
            html.p { html in
                html.a(
                    .class("button is-primary"),
                    .href(SitePath.callComplaint.with(["card": answer.told?.record.application.service])),
                    Attribute("data-key", "complaint")
                ) { html in
                    html.text(view.t("stagePage.complain"))
                    html.shortcut("J")
                }
            }
        }
        guard let contact = bar?.contact else { return }
        html.postForm(to: .callStageTold, view, Attribute("data-call", "told")) { html in
            html.input(.type("hidden"), .name("contact"), .value(contact.id))
            html.input(
                .type("hidden"), .name("known"), .value(answer.record == nil && answer.told == nil ? "no" : "yes"))
            html.input(.type("hidden"), .name("back"), .value(SitePath.callStage.path))
            html.button(.type("submit"), .class("button"), Attribute("data-key", "told")) { html in
                html.text(view.t("guide.told"))
                html.shortcut("R")
            }
        }
    }
}

extension StagePage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(StagePage(bar: try await site.callBar()))
    }

    static func find(_ site: WebRequest) async throws -> Response {
        let number = String(site.form["number"].prefix(64))
        guard !number.isEmpty else { return try await show(site) }
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        if let known = try await centre.applications.versions(of: number).last {
            let told = try await StageAnswer.of(known, in: centre, on: today)
            var bar = try await site.callBar()
            // The key of a complaint leads to the one about this service.
            bar?.complaintCard = known.application.service
            return site.page(
                StagePage(
                    bar: bar, number: number,
                    answer: Answer(told: told, record: nil, hasData: true, service: told.service, body: told.body)))
        }
        let (record, hasStages) = try await centre.stages.find(number)
        let hasData = try await centre.journal.read { try hasStages || ApplicationRecord.hasAny(in: $0) }
        let (service, body) = try await centre.journal.read { db in
            (
                try record.flatMap { try Registry.service($0.service, in: db)?.name },
                try record.flatMap { try Registry.localizedName(of: $0.body, on: today, in: db) }
            )
        }
        return site.page(
            StagePage(
                bar: try await site.callBar(), number: number,
                answer: Answer(record: record, hasData: hasData, service: service, body: body)))
    }

    static func told(_ site: WebRequest) async throws -> Response {
        try await CallActions.guided(site) { language in
            ContactGuidanceGiven(guidance: .stage, language: language, isKnown: site.form["known"] == "yes")
        }
    }
}
