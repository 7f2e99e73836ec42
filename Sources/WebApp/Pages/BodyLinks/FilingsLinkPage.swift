import ContactCentre
import Correspondence
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// What a body sees by its link to its forms on internal control: what it owes by when, what was taken, where its numbers and
/// ours part. No account, no script needed; nothing of a person.
struct FilingsLinkPage: Page {
    /// One form for one period.
    struct Line: Sendable {
        let owed: OwedFiling
        let record: FilingRecord?
        let standing: FilingStanding
        /// Whether a person asked for it.
        let isAsked: Bool
        /// Whether its period is over, so that it can be filed.
        let isOver: Bool
    }

    let link: BodyLinkRecord
    let body: Localized
    let token: String
    /// What it owes, by the last day.
    let lines: [Line]
    let discrepancies: [DiscrepancyRecord]
    /// The indexes of the forms, by code.
    let indexes: [String: String]

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("filingsLink.title") }

    /// How many discrepancies are shown, the latest found first.
    static let shown = 50

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body[view.language])
            html.h1(text: title(view))
            html.p(.class("lead"), text: view.t("filingsLink.lead"))
        }
        if lines.isEmpty {
            html.div(.class("sheet")) { html in
                html.h2(text: view.t("bodyLink.nothing"))
                html.p(text: view.t("filingsLink.nothing"))
            }
        }
        // What is due now comes first, then what disagrees, then what is to come, what was left out, what was taken.
        let open = lines.filter { $0.record?.takenOn == nil && $0.isOver }
        for line in open where isPressing(line) { sheet(of: line, into: &html, view) }
        disagreements(into: &html, view)
        list(lines.filter { $0.record?.takenOn == nil && !$0.isOver }, "filingsLink.coming", into: &html, view)
        list(open.filter { !isPressing($0) }.reversed(), "filingsLink.earlier", into: &html, view)
        list(lines.filter { $0.record?.takenOn != nil }.reversed(), "filingsLink.filed", into: &html, view)
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    /// Whether it is the latest of its form that is over, went back, or was asked for.
    private func isPressing(_ line: Line) -> Bool {
        line.isAsked || line.standing == .returned
            || line.owed.id.period
                == lines.last { $0.owed.form.code == line.owed.form.code && $0.isOver }?.owed.id.period
    }

    private func path(_ line: Line) -> SitePath { .bodyLinkFiling(.value(token), .value(line.owed.id.description)) }

    private func name(_ line: Line, _ view: View) -> String {
        "\(line.owed.form.shortName), \(view.dates.period(line.owed.id.period))"
    }

    private func sheet(of line: Line, into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.div(.class("body-due")) { html in
                html.badge(line.standing.state, view, text: view.name("filingStanding", line.standing))
                html.h2(text: name(line, view))
                html.p { html in
                    html.text(view.t("bodyLink.due") + " ")
                    html.strong { $0.date(line.owed.due, view) }
                }
            }
            html.p(.class("note"), text: line.owed.form.title[view.language])
            html.p { $0.a(.class("button is-primary"), .href(path(line).path), text: view.t("filingsLink.open")) }
        }
    }

    private func list(_ lines: [Line], _ title: TextKey, into html: inout HTML, _ view: View) {
        guard !lines.isEmpty else { return }
        html.div(.class("sheet")) { html in
            html.h2(text: view.t(title))
            html.ul(.class("plain-list")) { html in
                for line in lines {
                    html.li { html in
                        html.a(.href(path(line).path), text: name(line, view))
                        html.p(.class("hint")) { html in
                            if let day = line.record?.takenOn {
                                html.badge(
                                    line.standing.state, view, text: view.name("filingStanding", line.standing))
                                html.text(" ")
                                html.date(day, view)
                                let left = line.record.map { $0.doubts - $0.answers } ?? 0
                                if left > 0 { html.text(" · " + view.t("filingsLink.questions", count: left)) }
                            } else {
                                html.text(view.t("bodyLink.due") + " ")
                                html.date(line.owed.due, view)
                            }
                        }
                    }
                }
            }
        }
    }

    private func disagreements(into html: inout HTML, _ view: View) {
        guard !discrepancies.isEmpty else { return }
        html.div(.class("sheet"), .id("discrepancies")) { html in
            html.h2(text: view.t("discrepancies.title"))
            html.p(.class("note"), text: view.t("filingsLink.discrepanciesHelp"))
            html.linkDiscrepancies(discrepancies, token: token, indexes: indexes, view)
        }
    }
}

extension HTML {
    /// Discrepancies of a body as its link shows them: both numbers, where each stands, whether it has answered.
    mutating func linkDiscrepancies(
        _ records: [DiscrepancyRecord], token: String, indexes: [String: String], _ view: View
    ) {
        ul(.class("plain-list")) { html in
            for record in records {
                html.li { html in
                    html.a(
                        .href(SitePath.bodyLinkDiscrepancy(.value(token), .value(record.id)).path),
                        text: view.t(
                            "discrepancies.name",
                            [
                                "form": indexes[record.filing.form] ?? record.filing.form,
                                "period": view.dates.period(record.filing.period), "row": record.row,
                            ]))
                    html.p(.class("hint")) { html in
                        html.badge(record.bodyState, view, text: view.t(record.bodyWords))
                        html.text(
                            " "
                                + view.t(
                                    "filingsLink.numbers",
                                    [
                                        "theirs": record.theirs.map { NumberText.whole($0) } ?? "–",
                                        "ours": NumberText.whole(record.ours),
                                    ]))
                    }
                }
            }
        }
    }
}

extension DiscrepancyRecord {
    /// How it stands with its body, for its badge.
    fileprivate var bodyState: ClockState {
        standing == .settled ? .met : answeredOn == nil ? .dueToday : .running
    }

    fileprivate var bodyWords: TextKey {
        standing == .settled
            ? "filingsLink.settled" : answeredOn == nil ? "filingsLink.waits" : "filingsLink.answered"
    }
}

extension FilingsLinkPage {
    static func show(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        try await looked(link, site)
        let (centre, now) = (site.environment.centre, site.environment.now())
        let today = site.environment.zone.civilDate(of: now)
        let desk = centre.internalControl
        let found = try await centre.journal.read { db -> FilingsLinkPage? in
            guard let body = try Registry.body(link.body, in: db) else { return nil }
            var filter = DiscrepancyRecord.Filter()
            filter.body = link.body
            return FilingsLinkPage(
                link: link, body: body.name(on: today), token: centre.bodyLinks.token(of: link),
                lines: try FilingDuty.owed(by: body, of: desk.filed, on: today).map { owed in
                    let record = try FilingRecord.fetch(owed.id, in: db)
                    return Line(
                        owed: owed, record: record, standing: FilingStanding(record, due: owed.due, on: today),
                        isAsked: try !FilingNoticeRecord.fetch(owed.id, in: db).isEmpty,
                        isOver: owed.id.period.last < today)
                }, discrepancies: try DiscrepancyRecord.fetch(filter, limit: shown, in: db),
                indexes: desk.shortNames)
        }
        guard let found else { return try BodyLinkPage.ended(site) }
        return BodyLinkPage.unlisted(site.page(found))
    }

    /// The link of a page below it; nil where it opens nothing, or is looked at too often: each of these pages reads a workbook.
    static func link(_ site: WebRequest) async throws -> BodyLinkRecord? {
        let link = try await centreLink(site)
        if let link { try site.limiters.link.take("read \(link.id)", at: site.environment.now()) }
        return link
    }

    /// Before a byte of the form is read: the link opens forms, and is not acted by too often.
    static func admit(_ site: WebRequest) async throws -> Response? {
        guard let link = try await centreLink(site) else { return try BodyLinkPage.ended(site) }
        try site.limiters.link.take(link.id, at: site.environment.now())
        return nil
    }

    /// Records that the body looks at its link.
    static func looked(_ link: BodyLinkRecord, _ site: WebRequest) async throws {
        // HEAD is no look: a program asks whether the address is there.
        guard site.request.method == .get else { return }
        try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
    }

    private static func centreLink(_ site: WebRequest) async throws -> BodyLinkRecord? {
        try await site.environment.centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now(), opening: [.filings])
    }
}

extension InternalControlDesk {
    /// The indexes of the forms that bodies file, by code.
    var shortNames: [String: String] {
        Dictionary(filed.map { ($0.code, $0.shortName) }, uniquingKeysWith: { first, _ in first })
    }
}
