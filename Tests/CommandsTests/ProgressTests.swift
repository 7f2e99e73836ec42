import ContactCentre
import Foundation
import Testing

@testable import Commands

@Suite("The line that tells how far work has come")
struct ProgressTests {
    /// One line and what makes it.
    struct Line: Sendable {
        let unit: ProgressText.Unit
        let done: Int64
        let total: Int64?
        let seconds: Int
        let words: String
        let text: String
    }

    @Test(
        "a known end gives a share, the amount, the rate and what is left; an unknown one the amount and the rate",
        arguments: [
            Line(
                unit: .bytes, done: 12_300_000, total: 24_600_000, seconds: 10, words: "4000 lines",
                text: "████████░░░░░░░░ 50 %  4000 lines  12.3 MB of 24.6 MB  1.2 MB/s  10 s left"),
            Line(
                unit: .bytes, done: 999, total: 2_000, seconds: 0, words: "",
                text: "███████░░░░░░░░░ 49 %  999 B of 2 kB"),
            Line(
                unit: .bytes, done: 5_000, total: nil, seconds: 5, words: "10 lines", text: "10 lines  5 kB  1 kB/s"),
            Line(
                unit: .pieces("events read"), done: 30, total: 30, seconds: 3, words: "",
                text: "████████████████ 100 %  30 of 30 events read  10/s"),
            Line(
                unit: .pieces("events read"), done: 1, total: 10_000, seconds: 2, words: "",
                text: "░░░░░░░░░░░░░░░░ 0 %  1 of 10000 events read  0/s  5 h 33 min left"),
            // Grown since it was measured, or a size that says nothing.
            Line(
                unit: .bytes, done: 20, total: 10, seconds: 0, words: "",
                text: "████████████████ 100 %  20 B of 20 B"),
            Line(unit: .pieces("events"), done: 0, total: 0, seconds: 9, words: "", text: "0 events"),
        ])
    func lines(_ line: Line) {
        let text = ProgressText(
            line.unit, done: line.done, total: line.total, elapsed: .seconds(line.seconds), words: line.words)
        #expect(text.description == line.text)
    }

    @Test("a file has a size, also behind a link; a folder, a device and what is not there have none")
    func sizes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let (file, link) = (folder.appendingPathComponent("a"), folder.appendingPathComponent("b"))
        try Data(count: 12_345).write(to: file)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        #expect(FileFacts.size(ofFile: file.path) == 12_345)
        #expect(FileFacts.size(ofFile: link.path) == 12_345)
        for path in [folder.path, "/dev/null", file.path + ".none"] { #expect(FileFacts.size(ofFile: path) == nil) }
    }
}
