import ArgumentParser
import CanonicalJSON
import ContactCentre
import Curl
import Foundation
import Synchronization

/// Sends a command to the server that works in the data folder, and prints what comes back.
///
/// The socket lies in a folder that only its owner may enter; the operating system is the gate.
struct CommandForwarding {
    let dataPath: String
    let output: any CommandOutput

    /// Has the command carried out by the server.
    /// - Throws: `ExitCode` where it was not done; `CommandFailure` where the server does not answer.
    func send(_ arguments: [String], from caller: Caller) async throws {
        var members = caller.members
        members["arguments"] = .array(arguments.map { .string($0) })
        members["user"] = .string(NSUserName())
        let body = JSON.object(members)
        var request = CurlRequest("http://localhost/command", method: "POST", body: .bytes(body.bytes))
        request.protocols = [.http]
        request.unixSocketPath = DataFolder.socket(in: dataPath)
        request.timeout = nil
        request.connectTimeout = .seconds(5)
        let printer = ForwardedLines(output: output)
        request.sink = .stream { piece, _ in
            printer.take(piece)
            return true
        }
        let session = try CurlSession()
        defer { session.close() }
        do {
            _ = try await session.send(request)
        } catch {
            throw CommandFailure(
                "Another Bailanys works in “\(dataPath)” but does not answer on its socket (\(error)): stop that process, or wait until it has started."
            )
        }
        guard let status = printer.status else {
            throw CommandFailure(
                "The server stopped before the command was done: look at its log, then repeat the command.")
        }
        if status != 0 { throw ExitCode(status) }
    }
}

/// Reads the lines that the server sends: `{"line":…}`, `{"note":…}`, `{"progress":…}`, `{"status":…}`.
private final class ForwardedLines: Sendable {
    private let rest = Mutex<[UInt8]>([])
    private let received = Mutex<Int32?>(nil)
    private let output: any CommandOutput

    init(output: any CommandOutput) { self.output = output }

    /// The exit code that the server sent at the end.
    var status: Int32? { received.withLock { $0 } }

    func take(_ piece: some Sequence<UInt8>) {
        let lines = rest.withLock { rest in
            rest.append(contentsOf: piece)
            var lines: [[UInt8]] = []
            while let end = rest.firstIndex(of: 0x0A) {
                lines.append(Array(rest[..<end]))
                rest.removeSubrange(...end)
            }
            return lines
        }
        for line in lines { show(line) }
    }

    private func show(_ line: [UInt8]) {
        // A line that is no JSON cannot come from our server; there is nobody to tell.
        guard let json = try? JSON(parsing: line) else { return }
        if let text = json["line"]?.string { output.line(text) }
        if let text = json["note"]?.string { output.note(text) }
        if let text = json["progress"]?.string { output.progress(text) }
        if let status = json["status"]?.int { received.withLock { $0 = Int32(status) } }
    }
}
