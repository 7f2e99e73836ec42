import Accounts
import Applications
import CardProposals
import Casework
import Complaints
import Contacts
import Correspondence
import Delivery
import Freshness
import Intake
import InternalControl
import Journal
import KnowledgeBase
import Onboarding
import Registry
import Reporting

/// The table of the house: a line for each business. The catalogue of events, the tables, who reads and decides what, and
/// which events need words are read from it.
extension ContactCentre {
    /// All businesses.
    package static let modules: [CaseModule] = [
        CaseModule(others: [RegistryEvent.self], Registry.projections),
        CaseModule { [CalendarBook(catalogue: $0), ClockBoard(catalogue: $0), CaseDocuments(catalogue: $0)] },
        CaseModule { _ in [AccountProjection(), DeliveryProjection(), AuditProjection()] },
        // What the machine's clock is worth, which vault belongs to the journal, and what was backed up.
        CaseModule(others: [TimeEvent.self, VaultEvent.self, UpkeepEvent.self, ErasureEvent.self]) { _ in [] },
        CaseModule(
            [
                // An answer names the person who complained; each look at it is recorded.
                .init(
                    Complaint.streamKind, ComplaintEvent.self, read: .readComplaints, act: .manageComplaints,
                    documents: .revealPersonalData)
            ], others: [ComplaintViewEvent.self]
        ) { [ComplaintProjection(catalogue: $0), ComplaintViewProjection(catalogue: $0)] },
        CaseModule(
            [
                .init(
                    InformationRequest.streamKind, InformationRequestEvent.self, read: .readRequests,
                    act: .manageRequests, documents: .readRequests)
            ]
                + DutyName.allCases.map {
                    .init(
                        $0.rawValue, DutyEvent.self, read: .readRequests, act: .manageRequests,
                        documents: .readRequests)
                }, others: [PlanEvent.self]
        ) { [OnboardingProjection(catalogue: $0)] },
        CaseModule(
            [
                .init(
                    MonthlyReport.streamKind, ReportEvent.self, read: .readReports, act: .manageRequests,
                    documents: nil),
                .init(
                    QuarterlyReport.streamKind, ReportEvent.self, read: .readReports, act: .manageRequests,
                    documents: nil),
                .init(
                    ViolationReport.streamKind, ReportEvent.self, read: .readReports, act: .manageRequests,
                    documents: nil),
                .init(
                    CorporationReport.streamKind, ReportEvent.self, read: .readReports, act: .manageRequests,
                    documents: nil),
                .init(
                    ElectronicReport.streamKind, ReportEvent.self, read: .readReports, act: .manageRequests,
                    documents: nil),
            ], Reports.projections),
        // What providers tell of applications; they are the providers' records and no cases of ours.
        CaseModule(others: [ApplicationEvent.self]) { [ApplicationProjection(catalogue: $0)] },
        // What bodies report of their internal control, and what disagrees with our own numbers.
        CaseModule(
            [
                .init(
                    Filing.streamKind, FilingEvent.self, read: .readReports, act: .sealReports,
                    documents: .readReports),
                .init(
                    Discrepancy.streamKind, DiscrepancyEvent.self, read: .readReports, act: .sealReports,
                    documents: .readReports),
            ], others: [FilingNoticeEvent.self]
        ) { [InternalControlProjection(catalogue: $0)] },
        CaseModule(
            [
                .init(
                    CardDesk.streamKind, CardEvent.self, read: .readCards, act: .manageCards, documents: .readCards,
                    isTold: false)
            ], others: [GapEvent.self, SynonymEvent.self]
        ) { [CardProjection(catalogue: $0), GapProjection(catalogue: $0), SynonymProjection(catalogue: $0)] },
        // Campaigns by which bodies confirm their cards, and what they say is wrong with them.
        CaseModule(
            [
                .init(
                    CardCampaign.streamKind, CardCampaignEvent.self, read: .manageCards, act: .manageCards,
                    documents: nil, isTold: false)
            ], others: [CardObjectionEvent.self, CardSignerEvent.self, CampaignNoticeEvent.self], Freshness.projections),
        // What bodies submit as the form of a card; its page is that of the request.
        CaseModule(others: CardProposals.eventTypes, CardProposals.projections),
        CaseModule(others: ContactDesk.eventTypes, ContactDesk.projections),
        // What came in and is no complaint yet; its page is the officer's queue.
        CaseModule(others: [SubmissionEvent.self]) { [SubmissionProjection(catalogue: $0)] },
        CaseModule(
            [
                .init(
                    Letter.streamKind, LetterEvent.self, read: .readRequests, act: .manageRequests, documents: nil)
            ],
            others: [
                BodyLinkEvent.self, CalendarFeedEvent.self, BodyChannelEvent.self, ComplaintNoticeEvent.self,
            ], Correspondence.projections),
    ]

    /// The kinds of case by the first part of the names of their streams.
    package static let kinds: [String: CaseModule.Kind] = Dictionary(
        uniqueKeysWithValues: modules.flatMap(\.kinds).map { ($0.name, $0) })

    /// The typed events of all modules.
    package static let catalogue = EventCatalogue(modules.flatMap(\.events))

    /// The tables of all modules.
    package static var projections: [any Projection] { modules.flatMap { $0.projections(catalogue) } }

    /// The events that the pages of cases tell one by one.
    package static let toldEvents: Set<String> = Set(
        CaseworkEvent.names + ViolationEvent.names + kinds.values.filter(\.isTold).flatMap { $0.events.names })

    /// All other events; the auditor's page alone tells them.
    package static let untoldEvents: Set<String> = catalogue.names.union(AccountEvent.Name.allCases.map(\.rawValue))
        .union(DeliveryEvent.Name.allCases.map(\.rawValue)).subtracting(toldEvents)
}
