import Accounts
import Blocking
import Casework
import Contacts
import Correspondence
import Curl
import Delivery
import Forms
import Foundation
import Freshness
import InternalControl
import Journal
import Logging
import PostgresJournal
import Reporting
import ServiceLifecycle
import Signatures
import WorkingDays

extension ContactCentre {
    /// The name of the destination of the monthly report.
    package static let agencyDestination = "agency"
    /// The name of the destination of the quarterly report.
    package static let informatizationDestination = "it-body"

    /// What runs beside the pages for as long as the server does: deliveries and timers.
    /// - Throws: `DeliveryError`, `CurlError` where the destination in the settings cannot be used.
    package func services(logger: Logger) throws -> [any Service] {
        try settings.requireFiles(data.settings)
        try settings.requireWholeTimeStamps(data.settings)
        var destinations: [String: any Transport] = [:]
        destinations[Self.agencyDestination] = try receiver(at: settings.reportDestination)
        destinations[Self.informatizationDestination] = try receiver(at: settings.quarterlyDestination)
        if let relay = settings.mailRelay, let sender = settings.mailSender {
            var destination = SMTPTransport.Destination(address: relay, sender: sender, recipients: [])
            destination.certificateAuthorityFile = settings.mailAuthority
            // A relay on this very machine is spoken to as it is.
            destination.allowsPlainConnection = Settings.isThisMachine(relay)
            if let user = settings.mailUser, let password = settings.mailPassword {
                destination.credentials = CurlCredentials(user: user, password: password)
            }
            destinations[CardMailDesk.destination] = PersonalMailTransport(
                destination, session: try CurlSession(), now: environment.now)
            if let recipients = settings.reminderRecipients, !recipients.isEmpty {
                destination.recipients = recipients
                destinations[ReminderDesk.destination] = SMTPTransport(
                    destination, session: try CurlSession(), now: environment.now, letter: ReminderDesk.letter)
            }
        }
        if settings.publicAddress != nil {
            destinations[ComplaintNoticeDesk.webhooks] = WebhookTransport(
                key: bodyLinks.key, authority: settings.webhookAuthority, session: try CurlSession(),
                now: environment.now)
        }
        if let gateway = settings.smsGateway {
            var destination = HTTPSTransport.Destination(address: gateway)
            destination.certificateAuthorityFile = settings.smsAuthority
            destination.bearerToken = settings.smsToken
            destinations[ComplaintNoticeDesk.messages] = try PersonalSMSTransport(
                destination, session: try CurlSession(), now: environment.now)
        }
        let offsite = OffsiteDesk(journal: journal)
        if let folder = try OffsiteFolder(settings, path: data.settings, session: try CurlSession()) {
            destinations[OffsiteDesk.name] = OffsiteTransport(
                folder: folder, address: settings.offsiteDestination ?? "", desk: offsite, now: environment.now,
                logger: logger)
        }
        let environment = environment
        let reminders = ReminderDesk(
            casework: casework, outbox: outbox, rules: settings.reminderRules,
            letterhead: letters.templates.letterhead)
        let delivery = DeliveryService(
            journal: journal, outbox: outbox, destinations: destinations,
            subjects: reports.desks.map(\.subject) + [
                internalControl, cardMail, notices, campaigns, violations,
                filingNotices, reminders, offsite,
            ],
            signers: reportSigners, stamps: try timeStamps(),
            environment: .init(
                now: environment.now, fraction: { Double.random(in: 0..<1) }, sleep: environment.sleep,
                isHeld: { [time, tenure] in time.standing().hold != nil || tenure?.isCertain == false }),
            logger: logger)
        let plans = reports.desks.map { ReportService.Plan(desk: $0, timetable: timetable(of: $0)) }
        let timer = ReportService(
            casework: casework, plans: plans, now: environment.now, sleep: environment.sleep, logger: logger)
        let clock = ClockWatch(time: time, logger: logger)
        let upkeep = PeriodicService(interval: .seconds(60), sleep: environment.sleep) { [bond, vault, accounts] in
            clock.round()
            do {
                try await Blocking.brief.run {
                    try bond.keepMark(of: vault)
                    try accounts.keepMark(at: environment.now())
                }
            } catch {
                logger.error("stores.mark.failed", metadata: ["reason": "\(error)"])
            }
        }
        let reading = PeriodicService(interval: .seconds(60), sleep: environment.sleep) {
            [integrity, journal, attachments] in
            do {
                try await integrity.round(journal, attachments, at: environment.now(), logger: logger)
            } catch is CancellationError {
                // The program is stopping.
            } catch {
                logger.error("integrity.round.failed", metadata: ["reason": "\(error)"])
            }
        }
        let watch = CalendarWatch(
            casework: casework, now: environment.now, sleep: environment.sleep, logger: logger)
        let sweep = FileSweep(
            attachments: attachments, journal: journal, sleep: environment.sleep, logger: logger)
        let preparation = SearchPreparation(cards: cards, readings: readings, logger: logger)
        var services: [any Service] = [upkeep, delivery, timer, watch, sweep, reading, preparation]
        if let audit = try auditService(logger) { services.append(audit) }
        if settings.publicAddress != nil { services.append(noticeService(logger)) }
        if let forum { services.append(forumService(forum, logger)) }
        if let stagePull { services.append(stageService(stagePull, logger)) }
        if let tenure {
            services.append(TenureWatch(tenure: tenure, sleep: environment.sleep, logger: logger))
        }
        if let follower = directoryService(logger) { services.append(follower) }
        guard destinations[ReminderDesk.destination] != nil else { return services }
        return services + [
            ReminderService(
                desk: reminders, now: environment.now, sleep: environment.sleep,
                isHeld: { [time] in time.standing().hold != nil }, logger: logger)
        ]
    }
}

extension ContactCentre {
    /// Tells bodies and applicants of complaints, half a minute after something happened at the latest, and reminds bodies of
    /// the cards that they have not confirmed and of the forms that they were asked for.
    private func noticeService(_ logger: Logger) -> PeriodicService {
        PeriodicService(interval: .seconds(30), sleep: environment.sleep) {
            [notices, campaigns, filingNotices, environment, time] in
            do {
                guard time.standing().hold == nil else { return }
                let made =
                    try await notices.round(at: environment.now()) + notices.remind(at: environment.now())
                    + campaigns.round(at: environment.now()) + filingNotices.round(at: environment.now())
                if made > 0 { logger.info("notices.queued", metadata: ["count": "\(made)"]) }
            } catch {
                logger.error("notices.round.failed", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Fetches what came in on the forum.
    private func forumService(_ forum: ForumPull, _ logger: Logger) -> PeriodicService {
        PeriodicService(interval: .seconds(60 * (settings.forumMinutes ?? 5)), sleep: environment.sleep) { [time] in
            do {
                guard time.standing().hold == nil, let state = try await forum.round() else { return }
                if let fault = state.fault {
                    logger.error("forum.pull.failed", metadata: ["reason": "\(fault)"])
                } else if state.lastReceived > 0 {
                    logger.info("forum.pulled", metadata: ["count": "\(state.lastReceived)"])
                }
            } catch {
                logger.error("forum.pull.failed", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// When the reports of a form are made by themselves.
    private func timetable(of desk: any PeriodDesk) -> ReportTimetable {
        var timetable = ReportTimetable()
        if let hour = settings.reportHour { timetable.hour = hour }
        switch desk.kind {
        case MonthlyReport.streamKind, QuarterlyReport.streamKind:
            let first =
                desk.kind == MonthlyReport.streamKind ? settings.reportFirstPeriod : settings.quarterlyFirstPeriod
            timetable.first = first.flatMap { desk.form.form.period($0) }
            if let day = settings.reportWorkingDay { timetable.workingDay = day }
        default:
            timetable.first = settings.firstStagePeriod(of: desk.form.form)
            timetable.workingDay = settings.stageReportWorkingDay ?? Settings.standardStageReportDay
        }
        return timetable
    }

    /// Fetches what providers told the monitoring system of applications.
    private func stageService(_ pull: StagePull, _ logger: Logger) -> PeriodicService {
        PeriodicService(interval: .seconds(60 * (settings.stageMinutes ?? 60)), sleep: environment.sleep) { [time] in
            do {
                guard time.standing().hold == nil, let state = try await pull.round() else { return }
                if let fault = state.fault {
                    logger.error("stages.pull.failed", metadata: ["reason": "\(fault)"])
                } else if state.lastReceived > 0 {
                    logger.info("stages.pulled", metadata: ["count": "\(state.lastReceived)"])
                }
            } catch {
                logger.error("stages.pull.failed", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Follows the organisation's directory, so that whoever was taken out of it is out here within 15 minutes; nil where none is
    /// set.
    package func directoryService(_ logger: Logger) -> (any Service)? {
        guard settings.directoryAddress != nil else { return nil }
        let watch = DirectoryWatch(accounts: accounts, logger: logger)
        return PeriodicService(interval: DirectoryWatch.interval, sleep: environment.sleep) { [environment] in
            await watch.round(environment)
        }
    }

    /// A receiver of reports as the settings know it; nil where it has no address.
    private func receiver(at address: String?) throws -> HTTPSTransport? {
        guard let address else { return nil }
        var destination = HTTPSTransport.Destination(address: address)
        destination.certificateAuthorityFile = settings.reportAuthority
        destination.bearerToken = settings.reportToken
        if let certificate = settings.reportCertificate, let key = settings.reportKey {
            destination.clientCertificate = CurlClientCertificate(certificateFile: certificate, keyFile: key)
        }
        let receipts = settings.agencySignatureAuthority.map {
            ReceiptCheck(authorityFile: $0, now: environment.now)
        }
        return try HTTPSTransport(destination, session: try CurlSession(), receipts: receipts)
    }

    /// The pair that signs what goes to each receiver of reports; none where reports are not signed.
    private var reportSigners: [String: SigningFiles] {
        guard let files = settings.signing else { return [:] }
        return [Self.agencyDestination: files, Self.informatizationDestination: files]
    }

    /// Who stamps the signatures of reports with the time; nobody where it is not set.
    private func timeStamps() throws -> [String: TimeStampClient] {
        guard let address = settings.timeStampAddress, let file = settings.timeStampAuthority else { return [:] }
        let client = TimeStampClient(
            address: address, authorityFile: file, session: try CurlSession(), random: environment.randomBytes)
        return [Self.agencyDestination: client, Self.informatizationDestination: client]
    }

    /// How the pair that signs reports stands now; nil where reports are not signed.
    package func signingStanding() -> SigningStanding? { settings.signing?.standing(at: now()) }
}

extension Settings {
    /// Whether an address without TLS leads to this very machine; a name before it or a longer one leads elsewhere.
    package static func isThisMachine(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), parts.scheme == "smtp", parts.user == nil else {
            return false
        }
        return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(parts.host?.lowercased() ?? "")
    }

    /// When reminders leave.
    var reminderRules: ReminderRules {
        let from = min(max(reminderFrom ?? 9, 0), 23)
        let until = min(max(reminderUntil ?? 18, from + 1), 24)
        return ReminderRules(daysBefore: min(max(reminderDays ?? 1, 1), 10), hours: from..<until, oldest: 7)
    }
}
