import Accounts
import Backup
import ContactCentre
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import TestSupport
import Testing

@testable import WebApp

@Suite("What is watched from outside")
struct MetricsTests {
    /// A sample: the name with its labels, and the value.
    private typealias Samples = [String: Double]

    /// Reads the text format strictly: each sample belongs to the family that was announced last.
    private static func read(_ text: String) throws -> Samples {
        var samples: Samples = [:]
        var family = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("# HELP ") { continue }
            if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                family = String(type.1)
                continue
            }
            let match = try #require(
                line.wholeMatch(
                    of: /([a-z_]+)(\{[a-z]+="(?:[^"\\\n]|\\.)*"(?:,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? ([0-9.e+-]+)/),
                "\(line)")
            let name = String(match.1)
            #expect(name == family || name.hasPrefix(family + "_"), "\(name) stands below \(family)")
            let key = name + (match.2.map(String.init) ?? "")
            #expect(samples[key] == nil, "\(key) is there twice")
            samples[key] = Double(match.3)
        }
        #expect(text.hasSuffix("\n"))
        return samples
    }

    private static func get(_ site: Site, _ path: String) async throws -> (status: HTTPResponse.Status, text: String) {
        try await Application(router: MetricsSite.router(site.environment)).test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            return (response.status, String(buffer: response.body))
        }
    }

    @Test("Requests are counted by the pattern of the route, with durations; what leads nowhere counts as one")
    func requests() async throws {
        let site = try await Site()
        try await site.test { browser in
            for _ in 0..<3 { _ = try await browser.get("/health/live") }
            _ = try await browser.get("/no/such/page/880101300123")
            _ = try await browser.get("/nor/this")
        }
        let text = try await Self.get(site, "/metrics").text
        let samples = try Self.read(text)
        #expect(samples[#"bailanys_http_requests_total{method="GET",route="/health/live",status="200"}"#] == 3)
        let counted = samples.keys.filter { $0.contains("requests_total") }.sorted()
        #expect(samples[#"bailanys_http_requests_total{method="-",route="-",status="404"}"#] == 2, "\(counted)")
        let bucket = #"bailanys_http_request_duration_seconds_bucket{method="GET",route="/health/live",le="+Inf"}"#
        #expect(samples[bucket] == 3)
        #expect(samples[#"bailanys_http_request_duration_seconds_count{method="GET",route="/health/live"}"#] == 3)
        #expect(!text.contains("880101300123"))
    }

    @Test("The figures of the centre are there; an age that is not known is absent")
    func figures() async throws {
        let site = try await Site(bringsUpToDate: true)
        let samples = try Self.read(try await Self.get(site, "/metrics").text)
        let head = try site.journal.head()
        #expect(samples["bailanys_journal_position"] == Double(head.position))
        for name in [
            "bailanys_disk_free_bytes", "bailanys_memory_bytes", "bailanys_calendar_last_year",
            #"bailanys_store_bytes{store="journal.db"}"#,
        ] {
            #expect(samples[name].map { $0 > 0 } == true, "\(name)")
        }
        #expect(samples["bailanys_writer_stopped"] == 0 && samples["bailanys_clock_held"] == 0)
        #expect(samples["bailanys_backup_age_seconds"] == nil && samples["bailanys_drill_succeeded"] == nil)
    }

    @Test("A backup and a drill are seen with their age, and a failed drill as failed")
    func upkeep() async throws {
        let site = try await Site()
        _ = try site.centre.backUp(
            to: site.folder.file("backup"), for: [BackupPrivateKey().recipient], by: .commandLine("test"))
        try site.centre.record(
            RestoreDrilled(point: "x", position: 1, isSame: false, isOpened: false, seconds: 1, faults: ["x"]),
            by: .commandLine("test"))
        site.time.advance(milliseconds: 30 * 3_600_000)
        let samples = try Self.read(try await Self.get(site, "/metrics").text)
        #expect(samples["bailanys_backup_age_seconds"].map { $0 >= 30 * 3_600 } == true)
        #expect(samples["bailanys_drill_succeeded"] == 0)
        let ready = try await Self.get(site, "/health/ready")
        #expect(ready.status == .ok)
        for word in [#""backup":"old""#, #""drill":"failed""#, #""disk":"ok""#, #""writer":"ok""#, #""outbox":"ok""#] {
            #expect(ready.text.contains(word), "\(ready.text)")
        }
    }

    @Test(
        "The page says in words what stands how, what is at fault first and with what to do; for administrators alone")
    func page() async throws {
        let site = try await Site()
        try site.centre.record(
            RestoreDrilled(point: "x", position: 1, isSame: false, isOpened: false, seconds: 1, faults: ["x"]),
            by: .commandLine("test"))
        try await site.test { browser in
            try await browser.signIn("operator")
            #expect(try await browser.get("/system").status == .forbidden)
            let admin = Browser(client: browser.client)
            try await admin.signIn("administrator")
            #expect(try await admin.get("/").text.contains(#"href="/system""#))
            let page = try await admin.get("/system").text
            let drill = try #require(page.firstRange(of: "Сынама қалпына келтіру"))
            let backup = try #require(page.firstRange(of: "Резервтік көшірме"))
            #expect(drill.lowerBound < backup.lowerBound, "what failed stands before what is missing")
            #expect(page.contains("bailanys drill") && page.contains("әлі болған жоқ") && page.contains("journal.db"))
        }
    }

    @Test("What keeps the centre from working is told by the status")
    func notReady() async throws {
        let site = try await Site(settings: { $0.diskReserve = 1 << 40 })
        let ready = try await Self.get(site, "/health/ready")
        #expect(ready.status == .serviceUnavailable)
        #expect(ready.text.contains(#""disk":"full""#) && ready.text.contains(#""status":"not ready""#))
        #expect(try await Self.get(site, "/health/live").status == .ok)
    }
}
