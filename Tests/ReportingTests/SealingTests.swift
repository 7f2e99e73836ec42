import CanonicalJSON
import Casework
import Complaints
import Delivery
import Forms
import Foundation
import GRDB
import Journal
import PersonalData
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Reporting

struct SealingTests {
    /// Three complaints in March: one answered in time, one late, one about employees and open.
    private func march(_ world: World) async throws -> [String] {
        let first = try await world.file("2026-03-03 10:00", forum: "F1")
        let second = try await world.file("2026-03-04 10:00", forum: "F2", kind: .standard, iin: "900101400002")
        let third = try await world.file("2026-03-30 10:00", kind: .employees, iin: "900101400003")
        try await world.answer(first, "2026-03-05 12:00")
        try await world.answer(second, "2026-03-27 12:00")
        return [first, second, third]
    }

    private func erase(_ number: String, in world: World) async throws {
        let person = try await world.journal.read { db in
            try String.fetchOne(db, sql: "SELECT person FROM complaint WHERE id = ?", arguments: [number])
        }
        try world.vault.erase(PersonID(try #require(person)))
    }

    private func delivery(_ world: World) async throws -> DeliveryRecord {
        try #require(
            try await world.journal.read {
                try DeliveryRecord.fetchAll(kind: MonthlyReport.streamKind, subject: "2026-03/1", in: $0)
            }.first)
    }

    private func remake(_ world: World, _ revision: Int) async throws -> ReportRemake {
        let folder = TemporaryFolder()
        return try await world.reports.remake(
            month("2026-03"), revision: revision, in: folder.path, projections: world.projections)
    }

    @Test("A sealed report is made again from the journal to the same bytes, after erasure and later events too")
    func remakes() async throws {
        let world = try await World()
        let numbers = try await march(world)
        _ = try await world.reports.seal(month("2026-03"), by: world.actor, at: at("2026-04-02 10:00"))
        try await world.answer(numbers[2], "2026-04-03 10:00")
        for number in numbers { try await erase(number, in: world) }
        #expect(try await remake(world, 1).isSame)
    }

    @Test("A sealed document says its own numbers and complaints, whatever is recorded afterwards")
    func readBack() async throws {
        let world = try await World()
        let numbers = try await march(world)
        let period = try month("2026-03")
        let before = try await world.reports.figures(period)
        let sealed = try await world.reports.seal(period, by: world.actor, at: at("2026-04-02 10:00"))
        let bytes = try #require(try await world.reports.document(sealed))
        let document = try #require(SealedReport(bytes, of: world.reports.form.form))
        #expect(document.figures == before)
        let named: [ReportNumber] = [
            .reviewed, .violations(), .orderAndStandard(), .employees(),
            .orderAndStandard(service: "S1"), .violations(bodyKind: "central"),
            .violations(bodyKind: "central", body: "MJ"),
        ]
        for number in named {
            let behind = try await world.journal.read { try world.reports.form.cases(behind: number, period, in: $0) }
            #expect(document.cases(behind: number)?.sorted() == behind.sorted(), "\(number)")
        }
        #expect(document.cases(behind: .opening) == nil && document.cases(behind: .forum) == nil)
        // Filed in March, registered in April: the numbers of now move, those that were sent stand.
        _ = try await world.file("2026-03-31 10:00", forum: "F9", iin: "900101400009")
        #expect(try await world.reports.figures(period).received == before.received + 1)
        #expect(document.figures.received == before.received && document.figures.received == numbers.count)
        #expect(["{}", "no"].allSatisfy { SealedReport(Array($0.utf8), of: world.reports.form.form) == nil })
    }

    @Test("Behind every sealed number stand the complaints of then as they were, whatever is recorded afterwards")
    func behindSealed() async throws {
        let world = try await World()
        _ = try await world.file("2026-02-02 10:00", forum: "F0", iin: "900101400000")
        let old = try await world.file("2026-02-20 10:00", iin: "900101400005")
        let numbers = try await march(world)
        let period = try month("2026-03")
        let numbered: [ReportNumber] = [
            .opening, .received, .closed, .closing, .forum, .reviewed, .withinTerm, .pastTerm, .violations(),
            .violations(bodyKind: "central"), .violations(bodyKind: "central", body: "MJ"), .overdueFromEarlier,
            .orderAndStandard(), .orderAndStandard(service: "S1"), .employees(), .employees(bodyKind: "central"),
        ]
        var before: [ReportNumber: [String]] = [:]
        for number in numbered {
            before[number] = try await world.journal.read {
                try world.reports.form.cases(behind: number, period, in: $0)
            }
        }
        let sealed = try await world.reports.seal(period, by: world.actor, at: at("2026-04-02 10:00"))
        // Filed, answered and told afterwards, each with a date of the month or before it.
        let late = try await world.file("2026-03-31 10:00", forum: "F9", recordedAt: "2026-04-03 09:00")
        try await world.answer(old, "2026-02-27 10:00", recordedAt: "2026-04-03 10:00")
        try await world.answer(numbers[2], "2026-03-31 10:00", recordedAt: "2026-04-03 10:00")
        try await world.answer(late, "2026-04-03 11:00")
        #expect(try world.count(.closing, period) != before[.closing]?.count)
        for number in numbered {
            let list = try #require(
                try await world.reports.complaints(behind: number, of: period, sealed, limit: 50, offset: 0))
            #expect(list.records.map(\.id).sorted() == before[number]?.sorted(), "\(number)")
            #expect(list.total == before[number]?.count, "\(number)")
            let part = try await world.reports.complaints(behind: number, of: period, sealed, limit: 1, offset: 1)
            #expect(part?.records == Array(list.records.dropFirst().prefix(1)), "\(number)")
        }
        let closing = try #require(
            try await world.reports.complaints(behind: .closing, of: period, sealed, limit: 50, offset: 0))
        #expect(closing.records.allSatisfy { $0.status == .open && $0.closedOn == nil && $0.outcome == nil })
        #expect(closing.records.contains { $0.id == old })
    }

    @Test("Contacts are ciphertext in the stored document; what is sent holds them without the identification number")
    func contacts() async throws {
        let world = try await World()
        _ = try await march(world)
        let sealed = try await world.reports.seal(
            month("2026-03"), by: world.actor, at: at("2026-04-02 10:00"))
        let atRest = try #require(try await world.reports.document(sealed))
        let stored = String(decoding: atRest, as: UTF8.self)
        #expect(!stored.contains("Тестова") && !stored.contains("+7 700"))
        let sent = try #require(try await world.reports.document(for: delivery(world)))
        #expect(ReportDigest.of(sent) == sealed.deliveredDigest)
        let text = String(decoding: sent, as: UTF8.self)
        #expect(text.contains("Айгүл Тестова") && !text.contains("90010140") && !text.contains("sealed:"))
        #expect(try JSON(parsing: sent).bytes == sent)
    }

    @Test("A second sealing without a reason is refused; a correction lists what differs and can be made again")
    func correction() async throws {
        let world = try await World()
        let numbers = try await march(world)
        let (period, now) = (try month("2026-03"), try at("2026-04-02 10:00"))
        _ = try await world.reports.seal(period, by: world.actor, at: now)
        await #expect(throws: Refusal.self) { try await world.reports.seal(period, by: world.actor, at: now) }
        try await world.answer(numbers[2], "2026-03-31 18:00", recordedAt: "2026-04-06 09:00")
        let sealed = try await world.reports.seal(
            period, reason: "An answer of March was entered late", by: world.actor, at: at("2026-04-06 10:00"))
        #expect(sealed.revision == 2)
        #expect(sealed.changes.contains("/balance/closed: 2 → 3"))
        #expect(try await remake(world, 1).isSame)
        #expect(try await remake(world, 2).isSame)
    }

    @Test("A correction that changes nothing is refused and leaves no revision and no delivery")
    func unchanged() async throws {
        let world = try await World()
        _ = try await march(world)
        let (period, now) = (try month("2026-03"), try at("2026-04-02 10:00"))
        _ = try await world.reports.seal(period, by: world.actor, at: now)
        let refusal = try await #require(throws: Refusal.self) {
            try await world.reports.seal(period, reason: "To be sure", by: world.actor, at: now)
        }
        #expect(refusal.code == "report.unchanged")
        #expect(try await world.reports.report(period).state.sealed.count == 1)
        let queued = try await world.journal.read { db in
            try DeliveryRecord.fetchAll(kind: MonthlyReport.streamKind, subject: "2026-03/2", in: db)
        }
        #expect(queued.isEmpty)
    }

    @Test("A month that is not over is not sealed")
    func tooEarly() async throws {
        let world = try await World()
        _ = try await march(world)
        await #expect(throws: Refusal.self) {
            try await world.reports.seal(month("2026-03"), by: world.actor, at: at("2026-03-31 23:59"))
        }
    }

    @Test("The receipt's time stops the clock, so an answer that was lost on the way makes no breach")
    func receipt() async throws {
        let world = try await World()
        _ = try await march(world)
        _ = try await world.reports.seal(month("2026-03"), by: world.actor, at: at("2026-04-02 10:00"))
        let delivery = try await delivery(world)
        let receipt = DeliveryReceipt(
            number: "AR-1", receivedAt: try at("2026-04-02 10:01"), digest: delivery.digest)
        _ = try await world.journal.transact(by: .timer, at: at("2026-04-07 09:00")) { transaction -> Int in
            try world.reports.delivered(delivery, receipt: receipt, in: transaction)
            return 0
        }
        let clock = try #require(try await world.reports.report(month("2026-03")).due)
        #expect(clock.due == CivilDate("2026-04-05") && clock.target == CivilDate("2026-04-03"))
        #expect(clock.status == .met)
    }

    @Test(
        "A receipt cannot be older than the seal: then one of the clocks is wrong, ours counts, and the receipt says so",
        arguments: [
            ("2026-03-31 10:00", true, Clock.Status.breached), ("2026-04-06 09:54", true, .breached),
            ("2026-04-06 09:56", false, .breached), ("2026-04-06 10:01", false, .breached),
        ])
    func receiptBeforeSeal(received: String, isFlagged: Bool, status: Clock.Status) async throws {
        let world = try await World()
        _ = try await march(world)
        _ = try await world.reports.seal(month("2026-03"), by: world.actor, at: at("2026-04-06 10:00"))
        let delivery = try await delivery(world)
        let receipt = DeliveryReceipt(number: "AR-1", receivedAt: try at(received), digest: delivery.digest)
        _ = try await world.journal.transact(by: .timer, at: at("2026-04-06 10:02")) { transaction -> Int in
            try world.reports.delivered(delivery, receipt: receipt, in: transaction)
            return 0
        }
        let report = try await world.reports.report(month("2026-03"))
        #expect((report.state.receipts.first?.isBeforeSeal ?? false) == isFlagged)
        #expect(report.due?.status == status)
    }

    /// Takes the keys of people away as no code of ours does: their erasure is recorded nowhere.
    private func lose(_ numbers: [String], in world: World) throws {
        let people = try world.journal.readNow { db in
            try numbers.compactMap { try ComplaintRecord.fetch(id: $0, in: db)?.person }
        }
        try DatabaseQueue(path: world.folder.file("vault.db")).write { db in
            for person in people {
                try db.execute(sql: "DELETE FROM personKey WHERE hex(person) = upper(?)", arguments: [person])
            }
        }
    }

    @Test("One person whose key is lost keeps no month from its term: his contacts read as unreadable, never as erased")
    func unreadable() async throws {
        let world = try await World()
        let numbers = try await march(world)
        try lose([numbers[1]], in: world)
        let sealed = try await world.reports.seal(
            month("2026-03"), by: world.actor, at: at("2026-04-02 10:00"))
        #expect(sealed.unreadable == 1)
        let sent = String(
            decoding: try #require(try await world.reports.document(for: delivery(world))), as: UTF8.self)
        #expect(sent.contains(#""contacts":{"unreadable":true}"#) && !sent.contains("erased"))
        #expect(sent.contains("Айгүл Тестова"))
    }

    @Test("Keys lost on the way: the report waits, is never sent without them, and goes when they are back")
    func lostOnTheWay() async throws {
        let world = try await World()
        let numbers = try await march(world)
        let now = try at("2026-04-02 10:00")
        let vault = world.folder.file("vault.db")
        _ = try await world.reports.seal(month("2026-03"), by: world.actor, at: now)
        let waiting = try await delivery(world)
        let copy = TemporaryFolder()
        try await DatabaseQueue(path: vault).writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [copy.file("vault.db")])
        }
        try lose(numbers, in: world)
        await #expect(throws: VaultError.self) { try await world.reports.document(for: waiting) }
        _ = try await world.journal.transact(by: .timer, at: now) { transaction -> Int in
            try world.reports.died(waiting, reason: "could not be read for a day", in: transaction)
            return 0
        }
        let all = try await world.journal.read {
            try DeliveryRecord.fetchAll(kind: MonthlyReport.streamKind, subject: "2026-03/1", in: $0)
        }
        #expect(all.count == 1)
        let restored = ReportDesk<MonthlyReport>(
            casework: world.casework, vault: try PersonVault(path: copy.file("vault.db")), outbox: world.outbox,
            form: world.reports.form, destination: "agency")
        let sent = try #require(try await restored.document(for: waiting))
        #expect(ReportDigest.of(sent) == waiting.digest)
    }

    @Test("A person erased on the way: the delivery dies visibly, what the document says now is queued by itself")
    func erasedOnTheWay() async throws {
        let world = try await World()
        let numbers = try await march(world)
        let now = try at("2026-04-02 10:00")
        _ = try await world.reports.seal(month("2026-03"), by: world.actor, at: now)
        let first = try await delivery(world)
        try await erase(numbers[0], in: world)
        _ = try await world.journal.transact(by: .timer, at: now) { transaction -> Int in
            try world.reports.died(first, reason: "the document reads otherwise", in: transaction)
            return 0
        }
        let id = DeliveryID("monthly-report-2026-03-1-2")
        let second = try #require(try await world.journal.read { try DeliveryRecord.fetch(id, in: $0) })
        let sent = try #require(try await world.reports.document(for: second))
        #expect(ReportDigest.of(sent) == second.digest && second.digest != first.digest)
        #expect(String(decoding: sent, as: UTF8.self).contains(#""contacts":{"erased":true}"#))
        // An ordinary death queues nothing.
        _ = try await world.journal.transact(by: .timer, at: now) { transaction -> Int in
            try world.reports.died(second, reason: "refused", in: transaction)
            return 0
        }
        let all = try await world.journal.read {
            try DeliveryRecord.fetchAll(kind: MonthlyReport.streamKind, subject: "2026-03/1", in: $0)
        }
        #expect(Set(all.map(\.id)) == [first.id, second.id], "the page shows the attempts of both")
    }
}
