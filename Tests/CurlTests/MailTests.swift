import Curl
import LoopbackServer
import Testing

@Suite("Mail")
struct MailTests {
    private func mail(_ port: Int, allowsPlainConnection: Bool) -> CurlRequest {
        var request = CurlRequest(
            "smtp://127.0.0.1:\(port)", body: .bytes(Array("Subject: x\r\n\r\nfirst\r\n.dot\r\n".utf8)))
        request.protocols = [.smtp]
        request.mail = CurlMail(
            sender: "ucc@example.kz", recipients: ["a@example.kz", "b@example.kz"],
            allowsPlainConnection: allowsPlainConnection)
        return request
    }

    @Test("A mail reaches a relay with its envelope and its dots")
    func relay() async throws {
        let catcher = try MailCatcher()
        let answer = try await CurlSession().send(mail(catcher.port, allowsPlainConnection: true))
        #expect(answer.status == 250)
        let heard = catcher.heard
        #expect(heard.commands.contains("MAIL FROM:<ucc@example.kz>"))
        #expect(heard.commands.contains("RCPT TO:<a@example.kz>"))
        #expect(heard.commands.contains("RCPT TO:<b@example.kz>"))
        #expect(heard.message == "Subject: x\r\n\r\nfirst\r\n.dot\r\n")
    }

    @Test("A relay without TLS gets nothing unless that is allowed")
    func needsTLS() async throws {
        let catcher = try MailCatcher()
        await #expect(throws: CurlError.self) {
            try await CurlSession().send(mail(catcher.port, allowsPlainConnection: false))
        }
        #expect(!catcher.heard.commands.contains { $0.hasPrefix("MAIL") })
    }

    @Test("A refused recipient is told from a broken connection")
    func refused() async throws {
        let catcher = try MailCatcher(refusing: "RCPT")
        do {
            _ = try await CurlSession().send(mail(catcher.port, allowsPlainConnection: true))
            Issue.record("the mail went out")
        } catch {
            #expect(error.code == .mailRefused)
            #expect(error.status == 550)
            #expect(!error.mayHaveHadEffect)
        }
    }
}
