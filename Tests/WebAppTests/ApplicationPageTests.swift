import Accounts
import Applications
import CanonicalJSON
import ContactCentre
import Forms
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import LoopbackServer
import Reporting
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("Stage data: from a provider's system to the operator's answer and the sealed reports")
struct ApplicationPageTests {
    private static func record(_ number: String, _ more: String = "") -> String {
        """
        {"number":"\(number)","service":"S0288","provider":"MIA","way":"corporation","form":"paper",
        "acceptedAt":"2026-02-02T10:00:00+05:00","term":"5 working days"\(more)}
        """
    }

    private static let late = """
        ,"finishedAt":"2026-02-16T12:00:00+05:00","result":"provided","cause":"system","failedSystem":"X",
        "systemKeeper":"nit","act":"1"
        """

    private static func sent(_ records: String...) -> String {
        "{\"applications\":[\(records.joined(separator: ","))]}"
    }

    @Test("A provider's system tells records by its token, each once, and can do nothing else")
    func interface() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let provider = try await APIClient(browser, site, as: .stageSource)
            let first = try await provider.post(
                "/applications",
                Self.sent(Self.record("A-1"), Self.record("A-2", Self.late), Self.record("A-3", ",\"x\":1")))
            #expect(first.status == 200 && first.json["added"]?.int == 2 && first.json["refused"]?.int == 1)
            #expect(first.json["problems"]?.array?.first?["line"]?.int == 3)
            #expect(first.json["problems"]?.array?.first?["field"]?.string == "x")
            let again = try await provider.post(
                "/applications", Self.sent(Self.record("A-1"), Self.record("A-2", Self.late)))
            #expect(again.json["unchanged"]?.int == 2 && again.json["added"]?.int == 0)
            #expect(try await provider.post("/applications", "{\"applications\":[]}").status == 422)
            #expect(try await provider.get("/applications/A-1").status == 403)
            #expect(try await provider.get("/reports").status == 403)
            let auditor = try await APIClient(browser, site, as: .auditor)
            #expect(try await auditor.post("/applications", Self.sent(Self.record("A-9"))).status == 403)
            let reader = try await APIClient(browser, site, as: .operatorRole)
            let one = try await reader.get("/applications/a2")
            #expect(one.json["lateBy"]?.int == 5 && one.json["due"]?.string == "2026-02-09")
            #expect(try await reader.get("/applications/none").status == 404)
        }
    }

    @Test(
        "The operator tells the stage, the last day, its proof and the lateness; a complaint about the service is one key away"
    )
    func answer() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let provider = try await APIClient(browser, site, as: .stageSource)
            _ = try await provider.post(
                "/applications", Self.sent(Self.record("A-1"), Self.record("A-2", Self.late)))
            browser[cookie: "language"] = "ru"
            try await browser.signIn("operator")
            let open = try await browser.post("/calls/stage", ["number": "a 1"], from: "/calls/stage").text
            #expect(open.contains("Принято и зарегистрировано") && open.contains("Срок истек: "))
            #expect(open.contains("/calls/complaint?card=S0288") && open.contains("2026-02-09"))
            let ended = try await browser.post("/calls/stage", ["number": "A-2"], from: "/calls/stage").text
            #expect(ended.contains("Результат дан с опозданием: 5 рабочих дней"))
            let none = try await browser.post("/calls/stage", ["number": "A-9"], from: "/calls/stage").text
            #expect(none.contains("По этому номеру сведений нет"))
            #expect(try await browser.get("/applications?period=violations-2026-02&number=late").status == .forbidden)
        }
    }

    @Test(
        "A report from stage data is sealed on its page, opens its applications as of the seal, and is taken out in each form"
    )
    func report() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let provider = try await APIClient(browser, site, as: .stageSource)
            _ = try await provider.post(
                "/applications", Self.sent(Self.record("A-1"), Self.record("A-2", Self.late)))
            browser[cookie: "language"] = "ru"
            try await browser.signIn("complaintsOfficer")
            let list = try await browser.get("/reports").text
            #expect(list.contains("/reports/violations-2026-02") && list.contains("/reports/3mk-"))
            _ = try await browser.post("/reports/violations-2026-02/seal", from: "/reports/violations-2026-02")
            let page = try await browser.get("/reports/violations-2026-02").text
            #expect(page.contains("number=late.central.MIA.S0288") && page.contains("period=violations-2026-02"))
            #expect(page.contains("Аналитический отчет о нарушениях сроков"))
            // Corrected after the seal: the sealed number opens what it counted.
            _ = try await provider.post("/applications", Self.sent(Self.record("A-2")))
            let behind = "/applications?number=late&period=violations-2026-02"
            let then = try await browser.get(behind + "&revision=1").text
            #expect(then.contains("A-2") && then.contains("452: техническая причина"))
            #expect(try await !browser.get(behind).text.contains("A-2"))
            #expect(try await browser.get(behind + "&revision=2").status == .notFound)
            #expect(try await browser.get("/applications?number=received&period=2026-02").status == .notFound)
            #expect(try await browser.get(behind + "&revision=1&format=csv").text.contains("A-2"))
            let made = "/reports/violations-2026-02/revisions/1/"
            #expect(try await browser.get(made + "csv").text.contains("2026-02,late,central/MIA,S0288,1"))
            #expect(try await browser.get(made + "workbook").text.hasPrefix("PK"))
            let pages = try await browser.get(made + "pdf")
            #expect(pages.text.hasPrefix("%PDF-"))
            #expect(try await browser.get(made + "pdf").body == pages.body)
            #expect(try await browser.get("/reports/violations-2026-Q1").status == .notFound)
            #expect(try await browser.get("/reports/3mk-2026-02").status == .notFound)
            #expect(try await browser.get("/reports/4mk-2025-Q4").status == .ok)
        }
    }

    @Test(
        "What providers told the monitoring system is pulled by its cursor, each record once; a fault is told and heals"
    )
    func pull() async throws {
        let answers = Answers()
        let router = Router()
        router.get("/stages") { request, _ in
            answers.answer(request.uri.queryParameters["cursor"].map(String.init) ?? "")
        }
        let certificates = try DemoCertificates()
        try await withServer(router, tls: try certificates.server()) { port in
            let site = try await Site(bringsUpToDate: true) { _ in
            } settings: { settings in
                settings.stageAddress = "https://127.0.0.1:\(port)/stages"
                settings.stageAuthority = certificates.path("ca.pem")
            }
            let pull = try #require(site.centre.stagePull)
            answers.put("", "{\"items\":[\(Self.record("A-1")),{}],\"next\":\"c1\",\"more\":true}")
            answers.put("c1", "{\"items\":[\(Self.record("A-2"))],\"next\":\"c2\"}")
            let state = try #require(try await pull.round())
            #expect(state.fault == nil && state.taken == 2 && state.cursor == "c2" && state.refused.count == 1)
            #expect(try #require(try await pull.round()).fault != nil)
            answers.put("c2", "{\"items\":[\(Self.record("A-2"))],\"next\":\"c2\"}")
            let healed = try #require(try await pull.round())
            #expect(healed.fault == nil && healed.lastReceived == 0)
            let known = try await site.centre.applications.versions(of: "A-2")
            #expect(known.count == 1 && known[0].source == .pull)
        }
    }
}

/// What a monitoring system answers, by cursor.
private final class Answers: Sendable {
    private let bodies = Mutex<[String: String]>([:])

    func put(_ cursor: String, _ body: String) { bodies.withLock { $0[cursor] = body } }

    func answer(_ cursor: String) -> Response {
        guard let body = bodies.withLock({ $0[cursor] }) else { return Response(status: .notFound) }
        return Response(status: .ok, body: .init(byteBuffer: .init(string: body)))
    }
}
