import Backup
import WorkingDays
import Yams

/// One setting: what may stand in the file under its key.
package struct SettingDescription: Sendable {
    /// What a value must be.
    package enum Kind: Sendable {
        /// A whole number of a unit.
        case number(unit: String, ClosedRange<Int>)
        /// Any text.
        case text
        /// The path of a file that can be read when it is used.
        case path
        /// An address of one of these schemes.
        case address(schemes: [String])
        /// Where a site is: a scheme and a host, nothing after it.
        case site
        /// Where the copy of a backup is.
        case farFolder
        /// Who takes messages of syslog.
        case syslog
        /// One of some words.
        case word([String])
        /// A period of time as it is written, such as 2026-10.
        case period(example: String, @Sendable (String) -> Bool)
        /// Texts, each of which must pass.
        case list(of: String, @Sendable (String) -> Bool)
        /// true or false.
        case flag
    }

    /// Its key in the file.
    package let key: String
    /// What its value must be.
    package let kind: Kind
    /// What applies where it is not set.
    package let standard: String
    /// What it is for, in a sentence.
    package let words: String
    /// Whether its value is shown to nobody.
    package var isSecret = false

    init(_ key: Settings.CodingKeys, _ kind: Kind, standard: String = "none", isSecret: Bool = false, _ words: String) {
        self.key = key.rawValue
        self.kind = kind
        self.standard = standard
        self.isSecret = isSecret
        self.words = words
    }

    /// What may stand there, in words.
    package var range: String {
        switch kind {
        case .number(let unit, let range):
            "a number from \(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " (\(unit))")"
        case .text: "a text"
        case .path: "the path of a file"
        case .address(let schemes): "an address, \(schemes.map { $0 + "://…" }.joined(separator: " or "))"
        case .site: "an address such as https://1414.example.kz, without a path"
        case .syslog: "an address, tls://host:port, tcp://host:port or udp://host:port"
        case .farFolder: "an address, sftp://user@host/folder or https://host/folder, without a password"
        case .word(let words): words.joined(separator: " or ")
        case .period(let example, _): "a period such as \(example)"
        case .list(let what, _): "a list of \(what)"
        case .flag: "true or false"
        }
    }

    /// What is wrong with a value, in a sentence; nil where nothing is.
    func problem(with node: Node) -> String? {
        // Left empty it is not set.
        if node.null != nil { return nil }
        let text = node.scalar?.string
        switch kind {
        case .number(_, let range):
            guard let number = node.int else { return refusal(text) }
            return range.contains(number) ? nil : refusal("\(number)")
        case .text, .path: return text?.isEmpty == false ? nil : refusal(text)
        case .address(let schemes):
            let isRight = schemes.contains { text?.lowercased().hasPrefix($0 + "://") == true }
            return isRight ? nil : refusal(text)
        case .site: return Settings.isSite(text ?? "") ? nil : refusal(text)
        case .syslog: return AuditStream.Receiver(text ?? "", authority: nil) != nil ? nil : refusal(text)
        case .farFolder: return Settings.isFarFolder(text ?? "") ? nil : refusal(text)
        case .word(let words): return words.contains(text ?? "") ? nil : refusal(text)
        case .period(_, let isRight): return text.map(isRight) == true ? nil : refusal(text)
        case .list(_, let isRight):
            guard let list = node.sequence else { return refusal(text) }
            let wrong = list.first { node in node.scalar.map { !isRight($0.string) } ?? true }
            return wrong.map { refusal($0.scalar?.string) }
        case .flag: return node.bool == nil ? refusal(text) : nil
        }
    }

    private func refusal(_ value: String?) -> String {
        "“\(key)” takes \(range), not \(isSecret ? "what stands there" : "“\(value ?? "")”")"
    }
}

/// Every setting, in the order in which an administrator meets them.
package enum SettingCatalogue {
    /// All settings.
    package static let all: [SettingDescription] = [
        .init(
            .journal, .address(schemes: ["postgresql", "postgres"]), standard: "journal.db of the data folder",
            isSecret: true,
            "Where the journal is, where it must outlive its machine: PostgreSQL 15, several hosts with commas (docs/cluster.md)."
        ),
        .init(
            .reportDestination, .address(schemes: ["https"]), "Where the monthly report of 797 §18 is pushed."),
        .init(
            .reportAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for the receiver."),
        .init(.reportCertificate, .path, "PEM file of the client certificate shown to the receiver."),
        .init(.reportKey, .path, "PEM file of the key of that certificate."),
        .init(.reportToken, .text, isSecret: true, "The bearer token for the receiver."),
        .init(
            .reportFirstPeriod, .period(example: "2026-03") { CivilMonth($0) != nil },
            standard: "the first month with complaints", "The first month that is reported by itself."),
        .init(
            .reportHour, .number(unit: "hour of the day, local time", 0...23), standard: "10",
            "When on its day the report is made."),
        .init(
            .reportWorkingDay, .number(unit: "working day of the month", 1...5), standard: "2",
            "On which day the report is made."),
        .init(
            .signatureKey, .path, standard: "reports are not signed",
            "The key that signs reports, RSA or ECDSA: a PEM file, or PKCS#12 with its certificate (docs/monthly-report.md)."
        ),
        .init(
            .signatureCertificate, .path, standard: "the one in the key's file",
            "PEM file of the certificate of that key, with those between it and its authority."),
        .init(
            .signaturePasswordFile, .path, standard: "the key has no password",
            "The file that holds the password of that key, in its first line."),
        .init(
            .agencySignatureAuthority, .path, standard: "receipts need no signature",
            "PEM file of the authority of whoever signs the receipts of reports; with it a receipt that is not signed so is an alarm."
        ),
        .init(
            .timeStampAddress, .address(schemes: ["https", "http"]), standard: "signatures are not stamped",
            "The time stamping authority (RFC 3161) that says when the signature of a report was there; where it does not answer the report goes without a stamp."
        ),
        .init(
            .timeStampAuthority, .path,
            "PEM file of the authority that vouches for the certificate of those time stamps (docs/proof.md)."),
        .init(
            .quarterlyDestination, .address(schemes: ["https"]),
            "Where the quarterly report of 797 §14 is pushed; authority, certificate and token are the monthly one's."
        ),
        .init(
            .quarterlyFirstPeriod, .period(example: "2026-Q4") { CivilQuarter($0) != nil }, standard: "by hand",
            "The first quarter that is reported by itself."),
        .init(.mailRelay, .address(schemes: ["smtps", "smtp"]), "The server that takes our mail."),
        .init(.mailSender, .text, "The address from which our mail is."),
        .init(.mailUser, .text, "Our name at the relay."),
        .init(.mailPassword, .text, isSecret: true, "Our password at the relay."),
        .init(
            .mailAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for the relay."),
        .init(
            .reminderRecipients, .list(of: "mail addresses") { $0.contains("@") }, standard: "nobody",
            "Who is reminded of terms."),
        .init(
            .reminderDays, .number(unit: "working days before the last day", 1...10), standard: "1",
            "When a reminder is due."),
        .init(
            .reminderFrom, .number(unit: "hour of the day, local time", 0...23), standard: "9",
            "From when mail leaves."),
        .init(
            .reminderUntil, .number(unit: "hour of the day, local time", 1...24), standard: "18",
            "Until when mail leaves."),
        .init(
            .publicAddress, .site,
            "Where others reach the site; with it bodies are told of complaints and applicants of what becomes of them."
        ),
        .init(
            .smsGateway, .address(schemes: ["https"]),
            "Who takes short messages to applicants that gave a telephone and no e-mail (docs/complaints.md)."),
        .init(.smsToken, .text, isSecret: true, "The bearer token for that gateway."),
        .init(
            .smsAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for that gateway."),
        .init(
            .webhookAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for the systems of bodies."),
        .init(
            .tlsCertificate, .path, standard: "the site speaks without TLS",
            "PEM file of the certificate that the site shows with “serve --tls”, those between it and its authority after it."
        ),
        .init(.tlsKey, .path, "PEM file of the key of that certificate, without a password."),
        .init(
            .directoryAddress, .address(schemes: ["ldaps", "ldap"]), standard: "local accounts alone",
            "The organisation's LDAP directory, by which people sign in; ldap:// is spoken with StartTLS."),
        .init(
            .directoryAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for the directory."),
        .init(.directoryUser, .text, "The distinguished name as which we search in the directory."),
        .init(.directoryPassword, .text, isSecret: true, "Our password in the directory."),
        .init(.directoryBase, .text, "The entry of the directory below which people are searched."),
        .init(
            .directoryFilter, .text, standard: "(uid={name})",
            "The filter by which a person is found, {name} for what he types; Active Directory: (sAMAccountName={name})."
        ),
        .init(
            .directoryKey, .text, standard: "entryUUID",
            "The attribute that names a person for good, whatever becomes of his name; Active Directory: objectGUID."),
        .init(.directoryName, .text, standard: "cn", "The attribute that others see of a person."),
        .init(
            .directoryGroups, .list(of: "role=distinguished name of a group") { DirectorySettings.group($0) != nil },
            standard: "nobody", "Whose members have which role here; who is in none of them does not get in."),
        .init(
            .directoryGrace, .number(unit: "hours", 1...72), standard: "8",
            "For how long those who came by the directory stay signed in while it does not answer, and those who came by the provider without going there again."
        ),
        .init(
            .providerAddress, .address(schemes: ["https", "http"]), standard: "none",
            "The organisation's provider of identities (OpenID Connect): its issuer; http:// on this machine only."),
        .init(
            .providerAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for the provider."),
        .init(.providerClient, .text, "How the provider knows us (client_id)."),
        .init(.providerSecret, .text, isSecret: true, "The secret that proves it, where the provider gave one."),
        .init(.providerScope, .text, standard: "openid profile email", "What is asked of the provider."),
        .init(.providerClaim, .text, standard: "groups", "The claim of the ID token that names somebody's groups."),
        .init(
            .providerGroups, .list(of: "role=group") { Settings.providerGroup($0) != nil }, standard: "nobody",
            "Whose members have which role here; who is in none of them does not get in."),
        .init(
            .providerTimeout, .number(unit: "seconds", 2...300), standard: "10",
            "How long one answer of the provider is waited for; half of that for the connection."),
        .init(
            .diskReserve, .number(unit: "MiB", 0...1 << 40), standard: "512",
            "Below so much free space no file is taken, and readiness says so."),
        .init(
            .backupRecipients, .list(of: "public keys, as “bailanys backup-key” prints them", isRecipient),
            standard: "nobody", "Who can open backups."),
        .init(
            .offsiteDestination, .farFolder, standard: "no copy is made",
            "Where each backup goes too, on another machine (docs/administration.md)."),
        .init(.offsiteKeyFile, .path, "The private key (OpenSSH, without a password) that is shown there, for SFTP."),
        .init(
            .offsiteKnownHosts, .path,
            "The keys by which that machine is known, as ssh-keyscan prints them, for SFTP: no other is spoken to."),
        .init(.offsiteTokenFile, .path, standard: "no token", "The file of the bearer token for it, for HTTPS."),
        .init(
            .offsiteAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for it, for HTTPS."),
        .init(
            .auditReceiver, .syslog, standard: "nobody is told",
            "The system (SIEM) that is told by syslog (RFC 5424) of all that people do and look at; never a name or a typed text."
        ),
        .init(
            .auditAuthority, .path, standard: "the authorities of the system",
            "PEM file of the authority that vouches for it, for tls://."),
        .init(
            .logFormat, .word(["text", "json"]), standard: "text",
            "What the log of the server is written as: lines for people, or JSON with the request, the route and the number of the account; neither names a person."
        ),
        .init(
            .secondFactor, .word(["required", "offered"]), standard: "required; in a demonstration offered",
            "Whether coordinators, administrators and auditors must set up one-time codes at their first sign-in."),
        .init(
            .drafts, .word(["operators", "keepers"]), standard: "operators",
            "Who finds cards of services that are not accepted for consultation (797 §3)."),
        .init(
            .complaintRules, .word(["complaint-review", "ssl-appc"]), standard: "complaint-review",
            "By which rules new complaints are reviewed: those of 2013, or those of today, which a lawyer must confirm first (“bailanys rulebook compare” shows what would differ). Each complaint keeps its own."
        ),
        .init(
            .routingTable, .text, standard: "the edition of the day of filing",
            "Which edition of the routing table decides who must answer, such as complaints@2013-04-15. Each complaint keeps its own."
        ),
        .init(
            .forumAddress, .address(schemes: ["https"]),
            "Where the forum is asked for what citizens wrote there (docs/complaints.md). Without it nothing is fetched."
        ),
        .init(.forumToken, .text, isSecret: true, "The bearer token for the forum."),
        .init(
            .forumAuthority, .path, standard: "the system's authorities",
            "The authority that vouches for the forum, a file of certificates."),
        .init(
            .forumMinutes, .number(unit: "minutes", 1...1_440), standard: "5", "How long is waited between two pulls."),
        .init(
            .stageAddress, .address(schemes: ["https"]),
            "Where the monitoring system is asked for records of applications (docs/applications.md). Without it nothing is fetched."
        ),
        .init(.stageToken, .text, isSecret: true, "The bearer token for the monitoring system."),
        .init(
            .stageAuthority, .path, standard: "the system's authorities",
            "The authority that vouches for the monitoring system, a file of certificates."),
        .init(
            .stageMinutes, .number(unit: "minutes", 1...1_440), standard: "60",
            "How long is waited between two pulls of stage data."),
        .init(
            .stageReportsFirstPeriod, .period(example: "2026-12") { CivilMonth($0) != nil }, standard: "by hand",
            "The first month whose report on violations (452) is made by itself; forms 3-мк and 4-мк follow from the first quarter that begins in it or later."
        ),
        .init(
            .stageReportWorkingDay, .number(unit: "working day after the period", 1...10), standard: "6",
            "On which day the reports from stage data are made; never after the last working day before the law's date."
        ),
        .init(
            .learning, .flag, standard: "true",
            "Whether the kind and the service that officers decided on for words like these are proposed first (docs/routing.md)."
        ),
        .init(.isDemo, .flag, standard: "false", "A demonstration: every page says so."),
    ]

    /// The setting of a key; nil where there is none.
    package static func setting(_ key: String) -> SettingDescription? { all.first { $0.key == key } }

    @Sendable private static func isRecipient(_ text: String) -> Bool {
        do {
            _ = try RecipientKey(text)
            return true
        } catch {
            return false
        }
    }
}

/// A setting as it applies: its value, and where that comes from.
package struct AppliedSetting: Sendable {
    /// The setting.
    package let setting: SettingDescription
    /// Its value as it is written, a list with commas; `•••` for a secret; what applies by itself where it is not set.
    package let value: String
    /// The line of the file; nil where it is not set.
    package let line: Int?

    /// All settings as they stand in the text of a file that has no faults.
    package static func all(in text: String) throws -> [AppliedSetting] {
        let mapping = try Yams.compose(yaml: text)?.mapping
        return SettingCatalogue.all.map { setting in
            let entry = mapping?.first { $0.key.string == setting.key }
            guard let entry else { return AppliedSetting(setting: setting, value: setting.standard, line: nil) }
            let values =
                entry.value.sequence.map { $0.compactMap(\.scalar?.string) } ?? [entry.value.scalar?.string ?? ""]
            return AppliedSetting(
                setting: setting, value: setting.isSecret ? "•••" : values.joined(separator: ", "),
                line: entry.key.mark?.line)
        }
    }
}
