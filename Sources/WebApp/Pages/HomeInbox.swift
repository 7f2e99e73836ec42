import Accounts
import Casework
import ContactCentre
import Contacts
import Correspondence
import Freshness
import GRDB
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// What waits for its reader, in one list: the duties of the centre by their last day, then what the law gives no term.
struct HomeInbox: Sendable {
    /// What waits without a term.
    enum Heap: String, CaseIterable, Sendable {
        case drafts, violations, lettersDraft, lettersUnsigned, remarks, campaigns, gaps, uneven, outdated

        /// Who may do something about it: whoever has one of these.
        var permissions: Set<Permission> {
            switch self {
            case .drafts, .lettersDraft, .lettersUnsigned: [.manageRequests]
            case .violations: Set(ContactCentre.kinds.values.map(\.act))
            case .remarks, .campaigns, .gaps, .uneven, .outdated: [.manageCards]
            }
        }

        /// The list of it.
        var address: String {
            switch self {
            case .drafts: SitePath.drafts.path
            case .violations: SitePath.violations.with(["state": ViolationChoice.waiting])
            case .lettersDraft: SitePath.letters.with(["stage": LetterStage.draft.rawValue])
            case .lettersUnsigned: SitePath.letters.with(["stage": LetterStage.finished.rawValue])
            case .remarks: SitePath.knowledgeRemarks.path
            case .campaigns: SitePath.knowledgeCampaigns.path
            case .gaps: SitePath.knowledgeGaps.path
            case .uneven: SitePath.knowledgeCards.with(["flag": CardFilter.Flag.uneven.rawValue])
            case .outdated: SitePath.knowledgeCards.with(["flag": CardFilter.Flag.outdated.rawValue])
            }
        }
    }

    /// The duties of the centre that are not done, earliest last day first.
    let duties: [ClockRow]
    /// Whether there are more than are shown.
    let hasMore: Bool
    /// What waits without a term; what is empty is left out.
    let heaps: [(heap: Heap, count: Int)]
    let titles: [String: Localized]
    let bodies: [String: Localized]
    let services: [String: Localized]

    /// How many duties are shown, one a digit; the list of terms has the others.
    static let shown = 9

    /// - Parameters:
    ///   - kinds: the kinds of case whose clocks the reader may see.
    ///   - permissions: what the reader may do; he is shown what he can do something about.
    ///   - titles: the duties by their rule.
    init(
        today: CivilDate, kinds: Set<String>, permissions: Set<Permission>, titles: [String: Localized],
        in db: Database
    ) throws {
        var filter = Self.filter
        filter.caseKinds = kinds
        let found = try ClockRow.fetch(filter, limit: Self.shown + 1, in: db)
        duties = Array(found.prefix(Self.shown))
        hasMore = found.count > Self.shown
        heaps = try Heap.allCases.filter { !permissions.isDisjoint(with: $0.permissions) }.map { heap in
            (heap, try Self.count(heap, on: today, permissions, in: db))
        }.filter { $0.1 > 0 }
        self.titles = titles
        bodies = duties.isEmpty ? [:] : try Registry.bodyNames(on: today, in: db)
        services = duties.isEmpty ? [:] : try Registry.serviceNames(in: db)
    }

    private static var filter: ClockFilter {
        var filter = ClockFilter()
        filter.isOpen = true
        filter.owners = [.ucc]
        filter.standings = [.running, .breached, .missed]
        return filter
    }

    private static func count(
        _ heap: Heap, on today: CivilDate, _ permissions: Set<Permission>, in db: Database
    ) throws -> Int {
        func letters(_ stage: LetterStage) throws -> Int {
            var filter = LetterRecord.Filter(stage)
            filter.isWithoutComplaints = !permissions.contains(.readComplaints)
            return try LetterRecord.count(filter, in: db)
        }
        func cards(_ flag: CardFilter.Flag) throws -> Int {
            var filter = CardFilter()
            filter.flag = flag
            return try CardRecord.count(filter, in: db)
        }
        switch heap {
        case .drafts: return try RequestDraftRecord.waitingCount(in: db)
        case .violations:
            let kinds = ContactCentre.kinds.values.filter { permissions.contains($0.act) }.map(\.name)
            return try ViolationSummary.waiting(kinds: Set(kinds), in: db)
        case .lettersDraft: return try letters(.draft)
        case .lettersUnsigned: return try letters(.finished)
        case .remarks: return try ObjectionRecord.waitingCount(in: db)
        case .campaigns: return try CampaignRecord.overdueCount(on: today, in: db)
        case .gaps: return try GapRecord.counts(in: db)[.open] ?? 0
        case .uneven: return try cards(.uneven)
        case .outdated: return try cards(.outdated)
        }
    }
}

extension HomeInbox {
    /// A row of the list: a duty, or what waits without a term.
    private enum Row {
        case duty(ClockRow)
        case heap(Heap, Int)
    }

    /// Draws the list. The first nine rows have a digit that opens them; without a script they are links like any other.
    func draw(into html: inout HTML, _ view: View) {
        guard !duties.isEmpty || !heaps.isEmpty else { return }
        html.panel(view.t("inbox.title"), id: "inbox") { html in
            let rows = duties.map(Row.duty) + heaps.map { Row.heap($0.heap, $0.count) }
            let columns = [Column(view.t("clocks.duty")), Column(view.t("clocks.due")), Column(view.t("inbox.about"))]
            html.dataTable(
                caption: view.t("inbox.title"), columns: columns, rows: Array(rows.enumerated())
            ) { row, html, numbered in
                let key = numbered.offset < 9 ? "\(numbered.offset + 1)" : nil
                switch numbered.element {
                case .duty(let clock): duty(clock, key, &row, &html, view)
                case .heap(let heap, let count): self.heap(heap, count, key, &row, &html, view)
                }
            }
            guard hasMore else { return }
            let address = SitePath.clocks.with([
                "list": ClocksPage.List.open.rawValue, "owner": ClockOwner.ucc.rawValue,
            ])
            html.p { $0.a(.href(address), text: view.t("inbox.more")) }
        }
    }

    private func duty(_ clock: ClockRow, _ key: String?, _ row: inout RowWriter, _ html: inout HTML, _ view: View) {
        let title = titles[clock.rule]?[view.language] ?? clock.rule
        row.cell(&html) { html in
            guard let path = clock.casePath(view) else { return html.text(title) }
            html.opened(by: key, path.path, title)
        }
        row.cell(&html) { html in
            html.badge(clock.state(on: view.today), view)
            html.text(" ")
            html.dueDate(clock, view)
        }
        row.cell(&html) { html in
            if let body = clock.body { html.bodyName(body, bodies[body], view) } else { html.text(clock.stream.id) }
            guard let service = clock.service.flatMap({ services[$0] }) else { return }
            html.p(.class("hint")) { $0.localized(service, view) }
        }
    }

    private func heap(
        _ heap: Heap, _ count: Int, _ key: String?, _ row: inout RowWriter, _ html: inout HTML, _ view: View
    ) {
        let title = view.name("inboxHeap", heap)
        row.cell(&html) { $0.opened(by: key, heap.address, "\(title) · \(NumberText.whole(count))") }
        row.cell(&html) { $0.span(.class("hint"), text: view.t("inbox.noTerm")) }
        row.cell(&html, "–")
    }
}

extension HTML {
    /// A link that a digit opens as well.
    fileprivate mutating func opened(by key: String?, _ address: String, _ text: String) {
        a(.href(address), Attribute("aria-keyshortcuts", optional: key), text: text)
        guard let key else { return }
        self.text(" ")
        kbd(.class("key"), .ariaHidden, text: key)
    }
}
