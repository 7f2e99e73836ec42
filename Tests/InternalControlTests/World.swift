import Casework
import Complaints
import Correspondence
import Crypto
import Delivery
import DemoData
import Filings
import Forms
import GRDB
import InternalControl
import Journal
import Languages
import PersonalData
import Registry
import Reporting
import Rulebook
import Spreadsheets
import TestSupport
import Testing
import WorkingDays

/// The reports of bodies as tests need them: the real forms and rules, a few bodies, complaints filed one by one.
final class World: TestWorld, Sendable {
    static let forms = Result { try TestCentre.schedules.forms(measures: ReportForm.shapes) }
    static let rules = Result {
        try ReconciliationRules.load(
            TestCentre.schedules, forms: forms.get(), measures: CentreNumber.names, kindless: CentreNumber.withoutKinds)
    }

    let centre: TestCentre
    let complaints: ComplaintDesk
    let desk: InternalControlDesk
    let vault: PersonVault
    let links: BodyLinkDesk
    let notices: FilingNoticeDesk

    init(address: String = "https://1414.example.kz") async throws {
        centre = try await TestCentre(
            [FilingEvent.self, FilingNoticeEvent.self, DiscrepancyEvent.self, ComplaintEvent.self]
                + Registry.eventTypes + Correspondence.eventTypes,
            adopted: "2025-12-01 09:00"
        ) { catalogue in
            [
                InternalControlProjection(catalogue: catalogue), ComplaintProjection(catalogue: catalogue),
                DeliveryProjection(),
            ] + Registry.projections(catalogue) + Correspondence.projections(catalogue)
        }
        desk = InternalControlDesk(
            casework: centre.casework, outbox: Outbox(), forms: try Self.forms.get(), rules: try Self.rules.get(),
            destination: "agency")
        vault = try PersonVault(path: centre.folder.file("vault.db"))
        links = BodyLinkDesk(casework: centre.casework, key: BodyLinkKey(Array(repeating: 7, count: 32)))
        notices = FilingNoticeDesk(
            control: desk, vault: vault, links: links,
            mails: try FilingMails.load(Repository.path + "/schedules/letters/filing-mails.yaml"),
            rules: ReminderRules(daysBefore: 1, hours: 9..<18, oldest: 7), address: address,
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
        let facts = RoutingFacts(
            bodies: [
                .init(code: "MJ", kind: "central", region: "republic"),
                .init(code: "KGD", kind: "central", region: "republic"),
                .init(code: "APS", kind: "agency", region: "republic"),
                .init(code: "A75", kind: "local", level: "region", region: "75"),
            ], services: [.init(code: "S1", owner: "MJ", provider: "x")])
        complaints = ComplaintDesk(
            casework: centre.casework, vault: vault,
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"), facts: { _ in facts })
        try registerBodies()
    }

    private func registerBodies() throws {
        let bodies: [(String, BodyKind, LocalLevel?, String?)] = [
            ("MJ", .central, nil, nil), ("MF", .central, nil, nil), ("KGD", .central, nil, "MF"),
            ("A75", .local, .region, nil), ("D75", .local, .district, "A75"), ("APS", .agency, nil, nil),
            ("MDD", .itBody, nil, nil),
        ]
        _ = try casework.transactNow(by: actor, at: try at("2025-12-01 10:00")) { session in
            for (code, kind, level, parent) in bodies {
                let body = PublicBody(
                    code: code, kind: kind, level: level, parent: parent, region: kind == .local ? "75" : "republic",
                    names: [DatedName(from: nil, through: nil, name: Localized(kk: code, ru: code))])
                try session.append(
                    [RegistryEvent.bodyRegistered(body)], to: StreamID(kind: "body", id: code), expecting: 0)
            }
            return 0
        }
    }

    /// Files a complaint about a body, which answers the next day, and returns its number.
    @discardableResult
    func complain(_ filedAt: String, body: String = "MJ", kind: ComplaintKind = .order) async throws -> String {
        let number = try await complaints.register(
            ComplaintFiling(
                kind: kind, service: "S1", body: body, region: "75", language: "kk", subject: "Сынақ",
                contacts: .init(name: "Айгүл Тестова", phone: "+7 700 000 00 00"), filedAt: try at(filedAt)),
            by: actor, at: try at(filedAt)
        ).number
        let answered = try at(filedAt).adding(milliseconds: 86_400_000)
        _ = try await casework.transact(by: actor, at: answered) { session in
            try session.perform(
                .answer(ComplaintAnswered(outcome: .satisfied), at: answered), on: Complaint.self, id: number
            ).version
        }
        return number
    }

    static let first = FilingID(
        form: "78-1mk", period: ReportPeriod("2026-Q1") ?? .month(CivilMonth(CivilDate(dayNumber: 0))), body: "MJ")

    /// A form of a body with as many complaints in each month as given.
    func form(_ months: [Int], _ id: FilingID = first) throws -> DemoFiling {
        var filing = DemoFiling(try desk.form(of: id), id.period, body: id.body)
        if months.contains(where: { $0 > 0 }) {
            filing.set(id.form == "78-2mk" ? "15.1" : "16.1", months: months)
            filing.set(id.form == "78-2mk" ? "16.1" : "17.1", months: months)
        }
        return filing
    }

    /// Takes a form in; the digest of its file is that of its text.
    @discardableResult
    func take(
        _ filing: DemoFiling, _ id: FilingID = first, at moment: String = "2026-04-08 10:00", reason: String? = nil
    ) async throws -> FilingOutcome {
        let bytes = Array(filing.text.utf8)
        let report = try desk.check(id, ByteSource(bytes))
        let note = try desk.note(
            id, report, file: EventLink.hexadecimal(Array(SHA256.hash(data: bytes))), channel: .letter, reason: reason)
        return try await desk.take(id, note, at: try at(moment), by: actor, now: try at(moment))
    }
}

/// Expects that what is done is refused with a code.
func refuses(
    _ code: InternalControlRefusal, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("It was allowed.", sourceLocation: location)
    } catch let refusal as Refusal {
        #expect(refusal.code == code.rawValue, sourceLocation: location)
    } catch {
        Issue.record("\(error)", sourceLocation: location)
    }
}
