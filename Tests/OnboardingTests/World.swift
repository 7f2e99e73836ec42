import CSV
import Casework
import Foundation
import GRDB
import Journal
import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding
@testable import Registry

/// A contact centre with the real law and calendar, and information requests in a journal of their own.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let desk: OnboardingDesk

    static let id = OnboardingDesk.id(plan: "2026", line: "1", body: "MIA")

    init() async throws {
        centre = try await TestCentre(
            Registry.eventTypes + OnboardingDesk.eventTypes, adopted: "2025-11-01 09:00"
        ) { [OnboardingProjection(catalogue: $0)] + Registry.projections($0) }
        // Cards are another module's: the one of S0288 has two editions.
        desk = OnboardingDesk(casework: centre.casework) { code, _ in
            code.hasPrefix("S") ? CardStanding(service: code, edition: 2) : nil
        }
        try takeBodies()
    }

    /// A few bodies and services of the registry: the ones that the tests name.
    private func takeBodies() throws {
        let home = Localized(kk: "x", ru: "x")
        let bodies: [(String, BodyKind, String?)] = [
            ("MIA", .central, nil), ("MH", .central, nil), ("KGD", .central, "MF"), ("MF", .central, nil),
            ("APS", .agency, nil), ("AKM", .local, nil), ("ECC", .ucc, nil),
        ]
        let services = [("S0288", "MIA"), ("S0121", "MH"), ("S0300", "MF")]
        let aqtobe = Region(
            code: "15", names: [DatedName(from: nil, through: nil, name: home)], validFrom: nil, validTo: nil,
            successor: nil, predecessor: nil, note: nil, zone: "Asia/Aqtobe")
        _ = try casework.transactNow(by: actor, at: try at("2025-11-01 09:00:00")) { session in
            try session.append([RegistryEvent.regionRegistered(aqtobe)], to: StreamID("region/15"), expecting: 0)
            for (code, kind, parent) in bodies {
                let body = PublicBody(
                    code: code, kind: kind, parent: parent, region: kind == .local ? "15" : "republic",
                    names: [DatedName(from: nil, through: nil, name: home)])
                try session.append(
                    [RegistryEvent.bodyRegistered(body)], to: StreamID(kind: "body", id: code), expecting: 0)
            }
            for (code, owner) in services {
                let service = PublicService(code: code, name: home, owner: owner, provider: home, sphere: "x")
                try session.append(
                    [RegistryEvent.serviceRegistered(service)], to: StreamID(kind: "service", id: code), expecting: 0)
            }
            return 0
        }
    }

    func takeKnowledge() throws {
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: actor, at: try at("2025-11-01 09:00:00"))
    }

    /// Records a step at the moment at which it happens.
    @discardableResult
    func step(_ moment: String, of id: String = World.id, _ make: Step) async throws -> Int {
        let now = try at(moment)
        return try await desk.perform(make(now), on: id, by: actor, at: now)
    }

    func clocks(_ id: String = World.id) throws -> [String: ClockRow] {
        try clocks(of: StreamID(kind: "onboarding", id: id))
    }

    func clock(_ rule: String, _ id: String = World.id) throws -> ClockRow { try #require(try clocks(id)[rule]) }

    func record(_ id: String = World.id) throws -> InformationRequestRecord {
        try #require(try journal.readNow { try InformationRequestRecord.fetch(id: id, in: $0) })
    }

    func importPlan(_ text: String) async throws -> PlanReport {
        var reader = try CSVReader(name: "plan.csv", columns: OnboardingDesk.planColumns, bytes: Array(text.utf8))
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        let now = try at("2025-12-20 09:00:00")
        return try await desk.importPlan(
            rows: rows, plan: "2026", approval: "test act", approvedAt: now, by: actor, at: now)
    }

    func begin(_ line: PlanLineApproved = Steps.line, at moment: String = "2025-12-01 09:00:00") async throws {
        try await step(moment) { .approve(line, at: $0) }
    }

    /// The request as far as the body's receipt.
    func received(_ moment: String) async throws {
        try await begin()
        try await step("2025-12-15 09:00:00", Steps.send())
        try await step(moment, Steps.receive)
    }
}

/// A command once its moment is known.
typealias Step = @Sendable (Moment) -> InformationRequestCommand

/// The steps as a person would record them.
enum Steps {
    static let line = PlanLineApproved(
        plan: "2026", line: "1", service: "S0288", body: "MIA", requestOn: CivilDate(dayNumber: 20_532),
        acceptanceOn: CivilDate("2026-04-13"), approval: "test act")

    static func send(_ again: RequestSent.Again? = nil) -> Step {
        { .send(RequestSent(number: "1-15/7", channel: "documentolog", again: again), at: $0) }
    }

    static let failed: Step = { InformationRequestCommand.sendingFailed(StepNote(text: "no such mailbox"), at: $0) }
    static let receive: Step = { InformationRequestCommand.receive(RequestReceived(proof: "incoming 12"), at: $0) }
    static let appoint: Step = { InformationRequestCommand.appoint(ResponsiblePersonAppointed(order: "5"), at: $0) }

    static func submit(complete: Bool = true, signed: Bool = true) -> Step {
        { .submit(InformationSubmitted(isSignedByHead: signed, isComplete: complete), at: $0) }
    }

    static let giveBack: Step = { InformationRequestCommand.giveBack(StepNote(text: "the fee is missing"), at: $0) }
    static let enter: Step = {
        InformationRequestCommand.enter(
            InformationEntered(card: "S0288", edition: 1), into: CardStanding(service: "S0288", edition: 1), at: $0)
    }
    static let train: Step = { InformationRequestCommand.train(StepNote(text: "12 employees"), at: $0) }

    static func sign(_ side: ProtocolSigned.Side) -> Step {
        { .sign(ProtocolSigned(side: side, position: "deputy head"), at: $0) }
    }

    static let goLive: Step = { InformationRequestCommand.goLive(at: $0) }
}
