import Accounts
import ArgumentParser
import CanonicalJSON
import CentreSupport
import ContactCentre
import Foundation
import Journal
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import Commands

/// A contact centre that carries out commands as a server does for somebody at a terminal elsewhere.
final class CallerOffice: Sendable {
    /// What a command said.
    final class Words: CommandOutput {
        private let said = Mutex((lines: [String](), notes: [String](), threads: Set<String>()))

        var lines: [String] { said.withLock { $0.lines } }
        var notes: [String] { said.withLock { $0.notes } }
        /// The names of the threads on which progress was told.
        var threads: Set<String> { said.withLock { $0.threads } }

        func line(_ text: String) { said.withLock { $0.lines.append(text) } }
        func note(_ text: String) { said.withLock { $0.notes.append(text) } }
        func progress(_ text: String) {
            let name = Thread.current.name ?? ""
            said.withLock { _ = $0.threads.insert(name) }
        }
    }

    /// The folder of the person at the terminal.
    let there = TemporaryFolder()
    private let folder = TemporaryFolder()
    let centre: ContactCentre
    /// What the centre's clock shows: 19 March 2026, 11:00 in Almaty, and later with each question.
    let clock: TestClock

    /// A data folder with the registers and the cards of the project, made once and copied for each office.
    private static let prepared = Task {
        let folder = TemporaryFolder()
        let clock = TestClock()
        clock.advance(milliseconds: -3_600_000)
        try await open(folder.file("data"), clock, bringsUpToDate: true).close()
        return folder
    }

    private static func open(_ path: String, _ clock: TestClock, bringsUpToDate: Bool) async throws -> ContactCentre {
        try await ContactCentre.open(
            data: try DataFolder(path: path), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { clock.now }, randomBytes: CentreEnvironment.live.randomBytes, steady: { nil }),
            passwordCost: .trivial, bringsUpToDate: bringsUpToDate, note: { _ in })
    }

    init() async throws {
        let path = folder.file("data")
        try FileManager.default.copyItem(atPath: try await Self.prepared.value.file("data"), toPath: path)
        clock = TestClock()
        centre = try await Self.open(path, clock, bringsUpToDate: false)
    }

    /// Carries out a command, given by somebody whose law is in `home`.
    /// - Returns: what it said.
    @discardableResult
    func run(_ arguments: String..., home: String = Repository.path) async throws -> Words {
        try await run(arguments, home: home)
    }

    /// The same for words in a list.
    @discardableResult
    func run(_ arguments: [String], home: String = Repository.path) async throws -> Words {
        let words = Words()
        try await run(arguments, home: home, words)
        return words
    }

    private func run(_ arguments: [String], home: String, _ words: Words) async throws {
        guard let command = try Bailanys.parseAsRoot(arguments) as? any OfficeCommand,
            let caller = Caller(sent: .object(["directory": .string(there.path), "home": .string(home)]))
        else { throw CommandFailure("no command of an office: \(arguments)") }
        try await command.run(
            in: Office(
                centre: centre, output: words, writesJSON: command.json, actor: .commandLine("test"), caller: caller))
    }

    /// Carries out a command that fails.
    /// - Returns: what the person is told of it, all that was said before it included.
    @discardableResult
    func fails(
        _ arguments: [String], location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let words = Words()
        let error = await #expect(throws: (any Error).self, sourceLocation: location) {
            try await run(arguments, home: Repository.path, words)
        }
        let line = error.flatMap { FailureReport.line(for: $0, to: arguments) }
        return (words.lines + words.notes + [line].compactMap(\.self)).joined(separator: "\n")
    }

    /// The answer of a command, one JSON object a line.
    func json(_ arguments: String...) async throws -> [JSON] {
        try await run(arguments + ["--json"]).lines.map { try JSON(parsing: Array($0.utf8)) }
    }

    /// How many events there are.
    func position() throws -> Int64 { try centre.journal.head().position }

    /// Writes a file into the folder of the person.
    func put(_ text: String, in name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: there.file(name)))
    }

    /// What stands in a file of the folder of the person.
    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: there.file(name))), as: UTF8.self)
    }
}
