import Foundation

/// How much of the disk uploads leave to the journal: without a floor a few large files would stop all who write.
package struct FreeSpace: Sendable {
    /// Below so many free bytes no file is taken.
    package let floor: Int
    private let measure: @Sendable (String) -> Int?

    /// How often it is looked at while a file arrives, in bytes of the file.
    static let interval = 8 * 1_024 * 1_024
    /// The floor where nobody says otherwise: 512 MiB.
    package static let standardFloor = 512 * 1_024 * 1_024

    /// A floor, and what measures; by default the system's own figure for its unprivileged users.
    package init(floor: Int = FreeSpace.standardFloor, measure: @escaping @Sendable (String) -> Int? = Self.available) {
        self.floor = floor
        self.measure = measure
    }

    /// What is wrong with the disk of a folder, as a sentence; nil where there is room.
    package func problem(of folder: String) -> String? {
        guard let free = measure(folder), free < floor else { return nil }
        return "\(free / 1_048_576) MiB are free for \(folder), \(floor / 1_048_576) are kept: free or add disk space."
    }

    func require(_ folder: String) throws(AttachmentError) {
        guard problem(of: folder) == nil else { throw .noSpace }
    }

    /// The free bytes of the disk of a folder; nil where the system does not say.
    package static func available(_ folder: String) -> Int? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { return nil }
        let (bytes, isHuge) = UInt64(figures.f_bavail).multipliedReportingOverflow(by: UInt64(figures.f_frsize))
        return isHuge ? .max : Int(clamping: bytes)
    }
}
