import CSV
import ContactCentre
import Contacts
import Correspondence
import DemoData
import Foundation
import Journal
import Onboarding
import WorkingDays

/// Fills an empty data folder with labelled demo data, once; used by `serve --demo` only.
struct Demonstration {
    let data: DataFolder
    let folders: Folders
    let output: any CommandOutput

    /// The plan of the demonstration.
    static let plan = "2026"

    /// Writes the settings of a demonstration where there are none: the receiver, its certificates, the first month.
    func writeSettings(agency: String?, today: CivilDate) throws {
        var settings = try Settings.read(data.settings)
        settings.isDemo = true
        if settings.reportFirstPeriod == nil { settings.reportFirstPeriod = CivilMonth(today).previous.description }
        if let agency {
            settings.reportDestination = agency
            settings.reportAuthority = data.path + "/certificates/ca.pem"
            settings.reportCertificate = data.path + "/certificates/client.pem"
            settings.reportKey = data.path + "/certificates/client-key.pem"
        }
        try settings.write(data.settings)
    }

    /// Takes in demo complaints and a demo plan where there are none yet.
    func fill(_ centre: ContactCentre) async throws {
        let today = centre.casework.today(centre.now())
        if try await centre.reports.firstMonth() == nil { try await importComplaints(centre, today: today) }
        let requests = try await centre.journal.read { try InformationRequestRecord.count(in: $0) }
        if requests == 0 { try await recordOnboarding(centre, today: today) }
        if try await centre.journal.read({ try ContactRecord.isEmpty(in: $0) }) {
            try await recordContacts(centre, today: today)
        }
        if try await centre.journal.read({ try LetterRecord.count(in: $0) }) == 0 {
            try await recordDesk(centre, today: today)
        }
    }

    private func importComplaints(_ centre: ContactCentre, today: CivilDate) async throws {
        output.note("demo: 1200 complaints of 12 months")
        let calendar = try await centre.journal.read { [keeper = centre.casework.calendars] in
            try keeper.calendar(in: $0)
        }
        var demo = try DemoComplaints(
            DemoOptions(complaints: 1_200, months: 12, through: CivilMonth(today), asOf: centre.now(), seed: 1414),
            registry: DemoRegistry(folder: folders.knowledge), rulebooks: centre.casework.rulebooks, calendar: calendar)
        var table: [UInt8] = []
        try demo.write { table += $0 }
        let report = try await centre.complaints.importForum(
            bytes: table, name: "demo.csv", by: Actor("demo"), at: centre.now())
        output.note("demo: \(report.added) complaints registered, \(report.refused) left out")
    }

    private func recordContacts(_ centre: ContactCentre, today: CivilDate) async throws {
        let calendar = try await centre.journal.read { [keeper = centre.casework.calendars] in
            try keeper.calendar(in: $0)
        }
        let demo = DemoContacts(registry: try DemoRegistry(folder: folders.knowledge), seed: 1414)
        let calls = try demo.calls(
            600, on: CivilMonth(today).previous.first...today, calendar: calendar, asOf: centre.now())
        // Before these months the desk was quieter; a year of calls shows what a year looks like.
        let month = CivilMonth(today)
        let year = DemoContacts(registry: try DemoRegistry(folder: folders.knowledge), seed: 1415)
        let earlier = try year.calls(
            400, on: CivilMonth(today.adding(days: -330)).first...month.previous.previous.last, calendar: calendar,
            asOf: centre.now())
        for call in earlier + calls { try await centre.contacts.record(call, by: Actor("demo")) }
        output.note("demo: \(earlier.count + calls.count) calls of a year, most of this month and the last")
    }

    private func recordOnboarding(_ centre: ContactCentre, today: CivilDate) async throws {
        let name = "schedules/plan/\(Self.plan)-demo.csv"
        guard let bytes = FileManager.default.contents(atPath: folders.homePath + "/" + name) else { return }
        var reader = try CSVReader(name: name, columns: OnboardingDesk.planColumns, bytes: Array(bytes))
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        let zone = centre.casework.zone
        let approved = zone.start(of: CivilDate(year: 2025, month: 12, day: 22) ?? today)
        let report = try await centre.onboarding.importPlan(
            rows: rows, plan: Self.plan, approval: "ДЕМО", approvedAt: approved, by: Actor("demo"), at: centre.now())
        let calendar = try await centre.journal.read { [keeper = centre.casework.calendars] in
            try keeper.calendar(in: $0)
        }
        let demo = DemoOnboarding(calendar: calendar, zone: zone, today: today)
        var appointed: Set<String> = []
        for id in report.added {
            let record = try await centre.journal.read { try InformationRequestRecord.fetch(id: id, in: $0) }
            guard let record, let requestOn = CivilDate(record.requestOn) else { continue }
            let steps = try demo.steps(of: record.line, requestOn: requestOn, card: record.service)
            for step in steps {
                // The registry gets one person for a body, with its first request.
                if case .appoint(let appointment, let at) = step, appointed.insert(record.body).inserted {
                    let person = try demo.responsiblePerson(of: record.body).sealed(of: record.body, in: centre.vault)
                    try await centre.onboarding.appoint(
                        person, order: appointment.order, document: nil, to: id, happenedAt: at, by: Actor("demo"),
                        at: centre.now())
                    continue
                }
                try await centre.onboarding.perform(step, on: id, by: Actor("demo"), at: centre.now())
            }
        }
        output.note("demo: \(report.added.count) lines of the plan, with what has happened by today")
    }
}
