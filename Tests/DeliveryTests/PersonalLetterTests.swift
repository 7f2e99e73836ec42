import Curl
import Delivery
import Foundation
import LoopbackServer
import Testing
import WorkingDays

@Suite("Letters to one person")
struct PersonalLetterTests {
    private let now = Moment(millisecondsSince1970: 1_775_000_000_000)

    private func deliver(_ letter: PersonalLetter, to port: Int) async throws -> AttemptOutcome {
        var relay = SMTPTransport.Destination(
            address: "smtp://127.0.0.1:\(port)", sender: "ucc@example.kz", recipients: [])
        relay.allowsPlainConnection = true
        return await PersonalMailTransport(relay, session: try CurlSession(), now: { [now] in now }).deliver(
            Parcel(
                idempotencyKey: String(repeating: "k", count: 40), path: "", mediaType: "application/json",
                bytes: try letter.bytes(), digest: "d"))
    }

    private let letter = PersonalLetter(
        to: "aigul@example.kz", subject: "1414: Жүргізуші куәлігі", text: "Не әкелу керек\n", salt: "00")

    @Test("the letter goes to the address in it, as a text without attachments")
    func sent() async throws {
        let catcher = try MailCatcher()
        guard case .received = try await deliver(letter, to: catcher.port) else {
            Issue.record("the letter did not go out")
            return
        }
        let message = catcher.heard.message
        #expect(message.contains("To: <aigul@example.kz>") && !message.contains("multipart"))
        #expect(message.contains(Data("Не әкелу керек\n".utf8).base64EncodedString()))
    }

    @Test("what the relay says of a failure does not carry the address into the journal")
    func refused() async throws {
        let catcher = try MailCatcher(refusing: "RCPT")
        guard case .failed(let failure) = try await deliver(letter, to: catcher.port) else {
            Issue.record("the letter went out")
            return
        }
        #expect(!failure.description.contains("aigul"))
    }

    @Test(
        "an address is one address and nothing else",
        arguments: [
            ("aigul@example.kz", true), ("a.b+c@mail.example.kz", true), ("aigul", false), ("a@b", false),
            ("a@b.kz, c@d.kz", false), ("a@b.kz\r\nBcc: c@d.kz", false), ("<a@b.kz>", false), ("a@@b.kz", false),
            ("a@.kz", false), ("айгуль@example.kz", false), ("", false),
        ])
    func addresses(text: String, isAddress: Bool) { #expect(PersonalLetter.isAddress(text) == isAddress) }
}
