/// One contact centre, everything wired together: opened once by the command line or the server.
///
/// Decides: in which order things open, which events and tables there are, and what is brought up to date at start.
/// Refuses to know: rules of the field, addresses of pages, words of commands.
///
/// Start with `ContactCentre.open`. `DataFolder.swift` says what lies where, `Settings.swift` what can be set.
import Accounts
import Attachments
import CardSearch
import Casework
import Complaints
import Contacts
import Correspondence
import Delivery
import Journal
import KnowledgeBase
import Onboarding
import PersonalData
import Registry
import Reporting
import Rulebook
import WorkingDays

/// The open contact centre.
package final class ContactCentre: Sendable {
    /// Where everything is kept.
    package let data: DataFolder
    /// What people have set.
    package let settings: Settings
    /// Time and chance.
    package let environment: CentreEnvironment
    /// Everything that happened.
    package let journal: Journal
    /// The keys of personal data.
    package let vault: PersonVault
    /// The handling of cases.
    package let casework: Casework
    /// Complaints: intake, review, outcome.
    package let complaints: ComplaintDesk
    /// Information requests and the short cases beside them.
    package let onboarding: OnboardingDesk
    /// The monthly reports.
    package let reports: ReportDesk
    /// Service cards and the search over them.
    package let cards: CardDesk
    /// Synonyms, and the queries that their changes are tried on.
    package let synonyms: SynonymDesk
    /// What callers asked and no card answered.
    package let gaps: GapDesk
    /// What the search learns from use, and the queries that found nothing good.
    package let usage: SearchUsage
    /// Records of conversations with callers (797 §15, §17).
    package let contacts: ContactDesk
    /// Cards sent to callers by mail.
    package let cardMail: CardMailDesk
    /// Stage data of applications.
    package let stages: StageDesk
    /// Letters to bodies and to the Agency.
    package let letters: LetterDesk
    /// The bodies' own links.
    package let bodyLinks: BodyLinkDesk
    /// Deadlines in people's calendars.
    package let feeds: CalendarFeedDesk
    /// Attached documents.
    package let attachments: AttachmentStore
    /// Who may work here.
    package let accounts: Accounts
    /// What leaves the house.
    package let outbox: Outbox

    /// The typed events of all modules.
    package static let catalogue = EventCatalogue(
        Registry.eventTypes + OnboardingDesk.eventTypes + ReportDesk.eventTypes + CardDesk.eventTypes
            + GapDesk.eventTypes
            + SynonymDesk.eventTypes
            + ContactDesk.eventTypes + Correspondence.eventTypes + [
                ComplaintEvent.self
            ])

    /// The tables of all modules.
    package static var projections: [any Projection] {
        Registry.projections(catalogue) + [
            CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue), AccountProjection(),
            DeliveryProjection(), ComplaintProjection(catalogue: catalogue), OnboardingProjection(catalogue: catalogue),
            CardProjection(catalogue: catalogue),
        ] + ContactDesk.projections(catalogue) + GapDesk.projections(catalogue)
            + SynonymDesk.projections(catalogue) + Correspondence.projections(catalogue)
    }

    private init(
        data: DataFolder, settings: Settings, environment: CentreEnvironment, journal: Journal, vault: PersonVault,
        casework: Casework, complaints: ComplaintDesk, cards: CardDesk, synonyms: SynonymDesk, usage: SearchUsage,
        attachments: AttachmentStore,
        accounts: Accounts,
        outbox: Outbox, templates: LetterTemplates, linkKey: BodyLinkKey
    ) {
        self.data = data
        self.settings = settings
        self.environment = environment
        self.journal = journal
        self.vault = vault
        self.casework = casework
        self.complaints = complaints
        self.cards = cards
        self.usage = usage
        self.synonyms = synonyms
        gaps = GapDesk(casework: casework)
        onboarding = OnboardingDesk(casework: casework)
        contacts = ContactDesk(casework: casework)
        cardMail = CardMailDesk(casework: casework, vault: vault, outbox: outbox)
        stages = StageDesk(
            casework: casework, hash: { vault.person(knownBy: "application:" + $0).rawValue })
        reports = ReportDesk(
            casework: casework, vault: vault, outbox: outbox, destination: Self.agencyDestination)
        letters = LetterDesk(casework: casework, attachments: attachments, templates: templates)
        bodyLinks = BodyLinkDesk(casework: casework, key: linkKey)
        feeds = CalendarFeedDesk(casework: casework)
        self.attachments = attachments
        self.accounts = accounts
        self.outbox = outbox
    }

    /// The current moment.
    package func now() -> Moment { environment.now() }

    /// Opens a contact centre: reads the law, opens the stores, adopts the first calendar.
    ///
    /// - Parameters:
    ///   - data: the data folder; its lock is held for as long as the centre lives.
    ///   - schedules: the folder of the law.
    ///   - knowledge: the folder of cards and registers.
    ///   - passwordCost: what a guess at a password costs; less in tests.
    ///   - bringsUpToDate: whether calendar and registers are brought up to date with the files.
    ///   - note: told what a person should know: warnings, long steps.
    /// - Throws: what is wrong with a file of the law (file, line, what to do), a store or the settings.
    package static func open(
        data: DataFolder, schedules: String, knowledge: String, environment: CentreEnvironment,
        passwordCost: PasswordCost = .standard, bringsUpToDate: Bool = true, note: @Sendable (String) -> Void
    ) async throws -> ContactCentre {
        let settings = try Settings.read(data.settings)
        let law = ScheduleFolder(path: schedules)
        let rulebooks = try law.rulebooks(knownEvents: KnownEvents.all)
        let journal = try Journal(path: data.journal, projections: projections)
        let casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: rulebooks, calendars: CalendarKeeper())
        let vault = try PersonVault(path: data.vault)
        let complaints = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingTable.load(path: schedules + "/routing/complaints.yaml"),
            facts: { try RoutingFacts(registry: $0) })
        let accounts = try Accounts(
            journal: journal, vaultPath: data.accounts, cost: passwordCost,
            policy: SessionPolicy(requiresSecondFactor: settings.requiresSecondFactor),
            randomBytes: environment.randomBytes)
        let usage = try SearchUsage(path: data.usage, rules: try LearningRules.load(folder: knowledge + "/search"))
        try usage.tidy(at: environment.now())
        let words = try SearchKnowledge.load(folder: knowledge + "/search")
        let cards = CardDesk(casework: casework, knowledge: words, usage: usage, now: environment.now)
        let synonyms = SynonymDesk(casework: casework, cards: cards, files: words.synonyms)
        try journal.readNow { try synonyms.follow(in: $0) }
        let centre = ContactCentre(
            data: data, settings: settings, environment: environment, journal: journal,
            vault: vault, casework: casework, complaints: complaints,
            cards: cards, synonyms: synonyms, usage: usage,
            attachments: try AttachmentStore(folder: data.files), accounts: accounts, outbox: Outbox(),
            templates: try LetterTemplates.load(folder: schedules + "/letters"),
            linkKey: try BodyLinkKey.open(data.path + "/links.key", randomBytes: environment.randomBytes))
        try centre.attachments.removeUnfinished()
        if bringsUpToDate {
            try await centre.bringCalendarUpToDate(law, note: note)
            try centre.bringRegistryUpToDate(knowledge, note: note)
            try centre.bringCardsUpToDate(knowledge, note: note)
        }
        return centre
    }

    /// Closes the stores.
    package func close() throws {
        try usage.close()
        try accounts.close()
        try vault.close()
        try journal.close()
    }
}
