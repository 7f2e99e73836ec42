import Accounts
import Applications
import CardProposals
import Casework
import Complaints
import ContactCentre
import Correspondence
import Forms
import Foundation
import Freshness
import GRDB
import InternalControl
import Journal
import KnowledgeBase
import Languages
import Onboarding
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("What pages ask of the tables that grow")
struct PageQueryTests {
    /// Each page's questions in one look at the tables, by the name of the page.
    private static func looks(
        _ site: Site, on today: CivilDate
    ) -> KeyValuePairs<String, (Database) throws -> Void> {
        let (casework, now) = (site.centre.casework, site.time.now)
        let kinds = PermittedClocks.kinds(for: Set(Permission.allCases))
        return [
            "the first page": {
                _ = try HomeFigures(
                    now: now, today: today, kinds: kinds, keeper: casework.calendars, reportTerm: nil, in: $0)
            },
            "what waits": {
                _ = try HomeInbox(
                    today: today, kinds: kinds, permissions: Set(Permission.allCases), titles: [:], in: $0)
            },
            "discrepancies, and the filings of a form": { db in
                for standing in [nil] + DiscrepancyStanding.allCases {
                    for body in [nil, "MJ"] {
                        for isOpen in [false, true] {
                            var filter = DiscrepancyRecord.Filter()
                            (filter.standing, filter.body, filter.isOpen) = (standing, body, isOpen)
                            _ = try DiscrepancyRecord.fetch(filter, limit: 50, in: db)
                            _ = try DiscrepancyRecord.count(filter, in: db)
                        }
                    }
                }
                guard let id = FilingID("78-1mk_2026-Q1_MJ") else { return }
                var own = DiscrepancyRecord.Filter()
                own.filing = id
                _ = try DiscrepancyRecord.fetch(own, limit: 100, in: db)
                _ = try DiscrepancyRecord.open(form: id.form, period: id.period, in: db)
                _ = try FilingRecord.fetch(form: id.form, period: id.period, in: db)
                _ = try FilingRecord.fetch(id, in: db)
                _ = try FilingRecord.fetch(body: "MJ", limit: 12, in: db)
                _ = try FilingNoticeRecord.fetch(id, in: db)
                _ = try FilingNoticeRecord.asked(form: id.form, period: id.period, in: db)
                _ = try site.centre.filingNotices.link(of: "MJ", at: now, in: db)
                // The body's list beside our complaints, by numbers, days and bodies.
                var state = Discrepancy.initial
                let numbers = #"[{"column":"4","months":"2026-01…2026-03","theirs":1,"ours":0}]"#
                state.figures = DiscrepancyFigures(
                    filing: "\(id)", body: "MJ", row: "16", measure: "complaints.received", file: "", cell: nil,
                    figures: try JSONDecoder().decode([ComparedFigure].self, from: Data(numbers.utf8)), difference: 1)
                let list = BodyCaseList(
                    discrepancy: "\(id)_16",
                    cases: [BodyCase(own: "1", forum: "F1", number: "2026-000001", filedOn: id.period.first)])
                _ = try site.centre.internalControl.cases(list, state, in: db)
            },
            "the form of a card that a body submitted, and its draft": { db in
                _ = try CardProposalRecord.latest(of: "2026-1-MIA", in: db)
                _ = try CardDrafts.fetch(CardDrafts.id(request: "2026-1-MIA"), in: db)
            },
            "applications behind numbers, and one by its number": { db in
                for desk in [site.centre.reports.violations.form, site.centre.reports.corporation.form] {
                    let period = desk.form.period(containing: today)
                    for row in desk.form.numbers where row.made?.behind == .applications {
                        for position in [nil, 7 as Int64] {
                            _ = try desk.rows(
                                ApplicationRow.columns, behind: ReportNumber(row.code, "central", "MJ"), period,
                                at: position, limit: 50, offset: 0, in: db)
                            _ = try desk.count(ReportNumber(row.code), period, at: position, in: db)
                        }
                    }
                }
                _ = try ApplicationRecord.versions(of: "A-1", ContactCentre.catalogue, in: db)
                _ = try ApplicationRecord.hasAny(in: db)
            },
            "campaigns": { db in
                _ = try CampaignRecord.fetch(after: "2026-000009", limit: 30, in: db)
                _ = try CampaignRecord.overdueCount(on: today, in: db)
                for standing in [nil] + CampaignBodyRecord.Standing.allCases {
                    _ = try CampaignBodyRecord.fetch(campaign: "2026-000001", standing, in: db)
                }
                _ = try CampaignBodyRecord.fetch(campaign: "2026-000001", body: "MJ", in: db)
                _ = try CampaignNoticeRecord.fetch(campaign: "2026-000001", body: "MJ", in: db)
                _ = try SignerRecord.fetch(campaign: "2026-000001", body: "MJ", in: db)
            },
            "a body's cards, remarks and questions": { db in
                _ = try CampaignCardRecord.fetch(campaign: "2026-000001", body: "MJ", in: db)
                _ = try ObjectionRecord.waiting(after: "2026-000001", limit: 30, in: db)
                _ = try ObjectionRecord.waitingCount(in: db)
                _ = try ObjectionRecord.fetch(card: "S0001", in: db)
                _ = try CardFreshness.fetch("S0001", in: db)
                _ = try GapRecord.unanswered(by: "MJ", in: db)
            },
            "what the auditor asks": { db in
                for sort in AuditRecord.Sort.allCases {
                    for actor in [nil, Actor.user(3)] {
                        for streams in [[], AuditPage.streams("2026-000001")] {
                            for cursor in [nil, AuditCursor("\(now.millisecondsSince1970).40")] {
                                var filter = AuditFilter(sort, in: now.adding(milliseconds: -86_400_000)..<now)
                                (filter.actor, filter.streams) = (actor, streams)
                                _ = try AuditDeeds.fetch(filter, after: cursor, limit: 50, in: db)
                            }
                        }
                    }
                }
            },
            "statistics": { db in
                let surge = site.centre.violations.rules.surge
                _ = try StatisticsFigures.fetch(CivilMonth(today), on: today, surge: surge, in: db)
            },
            "the ledger of violations": { db in
                let number = "2026-0000"
                for state in [nil] + Violation.State.allCases {
                    for (body, month) in [(nil, nil), ("MJ", nil), (nil, CivilMonth(today)), ("MJ", CivilMonth(today))]
                    {
                        for rule in [nil, "review-by-body"] {
                            var filter = ViolationFilter()
                            (filter.caseKinds, filter.body, filter.rule) = (kinds, body, rule)
                            filter.states = state.map { [$0] } ?? []
                            if let month { filter.choose(month) }
                            _ = try Violation.countListed(filter, in: db)
                            _ = try Violation.fetch(filter, in: db)
                            _ = try Violation.fetch(filter, isAscending: true, in: db)
                        }
                    }
                }
                var waiting = ViolationFilter()
                (waiting.caseKinds, waiting.states) = (kinds, [.drafted, .reopened])
                _ = try Violation.fetch(waiting, in: db)
                var found = ViolationFilter()
                (found.caseKinds, found.number) = (kinds, number)
                _ = try Violation.fetch(found, in: db)
                let months = CivilMonth(today).earlier(by: 11)...CivilMonth(today)
                _ = try ViolationSummary.fetch(months, kinds: kinds, in: db)
                _ = try ViolationSummary.waiting(kinds: kinds, in: db)
            },
            "the list of bodies": { _ = try BodyFigures.fetch(in: $0) },
            "a body": {
                _ = try BodyOverview.fetch(
                    "MJ", on: today, .kk, cards: Set(CardState.allCases), clocks: kinds, in: $0)
            },
            "the terms": { db in
                for list in ClocksPage.List.allCases {
                    var filter = list.filter(today)
                    filter.caseKinds = kinds
                    _ = try ClockRow.countListed(filter, in: db)
                    _ = try ClockRow.fetch(filter, isDescending: list.isOver, limit: 50, in: db)
                }
            },
            "complaints": { db in
                _ = try ComplaintRecord.holders(in: db)
                let holders: [AssigneeChoice?] = [nil, .mine, .nobody, .officer(2)]
                for standing in [nil] + ComplaintStanding.allCases {
                    for (body, holder) in [nil, "MJ"].flatMap({ body in holders.map { (body, $0) } }) {
                        var choice = ComplaintChoice(standing: standing)
                        (choice.body, choice.assignee, choice.reader) = (body, holder, 1)
                        let filter = choice.filter(today: today)
                        let count = try ComplaintRecord.countListed(filter, in: db)
                        _ = try ComplaintRecord.fetch(
                            filter, by: choice.isOpen ? .due : .filed, isDescending: !choice.isOpen, count: count,
                            limit: 50, offset: 0, in: db)
                    }
                }
            },
        ]
    }

    @Test("no page reads a table that grows to its end")
    func plans() async throws {
        let site = try await Site(bringsUpToDate: true)
        let today = site.environment.zone.civilDate(of: site.time.now)
        for (page, look) in Self.looks(site, on: today) {
            let queries = try QueryPlan.run(by: site.journal, look)
            #expect(!queries.isEmpty, "\(page)")
            for query in queries { #expect(!query.scansTable, "\(page): \(query)") }
        }
    }
}
