import Accounts
import Attachments
import Casework
import CentreSupport
import Complaints
import Foundation
import GRDB
import Journal
import PersonalData
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("A person is forgotten")
struct ErasureTests {
    private let folder = TemporaryFolder()

    private func open() async throws -> ContactCentre {
        let now = try #require(CivilDate("2026-10-14"))
        return try await ContactCentre.open(
            data: try DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { CivilZone.almaty.moment(of: now, hour: 11, minute: 0) },
                randomBytes: CentreEnvironment.live.randomBytes),
            passwordCost: .trivial, note: { _ in })
    }

    /// Registers a complaint of a person, and answers it with a text and a file.
    private func complain(_ centre: ContactCentre, _ name: String, iin: String, file: String) async throws -> String {
        let now = centre.now()
        let number = try await centre.complaints.register(
            ComplaintFiling(
                kind: .standard, body: "MJ", subject: "Сынақ", contacts: .init(name: name, iin: iin), filedAt: now),
            by: Actor("test"), at: now
        ).number
        let attachment = try centre.attachments.saveNow(Array(file.utf8), named: "answer.txt", for: "test")
        _ = try await centre.complaints.answer(
            number, outcome: .satisfied, text: "Жауап: \(name)", attachment: attachment.digest, happenedAt: now,
            by: Actor("test"), at: now)
        return number
    }

    /// Every file of the data folder that holds some bytes.
    private func holders(of bytes: Data) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.file("data")).filter { name in
            FileManager.default.contents(atPath: folder.file("data") + "/" + name)?.range(of: bytes) != nil
        }
    }

    @Test("Neither the key nor what it sealed is left in any file; another's is, and the chain is whole")
    func erased() async throws {
        let centre = try await open()
        let first = try await complain(centre, "Айгерім", iin: "880101300123", file: "жауап Айгерімге")
        let second = try await complain(centre, "Айгерім", iin: "880101300123", file: "жауап екіншісі")
        let other = try await complain(centre, "Болат", iin: "900202300456", file: "жауап Болатқа")
        func key(of number: String) throws -> Data {
            let person = try #require(
                try centre.journal.readNow {
                    try String.fetchOne($0, sql: "SELECT person FROM complaint WHERE id = ?", arguments: [number])
                })
            let bytes = try #require(EventLink.bytes(hexadecimal: person))
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: centre.data.vault, configuration: configuration)
            defer { try? queue.close() }
            return try #require(
                try queue.read {
                    try Data.fetchOne($0, sql: "SELECT key FROM personKey WHERE person = ?", arguments: [Data(bytes)])
                })
        }
        let (gone, kept) = (try key(of: first), try key(of: other))
        #expect(try !holders(of: gone).isEmpty && !holders(of: Data("жауап Айгерімге".utf8)).isEmpty)
        let certificate = try await centre.erasePerson(ofComplaint: second, reason: "letter 45", by: Actor("test"))
        #expect(Set(certificate.event.complaints) == [first, second])
        #expect(certificate.event.files.count == 2)
        #expect(try holders(of: gone) == [])
        for words in ["жауап Айгерімге", "жауап екіншісі", "880101300123", "Айгерім"] {
            #expect(try holders(of: Data(words.utf8)) == [], "\(words)")
        }
        #expect(try !holders(of: kept).isEmpty && !holders(of: Data("жауап Болатқа".utf8)).isEmpty)
        #expect(try centre.journal.verify().firstBad == nil)
        let revealed = try await centre.complaints.reveal(first, for: "look", by: Actor("test"), at: centre.now())
        #expect(revealed.contacts == nil)
        #expect(certificate.hash.count == 64 && certificate.position > 0)
        // Asked again, it is said; without a reason or a person it is refused.
        await #expect(throws: Refusal.self) {
            try await centre.erasePerson(ofComplaint: first, reason: "again", by: Actor("test"))
        }
        await #expect(throws: Refusal.self) {
            try await centre.erasePerson(ofComplaint: other, reason: " ", by: Actor("test"))
        }
        await #expect(throws: Refusal.self) {
            try await centre.erasePerson(ofComplaint: "2026-999999", reason: "x", by: Actor("test"))
        }
        try centre.close()
    }
}
