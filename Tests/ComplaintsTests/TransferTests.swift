import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Handing a complaint on")
struct TransferTests {
    @Test(
        "The term after a transfer runs from the day of registration there, by the one rule, and is never shorter by a slip of the calendar",
        arguments: [
            // Filed, handed on, due before, due after.
            ("2026-11-29 11:00", "2026-11-29 11:05", "2026-12-07", "2026-12-07"),
            ("2026-11-28 11:00", "2026-11-29 11:05", "2026-12-07", "2026-12-07"),
            ("2026-09-07 10:00", "2026-09-10 10:00", "2026-09-14", "2026-09-17"),
            ("2026-09-07 10:00", "2026-09-10 18:29", "2026-09-14", "2026-09-17"),
            ("2026-09-07 10:00", "2026-09-10 18:30", "2026-09-14", "2026-09-18"),
            ("2026-09-07 10:00", "2026-09-11 19:00", "2026-09-14", "2026-09-21"),
            ("2026-09-07 10:00", "2026-09-12 09:00", "2026-09-14", "2026-09-21"),
        ])
    func term(_ filed: String, _ handedOn: String, _ before: String, _ after: String) async throws {
        let world = try await World()
        let receipt = try await world.register(filed)
        #expect(receipt.dueOn == (try day(before)))
        try await world.desk.transfer(
            receipt.number, to: "A75", reason: "not ours", happenedAt: try at(handedOn), by: world.actor,
            at: try at("2026-12-30 09:00"))
        let record = try world.record(receipt.number)
        #expect(record.dueOn == (try day(after)))
        #expect(record.dueOn >= receipt.dueOn)
    }

    @Test("Handed on in the evening of the last day, the former body was in time")
    func lastEvening() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: try at("2026-09-14 20:00"), by: world.actor,
            at: try at("2026-09-14 20:00"))
        let clock = try #require(try world.clocks(number).first)
        let due = try day("2026-09-22")
        #expect(clock.due == due && clock.status == .running)
        let lapses = try world.journal.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaintLapse") }
        #expect(lapses == 0)
    }

    @Test(
        "It goes to the body that was chosen and to no other",
        arguments: [
            ("ACA", "complaint.formerBody", "KNB"), ("XX", "complaint.unknownBody", "XX"),
            ("A75@71", "complaint.unknownUnit", "A75"), ("MJ@99", "complaint.unknownUnit", "MJ"),
            ("MJ@rural", "complaint.unknownUnit", "MJ"), ("G75@75", "complaint.unknownUnit", "G75"),
        ])
    func chosen(_ body: String, _ code: String, _ named: String) async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        let before = try world.record(number)
        let refusal = await #expect(throws: Refusal.self) {
            try await world.desk.transfer(
                number, to: body, reason: "not ours", happenedAt: try at("2026-09-10 10:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
        #expect(refusal?.code == code && refusal?.field == "body" && refusal?.reason.contains("“\(named)”") == true)
        #expect(try world.record(number) == before)
    }

    @Test("A body that was there on the day of an earlier transfer is taken as it was then")
    func wasThere() async throws {
        let world = try await World()
        let number = try await world.register("2025-06-02 10:00").number
        try await world.desk.transfer(
            number, to: "ACA", reason: "not ours", happenedAt: try at("2025-06-03 10:00"), by: world.actor,
            at: try at("2026-12-30 09:00"))
        #expect(try world.record(number).body == "ACA")
    }

    @Test("A territorial body and a rural akim are addressed without a code each, and one after the other")
    func units() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00", body: "FUND").number
        for (hour, body) in [("10", "KGD@75"), ("11", "D751110@rural"), ("12", "D751110")] {
            try await world.desk.transfer(
                number, to: body, reason: "not ours", happenedAt: try at("2026-09-08 \(hour):00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
            let state = try await world.casework.load(Complaint.self, id: number).state
            #expect(BodyAddress(code: state.body, unit: state.unit).description == body)
        }
        await #expect(throws: Refusal.self) {
            try await world.desk.transfer(
                number, to: "D751110", reason: "again", happenedAt: try at("2026-09-08 13:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
    }

    @Test("A complaint about a department is the Agency's and is not handed to that department")
    func ownMatter() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00", body: "T75", kind: .employees).number
        #expect(try world.record(number).body == "APS")
        let refusal = await #expect(throws: Refusal.self) {
            try await world.desk.transfer(
                number, to: "T75", reason: "yours", happenedAt: try at("2026-09-08 10:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
        #expect(refusal?.code == "complaint.ownMatter")
    }
}
