import Accounts
import CentreSupport
import ContactCentre
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("What the search has learnt, damaged")
struct UsageTests {
    @Test("A damaged usage.db is set aside with a word, and the centre starts")
    func setAside() async throws {
        let folder = TemporaryFolder()
        let notes = Notes()
        func open() async throws {
            let centre = try await ContactCentre.open(
                data: try DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(), environment: .live,
                passwordCost: .trivial,
                bringsUpToDate: false, note: { text in notes.all.withLock { $0.append(text) } })
            try centre.close()
        }
        try await open()
        #expect(notes.said.isEmpty)
        let path = folder.file("data/usage.db")
        try Data(repeating: 7, count: 40_000).write(to: URL(fileURLWithPath: path))
        try await open()
        #expect(notes.said.count == 1 && notes.said.first?.contains("usage.db") == true)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("data"))
        #expect(names.contains { $0.hasPrefix("usage.db.damaged-") })
        try await open()
        #expect(notes.said.count == 1)
    }

    private final class Notes: Sendable {
        let all = Mutex<[String]>([])
        var said: [String] { all.withLock { $0 } }
    }
}
