import CSV
import Casework
import Foundation
import GRDB
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding

/// A contact centre with the real law and calendar, and information requests in a journal of their own.
final class World: Sendable {
    let folder = TemporaryFolder()
    let casework: Casework
    let desk: OnboardingDesk
    let actor = Actor("test")

    static let schedules = ScheduleFolder(path: Repository.path + "/schedules")
    static let id = OnboardingDesk.id(plan: "2026", line: "1", body: "MIA")

    init() async throws {
        let catalogue = EventCatalogue(Registry.eventTypes + OnboardingDesk.eventTypes)
        let journal = try Journal(
            path: folder.file("journal.db"),
            projections: [
                CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue),
                OnboardingProjection(catalogue: catalogue),
            ] + Registry.projections(catalogue))
        casework = Casework(
            journal: journal, catalogue: catalogue,
            rulebooks: try Self.schedules.rulebooks(knownEvents: KnownEvents.all),
            calendars: CalendarKeeper())
        desk = OnboardingDesk(casework: casework)
        _ = try await casework.adopt(
            try Self.schedules.calendar(), reason: "test", expecting: nil, by: actor, at: try at("2025-11-01 09:00:00"))
    }

    var journal: Journal { casework.journal }

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
        let rows = try journal.readNow { try ClockRow.fetch(of: StreamID(kind: "onboarding", id: id), in: $0) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.rule, $0) })
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

    /// Makes the tables anew from the events and expects the same content.
    func expectSameAfterRebuild() throws {
        let before = try journal.projectionContents()
        try journal.rebuild()
        #expect(try journal.projectionContents() == before)
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
    static let enter: Step = { InformationRequestCommand.enter(InformationEntered(card: "S0288", edition: 1), at: $0) }
    static let train: Step = { InformationRequestCommand.train(StepNote(text: "12 employees"), at: $0) }

    static func sign(_ side: ProtocolSigned.Side) -> Step {
        { .sign(ProtocolSigned(side: side, position: "deputy head"), at: $0) }
    }

    static let goLive: Step = { InformationRequestCommand.goLive(at: $0) }
}

/// A time of the day in Almaty: `2026-03-26 23:59:59`.
func at(_ text: String) throws -> Moment {
    try #require(Moment(text.replacingOccurrences(of: " ", with: "T") + "+05:00"))
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
