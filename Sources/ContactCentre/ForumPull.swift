import Casework
import Complaints
import Intake
import Journal
import WorkingDays

/// Fetches what citizens wrote on the forum, from where the last pull ended, each once.
///
/// One entry that cannot be taken is told by its number and does not stop the others.
package final class ForumPull: Sendable {
    /// The most entries that are remembered as refused.
    static let mostRefused = 100

    private let pull: CursorPull<ForumState>
    private let casework: Casework
    private let intake: IntakeDesk
    private let readings: ReadingDesk
    private let now: @Sendable () -> Moment

    init(
        _ source: CursorSource, casework: Casework, intake: IntakeDesk, readings: ReadingDesk, path: String,
        now: @escaping @Sendable () -> Moment
    ) throws {
        pull = try CursorPull(source, path: path, atMost: 32 << 20, now: now)
        self.casework = casework
        self.intake = intake
        self.readings = readings
        self.now = now
    }

    /// How the pull stands; what was never pulled stands nowhere.
    package func state() -> ForumState { pull.state() }

    /// Pulls until there is no more, a bounded number of pages, and writes down how that went.
    /// - Parameter cursor: where to begin instead of where the last pull ended; an empty text: at the beginning.
    /// - Returns: how it stands afterwards; nil where another pull is under way.
    /// - Throws: where the state cannot be written, or what came cannot be recorded.
    package func round(from cursor: String? = nil) async throws -> ForumState? {
        try await pull.round(from: cursor) { answer, state in
            let page: ForumPage
            do throws(ForumFault) { page = try ForumPage(answer: answer) } catch { throw PullFault(error.description) }
            try await take(page, into: &state)
            return (page.next, page.hasMore)
        }
    }

    /// Receives what a page holds.
    /// - Throws: what is no fault of an entry: a full disk, a stopped journal.
    private func take(_ page: ForumPage, into state: inout ForumState) async throws {
        for item in page.items {
            let words: IntakeWords
            switch item.words {
            case .success(let read): words = read
            case .failure(let fault):
                state.refuse(item.name, fault.description, at: now())
                continue
            }
            do {
                let reading = try await readings.read(words.text, on: casework.today(words.receivedAt))
                let receipt = try await intake.receive(words, reading, by: Actor("forum"), at: now())
                if receipt.isNew { (state.received, state.lastReceived) = (state.received + 1, state.lastReceived + 1) }
                state.refused.removeAll { $0.number == item.name }
            } catch let refusal as Refusal {
                state.refuse(item.name, refusal.reason, at: now())
            }
        }
    }
}
