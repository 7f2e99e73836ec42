import CanonicalJSON
import Foundation
import Logging
import Synchronization
import Testing
import WorkingDays

@testable import Commands

@Suite("The log as JSON lines")
struct JSONLogTests {
    /// What a logger writes.
    private func written(_ log: (Logger) -> Void) -> String {
        let written = Written()
        let handler = JSONLogHandler(label: "bailanys", now: { Moment(millisecondsSince1970: 1_800_000_000_000) }) {
            written.append($0)
        }
        log(Logger(label: "bailanys") { _ in handler })
        return written.text
    }

    private final class Written: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    @Test("an entry is one line, whatever stands in it, and its own members cannot be taken by what it carries")
    func lines() throws {
        let text = written { logger in
            var logger = logger
            logger[metadataKey: "hb.request.id"] = "r-1"
            logger.notice(
                "security.sign-in",
                metadata: [
                    "what": "a\n{\"level\":\"critical\"}", "level": "critical", "list": ["a", "b"], "more": ["x": "ә"],
                ])
            logger.debug("not.shown")
        }
        #expect(text.hasSuffix("\n") && text.split(separator: "\n").count == 1)
        let entry = try JSON(parsing: Array(text.dropLast().utf8))
        #expect(entry["event"]?.string == "security.sign-in" && entry["level"]?.string == "notice")
        #expect(entry["request"]?.string == "r-1" && entry["logger"]?.string == "bailanys")
        #expect(entry["time"]?.string == "2027-01-15T08:00:00.000Z")
        #expect(entry["what"]?.string == "a\n{\"level\":\"critical\"}")
        #expect(entry["list"]?.array?.count == 2 && entry["more"]?["x"]?.string == "ә")
    }
}
