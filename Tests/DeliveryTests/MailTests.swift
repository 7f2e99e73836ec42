import Curl
import Foundation
import LoopbackServer
import Testing
import WorkingDays

@testable import Delivery

@Suite("Delivery by mail")
struct MailTests {
    private let now = Moment(millisecondsSince1970: 1_775_000_000_000)

    private func transport(_ port: Int) throws -> SMTPTransport {
        var destination = SMTPTransport.Destination(
            address: "smtp://127.0.0.1:\(port)", sender: "ucc@example.kz", recipients: ["agency@example.kz"])
        destination.allowsPlainConnection = true
        return SMTPTransport(destination, session: try CurlSession(), now: { [now] in now }) { _ in
            SMTPTransport.Letter(
                subject: "Ай сайынғы есеп: 2026 жылғы наурыз, бірыңғай байланыс орталығы",
                text: "Есеп қоса беріледі.\n",
                attachmentName: "report 2026-03.json")
        }
    }

    private let parcel = Parcel(
        idempotencyKey: String(repeating: "k", count: 40), path: "", mediaType: "application/json",
        bytes: Array(repeating: 0x2E, count: 200),
        digest: "d")

    @Test("The relay gets the letter, and accepting it is the receipt")
    func sent() async throws {
        let catcher = try MailCatcher()
        let outcome = await (try transport(catcher.port)).deliver(parcel)
        #expect(
            outcome
                == .received(
                    DeliveryReceipt(number: "\(parcel.idempotencyKey)@example.kz", receivedAt: now, digest: "d")))
        let lines = catcher.heard.message.components(separatedBy: "\r\n")
        #expect(lines.contains("Message-ID: <\(parcel.idempotencyKey)@example.kz>"))
        #expect(lines.contains("Date: Tue, 31 Mar 2026 23:33:20 +0000"))
        #expect(lines.contains("Content-Disposition: attachment; filename=\"report_2026-03.json\""))
        #expect(lines.contains(Data("Есеп қоса беріледі.\n".utf8).base64EncodedString()))
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    @Test("A refusal for good needs a person")
    func refused() async throws {
        let catcher = try MailCatcher(refusing: "RCPT")
        guard case .failed(let failure) = await (try transport(catcher.port)).deliver(parcel) else {
            Issue.record("the mail went out")
            return
        }
        #expect(failure.kind == .permanent)
        #expect(failure.status == 550)
    }

    @Test("A long subject is folded between characters and loses nothing")
    func encodedWords() {
        let subject = String(repeating: "ұңғә ", count: 40)
        let words = MIMEMessage.encodedWords(subject).components(separatedBy: "\r\n ")
        #expect(words.allSatisfy { $0.count <= 67 })
        let decoded = words.compactMap { word in
            Data(base64Encoded: String(word.dropFirst(10).dropLast(2))).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(decoded.joined() == subject)
    }

    @Test("A line end in a subject cannot begin another header")
    func injection() {
        #expect(!MIMEMessage.encodedWords("a\r\nBcc: x").contains("\n"))
    }
}
