// Measures what CONTRIBUTING promises for imports and appends, each against bare SQLite in the same run:
//   bench-import import N    imports N demo complaints, then inserts the same rows into the same tables with prepared
//                            statements and nothing else (same transactions, same pragmas)
//   bench-import append N    appends N events one by one, each durable, and inserts the same rows one by one
// scripts/bench-import builds and runs it. Only for developers; not part of the product.
import Casework
import Complaints
import ContactCentre
import DemoData
import Foundation
import GRDB
import Journal
import Rulebook
import WorkingDays

func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let time = ContinuousClock.now - start
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

func memory(_ key: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
    return (Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "0") ?? 0) / 1_024
}

func format(_ number: Double, _ digits: Int = 2) -> String { String(format: "%.\(digits)f", number) }

let now = Moment("2026-10-05T10:00:00+05:00") ?? Moment(millisecondsSince1970: 0)
let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("import", 2), ("append", 2):
    let work = NSTemporaryDirectory() + "bailanys-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    guard let count = Int(arguments[1]) else { exit(2) }
    if arguments[0] == "import" { try await benchImport(count, in: work) } else { try benchAppend(count, in: work) }
case ("generate", 3): try generate(Int(arguments[1]) ?? 0, to: arguments[2])
case ("take", 3): try await take(arguments[2], into: arguments[1])
case ("report", 2): try await benchReport(arguments[1])
case ("check", 2): try await check(arguments[1])
default:
    print("usage: bench-import import N | append N | generate N FILE | take DATA FILE | report DATA | check DATA")
    exit(2)
}

func openCentre(_ path: String) async throws -> ContactCentre {
    try await ContactCentre.open(
        data: try DataFolder(path: path), law: try CentreLaw(schedules: "schedules", knowledge: "knowledge"),
        environment: CentreEnvironment(now: { now }, randomBytes: { Array(repeating: 7, count: $0) }), note: { _ in })
}

func generate(_ count: Int, to path: String) throws {
    let law = ScheduleFolder(path: "schedules")
    var demo = try DemoComplaints(
        DemoOptions(
            complaints: count, months: 12, through: CivilMonth("2026-09") ?? CivilMonth(CivilDate(dayNumber: 0)),
            asOf: now,
            seed: 1),
        registry: try DemoRegistry(folder: "knowledge"),
        rulebooks: try law.rulebooks(knownEvents: ContactCentre.lawfulEvents), calendar: try law.calendar())
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else { exit(1) }
    try demo.write { (bytes: [UInt8]) in try file.write(contentsOf: Data(bytes)) }
    try file.close()
}

/// Imports and prints what is acknowledged after each batch, for scripts/kill-import.
func take(_ csv: String, into data: String) async throws {
    let centre = try await openCentre(data)
    let report = try ForumImport(ForumFile(path: csv), into: centre.complaints, batchSize: 500).runNow(
        by: .timer, at: now,
        progress: { report, _ in
            FileHandle.standardOutput.write(Data("acknowledged \(report.lines - report.refused)\n".utf8))
        })
    print("done: \(report.added) added, \(report.unchanged) unchanged, \(report.refused) refused")
    try centre.close()
}

/// Prints how many complaints are kept, whether the chain holds, and whether a rebuild gives the same tables.
func check(_ data: String) async throws {
    let centre = try await openCentre(data)
    let count = try centre.journal.readNow { try ComplaintRecord.count(ComplaintFilter(), in: $0) }
    let verification = try centre.journal.verify()
    let before = try centre.journal.projectionContents()
    try centre.journal.rebuild()
    let isSame = try centre.journal.projectionContents() == before
    print(
        "kept \(count), events \(verification.checked), bad \(verification.firstBad?.reason ?? "none"), rebuilt \(isSame ? "the same" : "different")"
    )
    try centre.close()
}

func benchImport(_ count: Int, in work: String) async throws {
    let csv = work + "/forum.csv"
    let generating = try seconds { try generate(count, to: csv) }
    let size = (try FileManager.default.attributesOfItem(atPath: csv)[.size] as? Int ?? 0) >> 20
    print("generated \(count) complaints, \(size) MiB, in \(format(generating, 1)) s")

    let centre = try await openCentre(work + "/data")
    let before = memory("VmHWM")
    var report = ForumImportReport()
    let importing = try seconds {
        report = try ForumImport(ForumFile(path: csv), into: centre.complaints).runNow(
            by: .timer, at: now, refused: { print($0.problem) })
    }
    print(
        "import: \(report.added) complaints, \(report.events) events, \(report.refused) refused in \(format(importing)) s: \(Int(Double(report.added) / importing)) a second"
    )
    print("peak memory \(memory("VmHWM")) MiB (before the import \(before) MiB)")
    if ProcessInfo.processInfo.environment["ONCE"] != nil { return }
    let again = try seconds {
        let second = try ForumImport(ForumFile(path: csv), into: centre.complaints).runNow(by: .timer, at: now)
        print("the same file again: \(second.unchanged) unchanged, peak memory \(memory("VmHWM")) MiB", terminator: "")
    }
    print(", \(format(again)) s")
    try centre.close()
    let bare = try BareInserts(
        from: work + "/data/journal.db", to: work + "/bare.db", tables: ["event", "complaint", "clock"])
    let inserting = try bare.run(eventsInTransaction: 2_000 * report.events / max(1, report.added))
    print("bare prepared inserts of the same \(bare.rows) rows: \(format(inserting)) s")
    print("ratio \(format(importing / inserting)) (at most 3)")
}

func benchAppend(_ count: Int, in work: String) throws {
    let journal = try Journal(path: work + "/journal.db", projections: [])
    let payload = Array(("{\"event\":{\"body\":\"MJ\",\"text\":\"" + String(repeating: "x", count: 700) + "\"}}").utf8)
    let now = Moment(millisecondsSince1970: 1_790_000_000_000)
    var ours: [Double] = []
    var bare: [Double] = []
    let rounds = 5
    let other = try BareAppends(path: work + "/bare.db", like: work + "/journal.db")
    for round in 0..<rounds {
        ours.append(
            try seconds {
                for index in 0..<count {
                    _ = try journal.transactNow(by: .timer, at: now) { transaction in
                        let event = NewEvent(name: "complaintRegistered", occurredAt: now, payload: payload)
                        return try transaction.append(
                            [event], to: StreamID(kind: "complaint", id: "\(round)-\(index)"), expecting: 0
                        ).count
                    }
                }
            })
        bare.append(
            try seconds {
                for index in 0..<count {
                    try other.append(round * count + index + 1, "complaint/\(round)-\(index)", payload, now)
                }
            })
        print(
            "round \(round + 1): journal \(Int(Double(count) / ours[round])) appends a second, bare \(Int(Double(count) / bare[round]))"
        )
    }
    print("ratio \(format((bare.min() ?? 0) / (ours.min() ?? 1))) of the rate of bare inserts (at least 0.8)")
}
