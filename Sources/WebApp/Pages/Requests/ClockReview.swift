import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// The decision on an outcome that a change of the calendar has put in doubt: on the page of its case, by whoever
/// answers for such cases.
enum ClockReview {
    /// The form of a decision on a clock; `lapse` is the last day of a former term, of a body that had the duty before.
    static func form(
        clock: String, isBreachable: Bool, lapse: CivilDate?, of stream: StreamID, version: Int?, back: String,
        _ view: View
    ) -> StepForm {
        let outcomes: [(ClockChange.Outcome, TextKey)] = [
            (.met, "review.met"), (.late, isBreachable ? "review.late" : "review.missed"),
        ]
        return StepForm(
            step: "review-" + clock + (lapse.map { "-\($0)" } ?? ""), path: .clockReview,
            fields: [
                StepField(
                    name: "outcome", kind: .radios(outcomes.map { ($0.rawValue, view.t($1)) }),
                    label: view.t("review.outcome")),
                StepField(name: "reason", kind: .area, label: view.t("review.reason")),
            ], version: version,
            hidden: [("case", stream.rawValue), ("clock", clock), ("back", back)]
                + (lapse.map { [("lapse", "\($0)")] } ?? []))
    }

    /// Records what was decided and leads back to the case.
    static func decide(_ site: WebRequest) async throws -> Response {
        let stream = StreamID(site.form["case"])
        let authority = try site.authority
        guard let kind = ContactCentre.kinds[stream.kind] else {
            throw SiteError(.notFound, "There is no such case: check its number.")
        }
        try authority.require(kind.act)
        let back = LocalPath(site.form["back"])?.string ?? SitePath.clocks.path
        let (clock, lapse) = (site.form["clock"], CivilDate(site.form["lapse"]))
        let row = try await site.environment.centre.journal.read { db in
            try ClockRow.fetch(of: stream, in: db).first { $0.rule == clock }
        }
        var reader = StepReader(
            form(
                clock: clock, isBreachable: row?.force.canBeBreached ?? true, lapse: lapse, of: stream,
                version: Int(site.form["version"]), back: back, site.reader), site)
        do {
            let (outcome, reason) = (reader.chosen("outcome", ClockChange.Outcome.self), reader.text("reason"))
            if reader.isRight, let outcome {
                try await site.environment.centre.casework.review(
                    clock, of: stream, outcome: outcome, lapse: lapse, reason: reason, by: authority.actor,
                    at: site.environment.now(), expecting: reader.version, once: try reader.key)
                return site.redirect(to: back, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        let titles = site.environment.centre.casework.rulebooks.ruleTitles
        let title = titles[clock]?[site.context.language] ?? clock
        return site.page(ClockReviewPage(clock: title, back: back, form: reader.form), status: reader.status)
    }
}

/// A decision that was refused, with what was typed and the reason.
struct ClockReviewPage: Page {
    let clock: String
    let back: String
    let form: StepForm

    var section: NavigationSection? { .clocks }
    func title(_ view: View) -> String { view.t("review.title", ["clock": clock]) }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("review.text"))
        html.div(.class("panel")) { html in
            html.stepForm(form, view)
            html.p { $0.a(.href(back), text: view.t("review.back")) }
        }
    }
}

extension HTML {
    /// The outcomes of a case that wait for a person's decision.
    mutating func reviews(_ parts: CaseParts, _ view: View) {
        for clock in parts.clocks {
            if clock.isFlagged { review(clock, nil, parts, view) }
            for lapse in clock.flaggedLapses { review(clock, lapse, parts, view) }
        }
    }

    private mutating func review(_ clock: ClockRow, _ lapse: CivilDate?, _ parts: CaseParts, _ view: View) {
        alert(.warning, title: view.t("review.title", ["clock": parts.title(clock.rule, view)])) { html in
            html.p(text: view.t("review.text"))
            if let lapse { html.p(text: view.t("review.lapse", ["date": DateText.short(lapse)])) }
            guard let kind = ContactCentre.kinds[clock.stream.kind], view.may(kind.act) else { return }
            html.stepForm(
                ClockReview.form(
                    clock: clock.rule, isBreachable: clock.force.canBeBreached, lapse: lapse, of: clock.stream,
                    version: parts.events.last?.recorded.version, back: view.path, view), view)
        }
    }
}
