import Accounts

/// The parts of the site that the navigation leads to, in its order.
package enum NavigationSection: String, CaseIterable, Hashable, Sendable {
    case home
    case search
    case knowledge
    case clocks
    case plan
    case requests
    case bodies
    case contacts
    case letters
    case complaints
    case reports
    case calendar
    case statistics
    case deliveries
    case accounts

    /// Where it leads.
    package var path: SitePath {
        switch self {
        case .home: .home
        case .search: .search
        case .knowledge: .knowledgeCards
        case .clocks: .clocks
        case .plan: .plan
        case .requests: .requests
        case .bodies: .bodies
        case .contacts: .contacts
        case .letters: .letters
        case .complaints: .complaints
        case .reports: .reports
        case .calendar: .calendar
        case .statistics: .statistics
        case .deliveries: .deliveries
        case .accounts: .accounts
        }
    }

    /// What the reader must be allowed to see it; nil for everybody who is signed in.
    package var permission: Permission? {
        switch self {
        case .home: nil
        case .search: .readCards
        case .clocks, .plan, .requests, .letters: .readRequests
        case .knowledge: .manageCards
        case .knowledge: .manageCards
        case .clocks, .plan, .requests, .letters: .readRequests
        case .bodies: .readRegistry
        case .contacts: .readStatistics
        case .complaints: .readComplaints
        case .reports: .readReports
        case .calendar: .readCalendar
        case .statistics: .readStatistics
        case .deliveries: .manageSystem
        case .accounts: .manageAccounts
        }
    }

    /// What it is called.
    package var label: TextKey {
        switch self {
        case .home: "nav.home"
        case .search: "nav.search"
        case .knowledge: "nav.knowledge"
        case .clocks: "nav.clocks"
        case .plan: "nav.plan"
        case .requests: "nav.requests"
        case .bodies: "nav.bodies"
        case .contacts: "nav.contacts"
        case .letters: "nav.letters"
        case .complaints: "nav.complaints"
        case .reports: "nav.reports"
        case .calendar: "nav.calendar"
        case .statistics: "nav.statistics"
        case .deliveries: "nav.deliveries"
        case .accounts: "nav.accounts"
        }
    }

    /// What is drawn beside it.
    package var icon: Icon {
        switch self {
        case .home: .home
        case .search: .search
        case .knowledge: .card
        case .clocks: .running
        case .plan: .plan
        case .requests: .request
        case .bodies: .body
        case .contacts: .people
        case .letters: .journal
        case .complaints: .complaint
        case .reports: .report
        case .calendar: .calendar
        case .statistics: .chart
        case .deliveries: .external
        case .accounts: .key
        }
    }
}
