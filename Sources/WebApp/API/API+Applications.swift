import Applications
import CanonicalJSON
import Casework
import ContactCentre
import Contacts
import HTTPTypes
import Journal
import WorkingDays

/// Records of applications (797 §15-16, 452): taken in from providers' systems, and told by number.
enum ApplicationAPI {
    /// The most that is sent at once, in bytes.
    static let bodyLimit = 2 << 20

    /// Takes in records; those that are known as they are change nothing, wrong ones are named by their place and left out.
    static func take(_ api: APIRequest) async throws -> APIAnswer {
        _ = try api.fields(["applications"])
        guard let items = try api.json()["applications"]?.array else {
            throw APIProblem.field("applications", "Send {\"applications\": […]} with a list of records.")
        }
        guard (1...ApplicationDesk.mostSent).contains(items.count) else {
            throw APIProblem.field("applications", "Send 1 to \(ApplicationDesk.mostSent) records at once.")
        }
        let intake = try await api.centre.applications.take(
            ApplicationDesk.sent(items), from: .interface, named: "applications", by: api.actor, at: api.now,
            once: try api.key())
        return APIAnswer(intake.json)
    }

    /// What is known of one application, its versions counted.
    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let number = try api.parameter("number")
        guard let record = try await api.centre.applications.versions(of: number).last else {
            throw APIProblem.missing("application “\(number)”")
        }
        let (application, line) = (record.application, record.line)
        let overdue = try await api.centre.journal.read {
            [calendars = api.centre.casework.calendars, today = api.today] db in
            try record.overdue(on: today, calendars.calendar(in: db))
        }
        return APIAnswer(
            .members([
                "number": .string(application.number), "service": .string(application.service),
                "provider": .string(application.provider), "unit": .text(application.unit),
                "stage": .text(application.standing?.stage.rawValue),
                "since": application.standing.map { .moment($0.at) } ?? .null,
                "acceptedAt": .moment(application.acceptedAt), "due": .date(line.due),
                "finishedAt": application.finishedAt.map { .moment($0) } ?? .null,
                "result": .text(application.result?.rawValue),
                "lateBy": (line.late ?? overdue).map { .number($0) } ?? .null, "lateIn": .string(line.unit.rawValue),
                "revision": .number(record.revision), "takenAt": .moment(record.takenAt),
                "doubts": .array(line.doubts.map { .string($0.rawValue) }),
            ]))
    }
}

extension ApplicationIntake {
    /// What came of it, for programs.
    package var json: JSON {
        .object([
            "lines": .number(report.lines), "added": .number(report.added), "corrected": .number(report.corrected),
            "unchanged": .number(report.unchanged), "refused": .number(report.refused),
            "doubtful": .number(report.doubtful),
            "problems": .array(
                problems.map {
                    .members([
                        "line": .number($0.line), "field": .text($0.field), "message": .string($0.reason),
                    ])
                }),
        ])
    }
}
