import Applications
import CanonicalJSON
import Journal
import WorkingDays

/// Fetches from the monitoring system what providers told it of applications, from where the last pull ended, each record once.
///
/// One record that cannot be taken is told by its number and does not stop the others.
package final class StagePull: Sendable {
    /// The longest cursor, in bytes.
    private static let longestCursor = 500
    /// The most records that are remembered as refused.
    static let mostRefused = 100

    private let pull: CursorPull<StagePullState>
    private let desk: ApplicationDesk
    private let now: @Sendable () -> Moment

    init(_ source: CursorSource, desk: ApplicationDesk, path: String, now: @escaping @Sendable () -> Moment) throws {
        pull = try CursorPull(source, path: path, atMost: 16 << 20, now: now)
        self.desk = desk
        self.now = now
    }

    /// How the pull stands; what was never pulled stands nowhere.
    package func state() -> StagePullState { pull.state() }

    /// Pulls until there is no more, a bounded number of pages, and writes down how that went.
    /// - Parameter cursor: where to begin instead of where the last pull ended; an empty text: at the beginning.
    /// - Returns: how it stands afterwards; nil where another pull is under way.
    /// - Throws: where the state cannot be written, or what came cannot be recorded.
    package func round(from cursor: String? = nil) async throws -> StagePullState? {
        try await pull.round(from: cursor) { answer, state in
            let page = try Self.page(answer)
            let intake = try await desk.take(
                ApplicationDesk.sent(page.items), from: .pull, named: "stage-address", by: Actor("stages"), at: now())
            state.add(intake)
            return (page.next, page.hasMore)
        }
    }

    /// What an answer holds: `{"items": […], "next": "…", "more": true}`.
    private static func page(_ bytes: [UInt8]) throws -> (items: [JSON], next: String?, hasMore: Bool) {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw PullFault("The answer is no JSON: \(error)")
        }
        guard let items = json["items"]?.array, items.count <= ApplicationDesk.mostSent else {
            throw PullFault("The answer has no list “items” of at most \(ApplicationDesk.mostSent) records.")
        }
        var next: String?
        if let cursor = json["next"], cursor != .null {
            guard let text = cursor.string, !text.isEmpty, text.utf8.count <= longestCursor else {
                throw PullFault("“next” of the answer is no text of 1 to \(longestCursor) bytes.")
            }
            next = text
        }
        return (items, next, json["more"]?.bool ?? false)
    }
}

/// How the pull of stage data stands.
package struct StagePullState: PullState, Hashable {
    /// Where the next pull goes on; nil: at the beginning.
    package internal(set) var cursor: String?
    /// When it was asked last.
    package internal(set) var askedAt: Moment?
    /// When it last answered with all that there was.
    package internal(set) var answeredAt: Moment?
    /// Why the last pull failed; nil where it did not.
    package internal(set) var fault: String?
    /// How many records were taken by it, new and corrected.
    package internal(set) var taken = 0
    /// How many of them by the last pull.
    package internal(set) var lastReceived = 0
    /// What could not be taken, the latest last.
    package internal(set) var refused: [ApplicationProblem] = []

    mutating func add(_ intake: ApplicationIntake) {
        let count = intake.report.added + intake.report.corrected
        (taken, lastReceived) = (taken + count, lastReceived + count)
        refused = Array((refused + intake.problems).suffix(StagePull.mostRefused))
    }
}
