/// What the tests of several modules share: temporary folders, the files of the repository, numbers that come again.
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

/// Random numbers that are the same for the same seed, so that a test which fails fails again.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers of a seed.
    package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// The next number.
    package mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

/// The program that reads a PDF back, where it is installed; tests that need it are skipped visibly where it is not.
package enum PDFReader {
    /// Its path.
    package static let path = "/usr/bin/pdftotext"

    /// Whether it is there.
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }
}
