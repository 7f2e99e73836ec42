import Applications
import Casework
import ContactCentre
import DemoData
import Journal
import Registry
import WorkingDays

extension Demonstration {
    /// Applications whose stages callers ask for and of which the reports of 452 and of order 78 are made.
    func recordApplications(_ centre: ContactCentre, today: CivilDate) async throws {
        let providers = try await centre.journal.read { db in
            try Registry.services(ServiceFilter(), in: db).prefix(40).map { (service: $0.code, body: $0.owner) }
        }
        let records = try DemoApplications.records(
            size.applications, of: providers, before: today, calendar: try await calendar(centre),
            zone: centre.casework.zone)
        var added = 0
        for start in stride(from: 0, to: records.count, by: ApplicationDesk.mostSent) {
            let batch = records[start..<min(start + ApplicationDesk.mostSent, records.count)].enumerated().map {
                (
                    line: start + $0.offset + 1,
                    record: Result<Applications.Application, ApplicationFault>.success($0.element)
                )
            }
            added += try await centre.applications.take(
                batch, from: .file, named: "demo-applications", by: Self.actor, at: centre.now()
            ).report.added
        }
        output.note("demo: \(added) applications with their stages")
    }
}
