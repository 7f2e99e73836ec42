import Blocking
import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import Complaints

@Suite("An import whose taking side fails")
struct ForumChannelTests {
    private struct Stop: Error {}

    @Test("A channel is let go in each state in which the taking side may stop", arguments: 0...3)
    func stopped(_ taken: Int) throws {
        let channel = ForumChannel()
        let isOver = DispatchSemaphore(value: 0)
        let worker = Thread {
            // Sends until nobody wants more, as the import does.
            while channel.send(ForumBatch()) {}
            isOver.signal()
        }
        worker.start()
        for _ in 0..<taken { #expect(try channel.receive() != nil) }
        channel.stop()
        isOver.wait()
    }

    private func alter(_ world: World, _ sql: String) throws {
        _ = try world.journal.transactNow(by: world.actor, at: try at("2026-12-30 08:00")) { transaction -> Int in
            try transaction.db.execute(sql: sql)
            return 0
        }
    }

    @Test("A failing append at batch 2 ends the import with its reason; what was before stays, and again completes it")
    func append() async throws {
        let world = try await World()
        let csv = ForumImportTests.header + (1...40).map { ForumImportTests.line("F\($0)") }.joined()
        let before = try world.events()
        try alter(
            world,
            """
            CREATE TRIGGER full BEFORE INSERT ON event WHEN new.position > \(before + 2)
            BEGIN SELECT raise(ABORT, 'the disk is full'); END
            """)
        let error = #expect(throws: DatabaseError.self) { try world.run(csv, batch: 2) }
        #expect(error?.message == "the disk is full")
        #expect(try world.events() == before + 2)
        try alter(world, "DROP TRIGGER full")
        let (report, _) = try world.run(csv, batch: 2)
        #expect(report.unchanged == 2 && report.added == 38)
    }

    @Test("What the table of refused lines throws ends the import, and nothing else")
    func refused() async throws {
        let world = try await World()
        let csv =
            ForumImportTests.header
            + (1...40).map { ForumImportTests.line("F\($0)", kind: $0 == 3 ? "bad" : "order") }.joined()
        #expect(throws: Stop.self) {
            try ForumImport(
                ForumFile(bytes: Array(csv.utf8), format: .csv, name: "forum.csv"), into: world.desk, batchSize: 2
            ).runNow(by: world.actor, at: try at("2026-12-30 09:00"), refused: { _ in throw Stop() })
        }
        #expect(try world.events() == 1 + 3)
    }

    @Test("An import whose task is cancelled ends between two batches")
    func cancelled() async throws {
        let world = try await World()
        let csv = ForumImportTests.header + (1...40).map { ForumImportTests.line("F\($0)") }.joined()
        let file = ForumFile(bytes: Array(csv.utf8), format: .csv, name: "forum.csv")
        let now = try at("2026-12-30 09:00")
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let task = Task { [desk = world.desk, actor = world.actor] in
            try await ForumImport(file, into: desk, batchSize: 2).run(
                by: actor, at: now,
                progress: { _, _ in
                    begun.signal()
                    gate.wait()
                })
        }
        try await Blocking.brief.run { begun.wait() }
        task.cancel()
        gate.signal()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try world.events() == 1 + 2)
    }
}
