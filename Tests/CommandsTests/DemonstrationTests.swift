import Accounts
import ArgumentParser
import Casework
import CentreSupport
import ContactCentre
import Correspondence
import Foundation
import GRDB
import Journal
import Onboarding
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Commands

@Suite("The demonstration shows the same work on every day", .serialized)
struct DemonstrationTests {
    /// A day, and what is special about it.
    struct Day: Sendable, CustomTestStringConvertible {
        let name: String
        let moment: String
        var testDescription: String { "\(name), \(moment)" }
    }

    private static let days = [
        Day(name: "a weekend", moment: "2026-11-29T10:00:00+05:00"),
        Day(name: "a month's last day", moment: "2026-11-30T23:59:00+05:00"),
        Day(name: "the 1st", moment: "2026-12-01T00:01:00+05:00"),
        Day(name: "the 5th", moment: "2027-02-05T10:00:00+05:00"),
        Day(name: "a holiday", moment: "2026-12-16T10:00:00+05:00"),
        Day(name: "31 December", moment: "2026-12-31T18:00:00+05:00"),
        Day(name: "New Year's Day, a holiday on a 1st", moment: "2027-01-01T10:00:00+05:00"),
        Day(name: "a year later", moment: "2027-11-29T10:00:00+05:00"),
        Day(name: "the last day that has a calendar", moment: "2027-12-31T10:00:00+05:00"),
        Day(name: "29 February, of a year without a calendar", moment: "2028-02-29T10:00:00+05:00"),
    ]

    private static let states = [
        "planned", "sent", "sendingFailed", "received", "appointed", "submitted", "returned", "entered", "trained",
        "accepted", "live", "cancelled",
    ]

    /// A centre with its registers and cards, made once and copied for each day.
    private static let empty = Task {
        let folder = TemporaryFolder()
        try await open(folder.file("data"), at: "2026-01-05T09:00:00+05:00").close()
        return folder
    }

    private static func open(
        _ path: String, at moment: String, bringsUpToDate: Bool = true
    ) async throws -> ContactCentre {
        let now = try #require(Moment(moment))
        return try await ContactCentre.open(
            data: try DataFolder(path: path), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { now }, randomBytes: CentreEnvironment.live.randomBytes),
            passwordCost: .trivial, bringsUpToDate: bringsUpToDate, note: { _ in })
    }

    /// What a person finds on the desks of a day.
    private static func expectWork(on today: CivilDate, in db: Database) throws {
        for state in states {
            var filter = InformationRequestRecord.Filter()
            filter.state = RequestState(rawValue: state)
            #expect(try InformationRequestRecord.count(filter, in: db) > 0, "no request is \(state)")
        }
        func count(_ table: String, _ condition: String) throws -> Int {
            try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0
        }
        for rule in ["send-request", "appoint-responsible-person", "submit-information", "hold-training"] {
            let late = "rule = '\(rule)' AND standing = 'breached' AND endedOn IS NULL"
            #expect(try count("clock", late) > 0, "\(rule)")
        }
        #expect(try count("clock", "rule = '\("deliver-monthly-report")' AND standing = 'breached'") == 0)
        #expect(try count("complaint", "status = 'open' AND dueOn >= '\(today)'") > 0)
        #expect(try count("complaint", "status = 'open' AND dueOn < '\(today)'") > 0)
        #expect(try count("contact", "true") > 60)
        #expect(try count("submission", "state = 'open'") > 0)
        #expect(try count("cardCampaign", "endedAt IS NULL") == 1 && count("cardObjection", "settledAt IS NULL") == 1)
        for kind in ["request", "protocol", "reminder", "notice"] {
            #expect(try count("letter", "kind = '\(kind)'") > 0, "no letter is a \(kind)")
        }
    }

    /// Says nothing.
    private struct Silence: CommandOutput {
        func line(_ text: String) {}
        func note(_ text: String) {}
        func progress(_ text: String) {}
    }

    @Test(
        "requests at every step, some of them late; letters, complaints, calls; reports that reached the Agency in time",
        arguments: days)
    func day(_ day: Day) async throws {
        let folder = TemporaryFolder()
        let path = folder.file("data")
        try FileManager.default.copyItem(atPath: try await Self.empty.value.file("data"), toPath: path)
        let centre = try await Self.open(path, at: day.moment, bringsUpToDate: false)
        let folders = try Folders.parse(["--data", path, "--home", Repository.path])
        var demonstration = Demonstration(data: centre.data, folders: folders, output: Silence())
        demonstration.size = Demonstration.Size(complaints: 600, calls: 60, earlierCalls: 30, incoming: 5)
        try await demonstration.fill(centre)

        let today = centre.casework.today(centre.now())
        try centre.journal.readNow { try Self.expectWork(on: today, in: $0) }
        var sealed = 0
        for month in try await centre.reports.monthly.standings().map(\.period) {
            let report = try await centre.reports.monthly.report(month)
            if !report.state.sealed.isEmpty { sealed += 1 }
            let due = try #require(report.due?.due)
            #expect(report.state.receipts.isEmpty == (due >= today), "\(month)")
        }
        #expect(sealed >= 2)
        // What stands in the journal is what its events say, and a second start adds nothing.
        let head = try centre.journal.readNow { try Int.fetchOne($0, sql: "SELECT max(position) FROM event") }
        try await demonstration.fill(centre)
        #expect(try centre.journal.readNow { try Int.fetchOne($0, sql: "SELECT max(position) FROM event") } == head)
        try centre.close()
    }
}
