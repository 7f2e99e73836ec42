import Casework
import Complaints
import Forms
import Foundation
import GRDB
import Journal
import Logging
import PersonalData
import Registry
import Reporting
import Rulebook
import Synchronization
import TestSupport
import WorkingDays

@testable import Delivery

/// Months of a contact centre on a disk: a real journal in a folder, which is copied away in the middle of things and gone on
/// from, as after a power cut, with a receiver that fails.
final class RealLife: @unchecked Sendable {
    private let seed: UInt64
    private var dice: SeededGenerator
    private(set) var step = 0
    private var now = PlainCalendar.start
    private var plain = PlainCalendar()
    private let home = TemporaryFolder()
    private var generation = 0
    private var centre: Centre
    /// What the program has acknowledged: numbers and last days, and the numbers of what was answered.
    private var acknowledged: [String: Int] = [:]
    private var answered: Set<String> = []
    private let receiver = Receiver()
    private(set) var done: Set<String> = []

    init(seed: UInt64) async throws {
        self.seed = seed
        dice = SeededGenerator(seed: seed ^ 0xD15C)
        let folder = home.file("0")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        centre = try Centre(folder)
        for year in 2024...2026 { try readCalendar(year) }
        _ = try await centre.casework.adopt(
            try PureLife.law.get().calendar, reason: "first", expecting: nil, by: Actor("simulation"),
            at: Moment(millisecondsSince1970: now))
    }

    /// Reads days off and days made up for from the file, without the program's reader.
    private func readCalendar(_ year: Int) throws {
        let text = try String(contentsOfFile: "\(Repository.path)/schedules/calendar/\(year).csv", encoding: .utf8)
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 2)
            let date = fields[0].split(separator: "-").compactMap { Int($0) }
            plain.set(PlainCalendar.number(date[0], date[1], date[2]), isWorked: fields[1] == "working_day")
        }
    }

    private var moment: Moment { Moment(millisecondsSince1970: now) }
    private var today: Int { PlainCalendar.local(now).day }
    private let actor = Actor("simulation")

    private func hold(_ condition: Bool, _ invariant: Invariant, _ detail: @autoclosure () -> String = "") throws {
        guard condition else { throw Broken(seed: seed, step: step, invariant: invariant, detail: detail()) }
    }

    func live() async throws {
        step += 1
        now += Int64(dice.below(5 * 86_400_000))
        switch dice.below(12) {
        case 0...3: try await register()
        case 4, 5: try await answer()
        case 6: try await cut()
        case 7: try await reopen()
        default: break
        }
        try await timer()
        try await check()
    }

    private func register() async throws {
        let (day, minute) = PlainCalendar.local(now)
        let receipt = try await centre.complaints.register(
            ComplaintFiling(
                channel: "forum", kind: .order, body: "MJ", subject: "Сынақ", contacts: .init(),
                filedAt: moment), by: actor, at: moment)
        let due = plain.after(plain.registration(day, minute: minute), 5)
        try hold(receipt.dueOn.description == PlainCalendar.text(due), .dueAsPlainCalendar, "\(receipt)")
        acknowledged[receipt.number] = due
    }

    private func answer() async throws {
        let open = acknowledged.keys.filter { !answered.contains($0) }.sorted()
        guard !open.isEmpty else { return }
        let number = open[dice.below(open.count)]
        try await centre.complaints.answer(number, outcome: .satisfied, happenedAt: moment, by: actor, at: moment)
        answered.insert(number)
    }

    /// The timer's round, and what is due to leave; in the middle of the sending the power may go.
    private func timer() async throws {
        if dice.below(8) == 0 {
            let before = try centre.position()
            await centre.reporting(at: { [now] in Moment(millisecondsSince1970: now + 40 * 86_400_000) }, isHeld: true)
            try hold(try centre.position() == before, .heldClockDoesNothing)
            done.insert("held")
        }
        await centre.reporting(at: { [now] in Moment(millisecondsSince1970: now) }, isHeld: false)
        for _ in 0..<3 {
            let journal = centre.casework.journal
            guard let next = try await journal.read({ try DeliveryRecord.next(to: "agency", in: $0) }) else { return }
            let roll = dice.below(10)
            let cut = roll == 0 ? try nextFolder() : nil
            receiver.mood.withLock { $0 = Receiver.Mood(roll: roll, folder: centre.folder, copy: cut) }
            try await centre.delivery(receiver, at: moment).attempt(next)
            now += 16 * 60_000
            if let cut {
                try centre.close()
                centre = try Centre(cut)
                try await centre.delivery(receiver, at: moment).recoverLostAttempts()
                try expectSameAfterRebuild()
                done.insert("cut while sending")
            }
        }
    }

    private func nextFolder() throws -> String {
        generation += 1
        return home.file("\(generation)")
    }

    /// The power goes between two things: what lies on the disk is gone on from.
    private func cut() async throws {
        let folder = try nextFolder()
        try Receiver.copy(centre.folder, folder)
        try centre.close()
        centre = try Centre(folder)
        try expectSameAfterRebuild()
        done.insert("cut")
    }

    private func reopen() async throws {
        try centre.close()
        centre = try Centre(centre.folder)
        try expectSameAfterRebuild()
        done.insert("reopened")
    }

    /// The tables, made anew from the events.
    func expectSameAfterRebuild() throws {
        let journal = centre.casework.journal
        let before = try journal.projectionContents()
        _ = try journal.rebuild()
        try hold(try journal.projectionContents() == before, .tablesAsRebuilt)
    }

    private func check() async throws {
        let journal = centre.casework.journal
        let verified = try journal.verify()
        try hold(verified.firstBad == nil, .chainWhole, "\(verified)")
        let (records, reports, delivered) = try await journal.read { [acknowledged] db in
            (
                try acknowledged.keys.map { try ComplaintRecord.fetch(id: $0, in: db) },
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT stream, count(*) AS count FROM event WHERE name = 'reportSealed' GROUP BY stream
                        """
                ).map { ($0["stream"] as String, $0["count"] as Int) },
                try DeliveryRecord.fetchAll(in: .delivered, limit: 1_000, in: db)
            )
        }
        for record in records {
            let record = try unwrap(record)
            try hold(
                acknowledged[record.id].map(PlainCalendar.text) == record.dueOn.description, .dueAsPlainCalendar,
                "\(record.id): \(record.dueOn)")
            try hold((record.closedOn != nil) == answered.contains(record.id), .nothingLost, "\(record.id)")
        }
        try hold(records.count == acknowledged.count, .nothingLost)
        for (stream, count) in reports { try hold(count == 1, .oneReportAPeriod, "\(count) of \(stream)") }
        let held = receiver.held
        for delivery in delivered {
            try hold(
                held[delivery.idempotencyKey].map { "R-\($0)" } == delivery.receiptNumber, .nothingLost,
                "\(delivery.id)")
        }
        try hold(Set(held.values).count == held.count && held.count <= reports.count, .nothingTwice, "\(held)")
        if !delivered.isEmpty { done.insert("delivered") }
    }

    func end() throws {
        try expectSameAfterRebuild()
        try centre.close()
    }
}

/// A receiver that fails as it is told.
final class Receiver: Transport {
    struct Mood {
        var roll = 9
        var folder = ""
        /// Where the disk is copied to in the middle of an attempt; nil where the power stays.
        var copy: String?
    }

    let mood = Mutex(Mood())
    private let kept = Mutex<[String: Int]>([:])

    /// The numbers given, by key.
    var held: [String: Int] { kept.withLock { $0 } }

    func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        let mood = mood.withLock { $0 }
        if mood.roll == 1 { return .failed(AttemptFailure(.transient, "down")) }
        let number = kept.withLock { kept in
            let number = kept[parcel.idempotencyKey] ?? kept.count + 1
            kept[parcel.idempotencyKey] = number
            return number
        }
        if let copy = mood.copy {
            do {
                try Self.copy(mood.folder, copy)
            } catch {
                return .failed(AttemptFailure(.permanent, "the test could not copy: \(error)"))
            }
        }
        if mood.roll == 2 { return .failed(AttemptFailure(.transient, "answer lost", mayHaveHadEffect: true)) }
        return .received(
            DeliveryReceipt(
                number: "R-\(number)", receivedAt: Moment(millisecondsSince1970: PlainCalendar.start),
                digest: parcel.digest))
    }

    /// What a power cut leaves: the files as they lie there.
    static func copy(_ folder: String, _ copy: String) throws {
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: copy + "/" + name)
        }
    }
}

/// The stores of a centre and the desks that are simulated.
private final class Centre: Sendable {
    let folder: String
    let casework: Casework
    let complaints: ComplaintDesk
    private let vault: PersonVault
    private let outbox = Outbox()
    private let form: ReportForm

    init(_ folder: String) throws {
        self.folder = folder
        let law = try PureLife.law.get()
        let catalogue = EventCatalogue(Registry.eventTypes + Reports.eventTypes + [ComplaintEvent.self])
        casework = Casework(
            journal: try Journal(
                path: folder + "/journal.db",
                projections: [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)]
                    + Registry.projections(catalogue)
                    + [ComplaintProjection(catalogue: catalogue), DeliveryProjection()]
                    + Reports.projections(catalogue)),
            catalogue: catalogue, rulebooks: law.books, calendars: CalendarKeeper())
        vault = try PersonVault(path: folder + "/vault.db")
        complaints = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"),
            facts: { _ in
                RoutingFacts(bodies: [.init(code: "MJ", kind: "central", region: "republic")], services: [])
            })
        form = try ReportForm(
            MonthlyReport.form, of: try PureLife.schedules.forms(measures: ReportForm.shapes),
            on: try unwrap(CivilDate("2024-04-01")))
    }

    func position() throws -> Int64 { try casework.journal.readNow { try SQLiteEventStore(db: $0).head().position } }

    private func desk(_ isHeld: Bool) -> ReportDesk<MonthlyReport> {
        ReportDesk(
            casework: casework, vault: vault, outbox: outbox, form: form, destination: "agency",
            time: { now in
                isHeld
                    ? TimeStanding(
                        now: now, certain: now, hold: ClockHold(reason: .jumped, expected: now, found: now))
                    : .trusted(now)
            })
    }

    private static let quiet: Logger = {
        var logger = Logger(label: "simulation")
        logger.logLevel = .critical
        return logger
    }()

    /// One round of the timer of reports and breaches.
    func reporting(at now: @escaping @Sendable () -> Moment, isHeld: Bool) async {
        var timetable = ReportTimetable()
        timetable.first = MonthlyPeriod.first
        await ReportService(
            casework: casework, plans: [(desk: desk(isHeld), timetable: timetable)], now: now, sleep: { _ in },
            logger: Self.quiet
        ).round()
    }

    func delivery(_ receiver: Receiver, at now: Moment) -> DeliveryService {
        DeliveryService(
            journal: casework.journal, outbox: outbox, destinations: ["agency": receiver], subjects: [desk(false)],
            environment: .init(now: { now }, fraction: { 0 }), logger: Self.quiet)
    }

    func close() throws {
        try vault.close()
        try casework.journal.close()
    }
}
