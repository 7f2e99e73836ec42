import Accounts
import CentreSupport
import ContactCentre
import Foundation
import Journal
import PersonalData
import TestSupport
import Testing

@Suite("A stop in order")
struct CleanStopTests {
    @Test(
        "Nothing stands beside the stores after it, whatever was read and written: a copy of the files is all there is")
    func files() async throws {
        let folder = TemporaryFolder()
        let centre = try await ContactCentre.open(
            data: try DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(), environment: .live,
            passwordCost: .trivial,
            bringsUpToDate: false, note: { _ in })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    _ = try await centre.journal.read { try SQLiteEventStore(db: $0).head() }
                    let person = centre.vault.person(knownBy: "\(index)")
                    _ = try centre.vault.keys(for: [person])
                    _ = try centre.vault.existingKeys(for: [person])
                }
            }
            try await group.waitForAll()
        }
        _ = try await centre.accounts.createFirst(
            displayName: "Test", mustChangePassword: false, by: .commandLine("test"), at: .current)
        try centre.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("data"))
        #expect(names.filter { $0.contains(".db-") } == [], "\(names.sorted())")
        #expect(Set(names).isSuperset(of: ["journal.db", "vault.db", "accounts.db", "usage.db"]))
    }
}
