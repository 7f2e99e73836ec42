import Synchronization

/// How many requests were answered, how and how fast, since the start; by the pattern of the route, never by an address.
package final class RequestMetrics: Sendable {
    /// What is counted apart.
    struct Route: Hashable, Comparable {
        let method: String
        let pattern: String

        static func < (left: Route, right: Route) -> Bool {
            (left.pattern, left.method) < (right.pattern, right.method)
        }
    }

    /// The figures of a route.
    struct Series: Sendable {
        /// How many were answered with each status.
        var statuses: [Int: Int] = [:]
        /// How many took at most so long as each bound says.
        var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)
        /// The milliseconds of all of them.
        var milliseconds = 0.0
        var count = 0
    }

    /// The bounds of the durations, in milliseconds.
    static let bounds: [Double] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000]

    private let series = Mutex<[Route: Series]>([:])

    /// No requests yet.
    package init() {}

    /// Notes an answered request.
    /// - Parameter pattern: of the route; all that lead nowhere count as one.
    func note(method: String, pattern: String, status: Int, milliseconds: Double) {
        series.withLock { all in
            var series = all[Route(method: method, pattern: pattern)] ?? Series()
            series.statuses[status, default: 0] += 1
            for (index, bound) in Self.bounds.enumerated() where milliseconds <= bound { series.buckets[index] += 1 }
            series.milliseconds += milliseconds
            series.count += 1
            all[Route(method: method, pattern: pattern)] = series
        }
    }

    /// The figures of all routes, in the order of their patterns.
    var all: [(route: Route, series: Series)] {
        series.withLock { $0 }.sorted { $0.key < $1.key }.map { (route: $0.key, series: $0.value) }
    }
}
