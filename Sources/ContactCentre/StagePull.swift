import Applications
import CanonicalJSON
import Casework
import Curl
import Foundation
import Journal
import Synchronization
import WorkingDays

/// Fetches from the monitoring system what providers told it of applications, from where the last pull ended, each record once.
///
/// The cursor is kept beside the journal and only after all that a page held is in it: whatever stops between, the page is pulled again
/// and what is known as it is changes nothing. One record that cannot be taken is told by its number and does not stop the others.
package final class StagePull: Sendable {
    /// How the monitoring system is reached.
    package struct Source: Sendable {
        /// The address that is asked, by https.
        let address: String
        /// The bearer token.
        let token: String?
        /// The authority that vouches for it, a file of certificates.
        let authority: String?
    }

    /// What an answer holds: `{"items": […], "next": "…", "more": true}`.
    private struct Page {
        let items: [JSON]
        let next: String?
        let hasMore: Bool
    }

    /// Why an answer is not taken.
    private struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// How many pages a round takes at most, so that a stop never waits for long.
    static let mostPages = 50
    /// The longest answer, in bytes.
    static let longestAnswer = 16 << 20
    /// The longest cursor, in bytes.
    static let longestCursor = 500
    /// The most records that are remembered as refused.
    static let mostRefused = 100

    private let source: Source
    private let session: CurlSession
    private let desk: ApplicationDesk
    private let path: String
    private let now: @Sendable () -> Moment
    private let isBusy = Mutex(false)

    init(_ source: Source, desk: ApplicationDesk, path: String, now: @escaping @Sendable () -> Moment) throws {
        self.source = source
        session = try CurlSession()
        self.desk = desk
        self.path = path
        self.now = now
    }

    /// How the pull stands; what was never pulled stands nowhere.
    package func state() -> StagePullState { StagePullState.read(path) }

    /// Pulls until there is no more, at most `mostPages` pages, and writes down how that went.
    /// - Parameter cursor: where to begin instead of where the last pull ended; an empty text: at the beginning.
    /// - Returns: how it stands afterwards; nil where another pull is under way.
    /// - Throws: where the state cannot be written, or what came cannot be recorded.
    package func round(from cursor: String? = nil) async throws -> StagePullState? {
        guard
            isBusy.withLock({ isBusy in
                defer { isBusy = true }
                return !isBusy
            })
        else { return nil }
        defer { isBusy.withLock { $0 = false } }
        var state = state()
        if let cursor { state.cursor = cursor.isEmpty ? nil : cursor }
        (state.askedAt, state.fault, state.lastTaken) = (now(), nil, 0)
        do {
            for _ in 0..<Self.mostPages {
                let page = try await page(after: state.cursor)
                let intake = try await desk.take(
                    ApplicationDesk.sent(page.items), from: .pull, named: "stage-address", by: Actor("stages"),
                    at: now())
                state.add(intake)
                let hasMoved = page.next != nil && page.next != state.cursor
                state.cursor = page.next ?? state.cursor
                try state.write(path)
                guard page.hasMore else { break }
                guard hasMoved else {
                    throw Fault(
                        description: "The monitoring system says that there is more and gives the same “next” again.")
                }
            }
            state.answeredAt = now()
        } catch let fault as Fault {
            state.fault = fault.description
        } catch let error as CurlError {
            state.fault = error.description
        } catch {
            state.fault = "What came could not be recorded here: see the log."
            try? state.write(path)  // the error itself is told
            throw error
        }
        try state.write(path)
        return state
    }

    private func page(after cursor: String?) async throws -> Page {
        guard var address = URLComponents(string: source.address) else {
            throw Fault(description: "“stage-address” is no address.")
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
            throw Fault(description: "The monitoring system answered \(answer.status) and not 200.")
        }
        return try Self.page(answer.body)
    }

    private static func page(_ bytes: [UInt8]) throws -> Page {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw Fault(description: "The answer is no JSON: \(error)")
        }
        guard let items = json["items"]?.array, items.count <= ApplicationDesk.mostSent else {
            throw Fault(description: "The answer has no list “items” of at most \(ApplicationDesk.mostSent) records.")
        }
        var next: String?
        if let cursor = json["next"], cursor != .null {
            guard let text = cursor.string, !text.isEmpty, text.utf8.count <= longestCursor else {
                throw Fault(description: "“next” of the answer is no text of 1 to \(longestCursor) bytes.")
            }
            next = text
        }
        return Page(items: items, next: next, hasMore: json["more"]?.bool ?? false)
    }
}

/// How the pull of stage data stands.
package struct StagePullState: Codable, Hashable, Sendable {
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
    package internal(set) var lastTaken = 0
    /// What could not be taken, the latest last.
    package internal(set) var refused: [ApplicationProblem] = []

    mutating func add(_ intake: ApplicationIntake) {
        let count = intake.report.added + intake.report.corrected
        (taken, lastTaken) = (taken + count, lastTaken + count)
        refused = Array((refused + intake.problems).suffix(StagePull.mostRefused))
    }

    /// The state in a file; that of the beginning where there is none or it cannot be read.
    static func read(_ path: String) -> StagePullState {
        guard let bytes = FileManager.default.contents(atPath: path) else { return StagePullState() }
        // What cannot be read is pulled from the beginning: nothing is taken twice.
        return (try? JSONDecoder().decode(StagePullState.self, from: bytes)) ?? StagePullState()
    }

    /// Replaces the file as a whole.
    func write(_ path: String) throws {
        try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
