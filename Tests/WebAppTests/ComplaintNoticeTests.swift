import Accounts
import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Correspondence
import Crypto
import Delivery
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import LoopbackServer
import Rulebook
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("A complaint reaches its body and its applicant by mail", .timeLimit(.minutes(60)))
struct ComplaintNoticeTests {
    private static let office = "kense@mne.example.kz"
    private static let applicant = "aisha@example.kz"

    private static func prepared(
        _ catcher: MailCatcher, sleep: @escaping @Sendable (Duration) async throws -> Void = quick
    ) async throws -> Site {
        let site = try await Site(
            bringsUpToDate: true, sleep: sleep,
            settings: { settings in
                settings.mailRelay = "smtp://127.0.0.1:\(catcher.port)"
                settings.mailSender = "ucc@example.kz"
                settings.publicAddress = "https://1414.example.kz"
            })
        try await site.centre.bodyLinks.setChannel(
            of: "MNE", email: office, webhook: nil, by: Actor("test"), at: site.time.now)
        return site
    }

    /// Next to no wait, so that the services go round many times in a test.
    private static let quick: @Sendable (Duration) async throws -> Void = { _ in
        try await Task.sleep(for: .milliseconds(40))
    }

    private static func register(_ site: Site, _ body: String = "MNE") async throws -> String {
        let filing = ComplaintFiling(
            channel: "phone", kind: .employees, body: body, language: "ru", subject: "Не приняли документы",
            contacts: ComplaintContacts(name: "Айша Сынақова", email: applicant),
            filedAt: site.time.now.adding(milliseconds: -60_000))
        return try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number
    }

    /// Runs what runs beside the pages until so many mails have come and each has its receipt, and then some rounds more.
    private static func run(_ site: Site, until count: Int, _ catcher: MailCatcher) async throws {
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let services = try site.centre.services(logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            while catcher.mails.count < count { try await Task.sleep(for: .milliseconds(20)) }
            while try await site.journal.read({ try isUnderWay(in: $0) }) {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await Task.sleep(for: .milliseconds(300))
            group.cancelAll()
        }
        #expect(catcher.mails.count == count)
    }

    /// Whether anything has been given to the outbox that is neither with its receiver nor given up.
    private static func isUnderWay(in db: Database) throws -> Bool {
        try DeliveryRecord.counts(in: db).contains { $0.value > 0 && $0.key != .delivered && $0.key != .dead }
    }

    private static func text(_ mail: MailCatcher.Caught) -> String {
        let body = mail.message.components(separatedBy: "\r\n\r\n").dropFirst().joined()
        return String(decoding: Data(base64Encoded: body.replacing("\r\n", with: "")) ?? Data(), as: UTF8.self)
    }

    private static func recipient(_ mail: MailCatcher.Caught) -> String? {
        mail.commands.first { $0.hasPrefix("RCPT") }
    }

    @Test("body and applicant are told once, whoever starts how often; the journal knows no address, no words, no link")
    func registered() async throws {
        let catcher = try MailCatcher(connections: 12)
        let site = try await Self.prepared(catcher)
        let number = try await Self.register(site)
        try await Self.run(site, until: 2, catcher)
        // A second start looks through the same days again.
        let again = ComplaintNoticeDesk(
            casework: site.centre.casework, vault: site.centre.vault, outbox: site.centre.outbox,
            links: site.centre.bodyLinks,
            mails: try ComplaintMails.load(Repository.path + "/schedules/letters/complaint-mails.yaml"),
            rules: ReminderRules(daysBefore: 1, hours: 9..<18, oldest: 7), address: "https://1414.example.kz",
            randomBytes: site.environment.randomBytes)
        #expect(try await again.round(at: site.time.now) == 0)
        try await Self.run(site, until: 2, catcher)
        let mails = catcher.mails
        let body = try #require(mails.first { Self.recipient($0) == "RCPT TO:<\(Self.office)>" })
        let mine = try #require(mails.first { Self.recipient($0) == "RCPT TO:<\(Self.applicant)>" })
        let (ours, his) = (Self.text(body), Self.text(mine))
        #expect(ours.contains(number) && ours.contains("https://1414.example.kz/body/"))
        #expect(!ours.contains("Айша") && !ours.contains("Не приняли"), "what is personal is read by the link")
        #expect(his.contains(number) && his.contains("https://1414.example.kz/status/"))
        #expect(his.contains("зарегистрирована") && !his.contains("тіркелді"), "in his own language")
        let code = try #require(his.firstMatch(of: /код ([A-Z0-9]{5}-[A-Z0-9]{5})/)?.output.1)
        let found = try await site.centre.bodyLinks.find(number: number, code: String(code), at: site.time.now)
        #expect(found?.request == number)
        let traces = try await site.journal.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM event WHERE payload LIKE '%aisha@%' OR payload LIKE '%/status/%'
                      OR payload LIKE '%/body/%' OR payload LIKE '%Не приняли%'
                    """) ?? -1
        }
        #expect(traces == 0)
        // The links of the mails open what they say.
        let path = try #require(ours.firstMatch(of: /example\.kz(\/body\/[A-Za-z0-9_.\-]+)/)?.output.1)
        try await site.test { browser in
            let seen = try await browser.get(String(path))
            #expect(seen.text.contains("Не приняли документы"))
        }
    }

    @Test(
        "an extension is told by mail and the term of telling is met by the receipt; question and answer are told too")
    func onTheWay() async throws {
        let catcher = try MailCatcher(connections: 12)
        let site = try await Self.prepared(catcher)
        let number = try await Self.register(site)
        let (desk, actor) = (site.centre.complaints, Actor("body-link:test"))
        try await Self.run(site, until: 2, catcher)
        try await desk.extend(
            number, as: "MNE", days: 5, reason: "нужна проверка", by: actor, at: site.time.now)
        try await desk.ask(number, as: "MNE", question: "Какого числа?", by: actor, at: site.time.now)
        try await Self.run(site, until: 4, catcher)
        let told = try await site.journal.read { db in
            try ClockRow.fetch(of: StreamID(kind: "complaint", id: number), in: db).first {
                $0.rule == "tell-applicant"
            }
        }
        #expect(told?.status == .met)
        try await desk.answer(
            number, as: "MNE", outcome: .satisfied, text: "Документы приняты", by: actor, at: site.time.now)
        try await Self.run(site, until: 5, catcher)
        let texts = catcher.mails.map(Self.text)
        #expect(texts.contains { $0.contains("нужна проверка") } && texts.contains { $0.contains("Какого числа?") })
        #expect(Self.recipient(catcher.mails[4]) == "RCPT TO:<\(Self.applicant)>")
        #expect(texts[4].contains("Документы приняты"))
    }

    @Test(
        "a body's system and a gateway of short messages get theirs over TLS, signed, once in effect though the first is lost"
    )
    func overTLS() async throws {
        let certificates = try DemoCertificates()
        let receiver = Receiver()
        try await withServer(receiver.router, tls: try certificates.server()) { port in
            let site = try await Site(
                bringsUpToDate: true, sleep: Self.quick,
                settings: { settings in
                    settings.publicAddress = "https://1414.example.kz"
                    settings.smsGateway = "https://127.0.0.1:\(port)/sms"
                    settings.smsToken = "t-1"
                    settings.smsAuthority = certificates.path("ca.pem")
                    settings.webhookAuthority = certificates.path("ca.pem")
                })
            let links = site.centre.bodyLinks
            try await links.setChannel(
                of: "MNE", email: Self.office, webhook: "https://127.0.0.1:\(port)/hook", by: Actor("test"),
                at: site.time.now)
            let filing = ComplaintFiling(
                channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Қабылдамады",
                contacts: ComplaintContacts(name: "Айша Сынақова", phone: "8 700 123 45 67"),
                filedAt: site.time.now.adding(milliseconds: -60_000))
            let number = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number
            var quiet = Logger(label: "test")
            quiet.logLevel = .critical
            let services = try site.centre.services(logger: quiet)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for service in services { group.addTask { try await service.run() } }
                while try await Self.delivered(site) < 2 {
                    site.time.advance(milliseconds: 1_000)
                    try await Task.sleep(for: .milliseconds(20))
                }
                group.cancelAll()
            }
            let (hooks, messages) = (receiver.taken("hook"), receiver.taken("sms"))
            #expect(hooks.count == 2 && messages.count == 2)
            let id = try #require(HTTPField.Name("webhook-id"))
            #expect(Set(hooks.map { $0.headers[id] }).count == 1, "the same key with each attempt")
            #expect(Set(messages.map(\.body)).count == 1)
            let hook = try JSON(parsing: hooks[1].body)
            #expect(hook["type"]?.string == "complaint.registered" && hook["data"]?["number"]?.string == number)
            #expect(!String(decoding: hooks[1].body, as: UTF8.self).contains("Айша"))
            let secret = try #require(Data(base64Encoded: String(links.webhookSecret(of: "MNE").dropFirst(6))))
            let time = hooks[1].headers[try #require(HTTPField.Name("webhook-timestamp"))] ?? ""
            let signed = Data("\(hooks[1].headers[id] ?? "").\(time).".utf8) + Data(hooks[1].body)
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
            #expect(
                hooks[1].headers[try #require(HTTPField.Name("webhook-signature"))]
                    == "v1," + Data(code).base64EncodedString())
            let message = try JSON(parsing: messages[1].body)
            #expect(message["to"]?.string == "+77001234567" && messages[1].headers[.authorization] == "Bearer t-1")
            #expect(message["text"]?.string?.contains("https://1414.example.kz/status/") == true)
        }
    }

    private static func delivered(_ site: Site) async throws -> Int {
        try await site.journal.read { try DeliveryRecord.counts(in: $0)[.delivered] ?? 0 }
    }

    /// A receiver that takes the first message of each kind and does not say so.
    private final class Receiver: Sendable {
        struct Taken: Sendable {
            let path: String
            let headers: HTTPFields
            let body: [UInt8]
        }

        private let all = Mutex<[Taken]>([])

        func taken(_ path: String) -> [Taken] { all.withLock { $0.filter { $0.path == path } } }

        var router: Router<BasicRequestContext> {
            let router = Router(context: BasicRequestContext.self)
            for path in ["hook", "sms"] {
                router.post(RouterPath(path)) { [self] request, _ -> Response in
                    let body = try await request.body.collect(upTo: 65_536)
                    all.withLock { taken in
                        taken.append(
                            Taken(path: path, headers: request.headers, body: Array(body.readableBytesView)))
                    }
                    if taken(path).count == 1 { return Response(status: .serviceUnavailable) }
                    return Response(
                        status: .ok, headers: [.contentType: "application/json"],
                        body: .init(byteBuffer: ByteBuffer(string: #"{"id":"g-7"}"#)))
                }
            }
            return router
        }
    }

    @Test(
        "a body without an address is work at once, one that does not confirm is work after a day, confirmed it is none"
    )
    func unreceived() async throws {
        let catcher = try MailCatcher(connections: 12)
        let site = try await Self.prepared(catcher)
        let onPaper = try await Self.register(site, "KGD")
        let byMail = try await Self.register(site)
        try await site.centre.notices.round(at: site.time.now)
        func waiting() async throws -> [String] {
            let limit = UnreceivedPage.limit(site.time.now)
            return try await site.journal.read { db in
                let found = try ComplaintNoticeRecord.unreceived(before: limit, limit: 10, in: db)
                #expect(try ComplaintNoticeRecord.unreceivedCount(before: limit, in: db) == found.count)
                return found.map(\.complaint)
            }
        }
        #expect(try await waiting() == [onPaper])
        site.time.advance(milliseconds: 86_400_000 + 60_000)
        #expect(try await waiting() == [onPaper, byMail])
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await browser.get("/").text.contains("/complaints/unreceived"))
            let list = try await browser.get("/complaints/unreceived").text
            #expect(list.contains(onPaper) && list.contains(byMail))
        }
        try await site.centre.complaints.receive(byMail, as: "MNE", by: Actor("test"), at: site.time.now)
        try await site.centre.complaints.withdraw(
            onPaper, happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
        #expect(try await waiting().isEmpty)
    }

    @Test("a body is reminded before its last day and at the breach, at working hours, each once")
    func reminders() async throws {
        let catcher = try MailCatcher(connections: 1)
        let site = try await Self.prepared(catcher)
        let number = try await Self.register(site)
        let due = try #require(try await site.journal.read { try ComplaintRecord.fetch(id: number, in: $0) }).dueOn
        let calendar = try await site.journal.read { try site.centre.casework.calendars.calendar(in: $0) }
        let next = try calendar.date(adding: 1, to: due)
        var made: [Int] = []
        for (date, hour) in [(due, 3), (due, 10), (due, 15), (next, 3), (next, 10), (next, 16)] {
            let moment = site.environment.zone.moment(of: date, hour: hour, minute: 5)
            site.time.advance(milliseconds: moment.millisecondsSince1970 - site.time.now.millisecondsSince1970)
            try await site.centre.casework.recordBreaches(at: moment)
            made.append(try await site.centre.notices.remind(at: moment))
        }
        #expect(made == [0, 1, 0, 0, 1, 0])
    }

    @Test("what happened days ago is no news, and a body that has the complaint no more is told nothing")
    func old() async throws {
        let catcher = try MailCatcher(connections: 1)
        let site = try await Self.prepared(catcher)
        let number = try await Self.register(site)
        try await site.centre.complaints.transfer(
            number, to: "KGD", reason: "налоги", happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
        site.time.advance(milliseconds: 60_000)
        try await site.centre.notices.round(at: site.time.now)
        let notices = try await site.journal.read { try ComplaintNoticeRecord.fetch(complaint: number, in: $0) }
        #expect(Set(notices.map(\.about)) == [.bodyComplaint, .applicantTransferred])
        #expect(notices.compactMap(\.body) == ["KGD"])
        let other = try await Self.register(site)
        site.time.advance(milliseconds: 4 * 86_400_000)
        try await site.centre.notices.round(at: site.time.now)
        #expect(try await site.journal.read { try ComplaintNoticeRecord.fetch(complaint: other, in: $0) }.isEmpty)
    }
}
