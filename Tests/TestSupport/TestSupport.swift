/// What the tests of several modules share: temporary folders, a journal of their own, moments that read well.
import Foundation

/// A folder that exists as long as the value does.
package final class TemporaryFolder: Sendable {
    /// The path of the folder.
    package let path: String

    /// Makes a new, empty folder.
    package init() {
        path = NSTemporaryDirectory() + "bailanys-test-" + UUID().uuidString
        // A folder that cannot be made shows itself in the first use of a file.
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing depends on the removal of a temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    package func file(_ name: String) -> String { path + "/" + name }
}

/// The repository that is being tested, for its real schedules/ and knowledge/.
package enum Repository {
    /// The path of its top folder.
    package static let path = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
