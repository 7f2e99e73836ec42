import Casework
import ContactCentre
import Correspondence
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Logging
import LoopbackServer
import Onboarding
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Mail from the case over the outbox to a real relay", .timeLimit(.minutes(10)))
struct MailEndToEndTests {
    /// A site whose mail goes to a catcher, with one request that runs; and the clock of its first term.
    private static func prepared(_ catcher: MailCatcher, rounds: Rounds) async throws -> (Site, ClockRow) {
        let site = try await Site(
            bringsUpToDate: true, sleep: rounds.sleep,
            settings: { settings in
                settings.mailRelay = "smtp://127.0.0.1:\(catcher.port)"
                settings.mailSender = "ucc@example.kz"
                settings.reminderRecipients = ["duty@example.kz"]
            })
        let (desk, now, actor) = (site.centre.onboarding, site.time.now, Actor("user:coordinator"))
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MNE", requestOn: site.centre.casework.today(now),
            approval: "№ 1")
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        try await desk.perform(.approve(line, at: now), on: id, by: actor, at: now)
        try await desk.perform(.send(RequestSent(number: "5", channel: "mail"), at: now), on: id, by: actor, at: now)
        try await desk.perform(.receive(RequestReceived(proof: "77"), at: now), on: id, by: actor, at: now)
        let clock = try #require(
            try await site.journal.read { db in
                try ClockRow.fetch(of: StreamID(kind: "onboarding", id: id), in: db)
                    .first { $0.rule == "appoint-responsible-person" }
            })
        return (site, clock)
    }

    @Test("A term reminds once before its last day and once at its breach, at working hours, with nobody's data in it")
    func reminders() async throws {
        let catcher = try MailCatcher(connections: 8)
        let rounds = Rounds()
        let (site, clock) = try await Self.prepared(catcher, rounds: rounds)
        let calendar = try await site.journal.read { try site.centre.casework.calendars.calendar(in: $0) }
        let next = try calendar.date(adding: 1, to: clock.due)
        let saturday = try #require((1...7).map { next.adding(days: $0) }.first { $0.weekday == .saturday })
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        try await Self.running(try site.centre.services(logger: quiet)) {
            // Each step: a moment, and how many mails have left by then. Rounds go on all the time.
            let steps: [(CivilDate, Int, Int)] = [
                (clock.due, 4, 0), (clock.due, 10, 1), (clock.due, 17, 1), (clock.due, 22, 1), (next, 3, 1),
                (next, 9, 2), (next, 16, 2), (saturday, 11, 2), (next.adding(days: 30), 11, 2),
            ]
            for (date, hour, count) in steps {
                let moment = site.environment.zone.moment(of: date, hour: hour, minute: 5)
                guard moment > site.time.now else { continue }
                site.time.advance(
                    milliseconds: moment.millisecondsSince1970 - site.time.now.millisecondsSince1970)
                try await site.centre.casework.recordBreaches(at: moment)
                while catcher.mails.count < count { try await Task.sleep(for: .milliseconds(20)) }
                await rounds.wait(for: 3)
                #expect(catcher.mails.count == count, "\(date) \(hour):05")
            }
        }
        let mails = catcher.mails
        for (mail, word) in zip(
            mails, [("Мерзім жақындап қалды", "Срок истекает"), ("Мерзім бұзылды", "Срок нарушен")])
        {
            #expect(mail.commands.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<duty@example.kz>"])
            let (subject, text) = Self.read(mail.message)
            #expect(subject == "\(word.0) / \(word.1): \(clock.stream.id)")
            #expect(text.contains(word.0) && text.contains(word.1))
            #expect(text.contains(LetterPDF.short(clock.due)) && text.contains(clock.stream.rawValue))
            #expect(text.contains("Ұлттық экономика министрлігі") && text.contains("национальной экономики"))
            // Neither who did it nor whom the body appointed.
            #expect(!text.contains("user:") && !text.contains("@") && !text.contains("+7"))
        }
        #expect(mails.count == 2)
        #expect(Set(mails.map { Self.header("Message-ID", $0.message) }).count == 2)
    }

    @Test("A card goes to the caller who asked for it, once; his address is in no event and no log")
    func card() async throws {
        let catcher = try MailCatcher(connections: 8)
        let rounds = Rounds()
        let (site, _) = try await Self.prepared(catcher, rounds: rounds)
        let code = try await site.journal.read { db in
            try String.fetchOne(db, sql: "SELECT code FROM card ORDER BY code LIMIT 1") ?? ""
        }
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        try await Self.running(try site.centre.services(logger: quiet)) {
            try await site.test { browser in
                try await browser.signIn("operator")
                let wrong = try await browser.post(
                    "/cards/\(code)/mail", ["address": "nobody", "language": "kk"], from: "/cards/\(code)")
                #expect(wrong.status == .unprocessableContent)
                let sent = try await browser.post(
                    "/cards/\(code)/mail", ["address": "aigul@example.kz", "language": "kk"], from: "/cards/\(code)")
                #expect(sent.status == .seeOther)
            }
            while catcher.mails.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            await rounds.wait(for: 3)
        }
        let mail = try #require(catcher.mails.first)
        #expect(catcher.mails.count == 1)
        #expect(mail.commands.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<aigul@example.kz>"])
        let (subject, text) = Self.read(mail.message)
        #expect(!subject.isEmpty && text.contains("1414"))
        let traces = try await site.journal.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE payload LIKE '%aigul%'") ?? -1
        }
        #expect(traces == 0)
    }

    /// Runs what runs beside the pages for as long as a test's body takes.
    private static func running(
        _ services: [any Service], _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            try await body()
            group.cancelAll()
        }
    }

    private static func header(_ name: String, _ message: String) -> String {
        let unfolded = message.replacing("\r\n ", with: " ")
        let line = unfolded.components(separatedBy: "\r\n").first { $0.hasPrefix(name + ": ") } ?? ""
        return String(line.dropFirst(name.count + 2))
    }

    /// The subject and the text of a mail, decoded.
    private static func read(_ message: String) -> (subject: String, text: String) {
        let words = header("Subject", message).split(separator: " ").compactMap { word in
            Data(base64Encoded: String(word.dropFirst("=?UTF-8?B?".count).dropLast(2)))
        }
        let body = message.components(separatedBy: "\r\n\r\n").dropFirst().joined()
        let bytes = Data(base64Encoded: body.replacing("\r\n", with: "")) ?? Data()
        return (String(decoding: Data(words.joined()), as: UTF8.self), String(decoding: bytes, as: UTF8.self))
    }
}

/// How the services of a test wait: next to nothing, so that each goes round many times; the rounds are counted.
private final class Rounds: Sendable {
    private let count = Mutex(0)

    @Sendable func sleep(_ duration: Duration) async throws {
        try await Task.sleep(for: .milliseconds(40))
        count.withLock { $0 += 1 }
    }

    /// Waits until all services have gone round some times more.
    func wait(for more: Int) async {
        // Each of the services waits on its own: some rounds of one are not a round of each.
        let aim = count.withLock { $0 } + more * 5
        while count.withLock({ $0 }) < aim {
            // Cancelled, the test ends.
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return }
        }
    }
}
