import CanonicalJSON
import ContactCentre
import Hummingbird
import HummingbirdCore
import Logging
import WorkingDays

/// What is watched from outside, on a port of its own that only the machine itself reaches: `/metrics` for Prometheus,
/// `/health/ready` with a word for each thing that can be wrong, `/health/live`.
package enum MetricsSite {
    /// The site, ready to run as a service.
    /// - Parameters:
    ///   - host: where it listens, 127.0.0.1 unless somebody has said otherwise.
    ///   - port: 0 for any free one.
    ///   - onListening: told the port.
    package static func application(
        _ environment: WebEnvironment, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(environment), server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(16)),
            onServerRunning: { channel in if let port = channel.localAddress?.port { onListening(port) } },
            logger: logger)
    }

    static func router(_ environment: WebEnvironment) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/metrics") { _, _ in
            let text = Self.text(
                try await environment.centre.figures(), environment.metrics, tls: environment.configuration.tls)
            return answer(.ok, "text/plain; version=0.0.4; charset=utf-8", Array(text.utf8))
        }
        router.get("/health/live") { _, _ in answer(.ok, "application/json", Array(#"{"status":"alive"}"#.utf8)) }
        router.get("/health/ready") { _, _ in
            let problems = await environment.problems()
            var words = try await environment.centre.figures().words
            words["status"] = problems.isEmpty ? "ready" : "not ready"
            let json = JSON.object(words.mapValues(JSON.string))
            return answer(problems.isEmpty ? .ok : .serviceUnavailable, "application/json", json.bytes)
        }
        return router
    }

    private static func answer(_ status: HTTPResponse.Status, _ type: String, _ bytes: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The figures as Prometheus reads them.
    static func text(_ figures: CentreFigures, _ requests: RequestMetrics, tls: TLSKeeper? = nil) -> String {
        var page = Exposition()
        write(requests, to: &page)
        write(figures, to: &page)
        page.single(
            "bailanys_tls_certificate_end_seconds", .gauge,
            "When the certificate that is shown ends, in seconds since 1970; absent without TLS of its own.",
            tls.map { Double($0.validUntil.millisecondsSince1970 / 1_000) })
        page.single(
            "bailanys_tls_pair_refused", .gauge,
            "1 while what lies in the files of certificate and key is not what is shown, since it is wrong.",
            tls.map { $0.fault == nil ? 0 : 1 })
        return page.text
    }

    private static func write(_ requests: RequestMetrics, to page: inout Exposition) {
        let all = requests.all
        let total = "bailanys_http_requests_total"
        page.family(total, .counter, "Answered requests by the pattern of the route.")
        for (route, series) in all {
            for (status, count) in series.statuses.sorted(by: { $0.key < $1.key }) {
                page.sample(
                    total, ["method": route.method, "route": route.pattern, "status": "\(status)"], Double(count))
            }
        }
        let duration = "bailanys_http_request_duration_seconds"
        page.family(duration, .histogram, "How long answers took, by the pattern of the route.")
        for (route, series) in all {
            for (bound, count) in zip(RequestMetrics.bounds, series.buckets) {
                page.sample(
                    duration + "_bucket",
                    ["method": route.method, "route": route.pattern, "le": "\(bound / 1_000)"], Double(count))
            }
            let labels: KeyValuePairs = ["method": route.method, "route": route.pattern]
            page.sample(
                duration + "_bucket", ["method": route.method, "route": route.pattern, "le": "+Inf"],
                Double(series.count))
            page.sample(duration + "_sum", labels, series.milliseconds / 1_000)
            page.sample(duration + "_count", labels, Double(series.count))
        }
        let searches = all.filter { ["/search", "/api/v1/search"].contains($0.route.pattern) }
        page.single(
            "bailanys_searches_total", .counter, "Searches, on the page and through the JSON interface.",
            Double(searches.reduce(0) { $0 + $1.series.count }))
    }

    private static func write(_ figures: CentreFigures, to page: inout Exposition) {
        page.single(
            "bailanys_journal_position", .gauge, "The position of the last event.", Double(figures.position))
        page.family("bailanys_store_bytes", .gauge, "The size of each store with its log.")
        for (name, bytes) in figures.storeBytes.sorted(by: { $0.key < $1.key }) {
            page.sample("bailanys_store_bytes", ["store": name], Double(bytes))
        }
        page.family("bailanys_open_clocks", .gauge, "Open clocks by how they stand.")
        for (status, count) in figures.openClocks.sorted(by: { $0.key < $1.key }) {
            page.sample("bailanys_open_clocks", ["status": status], Double(count))
        }
        page.single(
            "bailanys_late_clocks", .gauge, "Open clocks whose last day is over.", Double(figures.lateClocks))
        page.family("bailanys_deliveries", .gauge, "Deliveries by phase; dead ones were given up.")
        for phase in ["attempting", "dead", "delivered", "waiting"] {
            page.sample("bailanys_deliveries", ["phase": phase], Double(figures.deliveries[phase] ?? 0))
        }
        page.single(
            "bailanys_outbox_age_seconds", .gauge, "How long the oldest undelivered thing has waited.",
            Double(figures.outboxAge))
        page.single(
            "bailanys_backup_age_seconds", .gauge, "How long ago the last backup was completed; absent where none was.",
            figures.backupAge.map(Double.init))
        page.single(
            "bailanys_offsite_age_seconds", .gauge,
            "How long ago a restore point was last whole on another machine; absent where none was.",
            figures.offsiteAge.map(Double.init))
        page.single(
            "bailanys_offsite_wanted", .gauge, "1 where the settings ask for a copy on another machine.",
            figures.wantsOffsite ? 1 : 0)
        page.single(
            "bailanys_audit_behind_events", .gauge,
            "Events that the auditor's system has not been told of; absent where it is told of none.",
            figures.auditBehind.map(Double.init))
        page.single(
            "bailanys_directory_implausible", .gauge,
            "Whether the directory finds none of its people, so that nobody was closed; absent where none is set.",
            figures.isDirectoryImplausible.map { $0 ? 1 : 0 })
        page.single(
            "bailanys_drill_age_seconds", .gauge, "How long ago the last restore drill ended; absent where none did.",
            figures.drillAge.map(Double.init))
        page.single(
            "bailanys_drill_succeeded", .gauge, "Whether the last restore drill found all as it was.",
            figures.drillSucceeded.map { $0 ? 1 : 0 })
        page.single(
            "bailanys_integrity_faults", .gauge, "Events, pages and files that are not as they were written.",
            Double(figures.integrity.faults.count))
        page.single(
            "bailanys_integrity_age_seconds", .gauge,
            "How long ago everything that is kept was last read to its end; absent before the first time since the start.",
            figures.integrity.readAt.map {
                Double(max(0, figures.at.millisecondsSince1970 - $0.millisecondsSince1970)) / 1_000
            })
        page.single(
            "bailanys_calendar_last_year", .gauge, "The last year of the calendar in force.",
            figures.lastCalendarYear.map(Double.init))
        page.single(
            "bailanys_disk_free_bytes", .gauge, "Free bytes of the disk of the data folder.",
            figures.diskFree.map(Double.init))
        page.single(
            "bailanys_disk_reserve_bytes", .gauge, "Bytes that are kept free of uploads.", Double(figures.diskReserve))
        page.single(
            "bailanys_memory_bytes", .gauge, "Memory that the process holds.", figures.memory.map(Double.init))
        page.single(
            "bailanys_writer_stopped", .gauge, "1 after an error of the disk, until the program is started again.",
            figures.writerProblem == nil ? 0 : 1)
        page.single(
            "bailanys_clock_held", .gauge, "1 while the machine's clock is in doubt.", figures.isClockHeld ? 1 : 0)
    }
}
