import Casework
import ContactCentre
import Journal
import Logging
import Rulebook
import Synchronization
import TestSupport
import Testing
import WorkingDays

@Suite("The watch over the calendar")
struct CalendarWatchTests {
    /// Keeps what is logged.
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
        var count: Int { lines.withLock { $0.count } }
        var last: String? { lines.withLock { $0.last } }
    }

    private struct Keeper: LogHandler {
        let log: Log
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        init(_ log: Log) { self.log = log }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.lines.withLock { $0.append("\(event.message) \(event.metadata?["year"] ?? "")") }
        }
    }

    @Test("Vector 18: from 1 November a running server warns every day, once, until the next year is adopted")
    func daily() async throws {
        let centre = try await TestCentre([], adopted: nil)
        let (casework, files) = (centre.casework, centre.calendar)
        let last = files.years.upperBound
        func moment(_ day: String) throws -> Moment { try #require(Moment("\(last)-\(day)T09:00:00+05:00")) }
        let start = try moment("10-31")
        _ = try await casework.adopt(files, reason: "first", expecting: nil, by: Actor("test"), at: start)
        let time = Mutex(start)
        let log = Log()
        let watch = CalendarWatch(
            casework: casework, now: { time.withLock { $0 } }, sleep: { _ in },
            logger: Logger(label: "test") { _ in Keeper(log) })
        var expected = 0
        for (day, warns) in [("10-31", false), ("11-01", true), ("11-01", false), ("11-02", true), ("12-31", true)] {
            let moment = try moment(day)
            time.withLock { $0 = moment }
            await watch.round()
            if warns { expected += 1 }
            #expect(log.count == expected, "\(day)")
        }
        #expect(log.last == "calendar.missing \(last + 1)")
    }
}
