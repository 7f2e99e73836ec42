import Applications
import Casework
import Contacts
import Delivery
import Forms
import Journal
import PersonalData
import Registry
import Reporting
import Rulebook
import TestSupport
import WorkingDays

/// Applications in a journal of their own, with the real calendar, the real registers and the real forms.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let desk: ApplicationDesk
    let vault: PersonVault
    let outbox = Outbox()
    let violations: ReportDesk<ViolationReport>
    let corporation: ReportDesk<CorporationReport>
    let electronic: ReportDesk<ElectronicReport>

    static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [ApplicationProjection(catalogue: catalogue), DeliveryProjection()] + Registry.projections(catalogue)
            + Reports.projections(catalogue)
    }

    var projections: [any Projection] {
        let catalogue = casework.catalogue
        return [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)] + Self.projections(catalogue)
    }

    init() async throws {
        centre = try await TestCentre(
            Registry.eventTypes + [ApplicationEvent.self, ReportEvent.self], adopted: "2025-12-01 09:00",
            projections: Self.projections)
        desk = ApplicationDesk(casework: centre.casework)
        vault = try PersonVault(path: centre.folder.file("vault.db"))
        let (casework, vault, outbox) = (centre.casework, vault, outbox)
        let forms = try TestCentre.schedules.forms(measures: ReportForm.shapes)
        func reports<Kind: PeriodReport>() throws -> ReportDesk<Kind> {
            ReportDesk(
                casework: casework, vault: vault, outbox: outbox,
                form: try ReportForm(Kind.form, of: forms, on: CivilDate(dayNumber: 20_500)), destination: "agency")
        }
        violations = try reports()
        corporation = try reports()
        electronic = try reports()
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: centre.actor,
            at: try at("2025-12-01 09:30"))
    }

    /// A record with the words of a table that matter here; all others are those of an application to MIA about S0288.
    static func record(_ number: String, _ words: [String: String] = [:]) -> String {
        var members = [
            "number": number, "service": "S0288", "provider": "MIA", "way": "portal", "form": "electronic",
            "acceptedAt": "2026-03-02T10:00:00+05:00", "term": "5 working days",
        ]
        members.merge(words) { _, new in new }
        let pairs = members.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }
        return "{" + pairs.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
    }

    /// Takes in records as lines of a file.
    @discardableResult
    func take(
        _ lines: String..., at moment: String = "2026-05-20 09:00", refused: inout [String]
    ) throws -> ApplicationIntakeReport {
        let file = ApplicationFile(
            bytes: Array(lines.joined(separator: "\n").utf8), format: .jsonl, name: "test.jsonl")
        var told: [String] = []
        let report = try ApplicationImport(file, into: desk, batchSize: 3).runNow(
            by: actor, at: try at(moment), refused: { told.append("\($0)") })
        refused += told
        return report
    }

    /// The same where none is refused.
    @discardableResult
    func take(_ lines: [String], at moment: String = "2026-05-20 09:00") throws -> ApplicationIntakeReport {
        let file = ApplicationFile(
            bytes: Array(lines.joined(separator: "\n").utf8), format: .jsonl, name: "test.jsonl")
        return try ApplicationImport(file, into: desk, batchSize: 3).runNow(
            by: actor, at: try at(moment), refused: { throw Refused(what: "\($0)") })
    }

    struct Refused: Error { let what: String }
}
