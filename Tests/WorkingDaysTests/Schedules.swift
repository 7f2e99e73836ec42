import Foundation
import Testing
import WorkingDays

/// The calendar files of the repository.
enum Schedules {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func calendar(_ years: ClosedRange<Int> = 2013...2027) throws -> WorkingCalendar {
        try WorkingCalendar(
            files: years.map { year in
                let name = "schedules/calendar/\(year).csv"
                return try CalendarFile(bytes: [UInt8](Data(contentsOf: root.appending(path: name))), name: name)
            })
    }

    /// The lines that `scripts/verify-terms` prints.
    static func reference(_ command: String) throws -> [Substring] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", root.appending(path: "scripts/verify-terms").path(), command]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "scripts/verify-terms failed.")
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    static let hasPython = ["/usr/bin/python3", "/usr/local/bin/python3", "/bin/python3"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}

func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text), "\(text) is no date")
}

func instant(_ text: String) throws -> Moment {
    try #require(Moment(text), "\(text) is no moment")
}
