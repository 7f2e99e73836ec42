import Attachments
import Hummingbird

/// Reads the body of a request within a size and a time.
package enum BodyReader {
    /// The whole body.
    /// - Throws: `SiteError` `tooLarge` as soon as it is clear that it is; `tooSlow` when it does not arrive in time.
    package static func read(_ request: Request, upTo limit: Int, within seconds: Int64) async throws -> ByteBuffer {
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limit {
            throw tooLarge(limit)
        }
        let body = SentBody(request)
        return try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask {
                var whole = ByteBuffer()
                for try await var part in body {
                    guard whole.readableBytes + part.readableBytes <= limit else { throw tooLarge(limit) }
                    whole.writeBuffer(&part)
                }
                return whole
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let whole = first else {
                throw SiteError(.tooSlow, "The body of the request did not arrive within \(seconds) s.")
            }
            return whole
        }
    }

    /// The body in a file for a moment; the caller discards it.
    /// - Throws: as `read(_:upTo:within:)`; `AttachmentError.system`. Nothing is left then.
    static func spool(
        _ request: Request, in store: AttachmentStore, upTo limit: Int, within seconds: Int64
    ) async throws -> SpooledFile {
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limit {
            throw tooLarge(limit)
        }
        let body = SentBody(request)
        return try await withThrowingTaskGroup(of: SpooledFile?.self) { group in
            group.addTask { try await store.spool(body.map { $0.readableBytesView }, limit: limit) }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let file = first else {
                throw SiteError(.tooSlow, "The body of the request did not arrive within \(seconds) s.")
            }
            return file
        }
    }

    private static func tooLarge(_ limit: Int) -> SiteError {
        SiteError(.tooLarge, "The body of the request is larger than \(limit) bytes.")
    }
}

/// The body of a request in pieces; what is wrong with how it was sent is the sender's mistake and no failure of ours.
struct SentBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    private let body: RequestBody

    init(_ request: Request) { body = request.body }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator()) }

    /// The pieces one after the other.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var pieces: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? {
            do {
                return try await pieces.next()
            } catch let error as CancellationError {
                throw error
            } catch {
                throw SiteError(.badRequest, "The body of the request cannot be read (\(error)): send it again.")
            }
        }
    }
}
