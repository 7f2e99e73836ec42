import Applications
import Casework
import Complaints
import ContactCentre
import Contacts
import Correspondence
import DemoData
import Foundation
import Freshness
import Intake
import Journal
import Onboarding
import Registry
import Reporting
import WorkingDays

/// Fills an empty data folder with labelled demo data, once; used by `serve --demo` only.
///
/// Everything is laid around the day on which it is made, so that a demonstration shows the same work on every day.
struct Demonstration {
    let data: DataFolder
    let folders: Folders
    let output: any CommandOutput
    var size = Size()

    /// How much a demonstration holds.
    struct Size {
        /// Complaints of twelve months.
        var complaints = 1_200
        /// Calls of this month and the last.
        var calls = 600
        /// Calls of the months before.
        var earlierCalls = 400
        /// Applications of the last months.
        var applications = 260
        /// Words of citizens that came in today.
        var incoming = DemoIncoming.all.count
    }

    /// The plan of the demonstration.
    static let plan = "demo"

    /// Writes the settings of a demonstration where there are none: the receiver, its certificates, the first month.
    func writeSettings(agency: String?, today: CivilDate) throws {
        var settings = try Settings.read(data.settings)
        settings.isDemo = true
        if settings.reportFirstPeriod == nil {
            settings.reportFirstPeriod = Self.reportedMonths(before: today).first?.description
        }
        if settings.quarterlyFirstPeriod == nil {
            settings.quarterlyFirstPeriod = CivilQuarter(CivilMonth(today)).description
        }
        if settings.stageReportsFirstPeriod == nil {
            settings.stageReportsFirstPeriod = CivilMonth(today).description
        }
        if let agency {
            settings.reportDestination = agency
            settings.quarterlyDestination = agency
            settings.reportAuthority = data.path + "/certificates/ca.pem"
            settings.reportCertificate = data.path + "/certificates/client.pem"
            settings.reportKey = data.path + "/certificates/client-key.pem"
            // A demonstration of before has no such pair until scripts/make-demo-certificates has made it.
            if FileManager.default.fileExists(atPath: data.path + "/certificates/signer.pem") {
                settings.signatureKey = data.path + "/certificates/signer-key.pem"
                settings.signatureCertificate = data.path + "/certificates/signer.pem"
                settings.agencySignatureAuthority = data.path + "/certificates/ca.pem"
            }
        }
        try settings.write(data.settings)
    }

    /// Takes in demo complaints and a demo plan where there are none yet.
    func fill(_ centre: ContactCentre) async throws {
        let today = centre.casework.today(centre.now())
        try await continueCalendar(centre, today: today)
        if try await centre.journal.read({ try centre.reports.monthly.firstPeriod(in: $0) }) == nil {
            try await importComplaints(centre, today: today)
            try await recordReports(centre, today: today)
            try await recordFilings(centre, today: today)
        }
        let requests = try await centre.journal.read { try InformationRequestRecord.count(in: $0) }
        if requests == 0 { try await recordOnboarding(centre, today: today) }
        if try await centre.journal.read({ try ContactRecord.isEmpty(in: $0) }) {
            try await recordContacts(centre, today: today)
        }
        if try await centre.journal.read({ try LetterRecord.count(in: $0) }) == 0 {
            try await recordDesk(centre, today: today)
        }
        if try await centre.journal.read({ try CampaignRecord.fetch(limit: 1, in: $0).isEmpty }) {
            try await recordCampaign(centre, today: today)
        }
        if try await centre.journal.read({ try SubmissionRecord.isEmpty(in: $0) }) { try await recordIncoming(centre) }
        if try await !centre.journal.read({ try ApplicationRecord.hasAny(in: $0) }) {
            try await recordApplications(centre, today: today)
        }
        // What is late by now is late at the first look, not after the timer's first round.
        try await centre.casework.recordBreaches(at: centre.now())
        try await decideViolations(centre, today: today)
    }

    /// The calendar in force.
    func calendar(_ centre: ContactCentre) async throws -> WorkingCalendar {
        try await centre.journal.read { [keeper = centre.casework.calendars] in try keeper.calendar(in: $0) }
    }

    /// A demonstration of a year whose calendar nobody has yet counts on an estimate; terms run into the year after.
    private func continueCalendar(_ centre: ContactCentre, today: CivilDate) async throws {
        guard
            let continued = try DemoCalendar.extending(
                try await calendar(centre), through: today.year + 1, knownSince: today)
        else { return }
        let keeper = centre.casework.calendars
        let edition = try await centre.journal.read { try keeper.edition(in: $0) }
        _ = try await centre.casework.adopt(
            continued, reason: "ДЕМО: \(continued.years.upperBound)", expecting: edition, by: Self.actor,
            at: centre.now())
        output.note("demo: the calendar is continued to \(continued.years.upperBound) by an estimate")
    }

    private func importComplaints(_ centre: ContactCentre, today: CivilDate) async throws {
        output.note("demo: \(size.complaints) complaints of 12 months")
        var options = DemoOptions(
            complaints: size.complaints, months: 12, through: CivilMonth(today), asOf: centre.now(), seed: 1414)
        options.holdsUp = true
        var demo = try DemoComplaints(
            options, registry: DemoRegistry(folder: folders.knowledge), rulebooks: centre.casework.rulebooks,
            calendar: try await calendar(centre))
        var table: [UInt8] = []
        try demo.write { table += $0 }
        let report = try await centre.complaints.importForum(
            bytes: table, name: "demo.csv", by: Self.actor, at: centre.now())
        output.note("demo: \(report.added) complaints registered, \(report.refused) left out")
    }

    private func recordContacts(_ centre: ContactCentre, today: CivilDate) async throws {
        let calendar = try await calendar(centre)
        let demo = DemoContacts(registry: try DemoRegistry(folder: folders.knowledge), seed: 1414)
        let calls = try demo.calls(
            size.calls, on: CivilMonth(today).previous.first...today, calendar: calendar, asOf: centre.now())
        // Before these months the desk was quieter; a year of calls shows what a year looks like.
        let month = CivilMonth(today)
        let year = DemoContacts(registry: try DemoRegistry(folder: folders.knowledge), seed: 1415)
        let earlier = try year.calls(
            size.earlierCalls, on: CivilMonth(today.adding(days: -330)).first...month.previous.previous.last,
            calendar: calendar,
            asOf: centre.now())
        for call in earlier + calls { try await centre.contacts.record(call, by: Self.actor) }
        output.note("demo: \(earlier.count + calls.count) calls of a year, most of this month and the last")
    }

    private func recordOnboarding(_ centre: ContactCentre, today: CivilDate) async throws {
        let path = folders.schedules + "/plan/2026-demo.csv"
        guard let bytes = FileManager.default.contents(atPath: path) else { return }
        let plan = try DemoPlan(
            table: Array(bytes), calendar: try await calendar(centre), zone: centre.casework.zone, today: today)
        let report = try await centre.onboarding.importPlan(
            rows: try OnboardingDesk.planRows(of: plan.table, named: "demo-plan.csv"), plan: Self.plan,
            approval: "ДЕМО", approvedAt: plan.approvedAt, by: Self.actor, at: centre.now())
        for problem in report.problems { output.note("demo: \(problem.text)") }
        let added = Set(report.added)
        var appointed: Set<String> = []
        for line in plan.lines {
            let id = OnboardingDesk.id(plan: Self.plan, line: line.number, body: line.body)
            for step in line.steps where added.contains(id) {
                // The registry gets one person for a body, with its first request.
                if case .appoint(let appointment, let at) = step, appointed.insert(line.body).inserted {
                    let person = try DemoPlan.responsiblePerson(of: line.body).sealed(of: line.body, in: centre.vault)
                    try await centre.onboarding.appoint(
                        person, order: appointment.order, document: nil, to: id, happenedAt: at, by: Self.actor,
                        at: centre.now())
                    continue
                }
                try await centre.onboarding.perform(step, on: id, by: Self.actor, at: centre.now())
            }
        }
        output.note("demo: \(added.count) lines of the plan, with what has happened by today")
    }
}
