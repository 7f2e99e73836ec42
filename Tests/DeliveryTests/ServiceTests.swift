import Delivery
import GRDB
import Journal
import Synchronization
import TestSupport
import Testing
import WorkingDays

private func receipt(_ parcel: Parcel, _ number: String = "R-1") -> AttemptOutcome {
    .received(
        DeliveryReceipt(
            number: number, receivedAt: Moment(millisecondsSince1970: 1_775_000_000_000), digest: parcel.digest))
}

@Suite("The service of the outbox")
struct ServiceTests {
    let world: World

    init() throws {
        world = try World()
    }

    @Test("A queued delivery is sent once, and its receipt recorded with what follows from it")
    func delivers() async throws {
        let transport = ScriptedTransport { receipt($0) }
        try await world.queue("a")
        #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["delivered a"])
        #expect(transport.parcels.map { String(decoding: $0.bytes, as: UTF8.self) } == [report()])
        let record = try #require(try await world.record("a"))
        #expect(record.phase == .delivered)
        #expect(record.receiptNumber == "R-1")
        #expect(record.attempts == 1)
        #expect(
            try await world.eventNames() == [
                "deliveryQueued", "deliveryStarted", "deliveryReceived", "letterDelivered",
            ])
        #expect(try await world.outcomes("a") == ["received"])
    }

    @Test("A delivery queued while the service waits wakes it")
    func wakes() async throws {
        let transport = ScriptedTransport { receipt($0) }
        try await world.withService(world.service(["agency": transport])) {
            var endings = world.endings.makeAsyncIterator()
            for id in ["a", "b", "c"] {
                try await world.queue(id)
                #expect(await endings.next() == "delivered \(id)")
            }
        }
    }

    @Test("Failures that pass are retried with the same key, after growing waits")
    func retries() async throws {
        let failures = Mutex([
            AttemptFailure(.transient, "down", status: 503, retryAfter: .seconds(60)),
            AttemptFailure(.transient, "down"),
            AttemptFailure(.transient, "down"),
        ])
        let transport = ScriptedTransport { parcel in
            failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }.map { .failed($0) } ?? receipt(parcel)
        }
        try await world.queue("a")
        try await world.run(world.service(["agency": transport]), untilEnded: 1)
        #expect(Set(transport.parcels.map(\.idempotencyKey)).count == 1)
        let attempts = try await world.journal.read { db in try DeliveryRecord.attempts(of: DeliveryID("a"), in: db) }
        #expect(attempts.map(\.outcome) == ["transient", "transient", "transient", "received"])
        let starts = attempts.map(\.startedAt.millisecondsSince1970)
        #expect(zip(starts.dropFirst(), starts).map { $0 - $1 } == [60_000, 2_000, 4_000])
        #expect(attempts[0].status == 503)
    }

    @Test("What will not pass is a dead letter until a person puts it back, with a reason")
    func deadLetter() async throws {
        let isMended = Mutex(false)
        let transport = ScriptedTransport { parcel in
            isMended.withLock(\.self) ? receipt(parcel) : .failed(AttemptFailure(.permanent, "No", status: 403))
        }
        let world = world
        try await world.queue("a")
        #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["died a"])
        #expect(try await world.record("a")?.deadReason == "No (status 403)")
        #expect(try await world.journal.read { db in try DeliveryRecord.counts(in: db)[.dead] } == 1)

        await #expect(throws: DeliveryError.reasonMissing) { try await requeue("a", " ") }
        await #expect(throws: DeliveryError.unknown(DeliveryID("b"))) { try await requeue("b", "why not") }
        isMended.withLock { $0 = true }
        try await requeue("a", "The Agency has renewed our certificate.")
        await #expect(throws: DeliveryError.notDead(DeliveryID("a"))) { try await requeue("a", "again") }
        #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["delivered a"])
        #expect(Set(transport.parcels.map(\.idempotencyKey)).count == 1)
        #expect(try await world.outcomes("a") == ["permanent", "received"])
    }

    private func requeue(_ id: String, _ reason: String) async throws {
        _ = try await world.journal.transact(by: .user(7), at: world.clock.now) { [outbox = world.outbox] transaction in
            try outbox.requeue(DeliveryID(id), reason: reason, in: transaction)
            return 0
        }
    }

    @Test("It is given up after the limits of the policy")
    func givesUp() async throws {
        var policy = DeliveryPolicy()
        policy.attemptLimit = 3
        let transport = ScriptedTransport { _ in .failed(AttemptFailure(.transient, "It rains")) }
        try await world.queue("a")
        #expect(try await world.run(world.service(["agency": transport], policy: policy), untilEnded: 1) == ["died a"])
        #expect(transport.parcels.count == 3)
        #expect(try await world.record("a")?.deadReason == "3 attempts have failed; the last: It rains")
    }

    @Test("A shutdown breaks off the attempt under way and records that; the next start repeats it")
    func shutdown() async throws {
        let (beginnings, begun) = AsyncStream.makeStream(of: Void.self)
        let hanging = ScriptedTransport { _ in
            begun.yield()
            let (never, source) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            source.finish()
            return .failed(AttemptFailure(.interrupted, "The request was cancelled.", mayHaveHadEffect: true))
        }
        try await world.queue("a")
        try await world.withService(world.service(["agency": hanging])) { () async throws in
            _ = await beginnings.first { _ in true }
            #expect(try await world.record("a")?.phase == .attempting)
        }
        let interrupted = try #require(try await world.record("a"))
        #expect(interrupted.phase == .waiting)
        #expect(interrupted.nextAttemptAt == world.clock.now)
        let transport = ScriptedTransport { receipt($0) }
        try await world.run(world.service(["agency": transport]), untilEnded: 1)
        #expect(try await world.outcomes("a") == ["interrupted", "received"])
        #expect(transport.parcels.first?.idempotencyKey == hanging.parcels.first?.idempotencyKey)
    }

    @Test("An attempt whose end was never recorded is repeated at the next start")
    func lostAttempt() async throws {
        let (beginnings, begun) = AsyncStream.makeStream(of: Void.self)
        let hanging = ScriptedTransport { _ in
            begun.yield()
            let (never, source) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            source.finish()
            return .failed(.lost)
        }
        try await world.queue("a")
        // Cancelled, not shut down: like a kill, this leaves no time to record anything.
        let service = world.service(["agency": hanging])
        let task = Task { try await service.run() }
        _ = await beginnings.first { _ in true }
        task.cancel()
        _ = await task.result
        #expect(try await world.record("a")?.phase == .attempting)
        let transport = ScriptedTransport { receipt($0) }
        try await world.run(world.service(["agency": transport]), untilEnded: 1)
        #expect(try await world.outcomes("a") == ["interrupted", "received"])
        #expect(Set((hanging.parcels + transport.parcels).map(\.idempotencyKey)).count == 1)
    }

    @Test("A destination that hangs does not hold up another, and has one attempt at a time")
    func independent() async throws {
        let (beginnings, begun) = AsyncStream.makeStream(of: Void.self)
        let hanging = ScriptedTransport { _ in
            begun.yield()
            let (never, source) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            source.finish()
            return .failed(AttemptFailure(.interrupted, "cancelled"))
        }
        let transport = ScriptedTransport { receipt($0) }
        for id in ["a", "b", "c"] { try await world.queue(id, to: "slow") }
        for id in ["d", "e"] { try await world.queue(id, to: "agency") }
        try await world.withService(world.service(["slow": hanging, "agency": transport])) {
            _ = await beginnings.first { _ in true }
            var endings = world.endings.makeAsyncIterator()
            #expect(await endings.next() == "delivered d")
            #expect(await endings.next() == "delivered e")
            #expect(hanging.parcels.count == 1)
        }
    }

    @Test("Without destinations it waits for the shutdown, and keeps what is queued")
    func noDestination() async throws {
        try await world.queue("a")
        try await world.withService(world.service([:])) {}
        #expect(try await world.record("a")?.phase == .waiting)
    }

    @Test("A document that is not the one queued is not sent")
    func wrongDocument() async throws {
        let transport = ScriptedTransport { receipt($0) }
        try await world.queue("a")
        _ = try await world.journal.transact(by: .timer, at: world.clock.now) { transaction in
            try transaction.db.execute(sql: "UPDATE document SET bytes = x'00'")
            return 0
        }
        #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["died a"])
        #expect(transport.parcels.isEmpty)
        #expect(try await world.record("a")?.deadReason?.hasPrefix("ALARM") == true)
    }

    @Test("What was rolled back is not sent, and an identity is queued once only")
    func rolledBack() async throws {
        struct Refused: Error {}
        let world = world
        await #expect(throws: Refused.self) {
            _ = try await world.journal.transact(by: .timer, at: world.clock.now) {
                [outbox = world.outbox] transaction -> Int in
                let order = DeliveryOrder(
                    id: DeliveryID("a"), kind: "letter", subject: "letter/a", destination: "agency", path: "x",
                    document: [])
                try outbox.enqueue(order, in: transaction)
                throw Refused()
            }
        }
        #expect(try await world.record("a") == nil)
        try await world.queue("a")
        await #expect(throws: JournalError.self) { try await world.queue("a") }
    }

    @Test("The tables are the same after they are made again from the events")
    func rebuild() async throws {
        let outcomes = Mutex<[AttemptOutcome]>([
            .failed(AttemptFailure(.transient, "down", status: 503, mayHaveHadEffect: true, retryAfter: .seconds(3))),
            .failed(AttemptFailure(.permanent, "no")),
        ])
        let transport = ScriptedTransport { parcel in
            outcomes.withLock { $0.isEmpty ? nil : $0.removeFirst() } ?? receipt(parcel)
        }
        for id in ["a", "b", "c"] { try await world.queue(id) }
        try await world.run(world.service(["agency": transport]), untilEnded: 3)
        try await requeueTheDead()
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
        #expect(before.count == 3 + 4)
    }

    private func requeueTheDead() async throws {
        let dead = try await world.journal.read { db in try DeliveryRecord.fetchAll(in: .dead, limit: 10, in: db) }
        #expect(dead.count == 1)
        for delivery in dead { try await requeue(delivery.id.rawValue, "again") }
    }

    @Test("The next delivery of a destination is found by an index")
    func queryPlan() async throws {
        let plan = try await world.journal.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT * FROM delivery
                    WHERE destination = ? AND phase = 'waiting' ORDER BY nextAttemptAt, id LIMIT 1
                    """, arguments: ["agency"]
            ).map { $0["detail"] as String }
        }
        #expect(!plan.contains { $0.hasPrefix("SCAN") })
    }
}
