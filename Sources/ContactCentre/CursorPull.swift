import Curl
import Foundation
import Synchronization
import WorkingDays

/// A list that another system gives page by page, each with the cursor of the next.
package struct CursorSource: Sendable {
    /// The address that is asked, by https.
    let address: String
    /// The bearer token.
    let token: String?
    /// The authority that vouches for it, a file of certificates.
    let authority: String?
    /// What it is called in a fault: “The forum”.
    let name: String
    /// The setting that says its address.
    let setting: String
}

/// Why what came is not taken, a sentence.
struct PullFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// How a pull stands, in a small file beside the journal: where it goes on and how the last one went.
protocol PullState: Codable, Sendable {
    init()
    /// Where the next pull goes on; nil: at the beginning.
    var cursor: String? { get set }
    /// When the other side was asked last.
    var askedAt: Moment? { get set }
    /// When it last answered with all that there was.
    var answeredAt: Moment? { get set }
    /// Why the last pull failed; nil where it did not.
    var fault: String? { get set }
    /// How many came by the last pull.
    var lastReceived: Int { get set }
}

extension PullState {
    /// The state in a file; that of the beginning where there is none or it cannot be read.
    static func read(_ path: String) -> Self {
        guard let bytes = FileManager.default.contents(atPath: path) else { return Self() }
        // What cannot be read is pulled from the beginning: nothing is taken twice.
        return (try? JSONDecoder().decode(Self.self, from: bytes)) ?? Self()
    }

    /// Replaces the file as a whole.
    func write(_ path: String) throws {
        try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// Fetches what another system has, from where the last pull ended.
///
/// The cursor is kept only after all that a page held is in the journal: whatever stops between, the page is pulled again, and what is
/// known stays as it is. Without the file everything is pulled from the beginning, and nothing is taken twice.
final class CursorPull<State: PullState>: Sendable {
    /// How many pages a round takes at most, so that a stop never waits for long.
    private let mostPages = 50

    private let source: CursorSource
    private let session: CurlSession
    private let path: String
    private let longestAnswer: Int
    private let now: @Sendable () -> Moment
    private let isBusy = Mutex(false)

    /// A pull that has not begun.
    /// - Parameters:
    ///   - path: where its state is kept.
    ///   - bytes: the longest answer that is taken.
    init(_ source: CursorSource, path: String, atMost bytes: Int, now: @escaping @Sendable () -> Moment) throws {
        self.source = source
        session = try CurlSession()
        self.path = path
        longestAnswer = bytes
        self.now = now
    }

    /// How the pull stands; what was never pulled stands nowhere.
    func state() -> State { State.read(path) }

    /// Pulls until there is no more, at most so many pages, and writes down how that went.
    /// - Parameters:
    ///   - cursor: where to begin instead of where the last pull ended; an empty text: at the beginning.
    ///   - take: records what an answer holds, and says where the next page begins and whether there is one.
    /// - Returns: how it stands afterwards; nil where another pull is under way.
    /// - Throws: where the state cannot be written, or what came cannot be recorded.
    func round(
        from cursor: String?, take: (_ answer: [UInt8], inout State) async throws -> (next: String?, hasMore: Bool)
    ) async throws -> State? {
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
            for _ in 0..<mostPages {
                let (next, hasMore) = try await take(page(after: state.cursor), &state)
                let hasMoved = next != nil && next != state.cursor
                state.cursor = next ?? state.cursor
                try state.write(path)
                guard hasMore else { break }
                guard hasMoved else {
                    throw PullFault("\(source.name) says that there is more and gives the same “next” again.")
                }
            }
            state.answeredAt = now()
        } catch let fault as PullFault {
            state.fault = fault.description
        } catch let error as CurlError {
            state.fault = error.description
        } catch {
            // What is wrong on this side stands where the state is shown too; a file that cannot be written is told by the log.
            state.fault = "What came could not be recorded here: see the log."
            try? state.write(path)
            throw error
        }
        try state.write(path)
        return state
    }

    private func page(after cursor: String?) async throws -> [UInt8] {
        guard var address = URLComponents(string: source.address) else {
            throw PullFault("“\(source.setting)” is no address.")
        }
        if let cursor {
            address.queryItems = (address.queryItems ?? []) + [URLQueryItem(name: "cursor", value: cursor)]
        }
        var request = CurlRequest(address.string ?? source.address)
        request.protocols = [.https]
        request.certificateAuthorityFile = source.authority
        request.responseLimit = longestAnswer
        request.headers = [CurlHeader("Accept", "application/json")]
        if let token = source.token { request.headers.append(CurlHeader("Authorization", "Bearer \(token)")) }
        let answer = try await session.send(request)
        guard answer.status == 200 else { throw PullFault("\(source.name) answered \(answer.status) and not 200.") }
        return answer.body
    }
}
