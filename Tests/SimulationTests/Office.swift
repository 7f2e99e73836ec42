import Journal
import WorkingDays

@testable import Casework
@testable import ContactCentre
@testable import Delivery
@testable import Reporting

/// The clock of the machine, the outbox, and the receiver at the other end, who fails as the dice have it.
final class Office {
    /// The judgement of time, as the program keeps it.
    private var line: TimeLine
    private var boot = 1
    private var bootedAt: Int64
    /// What certainly is over.
    private(set) var certain: Moment
    /// What the disk holds of the deliveries.
    var log: [(id: String, event: DeliveryEvent, at: Moment)] = []
    /// What the memory holds of them.
    private var states: [String: DeliveryState] = [:]
    /// What the receiver holds: his number for each key.
    private(set) var received: [String: Int] = [:]
    /// How often each key came to him.
    private(set) var came: [String: Int] = [:]
    private var outageUntil: Int64 = 0
    private let policy = DeliveryPolicy()

    init(now: Int64) {
        bootedAt = now
        let wall = Moment(millisecondsSince1970: now)
        line = TimeLine(believing: wall, at: SteadyReading(boot: "1", milliseconds: 0))
        certain = wall
    }

    // MARK: Time

    /// Reads the machine's clock, which may be wrong; the steady one is not.
    func read(_ wall: Int64, trueTime: Int64) -> TimeStanding {
        let standing = line.read(
            Moment(millisecondsSince1970: wall), SteadyReading(boot: "\(boot)", milliseconds: trueTime - bootedAt))
        if standing.hold == nil { certain = standing.certain }
        return standing
    }

    /// The machine was off: nothing is known of the time between.
    func rest(_ now: Int64) {
        boot += 1
        bootedAt = now
        let wall = Moment(millisecondsSince1970: now)
        let steady = SteadyReading(boot: "\(boot)", milliseconds: 0)
        line = TimeLine(startedAt: wall, steady, after: line, lastEvent: nil)
        // A rest that is too long to be believed is confirmed by a person.
        if line.read(wall, steady).hold != nil { line = TimeLine(believing: wall, at: steady) }
        _ = read(now, trueTime: now)
    }

    func outage(until: Int64) { outageUntil = until }

    // MARK: Deliveries

    func queue(_ id: String, at now: Moment) {
        let queued = DeliveryEvent.Queued(
            kind: "monthly-report", subject: id, destination: "agency", path: id, mediaType: "application/json",
            digest: id, size: 1, idempotencyKey: "key-\(id)")
        note(.deliveryQueued(queued), of: id, at: now)
    }

    private func note(_ event: DeliveryEvent, of id: String, at now: Moment) {
        log.append((id, event, now))
        if states[id] == nil { states[id] = DeliveryState(event, at: now) } else { states[id]?.apply(event, at: now) }
    }

    /// Tries what is due.
    func deliver(_ life: PureLife) throws {
        for id in states.keys.sorted() {
            guard let state = states[id] else { continue }
            if state.phase == .dead {
                // Somebody looks at it.
                note(.deliveryRequeued(.init(reason: "looked at")), of: id, at: life.moment)
                life.done.insert("given up and sent again")
            }
            // A few attempts a round; the program would make them over hours.
            for _ in 0..<3 {
                guard let state = states[id], state.isDue(at: life.moment, under: policy) else { break }
                note(.deliveryStarted(.init(attempt: state.attempts + 1)), of: id, at: life.moment)
                guard let outcome = attempt(id, life) else { return try life.restart() }
                try end(id, outcome, life)
                life.now += 1_000
            }
        }
    }

    /// One attempt; nil where the program was killed in the middle of it.
    private func attempt(_ id: String, _ life: PureLife) -> AttemptOutcome? {
        let roll = life.dice.below(20)
        guard life.now >= outageUntil, roll >= 5 else {
            life.done.insert("receiver down")
            return .failed(AttemptFailure(.transient, "down"))
        }
        came["key-\(id)", default: 0] += 1
        // The receiver knows the key: it gives the same number again.
        let number = received["key-\(id)"] ?? received.count + 1
        received["key-\(id)"] = number
        if roll < 8 {
            life.done.insert("answer lost")
            return .failed(AttemptFailure(.transient, "answer lost", mayHaveHadEffect: true))
        }
        if roll < 10 {
            life.done.insert("killed while sending")
            return nil
        }
        return .received(DeliveryReceipt(number: "\(number)", receivedAt: life.moment, digest: id))
    }

    private func end(_ id: String, _ outcome: AttemptOutcome, _ life: PureLife) throws {
        guard let state = states[id] else { return }
        let fraction = Double(life.dice.below(1_000)) / 1_000
        switch policy.action(after: outcome, in: state, at: life.moment, fraction: fraction) {
        case .complete(let receipt):
            note(.deliveryReceived(.init(attempt: state.attempts, receipt: receipt)), of: id, at: life.moment)
            try life.perform(
                .deliver(
                    ReportReceipt(revision: 1, number: receipt.number, receivedAt: receipt.receivedAt, digest: id)),
                on: id)
            life.done.insert("delivered")
        case .retry(let failure, let next):
            note(
                .deliveryAttempted(.init(attempt: state.attempts, failure: failure, nextAttemptAt: next)), of: id,
                at: life.moment)
        case .giveUp(let failure, let reason):
            let age = life.now - state.roundStartedAt.millisecondsSince1970
            try life.hold(
                state.attemptsInRound >= policy.attemptLimit
                    || (age + policy.longestWait >= policy.ageLimit && state.attemptsInRound >= policy.leastAttempts),
                .neverGivenUpEarly, "\(id) after \(state.attemptsInRound) attempts and \(age) ms")
            note(
                .deliveryAttempted(.init(attempt: state.attempts, failure: failure, nextAttemptAt: nil)), of: id,
                at: life.moment)
            note(.deliveryDied(.init(reason: reason)), of: id, at: life.moment)
        }
    }

    /// Forgets what is not on the disk, and ends the attempts that were left open.
    func restart(_ life: PureLife) throws {
        var read: [String: DeliveryState] = [:]
        for (id, event, at) in log {
            if read[id] == nil { read[id] = DeliveryState(event, at: at) } else { read[id]?.apply(event, at: at) }
        }
        try life.hold(read == states, .replayed, "deliveries")
        states = read
        for (id, state) in read where state.phase == .attempting {
            guard
                case .retry(let failure, let next) = policy.action(
                    after: .failed(.lost), in: state, at: life.moment, fraction: 0)
            else { continue }
            note(
                .deliveryAttempted(.init(attempt: state.attempts, failure: failure, nextAttemptAt: next)), of: id,
                at: life.moment)
        }
    }

    func check(_ life: PureLife) throws {
        for (id, state) in states {
            let held = received["key-\(id)"].map(String.init)
            if state.phase == .delivered {
                try life.hold(
                    state.receipt?.number == held && held != nil, .nothingLost, "\(id): \(state.receipt as Any)")
                try life.hold(
                    life.reports[id]?.state.receipts.map(\.number) == [held ?? ""], .nothingTwice,
                    "the receipts of \(id)")
            }
            try life.hold(life.reports[id]?.state.sealed.count == 1, .nothingLost, "\(id) was queued and is not sealed")
        }
        try life.hold(Set(received.values).count == received.count, .nothingTwice, "one number for two documents")
        for (id, report) in life.reports where !report.state.sealed.isEmpty {
            try life.hold(states[id] != nil, .nothingLost, "\(id) is sealed and was never queued")
        }
    }
}
