import Casework
import Complaints
import Curl
import Foundation
import Intake
import Journal
import Synchronization
import WorkingDays

/// Fetches what citizens wrote on the forum, from where the last pull ended, each once.
///
/// The cursor is kept beside the journal and only after all that a page held is in it: whatever stops between, the page is
/// pulled again and what is known by its number stays as it is. Without the file everything is pulled from the beginning, and
/// nothing is received twice. One entry that cannot be taken is told by its number and does not stop the others.
package final class ForumPull: Sendable {
    /// How the forum is reached.
    package struct Source: Sendable {
        /// The address that is asked, by https.
        let address: String
        /// The bearer token.
        let token: String?
        /// The authority that vouches for the forum, a file of certificates.
        let authority: String?
    }

    /// How many pages a round takes at most, so that a stop never waits for long.
    static let mostPages = 50
    /// The longest answer, in bytes.
    static let longestAnswer = 32 << 20
    /// The most entries that are remembered as refused.
    static let mostRefused = 100

    private let source: Source
    private let session: CurlSession
    private let casework: Casework
    private let intake: IntakeDesk
    private let readings: ReadingDesk
    private let path: String
    private let now: @Sendable () -> Moment
    private let isBusy = Mutex(false)

    init(
        _ source: Source, casework: Casework, intake: IntakeDesk, readings: ReadingDesk, path: String,
        now: @escaping @Sendable () -> Moment
    ) throws {
        self.source = source
        session = try CurlSession()
        self.casework = casework
        self.intake = intake
        self.readings = readings
        self.path = path
        self.now = now
    }

    /// How the pull stands; what was never pulled stands nowhere.
    package func state() -> ForumState { ForumState.read(path) }

    /// Pulls until there is no more, at most `mostPages` pages, and writes down how that went.
    /// - Parameter cursor: where to begin instead of where the last pull ended; an empty text: at the beginning.
    /// - Returns: how it stands afterwards; nil where another pull is under way.
    /// - Throws: where the state cannot be written.
    package func round(from cursor: String? = nil) async throws -> ForumState? {
        guard
            isBusy.withLock({ isBusy in
                defer { isBusy = true }
                return !isBusy
            })
        else { return nil }
        defer { isBusy.withLock { $0 = false } }
        var state = state()
        if let cursor { state.cursor = cursor.isEmpty ? nil : cursor }
        (state.askedAt, state.fault, state.lastReceived) = (now(), nil, 0)
        do {
            for _ in 0..<Self.mostPages {
                let page = try await page(after: state.cursor)
                try await take(page, into: &state)
                let hasMoved = page.next != nil && page.next != state.cursor
                state.cursor = page.next ?? state.cursor
                try state.write(path)
                guard page.hasMore else { break }
                guard hasMoved else {
                    throw ForumFault("The forum says that there is more and gives the same “next” again.")
                }
            }
            state.answeredAt = now()
        } catch let fault as ForumFault {
            state.fault = fault.description
        } catch let error as CurlError {
            state.fault = error.description
        } catch {
            // What is wrong on this side stands on the queue's page too; a file that cannot be written is told by the log.
            state.fault = "What came could not be recorded here: see the log."
            try? state.write(path)
            throw error
        }
        try state.write(path)
        return state
    }

    private func page(after cursor: String?) async throws -> ForumPage {
        guard var address = URLComponents(string: source.address) else {
            throw ForumFault("“forum-address” is no address.")
        }
        if let cursor {
            address.queryItems = (address.queryItems ?? []) + [URLQueryItem(name: "cursor", value: cursor)]
        }
        var request = CurlRequest(address.string ?? source.address)
        request.protocols = [.https]
        request.certificateAuthorityFile = source.authority
        request.responseLimit = Self.longestAnswer
        request.headers = [CurlHeader("Accept", "application/json")]
        if let token = source.token { request.headers.append(CurlHeader("Authorization", "Bearer \(token)")) }
        let answer = try await session.send(request)
        guard answer.status == 200 else {
            throw ForumFault("The forum answered \(answer.status) and not 200.")
        }
        return try ForumPage(answer: answer.body)
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
