/// One contact centre, everything wired together: opened once by the command line or the server.
///
/// Decides: in which order things open, which events and tables there are, and what is brought up to date at start.
/// Refuses to know: rules of the field, addresses of pages, words of commands.
///
/// Start with `ContactCentre.open`. `ContactCentre+Modules.swift` is the table of businesses, `DataFolder.swift` says what lies
/// where, `Settings.swift` what can be set.
import Accounts
import Applications
import Attachments
import CardProposals
import CardSearch
import Casework
import Complaints
import Contacts
import Correspondence
import Delivery
import Forms
import Freshness
import Intake
import InternalControl
import Journal
import KnowledgeBase
import Onboarding
import PersonalData
import PostgresJournal
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
    /// What the words of a citizen say.
    package let readings: ReadingDesk
    /// What came in and becomes complaints.
    package var intake: IntakeDesk { IntakeDesk(complaints: complaints) }
    /// What is fetched from the forum; nil where none is set.
    package let forum: ForumPull?
    /// Information requests and the short cases beside them.
    package let onboarding: OnboardingDesk
    /// The reports that the law asks for.
    package let reports: Reports
    /// The bodies' reports of their internal control, and what disagrees with our numbers (797 §20).
    package let internalControl: InternalControlDesk
    /// What bodies are told of these forms: asked, reminded, asked about discrepancies.
    package let filingNotices: FilingNoticeDesk
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
    /// Stages of applications that came without their records (797 §15).
    package let stages: StageDesk
    /// Records of applications: their stages, terms and lateness (797 §15-16, 452).
    package let applications: ApplicationDesk
    /// What is pulled from the monitoring system; nil where none is set.
    package let stagePull: StagePull?
    /// Letters to bodies and to the Agency.
    package let letters: LetterDesk
    /// The bodies' own links.
    package let bodyLinks: BodyLinkDesk
    /// Campaigns by which bodies confirm their cards.
    package let campaigns: CampaignDesk
    /// The forms of cards that bodies submit.
    package let proposals: CardProposalDesk
    /// What bodies and applicants are told of complaints.
    package let notices: ComplaintNoticeDesk
    /// The ledger of violations: what is decided, what bodies reply.
    package let violations: ViolationDesk
    /// Deadlines in people's calendars.
    package let feeds: CalendarFeedDesk
    /// Attached documents.
    package let attachments: AttachmentStore
    /// Who may work here.
    package let accounts: Accounts
    /// What leaves the house.
    package let outbox: Outbox
    /// What the machine's clock is worth.
    package let time: TimeKeeper
    /// That this node is the one that works; nil where the journal is the folder's own file.
    let tenure: PostgresTenure?
    /// What holds journal and vault together.
    let bond: VaultBond
    /// What reading everything that is kept has found.
    package let integrity = IntegrityWatch()

    /// Events that the law names and whose case this program does not have yet. Their clocks stand in the rulebook and cannot
    /// start.
    package static let eventsToCome: Set<String> = [
        // Appeals and complaints about acts under the APPC (schedules/rulebooks/ssl-appc.yaml).
        "appealRegistered", "appealAnswered", "appealExtended", "appealExtensionTold", "appealFoundFaulty",
        "appealReturned", "appealArrivedElsewhere", "appealRedirected", "actComplaintReceived", "actComplaintPassedUp",
        "actComplaintSatisfied", "actComplaintRegistered", "actComplaintDecided", "caseRemanded", "decidedAnew",
    ]

    /// The events that a rulebook may name.
    package static let lawfulEvents = catalogue.names.union(eventsToCome)

    private init(
        data: DataFolder, settings: Settings, environment: CentreEnvironment, journal: Journal, vault: PersonVault,
        casework: Casework, complaints: ComplaintDesk, readings: ReadingDesk, forum: ForumPull?,
        stagePull: StagePull?, cards: CardDesk,
        synonyms: SynonymDesk,
        usage: SearchUsage,
        attachments: AttachmentStore,
        accounts: Accounts,
        outbox: Outbox, law: (forms: FormSet, reconciliation: ReconciliationRules),
        forms: [String: ReportForm], templates: LetterTemplates,
        mails: (complaints: ComplaintMails, campaigns: CampaignMails, filings: FilingMails),
        violations rules: ViolationRules,
        linkKey: BodyLinkKey, time: TimeKeeper, tenure: PostgresTenure?
    ) throws {
        self.time = time
        self.tenure = tenure
        bond = VaultBond(journal: journal, path: data.vault)
        self.data = data
        self.settings = settings
        self.environment = environment
        self.journal = journal
        self.vault = vault
        self.casework = casework
        self.complaints = complaints
        self.readings = readings
        self.forum = forum
        self.stagePull = stagePull
        applications = ApplicationDesk(casework: casework)
        self.cards = cards
        self.usage = usage
        self.synonyms = synonyms
        gaps = GapDesk(casework: casework)
        onboarding = OnboardingDesk(casework: casework) { code, db in
            try CardRecord.fetch(code, in: db).map { CardStanding(service: $0.card.code, edition: $0.edition) }
        }
        contacts = ContactDesk(casework: casework)
        cardMail = CardMailDesk(casework: casework, vault: vault, outbox: outbox)
        stages = StageDesk(
            casework: casework, hash: { vault.person(knownBy: "application:" + $0).rawValue })
        let standing: @Sendable (Moment) -> TimeStanding = { [environment] moment in
            environment.steady() == nil ? .trusted(moment) : time.standing()
        }
        func desk<Kind: PeriodReport>(to destination: String) throws -> ReportDesk<Kind> {
            guard let form = forms[Kind.form] else { throw ReportFormError.notMade(Kind.form) }
            return ReportDesk(
                casework: casework, vault: vault, outbox: outbox, form: form, destination: destination, time: standing)
        }
        reports = Reports(
            monthly: try desk(to: Self.agencyDestination),
            quarterly: try desk(to: Self.informatizationDestination),
            violations: try desk(to: Self.agencyDestination), corporation: try desk(to: Self.agencyDestination),
            electronic: try desk(to: Self.agencyDestination))
        internalControl = InternalControlDesk(
            casework: casework, outbox: outbox, forms: law.forms, rules: law.reconciliation,
            destination: Self.agencyDestination)
        letters = LetterDesk(casework: casework, attachments: attachments, templates: templates)
        bodyLinks = BodyLinkDesk(casework: casework, key: linkKey)
        proposals = CardProposalDesk(casework: casework)
        notices = ComplaintNoticeDesk(
            casework: casework, vault: vault, outbox: outbox, links: bodyLinks, mails: mails.complaints,
            rules: settings.reminderRules, address: settings.publicAddress ?? "",
            sendsMessages: settings.smsGateway != nil, randomBytes: environment.randomBytes)
        campaigns = CampaignDesk(
            casework: casework, vault: vault, outbox: outbox, links: bodyLinks, mails: mails.campaigns,
            rules: settings.reminderRules, address: settings.sendsMail ? settings.publicAddress ?? "" : "",
            randomBytes: environment.randomBytes)
        filingNotices = FilingNoticeDesk(
            control: internalControl, vault: vault, links: bodyLinks, mails: mails.filings,
            rules: settings.reminderRules, address: settings.sendsMail ? settings.publicAddress ?? "" : "",
            randomBytes: environment.randomBytes)
        violations = ViolationDesk(
            casework: casework, vault: vault, outbox: outbox, links: bodyLinks, mails: mails.complaints, rules: rules,
            address: settings.publicAddress ?? "", randomBytes: environment.randomBytes)
        feeds = CalendarFeedDesk(casework: casework)
        self.attachments = attachments
        self.accounts = accounts
        self.outbox = outbox
    }

    /// The current moment.
    package func now() -> Moment { environment.now() }

    /// Opens a contact centre: its stores, in their order; adopts the first calendar.
    ///
    /// - Parameters:
    ///   - data: the data folder; its lock is held for as long as the centre lives.
    ///   - law: what it works by.
    ///   - passwordCost: what a guess at a password costs; less in tests.
    ///   - lossAccepted: why it is opened although the vault is not the one that belongs to the journal; nil to refuse that.
    ///   - bringsUpToDate: whether calendar and registers are brought up to date with the files.
    ///   - note: told what a person should know: warnings, long steps.
    /// - Throws: `JournalError.deposed` where another node of the same journal works; what is wrong with a store, the settings, or a register or card (file, line, what to do).
    package static func open(
        data: DataFolder, law: CentreLaw, environment: CentreEnvironment,
        passwordCost: PasswordCost = .standard, acceptingLoss lossAccepted: String? = nil, bringsUpToDate: Bool = true,
        note: @Sendable (String) -> Void
    ) async throws -> ContactCentre {
        let settings = try Settings.read(data.settings)
        let rulebooks = try settings.law(of: law.rulebooks)
        let today = CivilZone.almaty.civilDate(of: environment.now())
        let node = try JournalNode(data, settings)
        let tenure = try node.map { try PostgresTenure(of: $0.authority, for: $0.name) }
        let journal = try journal(of: data, node)
        // Before anything is recorded under a clock that may be wrong.
        let time = TimeKeeper(
            path: data.time, lastEvent: try journal.lastRecordedAt(), mayRest: settings.isDemo ?? false,
            environment: environment)
        if let hold = time.standing().hold {
            note(
                "The clock shows \(hold.found), and should show about \(hold.expected): until it is put right or confirmed (bailanys clock confirm --reason …) no report is sealed, no breach recorded and nothing sent."
            )
        }
        let casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: rulebooks, calendars: CalendarKeeper())
        let bond = VaultBond(journal: journal, path: data.vault)
        try bond.requireVault(acceptingLoss: lossAccepted)
        let vault = try PersonVault(path: data.vault)
        try bond.check(vault, acceptingLoss: lossAccepted)
        let complaints = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingBook(law.routing.editions, choosing: settings.routingTable),
            keeper: RoutingFactsKeeper(),
            isOfficer: { number, db in try Account.fetch(number, in: db)?.may(.manageComplaints) ?? false })
        let accounts = try Accounts(
            journal: journal, vaultPath: data.accounts, cost: passwordCost,
            policy: SessionPolicy(
                vouchLimit: Int64(min(max(settings.directoryGrace ?? 8, 1), 72)) * 3_600_000,
                requiresSecondFactor: settings.requiresSecondFactor),
            people: try settings.directoryPeople(data.settings),
            randomBytes: environment.randomBytes)
        if let loss = try accounts.checkBond(path: data.accounts, at: environment.now()) { note("\(loss)") }
        let usage = try openUsage(data, rules: law.learning, at: environment.now(), note: note)
        let cards = CardDesk(
            casework: casework, knowledge: law.words, usage: usage, index: law.amounts, choices: law.choices,
            events: law.lifeEvents, now: environment.now)
        let synonyms = SynonymDesk(casework: casework, cards: cards, files: law.words.synonyms)
        try journal.readNow { try synonyms.follow(in: $0) }
        let readings = ReadingDesk(
            journal: journal, cards: cards, schedules: law.schedules, knowledge: law.knowledge,
            table: settings.routingTable, precedents: settings.learnsFromDecisions ? PrecedentDesk(vault: vault) : nil)
        let forum = try settings.forum.map { source in
            try ForumPull(
                source, casework: casework, intake: IntakeDesk(complaints: complaints), readings: readings,
                path: data.forum,
                now: environment.now)
        }
        let stagePull = try settings.stageSource.map { source in
            try StagePull(
                source, desk: ApplicationDesk(casework: casework), path: data.stages, now: environment.now)
        }
        let centre = try ContactCentre(
            data: data, settings: settings, environment: environment, journal: journal,
            vault: vault, casework: casework, complaints: complaints,
            readings: readings, forum: forum, stagePull: stagePull,
            cards: cards, synonyms: synonyms, usage: usage,
            attachments: try AttachmentStore(
                folder: data.files,
                space: FreeSpace(floor: settings.diskReserve.map { max(0, $0) << 20 } ?? FreeSpace.standardFloor)),
            accounts: accounts, outbox: Outbox(), law: (law.forms, law.reconciliation),
            forms: try Dictionary(
                uniqueKeysWithValues: Reports.forms.map { ($0, try ReportForm($0, of: law.forms, on: today)) }),
            templates: law.templates, mails: (law.mails, law.campaignMails, law.filingMails),
            violations: law.violations,
            linkKey: try BodyLinkKey.open(data.path + "/links.key", randomBytes: environment.randomBytes), time: time,
            tenure: tenure)
        try centre.attachments.removeUnfinished()
        try bond.adopt(vault, acceptingLoss: lossAccepted, at: environment.now())
        if bringsUpToDate {
            try await centre.bringCalendarUpToDate(ScheduleFolder(path: law.schedules), note: note)
            try centre.bringRegistryUpToDate(law.knowledge, note: note)
            try centre.bringCardsUpToDate(law.knowledge, note: note)
        }
        return centre
    }

    /// Closes the stores.
    package func close() throws {
        time.keep()
        // Where the journal writes no more, the marks lag behind: that is no reason to leave the stores open.
        try? bond.keepMark(of: vault)
        try? accounts.keepMark(at: environment.now())
        try usage.close()
        try accounts.close()
        try vault.close()
        try journal.close()
        // Where the server cannot be reached, the next node waits some seconds more.
        try? tenure?.end()
    }
}
