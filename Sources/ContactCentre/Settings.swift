import Foundation
import Yams

/// What the people of one contact centre decide; kept in `bailanys.yaml` in the data folder.
///
/// - `report-destination` (address, none by default): where the monthly report is pushed, https only.
/// - `report-authority` (path): PEM file of the authority that vouches for the receiver; the system's by default.
/// - `report-certificate`, `report-key` (paths): the client certificate shown to the receiver.
/// - `report-token` (text): a bearer token for the receiver.
/// - `report-first-period` (year-month): the first month that is reported by itself; by default the first with complaints.
/// - `second-factor` (`required` or `offered`, by default required, in a demonstration offered): whether coordinators,
///   administrators and auditors must set up one-time codes at their first sign-in.
/// - `drafts` (`operators` or `keepers`, by default operators): who finds cards of services that are not accepted for
///   consultation (797 §3); operators see them marked so.
/// - `report-hour` (0-23, default 10) and `report-working-day` (1-5, default 2): when in the month it is made.
/// - `mail-relay` (address, none by default): the server that takes our mail, `smtps://host:465` or `smtp://host:587`.
/// - `mail-sender` (address): from whom our mail is.
/// - `reminder-recipients` (list of addresses, empty by default): who is reminded of terms; `reminder-days` (1-10, default 1):
///   how many working days before; `reminder-from`, `reminder-until` (hours, defaults 9 and 18): when mail leaves.
/// - `mail-user`, `mail-password` (texts), `mail-authority` (path): how the relay knows us, and who vouches for it.
package struct Settings: Codable, Equatable, Sendable {
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
    /// Whether a second factor is asked of those whose role needs one.
    package var secondFactor: SecondFactor?
    /// Who sees cards of services that are not accepted for consultation (797 §3).
    package var drafts: DraftCards?
    /// Whether this is a demonstration; every page then says so.
    package var isDemo: Bool?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case reportDestination = "report-destination"
        case reportAuthority = "report-authority"
        case reportCertificate = "report-certificate"
        case reportKey = "report-key"
        case reportToken = "report-token"
        case reportFirstPeriod = "report-first-period"
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
        case secondFactor = "second-factor"
        case drafts
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

    /// Whether mail can leave: a relay and a sender are set.
    package var sendsMail: Bool { mailRelay != nil && mailSender != nil }

    /// No setting made.
    package init() {}

    /// The settings in a file; none where there is no file.
    /// - Throws: `SettingsError` with the line and what to mend.
    package static func read(_ path: String) throws -> Settings {
        guard let bytes = FileManager.default.contents(atPath: path) else { return Settings() }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains(where: { !$0.isWhitespace }) else { return Settings() }
        do {
            let known = Set(CodingKeys.allCases.map(\.rawValue))
            for key in try Yams.compose(yaml: text)?.mapping?.keys.compactMap(\.string) ?? [] where !known.contains(key)
            {
                throw SettingsError(
                    path: path, reason: "“\(key)” is no setting; known are \(known.sorted().joined(separator: ", "))")
            }
            return try YAMLDecoder().decode(Settings.self, from: text)
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError(path: path, reason: "\(error)")
        }
    }

    /// Writes the settings, readable by their owner alone.
    package func write(_ path: String) throws {
        let text = try YAMLEncoder().encode(self)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// Why the settings cannot be read.
package struct SettingsError: Error, CustomStringConvertible {
    /// The file.
    package let path: String
    /// What is wrong, and where.
    package let reason: String

    package var description: String {
        "The settings in \(path) cannot be read: \(reason). Mend the file and start again."
    }
}
