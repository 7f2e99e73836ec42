import Casework
import Contacts
import Delivery
import Foundation
import Journal
import Languages
import PersonalData
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Cards sent by mail")
struct CardMailTests {
    @Test(
        "the address is nowhere in clear, opens for the delivery, and is forgotten when the letter has gone or was given up",
        arguments: [true, false])
    func sealed(hasGone: Bool) async throws {
        let centre = try await TestCentre(ContactDesk.eventTypes) { _ in [DeliveryProjection()] }
        let (folder, casework, actor) = (centre.folder, centre.casework, Actor("user:7"))
        let (journal, now) = (casework.journal, try at("2026-03-19 10:00:00"))
        let desk = CardMailDesk(
            casework: casework, vault: try PersonVault(path: folder.file("vault.db")), outbox: Outbox())
        let letter = PersonalLetter(to: "aigul@example.kz", subject: "s", text: "t", salt: "ff00")
        try await desk.send(letter, id: "a1", card: "S0288", edition: 2, language: .kk, by: actor, at: now)

        for name in ["journal.db", "journal.db-wal", "vault.db", "vault.db-wal"] {
            let bytes = FileManager.default.contents(atPath: folder.file(name)) ?? Data()
            #expect(bytes.range(of: Data("aigul".utf8)) == nil, "\(name)")
        }
        let waiting = try journal.readNow { try DeliveryRecord.fetchAll(in: .waiting, limit: 10, in: $0) }
        let delivery = try #require(waiting.first)
        #expect(delivery.destination == "mail" && delivery.subject == "a1")
        #expect(try await desk.document(for: delivery) == letter.bytes())

        let receipt = DeliveryReceipt(number: "1", receivedAt: now, digest: delivery.digest)
        _ = try await journal.transact(by: actor, at: now) { transaction in
            if hasGone {
                try desk.delivered(delivery, receipt: receipt, in: transaction)
            } else {
                try desk.died(delivery, reason: "no such mailbox", in: transaction)
            }
            return 1
        }
        #expect(try await desk.document(for: delivery) == nil)
        await #expect(throws: Refusal.self) {
            try await desk.send(
                PersonalLetter(to: "x", subject: "", text: "", salt: ""), id: "a2", card: "S0288", edition: 2,
                language: .kk, by: actor, at: now)
        }
    }
}
