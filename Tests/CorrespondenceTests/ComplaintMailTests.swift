import Delivery
import Foundation
import Languages
import TestSupport
import Testing
import WorkingDays

@testable import Correspondence

@Suite("What the systems of bodies are told")
struct WebhookTests {
    @Test("the signature is the one of Standard Webhooks: a vector of its own libraries")
    func vector() throws {
        let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = WebhookTransport.signature(
            of: Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
            by: Array(key))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("each body has a secret of its own, and the address of a system is one of https without a password")
    func secrets() throws {
        let key = BodyLinkKey(Array(repeating: 7, count: 32))
        #expect(key.webhookSecret(of: "MNE") == key.webhookSecret(of: "MNE"))
        #expect(key.webhookSecret(of: "MNE") != key.webhookSecret(of: "KGD"))
        let secret = try #require(Data(base64Encoded: String(key.webhookSecret(of: "MNE").dropFirst("whsec_".count))))
        #expect(Array(secret) == key.webhookKey(of: "MNE"))
        for address in ["http://a.kz", "https://", "https://u:p@a.kz/", "ftp://a.kz", "a.kz", "https://a.kz/#x"] {
            #expect(!WebhookTransport.isAddress(address), "\(address)")
        }
        #expect(WebhookTransport.isAddress("https://kense.example.kz:8443/hooks?a=1"))
    }

    @Test("telephones are taken however they are typed, and none of another country")
    func telephones() {
        for typed in ["+7 700 123 45 67", "8(700)123-45-67", "7001234567", "+77001234567"] {
            #expect(PersonalSMSTransport.number(typed) == "+77001234567", "\(typed)")
        }
        for typed in ["", "1234567", "+1 202 555 01 00", "+7 495 123 45 67", "77001234567890"] {
            #expect(PersonalSMSTransport.number(typed) == nil, "\(typed)")
        }
    }
}

@Suite("The words of mails about complaints")
struct ComplaintMailTests {
    private static let path = Repository.path + "/schedules/letters/complaint-mails.yaml"

    @Test("each mail has its words in both languages, names what it must, and leaves no field open")
    func words() throws {
        let mails = try ComplaintMails.load(Self.path)
        for kind in ComplaintMailKind.allCases {
            let values = Dictionary(
                uniqueKeysWithValues: kind.fields.map { ($0, Localized(kk: "‹\($0)›", ru: "‹\($0)›")) })
            let (kk, ru) = (mails.mail(kind, values, in: [.kk]), mails.mail(kind, values, in: [.ru]))
            #expect(kk.text != ru.text && kk.subject.contains("‹number›") && ru.subject.contains("‹number›"))
            for text in [kk.text, ru.text] {
                #expect(text.contains("‹link›") && !text.contains("{"), "\(kind.rawValue)")
            }
            let both = mails.mail(kind, values, in: [.kk, .ru])
            #expect(both.text.contains(kk.text.dropLast()) && both.text.contains(ru.text.dropLast()))
        }
    }

    @Test("a value is filled in once: braces and line breaks in it are text, and no second header in a subject")
    func values() throws {
        let mails = try ComplaintMails.load(Self.path)
        let evil = Localized(kk: "1\r\nBcc: x@y.kz {link}", ru: "1\r\nBcc: x@y.kz {link}")
        let mail = mails.mail(.bodyAdded, ["number": evil, "due": evil, "link": evil], in: [.ru])
        #expect(!mail.subject.contains { $0.isNewline } && mail.text.contains("{link}"))
    }

    @Test("a file with a missing mail, an unknown one or an unknown field is refused with its line")
    func faults() throws {
        let folder = TemporaryFolder()
        let path = folder.file("mails.yaml")
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
            .replacing("body-breach:", with: "body-brech:").replacing("Причина: {reason}", with: "Причина: {why}")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: LetterTemplateError.self) { try ComplaintMails.load(path) }
        let problems = error?.problems.joined(separator: "\n") ?? ""
        #expect(problems.contains("there is no mail “body-brech”"))
        #expect(problems.contains("of body-breach in kk is missing"))
        #expect(problems.contains("{why}") && problems.contains("mails.yaml:"))
        #expect(throws: LetterTemplateError.self) { try ComplaintMails.load(folder.file("none.yaml")) }
    }
}
