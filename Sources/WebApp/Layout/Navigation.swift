import Accounts

/// The parts of the site that the navigation leads to, in its order.
package enum NavigationSection: String, CaseIterable, Hashable, Sendable {
    case home, search, knowledge, clocks, violations, plan, requests, bodies, contacts, letters, complaints, reports,
        calendar
    case statistics, deliveries, system, accounts, audit

    /// Where it leads.
    package var path: SitePath { entry.path }
    /// What the reader must be allowed to see it; nil for everybody who is signed in.
    package var permission: Permission? { entry.permission }
    /// What is drawn beside it.
    package var icon: Icon { entry.icon }
    /// What it is called.
    package var label: TextKey { TextKey(family: "nav", member: rawValue) }

    private var entry: (path: SitePath, permission: Permission?, icon: Icon) {
        switch self {
        case .home: (.home, nil, .home)
        case .search: (.search, .readCards, .search)
        case .knowledge: (.knowledgeCards, .manageCards, .card)
        case .clocks: (.clocks, .readRequests, .running)
        case .violations: (.violations, .readReports, .breached)
        case .plan: (.plan, .readRequests, .plan)
        case .requests: (.requests, .readRequests, .request)
        case .bodies: (.bodies, .readRegistry, .body)
        case .contacts: (.contacts, .readStatistics, .people)
        case .letters: (.letters, .readRequests, .journal)
        case .complaints: (.complaints, .readComplaints, .complaint)
        case .reports: (.reports, .readReports, .report)
        case .calendar: (.calendar, .readCalendar, .calendar)
        case .statistics: (.statistics, .readStatistics, .chart)
        case .deliveries: (.deliveries, .manageSystem, .external)
        case .system: (.system, .manageSystem, .gear)
        case .accounts: (.accounts, .manageAccounts, .key)
        case .audit: (.audit, .readJournal, .search)
        }
    }
}
