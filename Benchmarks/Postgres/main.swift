import Foundation
import GRDB
import Journal
import Postgres
import PostgresJournal
import Synchronization
import WorkingDays

// Measures the journal on PostgreSQL against bare INSERT … RETURNING of the same rows under the same lock, in one run.
// Started by scripts/bench-postgres, which gives the address of a server and the numbers.

let arguments = CommandLine.arguments
guard arguments.count == 5, let singles = Int(arguments[2]), let batches = Int(arguments[3]),
    let commands = Int(arguments[4])
else {
    print("usage: bench-postgres ADDRESS SINGLES BATCHES COMMANDS")
    exit(64)
}
let address = arguments[1]
let now = Moment(millisecondsSince1970: 1_790_000_000_000)
let payload = Array(("{\"event\":{\"body\":\"MJ\",\"text\":\"" + String(repeating: "x", count: 700) + "\"}}").utf8)
let event = NewEvent(name: "complaintRegistered", occurredAt: now, payload: payload)
let batchSize = 2_000

func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return start.duration(to: .now) / .seconds(1)
}

/// A journal in a folder of its own on the server.
func openNode(_ name: String) throws -> (PostgresAuthority, Journal) {
    let folder = NSTemporaryDirectory() + "bench-postgres-\(getpid())-\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let authority = try PostgresAuthority(address)
    return (authority, try Journal(path: folder + "/journal.db", projections: [], authority: authority))
}

func append(_ journal: Journal, _ stream: String, _ count: Int = 1) throws {
    _ = try journal.transactNow(by: .timer, at: now) { transaction in
        for index in 0..<count {
            try transaction.append([event], to: StreamID(kind: "complaint", id: "\(stream)-\(index)"), expecting: 0)
        }
        return count
    }
}

let (_, journal) = try openNode("writer")
let bare = BareRows(try PostgresConnection(to: try PostgresAddress(address), patience: .seconds(60)))
try bare.prepare()

// One event a commit, one client; in turns, so that both have the same disk.
var ours = Double.infinity, theirs = Double.infinity
for round in 0..<3 {
    ours = min(ours, try seconds { for index in 0..<singles { try append(journal, "s\(round)-\(index)") } })
    theirs = min(
        theirs, try seconds { for index in 0..<singles { try bare.append("s\(round)-\(index)", 1, payload, now) } })
}
print(
    "single appends: journal \(Int(Double(singles) / ours)) a second, bare \(Int(Double(singles) / theirs)): \(ratio(theirs / ours)) of it"
)

// Many clients of one node: what waits shares a commit.
let together = singles * 8
let shared = Mutex(0)
let sharing = try await {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<32 {
            group.addTask {
                for index in 0..<together / 32 {
                    _ = try await journal.transact(by: .timer, at: now) { transaction in
                        try transaction.append(
                            [event], to: StreamID(kind: "shared", id: "\(worker)-\(index)"), expecting: 0
                        )
                        .count
                    }
                    shared.withLock { $0 += 1 }
                }
            }
        }
        try await group.waitForAll()
    }
    return start.duration(to: .now) / .seconds(1)
}()
print("single appends of 32 clients at once: \(Int(Double(shared.withLock { $0 }) / sharing)) a second")

// Batches.
ours = .infinity
theirs = .infinity
for round in 0..<batches {
    ours = min(ours, try seconds { try append(journal, "b\(round)", batchSize) })
    theirs = min(theirs, try seconds { try bare.append("b\(round)", batchSize, payload, now) })
}
print(
    "batches of \(batchSize): journal \(Int(Double(batchSize) / ours)) events a second, bare \(Int(Double(batchSize) / theirs)): \(ratio(theirs / ours)) of it"
)

// A follower, under 100 commands a second.
let (followerAuthority, follower) = try openNode("follower")
let written = Mutex<[Int64: ContinuousClock.Instant]>([:])
let isOver = Mutex(false)
let lags = Mutex<[Double]>([])
let start = try follower.head().position
let following = Thread {
    do {
        var seen = start
        let news = PostgresNews(of: followerAuthority)
        while !isOver.withLock({ $0 }) {
            _ = news.wait(within: .seconds(1))
            try follower.catchUp()
            let head = try follower.head().position
            let moment = ContinuousClock.now
            while seen < head {
                seen += 1
                // One that arrives before its writer has noted it was not behind at all.
                let began = written.withLock { $0[seen] }
                lags.withLock { $0.append(began.map { $0.duration(to: moment) / .milliseconds(1) } ?? 0) }
            }
        }
    } catch { print("the follower stopped: \(error)") }
}
following.start()
usleep(500_000)
for index in 0..<commands {
    let next = ContinuousClock.now.advanced(by: .milliseconds(10))
    try append(journal, "f\(index)")
    let position = try journal.head().position
    written.withLock { $0[position] = .now }
    let left = (next - .now) / .milliseconds(1)
    if left > 0 { usleep(UInt32(left * 1_000)) }
}
usleep(1_500_000)
isOver.withLock { $0 = true }
let sorted = lags.withLock { $0.sorted() }
func percentile(_ part: Double) -> String {
    sorted.isEmpty ? "none" : ratio(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))])
}
print(
    "a follower after \(sorted.count) of \(commands) commands, at most 100 a second: p50 \(percentile(0.5)) ms, p95 \(percentile(0.95)) ms, p99 \(percentile(0.99)) ms behind"
)
guard try follower.head() == journal.head() else {
    print("the follower is not where the journal is")
    exit(1)
}
for name in ["writer", "follower"] {
    try FileManager.default.removeItem(atPath: NSTemporaryDirectory() + "bench-postgres-\(getpid())-\(name)")
}

func ratio(_ number: Double) -> String { String(format: "%.2f", number) }
