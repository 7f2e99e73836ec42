import Foundation
import Rulebook
import Signatures
import WorkingDays
import Yams

/// What the people of one contact centre decide; kept in `bailanys.yaml` in the data folder.
///
/// `SettingCatalogue` describes every key: its type, unit, default and range, and what it is for.
package struct Settings: Codable, Equatable, Sendable {
    /// Where the journal is, with the password where one stands there; nil: in the data folder.
    package var journal: String?
    /// Where the monthly report is pushed.
    package var reportDestination: String?
    /// The authority that vouches for the receiver.
    package var reportAuthority: String?
    /// The client certificate.
    package var reportCertificate: String?
    /// The key of the client certificate.
    package var reportKey: String?
    /// The bearer token.
    package var reportToken: String?
    /// The first month that is reported by itself.
    package var reportFirstPeriod: String?
    /// The key that signs reports.
    package var signatureKey: String?
    /// The certificate of that key.
    package var signatureCertificate: String?
    /// The file of the password of that key.
    package var signaturePasswordFile: String?
    /// The authority of those who sign the receipts of reports.
    package var agencySignatureAuthority: String?
    /// Who stamps the signatures of reports with the time.
    package var timeStampAddress: String?
    /// The authority of whoever stamps them.
    package var timeStampAuthority: String?
    /// Where the quarterly report is pushed.
    package var quarterlyDestination: String?
    /// The first quarter that is reported by itself.
    package var quarterlyFirstPeriod: String?
    /// The hour of the day at which the report is made, local time.
    package var reportHour: Int?
    /// The working day of the month on which the report is made.
    package var reportWorkingDay: Int?
    /// The server that takes our mail.
    package var mailRelay: String?
    /// From whom our mail is.
    package var mailSender: String?
    /// Our name at the relay.
    package var mailUser: String?
    /// Our password at the relay.
    package var mailPassword: String?
    /// The authority that vouches for the relay.
    package var mailAuthority: String?
    /// Who is reminded of terms by mail; nobody where it is empty.
    package var reminderRecipients: [String]?
    /// How many working days before the last day the reminder leaves.
    package var reminderDays: Int?
    /// From which hour of a working day mail reminds.
    package var reminderFrom: Int?
    /// Until which hour of a working day mail reminds.
    package var reminderUntil: Int?
    /// Where others reach the site.
    package var publicAddress: String?
    /// Who takes short messages to applicants.
    package var smsGateway: String?
    /// The bearer token for the gateway.
    package var smsToken: String?
    /// The authority that vouches for the gateway.
    package var smsAuthority: String?
    /// The authority that vouches for the systems of bodies.
    package var webhookAuthority: String?
    /// The certificate that the site shows with `serve --tls`.
    package var tlsCertificate: String?
    /// The key of that certificate.
    package var tlsKey: String?
    /// The organisation's directory of people.
    package var directoryAddress: String?
    /// The authority that vouches for the directory.
    package var directoryAuthority: String?
    /// As whom we search in the directory.
    package var directoryUser: String?
    /// Our password there.
    package var directoryPassword: String?
    /// Below which entry people are searched.
    package var directoryBase: String?
    /// How a person is searched by the name that he types.
    package var directoryFilter: String?
    /// The attribute that names a person for good.
    package var directoryKey: String?
    /// The attribute that others see.
    package var directoryName: String?
    /// Which groups of the directory have which role, `role=distinguished name`.
    package var directoryGroups: [String]?
    /// For how many hours the directory may be silent before those whom it vouched for are asked to sign in again.
    package var directoryGrace: Int?
    /// The organisation's provider of identities.
    package var providerAddress: String?
    /// The authority that vouches for the provider.
    package var providerAuthority: String?
    /// How the provider knows us.
    package var providerClient: String?
    /// The secret that proves it.
    package var providerSecret: String?
    /// What is asked of the provider.
    package var providerScope: String?
    /// The claim that names somebody's groups.
    package var providerClaim: String?
    /// Which groups of the provider have which role, `role=group`.
    package var providerGroups: [String]?
    /// How many seconds one answer of the provider is waited for.
    package var providerTimeout: Int?
    /// How much of the disk is kept free of uploads, in MiB.
    package var diskReserve: Int?
    /// The public keys of those who can open backups.
    package var backupRecipients: [String]?
    /// Where the copy of the backup is, on another machine.
    package var offsiteDestination: String?
    /// The private key that is shown there, for SFTP.
    package var offsiteKeyFile: String?
    /// The keys by which that machine is known, for SFTP.
    package var offsiteKnownHosts: String?
    /// The file of the token that is shown there, for HTTPS.
    package var offsiteTokenFile: String?
    /// The authority that vouches for that machine, for HTTPS.
    package var offsiteAuthority: String?
    /// The system that is told of all that people do.
    package var auditReceiver: String?
    /// The authority that vouches for it.
    package var auditAuthority: String?
    /// What the log of the server is written as.
    package var logFormat: LogFormat?
    /// Whether a second factor is asked of those whose role needs one.
    package var secondFactor: SecondFactor?
    /// Who sees cards of services that are not accepted for consultation (797 §3).
    package var drafts: DraftCards?
    /// By which rulebook new complaints are reviewed.
    package var complaintRules: String?
    /// Which edition of the routing table decides; nil: the one of the day of filing.
    package var routingTable: String?
    /// Where the forum is asked for what citizens wrote there.
    package var forumAddress: String?
    /// The bearer token for the forum.
    package var forumToken: String?
    /// The authority that vouches for the forum.
    package var forumAuthority: String?
    /// How many minutes lie between two pulls.
    package var forumMinutes: Int?
    /// Where the monitoring system is asked for records of applications.
    package var stageAddress: String?
    /// The bearer token for the monitoring system.
    package var stageToken: String?
    /// The authority that vouches for the monitoring system.
    package var stageAuthority: String?
    /// How many minutes lie between two pulls of stage data.
    package var stageMinutes: Int?
    /// The first month of which the reports from stage data are made by themselves.
    package var stageReportsFirstPeriod: String?
    /// On which working day after a period the reports from stage data are made.
    package var stageReportWorkingDay: Int?
    /// Whether what officers decided speaks for what is proposed next.
    package var learning: Bool?
    /// Whether this is a demonstration; every page then says so.
    package var isDemo: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case journal
        case reportDestination = "report-destination"
        case reportAuthority = "report-authority"
        case reportCertificate = "report-certificate"
        case reportKey = "report-key"
        case reportToken = "report-token"
        case reportFirstPeriod = "report-first-period"
        case signatureKey = "signature-key"
        case signatureCertificate = "signature-certificate"
        case signaturePasswordFile = "signature-password-file"
        case agencySignatureAuthority = "agency-signature-authority"
        case timeStampAddress = "time-stamp-address"
        case timeStampAuthority = "time-stamp-authority"
        case quarterlyDestination = "quarterly-destination"
        case quarterlyFirstPeriod = "quarterly-first-period"
        case reportHour = "report-hour"
        case reportWorkingDay = "report-working-day"
        case mailRelay = "mail-relay"
        case mailSender = "mail-sender"
        case mailUser = "mail-user"
        case mailPassword = "mail-password"
        case mailAuthority = "mail-authority"
        case reminderRecipients = "reminder-recipients"
        case reminderDays = "reminder-days"
        case reminderFrom = "reminder-from"
        case reminderUntil = "reminder-until"
        case publicAddress = "public-address"
        case smsGateway = "sms-gateway"
        case smsToken = "sms-token"
        case smsAuthority = "sms-authority"
        case webhookAuthority = "webhook-authority"
        case tlsCertificate = "tls-certificate"
        case tlsKey = "tls-key"
        case directoryAddress = "directory-address"
        case directoryAuthority = "directory-authority"
        case directoryUser = "directory-user"
        case directoryPassword = "directory-password"
        case directoryBase = "directory-base"
        case directoryFilter = "directory-filter"
        case directoryKey = "directory-key"
        case directoryName = "directory-name"
        case directoryGroups = "directory-groups"
        case directoryGrace = "directory-grace"
        case providerAddress = "provider-address"
        case providerAuthority = "provider-authority"
        case providerClient = "provider-client"
        case providerSecret = "provider-secret"
        case providerScope = "provider-scope"
        case providerClaim = "provider-claim"
        case providerGroups = "provider-groups"
        case providerTimeout = "provider-timeout"
        case diskReserve = "disk-reserve"
        case backupRecipients = "backup-recipients"
        case offsiteDestination = "offsite-destination"
        case offsiteKeyFile = "offsite-key-file"
        case offsiteKnownHosts = "offsite-known-hosts"
        case offsiteTokenFile = "offsite-token-file"
        case offsiteAuthority = "offsite-authority"
        case auditReceiver = "audit-receiver"
        case auditAuthority = "audit-authority"
        case logFormat = "log-format"
        case secondFactor = "second-factor"
        case drafts
        case complaintRules = "complaint-rules"
        case routingTable = "routing-table"
        case forumAddress = "forum-address"
        case forumToken = "forum-token"
        case forumAuthority = "forum-authority"
        case forumMinutes = "forum-minutes"
        case stageAddress = "stage-address"
        case stageToken = "stage-token"
        case stageAuthority = "stage-authority"
        case stageMinutes = "stage-minutes"
        case stageReportsFirstPeriod = "stage-reports-first-period"
        case stageReportWorkingDay = "stage-report-working-day"
        case learning = "learn-from-decisions"
        case isDemo = "demo"
    }

    /// Who sees cards of services that are not accepted for consultation.
    package enum DraftCards: String, Codable, Sendable {
        /// Operators find them, marked as not accepted.
        case operators
        /// Only those who keep cards.
        case keepers
    }

    /// How the second factor is asked for.
    package enum SecondFactor: String, Codable, Sendable {
        /// Those whose role needs it do nothing before they have it.
        case required
        /// Everybody may have it.
        case offered
    }

    /// Whether those whose role needs a second factor must set it up before anything else.
    package var requiresSecondFactor: Bool { secondFactor.map { $0 == .required } ?? !(isDemo ?? false) }

    /// Whether what was decided for words like these is proposed first; docs/routing.md tells the rule.
    package var learnsFromDecisions: Bool { learning ?? true }

    /// Whether mail can leave: a relay and a sender are set.
    package var sendsMail: Bool { mailRelay != nil && mailSender != nil }

    /// The pair that signs reports; nil where they go unsigned.
    package var signing: SigningFiles? {
        signatureKey.map { key in
            SigningFiles(key: key, certificate: signatureCertificate, passwordFile: signaturePasswordFile)
        }
    }

    /// The law with the rulebooks that were chosen.
    /// - Throws: `RulebookLoadError` where the chosen one has no review of complaints.
    package func law(of rulebooks: RulebookSet) throws -> RulebookSet {
        try complaintRules.map { try rulebooks.choosing($0, for: "complaint-review") } ?? rulebooks
    }

    /// No setting made.
    package init() {}
}
