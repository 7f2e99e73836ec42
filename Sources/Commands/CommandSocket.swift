import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import Hummingbird
import Journal
import Logging
import Synchronization

/// The server's end of the command line: takes commands on a socket in the data folder and carries them out.
enum CommandSocket {
    /// The little server on the socket, ready to run as a service.
    /// - Parameter onListening: told once the socket takes commands.
    static func application(
        centre: ContactCentre, logger: Logger, onListening: @escaping @Sendable () -> Void = {}
    ) -> some ApplicationProtocol {
        let path = DataFolder.socket(in: centre.data.path)
        // A socket left over by a process that was killed; we hold the folder's lock, so it is nobody's.
        try? FileManager.default.removeItem(atPath: path)
        let router = Router()
        router.post("command") { request, context in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let json = try JSON(parsing: Array(buffer.readableBytesView))
            guard let arguments = json["arguments"]?.array?.compactMap(\.string),
                let caller = Caller(sent: json), let user = json["user"]?.string
            else { throw HTTPError(.badRequest) }
            let output = StreamedOutput()
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson"],
                body: ResponseBody { writer in
                    async let work: Void = carryOut(
                        arguments, output: output, centre: centre, actor: .commandLine(user), caller: caller)
                    // Where the person has gone, the writing fails and the work is cancelled with it.
                    for await piece in output.pieces {
                        try await writer.write(piece)
                        output.taken(piece)
                    }
                    await work
                    try await writer.finish(nil)
                })
        }
        return Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path), serverName: nil),
            onServerRunning: { _ in onListening() }, logger: logger)
    }

    private static func carryOut(
        _ arguments: [String], output: StreamedOutput, centre: ContactCentre, actor: Actor, caller: Caller
    ) async {
        do {
            guard let command = try Bailanys.parseAsRoot(arguments) as? any OfficeCommand else {
                throw CommandFailure("This command does not work on the data folder.")
            }
            try await command.run(
                in: Office(centre: centre, output: output, writesJSON: command.json, actor: actor, caller: caller))
            output.finish(status: 0)
        } catch {
            if let line = FailureReport.line(for: error, to: arguments) { output.note(line) }
            output.finish(status: Bailanys.exitCode(for: error).rawValue)
        }
    }
}

/// Sends a command's words down the socket, one JSON object a line.
///
/// A terminal may stand still while its command goes on: progress is then left out, and lists wait for `room`, so that
/// little waits in this process.
final class StreamedOutput: CommandOutput {
    /// The words, in order, until the command has ended.
    let pieces: AsyncStream<ByteBuffer>
    private let continuation: AsyncStream<ByteBuffer>.Continuation
    private let waiting = Mutex(0)
    private let drained = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// How many bytes wait at most before a list goes on.
    static let longest = 1 << 20

    init() { (pieces, continuation) = AsyncStream.makeStream(of: ByteBuffer.self) }

    func line(_ text: String) { send(["line": .string(text)]) }
    func note(_ text: String) { send(["note": .string(text)]) }
    func progress(_ text: String) {
        if waiting.withLock({ $0 == 0 }) { send(["progress": .string(text)]) }
    }

    func room() async throws {
        try Task.checkCancellation()
        guard waiting.withLock({ $0 > Self.longest }) else { return }
        for await _ in drained.stream where waiting.withLock({ $0 <= Self.longest }) { break }
        try Task.checkCancellation()
    }

    /// How many bytes wait to be taken.
    var waitingBytes: Int { waiting.withLock(\.self) }

    /// Notes that a piece has been written.
    func taken(_ piece: ByteBuffer) {
        waiting.withLock { $0 -= piece.readableBytes }
        drained.continuation.yield()
    }

    func finish(status: Int32) {
        send(["status": .int(Int64(status))])
        continuation.finish()
    }

    private func send(_ members: [String: JSON]) {
        let piece = ByteBuffer(bytes: JSON.object(members).bytes + [0x0A])
        waiting.withLock { $0 += piece.readableBytes }
        continuation.yield(piece)
    }
}
