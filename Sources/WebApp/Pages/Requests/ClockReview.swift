import Accounts
import Casework
import Complaints
import Hummingbird
import Journal
import Markup
import Rulebook
import WorkingDays

/// The decision on an outcome that a change of the calendar has put in doubt: on the page of its case, by whoever
/// answers for such cases.
enum ClockReview {
    /// Who decides in cases of a kind.
    static func permission(for stream: StreamID) -> Permission {
        stream.kind == Complaint.streamKind ? .manageComplaints : .manageRequests
    }

    /// Records what was decided and leads back to the case.
    static func decide(_ site: WebRequest) async throws -> Response {
        let stream = StreamID(site.form["case"])
        guard let user = site.user else { return site.redirect(to: .signIn) }
        try site.authority.require(permission(for: stream))
        guard let outcome = ClockChange.Outcome(rawValue: site.form["outcome"]) else {
            throw SiteError(.badRequest, "The form names no outcome.")
        }
        try await site.environment.centre.casework.review(
            site.form["clock"], of: stream, outcome: outcome, lapse: CivilDate(site.form["lapse"]),
            reason: site.form["reason"], by: .user(user.number),
            at: site.environment.now())
        return site.redirect(to: LocalPath(site.form["back"])?.string ?? SitePath.clocks.path, notice: .stepRecorded)
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

    /// One of them; `lapse` is the last day of a former term, of a body that had the duty before.
    private mutating func review(_ clock: ClockRow, _ lapse: CivilDate?, _ parts: CaseParts, _ view: View) {
        alert(.warning, title: view.t("review.title", ["clock": parts.title(clock.rule, view)])) { html in
            html.p(text: view.t("review.text"))
            if let lapse { html.p(text: view.t("review.lapse", ["date": DateText.short(lapse)])) }
            guard view.may(ClockReview.permission(for: clock.stream)) else { return }
            html.postForm(to: .clockReview, view, .class("form")) { html in
                for (name, value) in [("case", clock.stream.rawValue), ("clock", clock.rule), ("back", view.path)] {
                    html.input(.type("hidden"), .name(name), .value(value))
                }
                if let lapse { html.input(.type("hidden"), .name("lapse"), .value("\(lapse)")) }
                html.textField(
                    Field(
                        "reason", label: view.t("review.reason"),
                        id: "review-" + clock.rule + (lapse.map { "-\($0)" } ?? "")), view)
                html.div(.class("buttons")) { html in
                    for outcome in [ClockChange.Outcome.met, .late] {
                        html.button(
                            .type("submit"), .class("button"), .name("outcome"), .value(outcome.rawValue),
                            text: view.t(
                                outcome == .met
                                    ? "review.met"
                                    : clock.force.canBeBreached ? "review.late" : "review.missed"))
                    }
                }
            }
        }
    }
}
