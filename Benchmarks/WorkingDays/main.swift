// How fast working days are added, and whether it allocates. Built and run by scripts/bench-working-days.
//
// Arguments: the folder of calendar files, a file of day numbers (32-bit), a file for the results, the term in days.

import Foundation
import WorkingDays

@_silgen_name("allocationCount") func allocationCount() -> Int

func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let count = Int(arguments[4]) else { fail("calendar-folder dates results days") }
guard let bytes = FileManager.default.contents(atPath: arguments[2]) else { fail("no dates in \(arguments[2])") }
let dates = bytes.withUnsafeBytes { $0.bindMemory(to: Int32.self).map { CivilDate(dayNumber: Int($0)) } }

/// Everything in a function, so that nothing is measured through a global variable.
func run(_ dates: [CivilDate], _ count: Int) throws {
    var files: [CalendarFile] = []
    for year in 2013...2027 {
        let name = "\(arguments[1])/\(year).csv"
        guard let text = FileManager.default.contents(atPath: name) else { fail("no file \(name)") }
        files.append(try CalendarFile(bytes: [UInt8](text), name: name))
    }
    // numpy cannot say that a Saturday is worked; to compare the same answers both leave those days out.
    let exceptions = files.flatMap(\.exceptions).filter { $0.kind != .workingDay }
    let calendar = try WorkingCalendar(exceptions: exceptions, years: 2013...2027)
    let clock = ContinuousClock()
    var results = [CivilDate](repeating: CivilDate(dayNumber: 0), count: dates.count)

    /// The best of several rounds, in nanoseconds for a date, and the allocations of one round.
    func measure(_ name: String, _ body: () throws -> Void) rethrows {
        var best = Duration.seconds(3_600)
        var allocations = 0
        for _ in 0..<9 {
            let before = allocationCount()
            let time = try clock.measure(body)
            allocations = allocationCount() - before
            best = min(best, time)
        }
        let nanoseconds = Double(best.components.attoseconds) / 1e9 + Double(best.components.seconds) * 1e9
        print(name, nanoseconds / Double(dates.count), allocations)
    }

    try measure("one-by-one") {
        var target = results.mutableSpan
        for index in dates.indices { target[index] = try calendar.date(adding: count, to: dates[index]) }
    }
    try measure("array") {
        var target = results.mutableSpan
        try calendar.add(count, to: dates.span, into: &target)
    }
    let term = Term.workingDays(count)
    try measure("term") {
        var target = results.mutableSpan
        for index in dates.indices { target[index] = try calendar.dueDate(term, from: dates[index]) }
    }
    let output = results.map { Int32($0.dayNumber) }.withUnsafeBytes { Data($0) }
    try output.write(to: URL(filePath: arguments[3]))
}

do {
    try run(dates, count)
} catch {
    fail("\(error)")
}
