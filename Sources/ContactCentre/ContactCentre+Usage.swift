import Foundation
import GRDB
import KnowledgeBase
import WorkingDays

extension ContactCentre {
    /// Opens what the search has learnt from use; a file that is damaged is set aside, since nothing depends on it.
    static func openUsage(
        _ data: DataFolder, rules: LearningRules, at now: Moment, note: (String) -> Void
    ) throws -> SearchUsage {
        func open() throws -> SearchUsage {
            let usage = try SearchUsage(path: data.usage, rules: rules)
            try usage.tidy(at: now)
            return usage
        }
        do {
            return try open()
        } catch let error as DatabaseError {
            guard [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode.primaryResultCode) else { throw error }
            let aside = "\(data.usage).damaged-\(now.millisecondsSince1970)"
            for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: data.usage + ending) {
                try FileManager.default.moveItem(atPath: data.usage + ending, toPath: aside + ending)
            }
            note("\(data.usage) is damaged (\(error)): it was set aside as \(aside), and the search learns anew.")
            return try open()
        }
    }
}
