import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import Hummingbird
import Journal
import Logging

/// The server's end of the command line: takes commands on a socket in the data folder and carries them out.
enum CommandSocket {
    /// The little server on the socket, ready to run as a service.
    static func application(centre: ContactCentre, logger: Logger) -> some ApplicationProtocol {
        let path = DataFolder.socket(in: centre.data.path)
        // A socket left over by a process that was killed; we hold the folder's lock, so it is nobody's.
        try? FileManager.default.removeItem(atPath: path)
        let router = Router()
        router.post("command") { request, context in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let json = try JSON(parsing: Array(buffer.readableBytesView))
            guard let arguments = json["arguments"]?.array?.compactMap(\.string),
                let directory = json["directory"]?.string, let user = json["user"]?.string
            else { throw HTTPError(.badRequest) }
            let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
            let output = StreamedOutput(continuation: continuation)
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson"],
                body: ResponseBody { writer in
                    async let work: Void = carryOut(
                        arguments, output: output, centre: centre, actor: .commandLine(user), directory: directory)
                    for await piece in stream { try await writer.write(piece) }
                    await work
                    try await writer.finish(nil)
                })
        }
        return Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path), serverName: nil), logger: logger)
    }

    private static func carryOut(
        _ arguments: [String], output: StreamedOutput, centre: ContactCentre, actor: Actor, directory: String
    ) async {
        do {
            guard let command = try Bailanys.parseAsRoot(arguments) as? any OfficeCommand else {
                throw CommandFailure("This command does not work on the data folder.")
            }
            try await command.run(
                in: Office(
                    centre: centre, output: output, writesJSON: command.json, actor: actor, directory: directory))
            output.finish(status: 0)
        } catch {
            if let line = FailureReport.line(for: error, to: arguments) { output.note(line) }
            output.finish(status: Bailanys.exitCode(for: error).rawValue)
        }
    }
}

/// Sends a command's words down the socket, one JSON object a line.
private struct StreamedOutput: CommandOutput {
    let continuation: AsyncStream<ByteBuffer>.Continuation

    func line(_ text: String) { send(["line": .string(text)]) }
    func note(_ text: String) { send(["note": .string(text)]) }
    func progress(_ text: String) { send(["progress": .string(text)]) }

    func finish(status: Int32) {
        send(["status": .int(Int64(status))])
        continuation.finish()
    }

    private func send(_ members: [String: JSON]) {
        continuation.yield(ByteBuffer(bytes: JSON.object(members).bytes + [0x0A]))
    }
}
