import Testing
import WorkingDays

@testable import Delivery

private let start = Moment(millisecondsSince1970: 1_775_000_000_000)

/// A delivery whose attempt number `attempt` is under way.
private func attempting(_ attempt: Int) throws -> DeliveryState {
    var state = try #require(DeliveryState(.deliveryQueued(.sample), at: start))
    for number in 1...attempt {
        state.apply(.deliveryStarted(.init(attempt: number)), at: start)
        guard number < attempt else { break }
        state.apply(
            .deliveryAttempted(.init(attempt: number, failure: transient, nextAttemptAt: start)), at: start)
    }
    return state
}

private let transient = AttemptFailure(.transient, "It rains")

extension DeliveryEvent.Queued {
    static let sample = DeliveryEvent.Queued(
        kind: "letter", subject: "letter/1", destination: "agency", path: "letters/1", mediaType: "text/plain",
        digest: String(repeating: "0", count: 64), size: 0, idempotencyKey: "k")
}

@Suite("When a delivery is tried again")
struct PolicyTests {
    let policy = DeliveryPolicy()

    private func wait(
        attempt: Int, fraction: Double, retryAfter: RetryAfter? = nil, policy: DeliveryPolicy = DeliveryPolicy()
    ) throws -> Int64? {
        var failure = transient
        failure.retryAfter = retryAfter
        let action = policy.action(after: .failed(failure), in: try attempting(attempt), at: start, fraction: fraction)
        guard case .retry(failure, let next) = action else { return nil }
        return next.millisecondsSince1970 - start.millisecondsSince1970
    }

    @Test(
        "The longest wait doubles with each failure up to its limit",
        arguments: [(1, 2_000), (2, 4_000), (3, 8_000), (9, 512_000), (10, 900_000), (100, 900_000)])
    func ceiling(attempt: Int, milliseconds: Int64) throws {
        #expect(try wait(attempt: attempt, fraction: 0) == 0)
        #expect(try wait(attempt: attempt, fraction: 0.5) == milliseconds / 2)
        #expect(try #require(try wait(attempt: attempt, fraction: 0.999_999_999)) >= milliseconds - 1)
    }

    @Test("What the receiver asks for is the least wait, up to a limit")
    func retryAfter() throws {
        #expect(try wait(attempt: 1, fraction: 0, retryAfter: .seconds(30)) == 30_000)
        #expect(try wait(attempt: 9, fraction: 0.5, retryAfter: .seconds(30)) == 256_000)
        #expect(try wait(attempt: 1, fraction: 0, retryAfter: .seconds(1_000_000)) == policy.longestRetryAfter)
        #expect(try wait(attempt: 1, fraction: 0, retryAfter: .at(start.adding(milliseconds: 5_000))) == 5_000)
        #expect(try wait(attempt: 1, fraction: 0, retryAfter: .at(start.adding(milliseconds: -5_000))) == 0)
    }

    @Test("It is given up at the limit of attempts")
    func attemptLimit() throws {
        var policy = policy
        policy.attemptLimit = 3
        #expect(try wait(attempt: 2, fraction: 0, policy: policy) == 0)
        #expect(try wait(attempt: 3, fraction: 0, policy: policy) == nil)
    }

    @Test("It is given up when the next attempt would be too late, but not before the least number of attempts")
    func ageLimit() throws {
        var policy = policy
        policy.ageLimit = 2_000
        policy.leastAttempts = 2
        #expect(try wait(attempt: 1, fraction: 0.5, policy: policy) == 1_000)
        #expect(try wait(attempt: 2, fraction: 0.5, policy: policy) == nil)
        policy.leastAttempts = 3
        #expect(try wait(attempt: 2, fraction: 0.5, policy: policy) == 2_000)
        #expect(try wait(attempt: 3, fraction: 0.5, policy: policy) == nil)
        let action = policy.action(
            after: .failed(.lost), in: try attempting(3), at: start.adding(milliseconds: 9_000), fraction: 0)
        #expect(action == .retry(.lost, at: start.adding(milliseconds: 9_000)))
    }

    @Test("What will not pass by itself is given up at once; what was broken off is repeated at once")
    func kinds() throws {
        let state = try attempting(1)
        let refused = AttemptFailure(.permanent, "No", status: 422)
        #expect(
            policy.action(after: .failed(refused), in: state, at: start, fraction: 0)
                == .giveUp(refused, reason: "No (status 422)"))
        #expect(
            policy.action(after: .failed(.lost), in: state, at: start, fraction: 0.9) == .retry(.lost, at: start))
        let receipt = DeliveryReceipt(number: "1", receivedAt: start, digest: "")
        #expect(policy.action(after: .received(receipt), in: state, at: start, fraction: 0) == .complete(receipt))
    }

    @Test("A requeued delivery begins a new round")
    func requeue() throws {
        var state = try attempting(5)
        state.apply(.deliveryAttempted(.init(attempt: 5, failure: transient, nextAttemptAt: nil)), at: start)
        #expect(state.phase == .dead)
        #expect(!state.isDue(at: start))
        state.apply(.deliveryRequeued(.init(reason: "mended")), at: start.adding(milliseconds: 7))
        #expect(state.phase == .waiting)
        #expect(state.attempts == 5)
        #expect(state.attemptsInRound == 0)
        #expect(state.roundStartedAt == start.adding(milliseconds: 7))
        #expect(state.isDue(at: start.adding(milliseconds: 7)))
        #expect(!state.isDue(at: start))
        // No wait is as long as a year: the clock that ordered it was ahead, and has been set back.
        #expect(state.isDue(at: start.adding(milliseconds: -365 * 86_400_000)))
    }
}

@Suite("How answers are judged")
struct JudgementTests {
    @Test(
        "A status passes by itself or needs a person",
        arguments: [
            (301, AttemptFailure.Kind.permanent), (400, .permanent), (401, .permanent), (403, .permanent),
            (404, .permanent), (408, .transient), (409, .permanent), (413, .permanent), (415, .permanent),
            (422, .permanent), (425, .transient), (429, .transient), (500, .transient), (501, .permanent),
            (502, .transient), (503, .transient), (504, .transient), (505, .permanent), (507, .transient),
            (599, .transient),
        ])
    func statuses(status: Int, kind: AttemptFailure.Kind) {
        #expect(AttemptFailure.answered(status: status, detail: "", retryAfter: nil).kind == kind)
    }

    @Test("A conflict that asks to be tried again is an attempt still being worked on")
    func busy() {
        #expect(AttemptFailure.answered(status: 409, detail: "", retryAfter: .seconds(1)).kind == .transient)
    }

    @Test(
        "Retry-After is read as seconds or as a date",
        arguments: [
            ("120", RetryAfter.seconds(120)), ("0", .seconds(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", .at(Moment(millisecondsSince1970: 784_111_777_000))), ("-1", nil),
            ("soon", nil), ("", nil), ("Sun, 06 Nov 1994 08:49:37 MSK", nil), ("Sun, 31 Feb 2026 08:49:37 GMT", nil),
            ("1.5", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
            ("99999999999999999999", .seconds(Int64(Int32.max))),
        ])
    func retryAfter(text: String, value: RetryAfter?) {
        #expect(RetryAfter(headerValue: text) == value)
    }
}
