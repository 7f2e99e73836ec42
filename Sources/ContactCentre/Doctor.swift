import Attachments
import Casework
import Complaints
import Correspondence
import Forms
import Foundation
import GRDB
import Journal
import PersonalData
import Reporting
import Rulebook
import Stores
import WorkingDays

/// One thing that was looked at, and how it was found.
package struct Finding: Hashable, Sendable {
    /// How bad it is.
    package enum Level: String, Sendable {
        /// All right.
        case ok
        /// It works, and should be better.
        case warning
        /// It does not work, or will not for long.
        case fault
    }

    /// How bad it is.
    package let level: Level
    /// What was looked at.
    package let subject: String
    /// How it was found, a sentence.
    package let words: String
    /// What to do, a sentence; nil where there is nothing to do.
    package var remedy: String?

    static func ok(_ subject: String, _ words: String) -> Finding {
        Finding(level: .ok, subject: subject, words: words)
    }

    static func warning(_ subject: String, _ words: String, _ remedy: String) -> Finding {
        Finding(level: .warning, subject: subject, words: words, remedy: remedy)
    }

    static func fault(_ subject: String, _ words: String, _ remedy: String) -> Finding {
        Finding(level: .fault, subject: subject, words: words, remedy: remedy)
    }
}

/// Looks at a machine, the folder of the law, a data folder and its settings; writes nothing.
package struct Doctor: Sendable {
    private let home: String
    let data: String
    let now: Moment

    /// A doctor for a centre.
    /// - Parameters:
    ///   - home: the folder with schedules/ and knowledge/.
    ///   - data: the data folder; it may not be there.
    package init(home: String, data: String, now: Moment) {
        self.home = home
        self.data = data
        self.now = now
    }

    /// All findings, the machine's first.
    package func findings() -> [Finding] {
        machine() + law() + folder() + settings() + signatures() + entrance() + stores() + server()
    }

    // MARK: Machine

    private func machine() -> [Finding] {
        var found: [Finding] = []
        found.append(
            geteuid() == 0
                ? .warning(
                    "machine", "The program runs as root.",
                    "Run it as a user of its own, who owns the data folder alone.")
                : .ok("machine", "The program runs as user \(NSUserName())."))
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            found.append(
                limit.rlim_cur < 4_096
                    ? .warning(
                        "machine",
                        "The process may open \(limit.rlim_cur) files; 2,000 connections and the stores need 4,096.",
                        "Set LimitNOFILE=65536 in the unit.")
                    : .ok("machine", "The process may open \(limit.rlim_cur) files."))
        }
        if let memory = Self.memory(), memory < 512 << 20 {
            found.append(
                .warning("machine", "\(memory >> 20) MiB of memory are free.", "Free or add memory: 512 MiB is little.")
            )
        }
        return found
    }

    /// The bytes of memory that are available; nil where the system does not tell.
    private static func memory() -> Int? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/meminfo") else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }

    // MARK: The law

    private func law() -> [Finding] {
        let schedules = home + "/schedules"
        do {
            let law = ScheduleFolder(path: schedules)
            // Settings that cannot be read are a finding of their own; the law is looked at all the same.
            let settings = (try? Settings.read(data + "/bailanys.yaml")) ?? Settings()
            _ = try settings.law(of: law.rulebooks(knownEvents: ContactCentre.lawfulEvents))
            _ = try law.forms(measures: ReportForm.shapes)
            _ = try RoutingBook.load(folder: schedules + "/routing", choosing: settings.routingTable)
            _ = try LetterTemplates.load(folder: schedules + "/letters")
            let calendar = try law.calendar()
            let today = CivilZone.almaty.civilDate(of: now)
            if let missing = calendar.missingNextYear(asOf: today) {
                return [
                    .fault(
                        "law", "The calendar of \(missing) is missing in \(schedules)/calendar.",
                        "Add schedules/calendar/\(missing).csv, then “bailanys calendar adopt --reason …”.")
                ]
            }
            return [.ok("law", "Calendars, rulebooks, forms, routing and letters in \(schedules) are in order.")]
        } catch {
            return [.fault("law", "\(error)", "Mend the file, or name the right folder with --home.")]
        }
    }

    // MARK: The folder

    private func folder() -> [Finding] {
        guard FileManager.default.fileExists(atPath: data + "/journal.db") else {
            return [
                .fault(
                    "folder", "There is no centre in \(data).",
                    "Check --data and $BAILANYS_DATA; a new centre begins with “bailanys serve”.")
            ]
        }
        var found: [Finding] = []
        var figures = stat()
        guard stat(data, &figures) == 0 else { return [] }
        if figures.st_uid != geteuid() {
            found.append(
                .fault(
                    "folder", "\(data) belongs to user \(figures.st_uid), and this is user \(geteuid()).",
                    "Run as its owner, or: chown -R \(NSUserName()) \(data)"))
        }
        let open = ([""] + names().map { "/" + $0 }).filter { name in
            var file = stat()
            return lstat(data + name, &file) == 0 && file.st_mode & S_IFMT != S_IFLNK && file.st_mode & 0o077 != 0
        }
        found.append(
            open.isEmpty
                ? .ok("folder", "\(data) is its owner's alone.")
                : .warning(
                    "folder", "Others may read \(open.map { data + $0 }.joined(separator: ", ")).",
                    "chmod -R go= \(data) (the next start of the server does it too)."))
        if access(data, W_OK) != 0 {
            found.append(
                .fault("folder", "\(data) cannot be written.", "Mount it for writing, or mend its permissions."))
        }
        return found + [space()]
    }

    private func names() -> [String] {
        // A folder that cannot be listed is told by what is looked for in it.
        (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    }

    private func space() -> Finding {
        let reserve = (try? Settings.read(data + "/bailanys.yaml"))?.diskReserve.map { max(0, $0) << 20 }
        let space = FreeSpace(floor: reserve ?? FreeSpace.standardFloor)
        if let problem = space.problem(of: data) {
            return .fault("disk", problem, "Free or add disk space: no file is taken, and readiness refuses.")
        }
        let free = FreeSpace.available(data) ?? 0
        return .ok("disk", "\(free >> 20) MiB are free; \((reserve ?? FreeSpace.standardFloor) >> 20) are kept.")
    }

    // MARK: Settings

    private func settings() -> [Finding] {
        let path = data + "/bailanys.yaml"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            return [.ok("settings", "There is no \(path): all settings are as they are by themselves.")]
        }
        let (faults, warnings) = SettingsCheck(path: path, text: String(decoding: bytes, as: UTF8.self)).result
        let found =
            faults.map { Finding.fault("settings", "\(path), \($0).", "Mend the file: see “bailanys config show”.") }
            + warnings.map {
                Finding.warning("settings", "\(path): \($0).", "Mend the file: see “bailanys config show”.")
            }
        return found.isEmpty ? [.ok("settings", "\(path) is in order.")] : found
    }

    // MARK: Stores

    private func stores() -> [Finding] {
        guard FileManager.default.fileExists(atPath: data + "/journal.db") else { return [] }
        var found: [Finding] = []
        let isWorking: Bool
        do {
            _ = try RestingDataFolder(path: data)
            isWorking = false
        } catch {
            isWorking = true
        }
        found.append(
            isWorking
                ? .ok("server", "A server or a command works in the folder.")
                : .warning("server", "No server works in the folder.", "Start it: systemctl start bailanys"))
        for (name, remedy) in [
            ("vault.db", "Restore the latest one: “bailanys restore”. Without it names and texts cannot be read."),
            ("accounts.db", "Restore it, or make accounts anew: “bailanys accounts add”."),
        ] where !FileManager.default.fileExists(atPath: data + "/" + name) {
            found.append(.fault("stores", "\(data)/\(name) is missing.", remedy))
        }
        do {
            found += try read("journal.db", isWorking) { db in try upkeep(in: db) }
        } catch {
            found.append(
                .fault("stores", "\(data)/journal.db cannot be read: \(error).", "Restore it: “bailanys restore”."))
        }
        return found
    }

    /// Reads a store: at rest without writing anything, and beside a server by a connection that only reads.
    private func read<Value>(_ name: String, _ isWorking: Bool, _ body: (Database) throws -> Value) throws -> Value {
        let path = data + "/" + name
        guard isWorking else { return try FileAtRest(path: path).read(body) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let result = Result { try queue.read(body) }
        try queue.close()
        return try result.get()
    }

    private func upkeep(in db: Database) throws -> [Finding] {
        let head = try SQLiteEventStore(db: db).head()
        let last = try SQLiteEventStore(db: db).events(after: head.position - 1, limit: 1).first?.recordedAt
        var found: [Finding] = [
            .ok("journal", "\(head.position) events; the last was recorded \(last.map { "\($0)" } ?? "never").")
        ]
        if let last, last > now {
            found.append(
                .fault(
                    "clock", "The machine's clock shows \(now), before the last event (\(last)).",
                    "Set it right (timedatectl set-ntp true); only then is anything sealed or sent."))
        }
        let backup = try ContactCentre.last(ContactCentre.backupStream, in: db)?.at
        let drill = try ContactCentre.last(ContactCentre.drillStream, in: db)
        let made = age(
            "backup", backup, CentreFigures.backupLimit, "The last backup was made",
            "bailanys backup FOLDER, or its timer")
        var drilled = age(
            "drill", drill?.at, CentreFigures.drillLimit, "The last restore drill was made",
            "bailanys drill FOLDER, or its timer")
        if case .restoreDrilled(let result)? = drill?.event, !result.isSame {
            drilled = .fault(
                "drill", "The last restore drill failed: \(result.faults.joined(separator: "; ")).",
                "Make a new backup, and look at the disk that it lies on.")
        }
        return found + [made, drilled] + [try offsite(in: db), audit(head.position)].compactMap(\.self)
    }

    /// How far the auditor's system was told; nil where none is.
    private func audit(_ head: Int64) -> Finding? {
        // Settings that cannot be read are a finding of their own.
        guard let receiver = (try? Settings.read(data + "/bailanys.yaml"))?.auditReceiver else { return nil }
        let behind = max(0, head - AuditStream.position(in: data + "/audit.position"))
        return behind > 1_000
            ? .warning(
                "audit", "\(receiver) has not been told of the last \(behind) events.",
                "Is it reached, and does it close the connection when we do? journalctl -u bailanys | grep audit.notTaken"
            )
            : .ok("audit", "\(receiver) has been told of all but the last \(behind) events.")
    }

    /// The copy on another machine; nil where none is asked for and none was made.
    private func offsite(in db: Database) throws -> Finding? {
        // Settings that cannot be read are a finding of their own.
        let settings = (try? Settings.read(data + "/bailanys.yaml")) ?? Settings()
        let last = try ContactCentre.last(OffsiteDesk.stream, in: db)
        guard settings.offsiteDestination != nil || last != nil else { return nil }
        let found = age(
            "offsite", last?.at, CentreFigures.offsiteLimit, "The last copy on another machine was whole",
            "bailanys deliveries list; is “offsite-destination” reached?")
        guard found.level == .ok, case .offsiteCopied(let copied)? = last?.event, copied.left > 0 else { return found }
        return .warning(
            "offsite", "\(copied.left) files stand in the copy on another machine that no restore point needs.",
            "Let it remove files (DELETE, or rm over SFTP), or remove them there yourself: old keys of persons who were erased are among them."
        )
    }

    private func age(_ subject: String, _ moment: Moment?, _ limit: Int64, _ words: String, _ how: String) -> Finding {
        guard let moment else { return .warning(subject, "There has been no \(subject).", "Make one: \(how).") }
        let seconds = (now.millisecondsSince1970 - moment.millisecondsSince1970) / 1_000
        let text = "\(words) \(moment), \(seconds / 3_600) hours ago."
        return seconds > limit ? .warning(subject, text, "Make one: \(how).") : .ok(subject, text)
    }
}

/// What is wrong with a file of settings beyond its single values.
package struct SettingsCheck: Sendable {
    private let path: String
    private let text: String

    /// A check of the text that stands in a file.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// What must be mended, and what should be; a sentence each without its full stop.
    package var result: (faults: [String], warnings: [String]) {
        var faults = Settings.faults(in: text)
        var warnings: [String] = []
        guard faults.isEmpty else { return (faults, []) }
        let settings: Settings
        do {
            settings = try Settings.read(path)
            try settings.requireFiles(path)
        } catch let error as SettingsError {
            return ([error.reason], [])
        } catch {
            return (["\(error)"], [])
        }
        if (settings.reportCertificate == nil) != (settings.reportKey == nil) {
            faults.append("“report-certificate” and “report-key” go together: set both or none")
        }
        if (settings.mailRelay == nil) != (settings.mailSender == nil) {
            faults.append("“mail-relay” and “mail-sender” go together: without both no mail leaves")
        }
        if (settings.mailUser == nil) != (settings.mailPassword == nil) {
            faults.append("“mail-user” and “mail-password” go together: set both or none")
        }
        if (settings.tlsCertificate == nil) != (settings.tlsKey == nil) {
            faults.append("“tls-certificate” and “tls-key” go together: set both or none")
        }
        if let from = settings.reminderFrom, let until = settings.reminderUntil, from >= until {
            faults.append("“reminder-from” must come before “reminder-until”")
        }
        faults += settings.offsiteFaults
        if settings.reportDestination == nil {
            warnings.append("“report-destination” is not set: reports are made and not sent")
        }
        if settings.backupRecipients ?? [] == [] {
            warnings.append("“backup-recipients” is not set: each backup must name its --recipient")
        }
        var found = stat()
        let secrets = [
            settings.reportToken, settings.mailPassword, settings.journal, settings.directoryPassword,
            settings.providerSecret, settings.forumToken,
        ]
        if secrets.contains(where: { $0 != nil }),
            stat(path, &found) == 0,
            found.st_mode & 0o077 != 0
        {
            faults.append("it holds secrets, and others may read it: chmod 600 \(path)")
        }
        return (faults, warnings)
    }
}
