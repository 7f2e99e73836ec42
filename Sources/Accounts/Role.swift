/// What a person is employed for; an account has one or more.
package enum Role: String, CaseIterable, Hashable, Sendable, Codable {
    /// Answers callers.
    case operatorRole = "operator"
    /// Answers for the terms of the bodies: requests, onboarding, cards, calendar.
    case coordinator
    /// Registers complaints, follows their review, makes and delivers the reports.
    case complaintsOfficer
    /// Keeps accounts and the registry; sees no personal data of callers.
    case administrator
    /// Reads everything but personal data, changes nothing.
    case auditor
    /// No person: the system of a provider, or the monitoring system, that tells the stages of applications.
    case stageSource

    /// What the role allows.
    package var permissions: Set<Permission> {
        switch self {
        case .operatorRole:
            [.readCards, .readRegistry, .readCalendar, .recordContacts, .requestInformation, .registerComplaints]
        case .coordinator:
            [
                .readCards, .manageCards, .readRegistry, .manageRegistry, .readCalendar, .changeCalendar,
                .recordContacts, .requestInformation, .readRequests, .manageRequests, .attachFiles, .readReports,
                .readStatistics, .exportLists, .enterStages,
            ]
        case .complaintsOfficer:
            [
                .readCards, .readRegistry, .readCalendar, .registerComplaints, .readComplaints, .manageComplaints,
                .attachFiles, .revealPersonalData, .readReports, .sealReports, .deliverReports, .readStatistics,
                .exportLists,
            ]
        case .administrator:
            [
                .readCards, .readRegistry, .manageRegistry, .readCalendar, .readReports, .readStatistics,
                .readJournal, .manageAccounts, .manageSystem,
            ]
        case .auditor:
            [
                .readCards, .readRegistry, .readCalendar, .readRequests, .readComplaints, .readReports,
                .readStatistics, .readJournal, .exportLists,
            ]
        case .stageSource: [.enterStages]
        }
    }

    /// Whether people of this role must prove a second factor once it is switched on.
    package var needsSecondFactor: Bool {
        switch self {
        case .coordinator, .administrator, .auditor: true
        case .operatorRole, .complaintsOfficer, .stageSource: false
        }
    }
}

/// One thing that somebody may or may not do. Features ask for a permission and never for a role.
package enum Permission: String, CaseIterable, Hashable, Sendable, Codable {
    /// Search the service cards and read them.
    case readCards
    /// Import and edit service cards.
    case manageCards
    /// Read bodies, services and responsible persons.
    case readRegistry
    /// Import and change bodies, services and responsible persons.
    case manageRegistry
    /// Read the calendar of working days.
    case readCalendar
    /// Change a day of the calendar and move the terms that depend on it.
    case changeCalendar
    /// Record conversations with callers.
    case recordContacts
    /// Ask a body for additional information (797 §10).
    case requestInformation
    /// Read requests and onboarding (797 §3-12).
    case readRequests
    /// Send requests, record receipts, submissions, trainings, protocols and refusals.
    case manageRequests
    /// Register a complaint.
    case registerComplaints
    /// Read complaints, with personal data masked.
    case readComplaints
    /// Record the review, extension, answer and outcome of complaints; import them.
    case manageComplaints
    /// See names and contacts of recipients; each look is recorded.
    case revealPersonalData
    /// Upload files that a step then names.
    case attachFiles
    /// Read reports and what is behind their numbers.
    case readReports
    /// Tell the stages of applications (797 §16, 452).
    case enterStages
    /// Make and seal a report.
    case sealReports
    /// Deliver a report to the Agency.
    case deliverReports
    /// Read the figures of the dashboards.
    case readStatistics
    /// Take a list out as a file.
    case exportLists
    /// Read the journal and verify its chain.
    case readJournal
    /// Create accounts, change roles, reset passwords, disable.
    case manageAccounts
    /// See the state of the system, its deliveries and its settings.
    case manageSystem
}
