import Accounts
import Casework
import Complaints
import Contacts
import Hummingbird
import KnowledgeBase
import Languages
import Registry
import WorkingDays

extension StatisticsPage {
    /// The figures of the page as a workbook, a sheet for each of its tables. A share is not written: its part and its base are.
    func workbook(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.exportLists)
        let view = site.reader
        let tables = [days(view), hours(view), services(view), terms(view), complaints(view), gaps(view)]
        return try await site.workbook(
            "statistics-\(figures.month)", title: "\(title(view)): \(view.dates.month(figures.month))",
            tables.map(\.sheet))
    }

    private func callHeadings(_ first: String, _ view: View) -> [String] {
        [
            first, view.t("statistics.contacts"), view.t("statistics.answered"), view.t("statistics.byCard"),
            view.t("statistics.unanswered"),
        ]
    }

    private func cells(_ count: ContactStatistics.Count) -> [ListTable.Cell] {
        [
            .count(count.contacts), .count(count.answered), .count(count.byCard),
            .count(count.contacts - count.answered),
        ]
    }

    private func days(_ view: View) -> ListTable {
        let days = (0..<figures.month.last.day).map { figures.month.first.adding(days: $0) }
        return ListTable(
            title: view.t("statistics.byDay"), headings: callHeadings(view.t("proof.date"), view),
            rows: days.map { [.day($0)] + cells(figures.contacts.byDay[$0] ?? ContactStatistics.Count()) })
    }

    private func hours(_ view: View) -> ListTable {
        ListTable(
            title: view.t("statistics.byHour"), headings: callHeadings(view.t("statistics.hour"), view),
            rows: figures.contacts.byHour.enumerated().map { [.text("\($0.offset):00")] + cells($0.element) })
    }

    private func services(_ view: View) -> ListTable {
        ListTable(
            title: view.t("statistics.services"),
            headings: [
                view.t("contacts.serviceCode"), view.t("requests.service"), view.t("statistics.contacts"),
                view.t("statistics.answered"),
            ],
            rows: figures.contacts.services.map { service in
                [
                    .text(service.service), .text(figures.serviceNames[service.service]?[view.language] ?? ""),
                    .count(service.contacts), .count(service.answered),
                ]
            })
    }

    private func terms(_ view: View) -> ListTable {
        var table = ListTable(
            title: view.t("statistics.terms"),
            headings: [
                view.t("statistics.bodyKind"), view.t("reports.month"), view.t("statistics.met"),
                view.t("statistics.breached"), view.t("statistics.open"),
            ])
        for line in figures.timeliness {
            let kind = line.kind.map { $0.label[view.language] } ?? view.t("statistics.ours")
            for month in figures.months {
                guard let count = line.months[month] else { continue }
                table.rows.append([
                    .text(kind), .text(view.dates.month(month)), .count(count.met), .count(count.breached),
                    .count(count.open),
                ])
            }
        }
        return table
    }

    private func complaints(_ view: View) -> ListTable {
        ListTable(
            title: view.t("statistics.complaints"),
            headings: [view.t("reports.month")] + ComplaintKind.allCases.map { view.name("complaintKind", $0) },
            rows: figures.months.map { month in
                [.text(view.dates.month(month))]
                    + ComplaintKind.allCases.map { .count(figures.complaints.counts[month]?[$0] ?? 0) }
            })
    }

    private func gaps(_ view: View) -> ListTable {
        ListTable(
            title: view.t("statistics.gaps"),
            headings: [
                view.t("statistics.gapWords"), view.t("statistics.gapTimes"), view.t("requests.state"),
                view.t("statistics.gapLast"),
            ],
            rows: figures.gaps.map { gap in
                [
                    .text(gap.words), .count(gap.times), .text(view.name("gapState", gap.state)),
                    view.dates.cell(gap.lastAt),
                ]
            })
    }
}
