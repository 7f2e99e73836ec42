import CanonicalJSON
import Casework
import Complaints
import Delivery
import DemoData
import GRDB
import InternalControl
import Journal
import TestSupport
import Testing
import WorkingDays

@Suite("Discrepancies between the bodies' numbers and ours (797 §20)")
struct DiscrepancyTests {
    static let number = "78-1mk_2026-Q1_MJ_16"

    /// Three complaints of ours, and a form of the body that tells of five.
    static func world(_ months: [Int] = [2, 2, 1]) async throws -> World {
        let world = try await World()
        for day in ["2026-01-12", "2026-02-10", "2026-02-11"] { try await world.complain("\(day) 10:00") }
        // A complaint about something else, and one about another body, do not count.
        try await world.complain("2026-02-12 10:00", kind: .other)
        try await world.complain("2026-02-12 11:00", body: "KGD")
        try await world.take(try world.form(months))
        return world
    }

    func state(_ world: World, _ number: String = number) async throws -> DiscrepancyState {
        try await world.desk.discrepancy(number).state
    }

    @Test("A form that disagrees begins a case at once, with both numbers by month and its clock on the same day")
    func found() async throws {
        let world = try await Self.world()
        let state = try await state(world)
        #expect(state.figures?.difference == 2)
        #expect(state.figures?.figures.map(\.ours) == [1, 2, 0, 3])
        #expect(state.figures?.figures.map(\.theirs) == [2, 2, 1, 5])
        let clock = try world.clocks(of: StreamID("discrepancy/\(Self.number)"))["explain-discrepancy"]
        #expect(clock?.due == CivilDate("2026-04-08"))
        let listed = try world.journal.readNow { db in
            try world.desk.complaints(behind: try #require(state.figures), limit: 10, in: db)
        }
        #expect(listed.count == 3)
        try world.expectSameAfterRebuild()
    }

    @Test("Where the quarter agrees but the months do not, the shifted units are to be explained")
    func shifted() async throws {
        let world = try await Self.world([2, 1, 0])
        #expect(try await state(world).figures?.difference == 1)
    }

    @Test("Numbers that agree, and the sign of no information, begin no case")
    func agree() async throws {
        #expect(try await state(Self.world([1, 2, 0])).figures == nil)
        let world = try await World()
        try await world.complain("2026-01-12 10:00")
        var filing = try world.form([0, 0, 0])
        for column in ["1", "2", "3", "4"] {
            for row in ["16", "16.1", "16.2", "16.3"] { filing.write("-", row, column) }
        }
        let outcome = try await world.take(filing)
        #expect(outcome.discrepancies == [])
    }

    @Test("Causes add up to the difference and never to more; each makes the right number larger")
    func causes() async throws {
        let world = try await Self.world()
        let now = try at("2026-04-08 11:00")
        func confirm(_ cause: String, _ units: Int, text: String = "list of 7 April", _ complaints: [String] = [])
            async throws
        {
            try await world.desk.record(
                .confirm(
                    DiscrepancyCause(cause: cause, units: units, text: text, complaints: complaints),
                    rules: world.desk.rules),
                on: Self.number, by: world.actor, at: now)
        }
        await refuses(.causeUnknown) { try await confirm("weather", 1) }
        await refuses(.causeSide) { try await confirm("missing-theirs", 1) }
        await refuses(.unitsWrong) { try await confirm("other-channel", 0) }
        await refuses(.tooMany) { try await confirm("other-channel", 3) }
        await refuses(.textMissing) { try await confirm("other-channel", 1, text: " ") }
        await refuses(.caseUnknown) { try await confirm("other-channel", 1, ["2026-999999"]) }
        try await confirm("other-channel", 1)
        try await confirm("cut-off", 1)
        #expect(try await state(world).unexplained == 0)
        await refuses(.tooMany) { try await confirm("category", 1) }
        let entry = try #require(try await state(world).causes.keys.min())
        try await world.desk.record(.withdraw(entry: entry, reason: "no"), on: Self.number, by: world.actor, at: now)
        #expect(try await state(world).unexplained == 1)
        let record = try world.journal.readNow { try DiscrepancyRecord.fetch(Self.number, in: $0) }
        #expect(record?.explained == 1)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "The explanation goes to the Agency with what is left unexplained, its receipt stops the clock, and only all of it settles"
    )
    func explanation() async throws {
        let world = try await Self.world()
        let now = try at("2026-04-08 12:00")
        let sealed = try await world.desk.explain(Self.number, by: world.actor, at: now)
        #expect(sealed.unexplained == 2)
        await refuses(.underway) { _ = try await world.desk.explain(Self.number, by: world.actor, at: now) }
        let id = DeliveryID("discrepancy-\(Self.number)-1")
        let delivery = try #require(try world.journal.readNow { try DeliveryRecord.fetch(id, in: $0) })
        let bytes = try #require(try await world.desk.document(for: delivery))
        let document = try JSON(parsing: bytes)
        #expect(document["difference"]?.int == 2)
        #expect(document["unexplained"]?.int == 2)
        #expect(document["complaints"]?.array?.count == 3)
        let receipt = DeliveryReceipt(number: "AR-1", receivedAt: now, digest: sealed.digest)
        _ = try await world.journal.transact(by: world.actor, at: try at("2026-04-08 12:05")) { transaction in
            try world.desk.delivered(delivery, receipt: receipt, in: transaction)
            return true
        }
        let clock = try world.clocks(of: StreamID("discrepancy/\(Self.number)"))["explain-discrepancy"]
        #expect(clock?.endedOn == CivilDate("2026-04-08"))
        await refuses(.unchanged) { _ = try await world.desk.explain(Self.number, by: world.actor, at: now) }
        await refuses(.unexplained) {
            try await world.desk.record(.settle(reason: "done"), on: Self.number, by: world.actor, at: now)
        }
        try await world.desk.record(
            .confirm(DiscrepancyCause(cause: "other-channel", units: 2, text: "their list"), rules: world.desk.rules),
            on: Self.number, by: world.actor, at: try at("2026-04-08 13:00"))
        await refuses(.notExplained) {
            try await world.desk.record(
                .settle(reason: "done"), on: Self.number, by: world.actor, at: try at("2026-04-08 13:10"))
        }
        #expect(
            try await world.desk.explain(Self.number, by: world.actor, at: try at("2026-04-08 13:20")).revision == 2)
        try world.expectSameAfterRebuild()
    }

    @Test("The Agency that was told of a difference is told that it is gone, before the case is settled")
    func toldOfTheEnd() async throws {
        let world = try await Self.world([1, 3, 0])
        let sealed = try await world.desk.explain(Self.number, by: world.actor, at: try at("2026-04-08 12:00"))
        func receive(_ revision: Int, _ digest: String, _ time: String) async throws {
            let id = DeliveryID("discrepancy-\(Self.number)-\(revision)")
            let delivery = try #require(try world.journal.readNow { try DeliveryRecord.fetch(id, in: $0) })
            let moment = try at(time)
            _ = try await world.journal.transact(by: world.actor, at: moment) { transaction in
                try world.desk.delivered(
                    delivery, receipt: DeliveryReceipt(number: "AR-\(revision)", receivedAt: moment, digest: digest),
                    in: transaction)
                return true
            }
        }
        try await receive(1, sealed.digest, "2026-04-08 12:05")
        try await world.complain("2026-02-20 10:00")
        let open = try await world.desk.reconcile(World.first, by: world.actor, at: try at("2026-04-09 10:00"))
        #expect(open == [Self.number])
        let now = try at("2026-04-09 10:30")
        await refuses(.notExplained) {
            try await world.desk.record(.settle(reason: "gone"), on: Self.number, by: world.actor, at: now)
        }
        let last = try await world.desk.explain(Self.number, by: world.actor, at: now)
        #expect(last.unexplained == 0)
        try await receive(2, last.digest, "2026-04-09 10:35")
        try await world.desk.record(
            .settle(reason: "gone"), on: Self.number, by: world.actor, at: try at("2026-04-09 10:40"))
        #expect(try await state(world).settled != nil)
    }

    @Test("Numbers that agree after a complaint was entered settle the case; it opens again where they part")
    func restated() async throws {
        let world = try await Self.world([1, 3, 0])
        #expect(try await state(world).figures?.difference == 1)
        try await world.complain("2026-02-20 10:00")
        let open = try await world.desk.reconcile(World.first, by: world.actor, at: try at("2026-04-09 10:00"))
        #expect(open == [])
        let settled = try await state(world)
        #expect(settled.figures?.difference == 0)
        #expect(settled.settled != nil)
        try await world.complain("2026-02-21 10:00")
        #expect(
            try await world.desk.reconcile(World.first, by: world.actor, at: try at("2026-04-09 11:00")) == [
                Self.number
            ])
        let record = try world.journal.readNow { try DiscrepancyRecord.fetch(Self.number, in: $0) }
        #expect(record?.difference == -1)
        #expect(record?.settledOn == nil)
        try world.expectSameAfterRebuild()
    }
}
