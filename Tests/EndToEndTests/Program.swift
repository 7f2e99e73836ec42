import Foundation
import TestSupport

/// The built program, run as a person would run it.
struct Program {
    /// What a run printed and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The folder of the program's data in this test.
    let folder = TemporaryFolder()

    /// The path of the built program: it stands beside the test bundle.
    static let path: String = {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while !FileManager.default.isExecutableFile(atPath: folder.path + "/bailanys"), folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        return folder.path + "/bailanys"
    }()

    var data: String { folder.file("data") }

    private func process(_ arguments: [String], program: String = Program.path) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["BAILANYS_HOME"] = Repository.path
        environment["BAILANYS_DATA"] = data
        process.environment = environment
        return process
    }

    /// Runs a command to its end.
    func run(_ arguments: String..., input: String = "") throws -> Outcome { try run(arguments, input: input) }

    /// Runs a command to its end.
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        try run(process(arguments), input: input)
    }

    /// Runs another program to its end, in the same surroundings.
    func run(program: String, _ arguments: String...) throws -> Outcome { try run(program: program, arguments) }

    /// Runs another program to its end, in the same surroundings.
    func run(program: String, _ arguments: [String]) throws -> Outcome {
        try run(process(arguments, program: program), input: "")
    }

    private func run(_ process: Process, input: String) throws -> Outcome {
        let files = ["in", "out", "err"].map { folder.file("\($0)-\(UUID().uuidString)") }
        try Data(input.utf8).write(to: URL(fileURLWithPath: files[0]))
        for file in files.dropFirst() { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        process.standardError = FileHandle(forWritingAtPath: files[2])
        try process.run()
        process.waitUntilExit()
        func text(_ file: String) -> String {
            String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        }
        return Outcome(status: process.terminationStatus, output: text(files[1]), errors: text(files[2]))
    }

    /// Starts a command that goes on, and waits until it has printed a line that holds `sign`.
    func start(_ arguments: String..., until sign: String) throws -> Running {
        let process = process(arguments)
        let log = folder.file("log-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        let running = Running(process: process, log: log)
        for _ in 0..<3_600 {
            if running.text.contains(sign) { return running }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        running.kill()
        throw StartFailure(description: "“\(sign)” was never printed:\n\(running.text)")
    }

    struct StartFailure: Error, CustomStringConvertible { let description: String }

    /// A command that goes on; it is ended with the value.
    final class Running {
        let process: Process
        private let log: String

        init(process: Process, log: String) {
            self.process = process
            self.log = log
        }

        deinit { if process.isRunning { kill() } }

        /// All it has printed.
        var text: String { String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self) }

        /// Ends it as the supervisor of processes would.
        func stop() {
            process.terminate()
            process.waitUntilExit()
        }

        /// Ends it at once, as a power cut would.
        func kill() {
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }
}
