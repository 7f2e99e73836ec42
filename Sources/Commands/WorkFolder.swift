import Foundation

/// A folder for work that leaves nothing; it is there as long as the value is.
final class WorkFolder: Sendable {
    /// The path of the folder, which only its owner may enter.
    let path: String

    /// Makes an empty folder.
    init(_ name: String) throws {
        path = NSTemporaryDirectory() + "bailanys-\(name)-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // Nothing depends on the removal of a temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }
}
