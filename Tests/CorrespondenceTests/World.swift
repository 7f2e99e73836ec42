import Attachments
import Casework
import Correspondence
import Delivery
import GRDB
import Journal
import Languages
import Onboarding
import Registry
import TestSupport
import Testing
import WorkingDays

/// Letters, links, feeds and reminders about the requests to one body, in a journal of their own.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let onboarding: OnboardingDesk
    let attachments: AttachmentStore
    let letters: LetterDesk
    let feeds: CalendarFeedDesk
    let reminders: ReminderDesk
    /// A Thursday, 10:00 in Almaty.
    let now: Moment
    let today: CivilDate

    /// - Parameter year: the last year of which there is a calendar.
    init(through year: Int? = nil) async throws {
        centre = try await TestCentre(
            Registry.eventTypes + OnboardingDesk.eventTypes + Correspondence.eventTypes, through: year
        ) { catalogue in
            Registry.projections(catalogue) + [OnboardingProjection(catalogue: catalogue), DeliveryProjection()]
                + Correspondence.projections(catalogue)
        }
        (now, today) = (try at("2026-03-19 10:00"), try day("2026-03-19"))
        let casework = centre.casework
        onboarding = OnboardingDesk(casework: casework) { _, _ in nil }
        attachments = try AttachmentStore(folder: centre.folder.file("files"))
        let templates = try LetterTemplates.load(folder: Repository.path + "/schedules/letters")
        letters = LetterDesk(casework: casework, attachments: attachments, templates: templates)
        feeds = CalendarFeedDesk(casework: casework)
        reminders = ReminderDesk(
            casework: casework, outbox: Outbox(), rules: ReminderRules(daysBefore: 1, hours: 9..<18, oldest: 7),
            letterhead: templates.letterhead)
        let name = Localized(kk: "Ішкі істер министрлігі", ru: "Министерство внутренних дел")
        let mia = PublicBody(
            code: "MIA", kind: .central, parent: nil, region: "republic",
            names: [DatedName(from: nil, through: nil, name: name)])
        let passports = PublicService(
            code: "S0288", name: Localized(kk: "Паспорт беру", ru: "Выдача паспортов"), owner: "MIA", provider: name,
            sphere: "x")
        _ = try casework.transactNow(by: centre.actor, at: try at("2026-01-05 10:00")) { session in
            try session.append([RegistryEvent.bodyRegistered(mia)], to: StreamID("body/MIA"), expecting: 0)
            try session.append(
                [RegistryEvent.serviceRegistered(passports)], to: StreamID("service/S0288"), expecting: 0)
            return 0
        }
    }

    /// A request to the body under a line of the plan, with the steps that come after its approval.
    /// - Returns: its case.
    @discardableResult
    func request(
        line: String = "7", _ steps: (Moment) -> [InformationRequestCommand] = { _ in [] }
    ) async throws -> StreamID {
        let id = OnboardingDesk.id(plan: "2026", line: line, body: "MIA")
        let approved = PlanLineApproved(
            plan: "2026", line: line, service: "S0288", body: "MIA", requestOn: today, approval: "№ 12")
        for command in [.approve(approved, at: now)] + steps(now) {
            try await onboarding.perform(command, on: id, by: actor, at: now)
        }
        return StreamID(kind: "onboarding", id: id)
    }

    /// The steps of a request that the body has received, so that its first term runs.
    static func received(_ moment: Moment) -> [InformationRequestCommand] {
        [
            .send(RequestSent(number: "05-12/101", channel: "documentolog"), at: moment),
            .receive(RequestReceived(proof: "incoming 12"), at: moment),
        ]
    }

    /// Puts open clocks of one kind of case on the board, all due on one day; which cases they are is of no account.
    func put(_ count: Int, of kind: String, due: CivilDate, breachedOn: CivilDate? = nil) throws {
        try write { db in
            let statement = try db.makeStatement(
                sql: """
                    INSERT INTO clock (stream, rule, owner, force, dayZero, term, firstDue, due, proof, isProvisional,
                      status, startedAt, breachedOn)
                    VALUES (?, 'review-by-body', 'body', 'statutory', ?, '5 working days', ?, ?, '', 0, ?, 0, ?)
                    """)
            for number in 1...count {
                try statement.execute(arguments: [
                    "\(kind)/\(due)-\(number)", due.adding(days: -7).description, due.description, due.description,
                    breachedOn == nil ? "running" : "breached", breachedOn?.description,
                ])
            }
        }
    }

    /// Changes tables by hand, as no code of ours does.
    func write(_ change: (Database) throws -> Void) throws {
        _ = try journal.transactNow(by: actor, at: now) { transaction in
            try change(transaction.db)
            return true
        }
    }

    /// The mails that are queued, each with its subject line and its text.
    func mails() throws -> [(subject: String, text: String)] {
        try journal.readNow { db in
            try DeliveryRecord.latest(DeliveryState.Phase.allCases, limit: 10_000, in: db).map { delivery in
                let bytes = try #require(try DocumentTable.bytes(of: delivery.digest, in: db))
                let letter = ReminderDesk.letter(
                    Parcel(
                        idempotencyKey: "", path: "", mediaType: delivery.mediaType, bytes: bytes,
                        digest: delivery.digest))
                return (letter.subject, letter.text)
            }
        }
    }

    /// The names of the events of a case, in order.
    func events(_ stream: StreamID) throws -> [String] {
        try journal.readNow { try SQLiteEventStore(db: $0).events(of: stream).map(\.name) }
    }
}
