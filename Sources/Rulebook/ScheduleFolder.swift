import Foundation
import WorkingDays

/// The folder `schedules/`, where the law is kept as files.
package struct ScheduleFolder: Sendable {
    /// Its path.
    package let path: String

    /// The folder at a path; nothing is read yet.
    package init(path: String) {
        self.path = path
    }

    /// The working calendar of all files in `calendar/`.
    ///
    /// Throws `CalendarFileError` with the problems of all files, `CalendarError`, or `ScheduleError.unreadable`.
    package func calendar() throws -> WorkingCalendar {
        var problems: [CalendarFileError.Problem] = []
        var files: [CalendarFile] = []
        for name in try names(in: "calendar", ending: ".csv") {
            do {
                files.append(
                    try CalendarFile(bytes: [UInt8](try read("calendar/" + name)), name: "schedules/calendar/" + name))
            } catch let error as CalendarFileError {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw CalendarFileError(problems: problems) }
        return try WorkingCalendar(files: files)
    }

    /// All rulebooks in `rulebooks/`. Throws `RulebookLoadError` or `ScheduleError.unreadable`.
    package func rulebooks(knownEvents: Set<String>) throws -> RulebookSet {
        try RulebookSet.load(files: files(in: "rulebooks"), knownEvents: knownEvents)
    }

    /// The YAML files of a folder: the name of each as messages name it, and its text, in the order of their names.
    /// - Throws: `ScheduleError.unreadable`.
    package func files(in folder: String) throws -> [(name: String, text: String)] {
        try names(in: folder, ending: ".yaml").map { name in
            (
                name: "schedules/\(folder)/" + name,
                text: String(decoding: try read("\(folder)/" + name), as: UTF8.self)
            )
        }
    }

    private func names(in folder: String, ending suffix: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
                .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
        } catch {
            throw ScheduleError.unreadable(path + "/" + folder)
        }
    }

    private func read(_ name: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path + "/" + name) else {
            throw ScheduleError.unreadable(path + "/" + name)
        }
        return data
    }
}

/// Why the schedules cannot be read.
package enum ScheduleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A folder or a file is missing or may not be read.
    case unreadable(String)

    package var description: String {
        switch self {
        case .unreadable(let path):
            "\(path) cannot be read: check that it exists and that this user may read it, or name another folder of schedules."
        }
    }
}
