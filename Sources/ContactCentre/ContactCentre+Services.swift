import Contacts
import Correspondence
import Curl
import Delivery
import Foundation
import Logging
import Reporting
import ServiceLifecycle
import WorkingDays

extension ContactCentre {
    /// The name of the destination of the monthly report.
    package static let agencyDestination = "agency"

    /// What runs beside the pages for as long as the server does: deliveries and timers.
    /// - Throws: `DeliveryError`, `CurlError` where the destination in the settings cannot be used.
    package func services(logger: Logger) throws -> [any Service] {
        var destinations: [String: any Transport] = [:]
        if let address = settings.reportDestination {
            var destination = HTTPSTransport.Destination(address: address)
            destination.certificateAuthorityFile = settings.reportAuthority
            destination.bearerToken = settings.reportToken
            if let certificate = settings.reportCertificate, let key = settings.reportKey {
                destination.clientCertificate = CurlClientCertificate(certificateFile: certificate, keyFile: key)
            }
            destinations[Self.agencyDestination] = try HTTPSTransport(destination, session: try CurlSession())
        }
        if let relay = settings.mailRelay, let sender = settings.mailSender {
            var destination = SMTPTransport.Destination(address: relay, sender: sender, recipients: [])
            destination.certificateAuthorityFile = settings.mailAuthority
            // A relay on this very machine is spoken to as it is.
            destination.allowsPlainConnection =
                relay.hasPrefix("smtp://127.0.0.1") || relay.hasPrefix("smtp://localhost")
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
        let environment = environment
        let reminders = ReminderDesk(
            casework: casework, outbox: outbox, rules: settings.reminderRules,
            letterhead: letters.templates.letterhead)
        let delivery = DeliveryService(
            journal: journal, outbox: outbox, destinations: destinations, subjects: [reports, cardMail, reminders],
            environment: .init(
                now: environment.now, fraction: { Double.random(in: 0..<1) }, sleep: environment.sleep),
            logger: logger)
        var timetable = ReportTimetable()
        timetable.firstMonth = settings.reportFirstPeriod.flatMap { CivilMonth($0) }
        if let hour = settings.reportHour { timetable.hour = hour }
        if let day = settings.reportWorkingDay { timetable.workingDay = day }
        let timer = ReportService(
            desk: reports, timetable: timetable, now: environment.now, sleep: environment.sleep, logger: logger)
        let watch = CalendarWatch(
            casework: casework, now: environment.now, sleep: environment.sleep, logger: logger)
        let preparation = SearchPreparation(cards: cards, logger: logger)
        guard destinations[ReminderDesk.destination] != nil else { return [delivery, timer, watch, preparation] }
        return [
            delivery, timer, watch, preparation,
            ReminderService(desk: reminders, now: environment.now, sleep: environment.sleep, logger: logger),
        ]
    }
}

extension Settings {
    /// When reminders leave.
    var reminderRules: ReminderRules {
        let from = min(max(reminderFrom ?? 9, 0), 23)
        let until = min(max(reminderUntil ?? 18, from + 1), 24)
        return ReminderRules(daysBefore: min(max(reminderDays ?? 1, 1), 10), hours: from..<until, oldest: 7)
    }
}
