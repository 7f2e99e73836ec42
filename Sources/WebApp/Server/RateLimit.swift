import Synchronization
import WorkingDays

/// How many requests are let through: `burst` at once, then `perSecond` as time goes by.
package struct RateLimit: Hashable, Sendable {
    /// How many at once.
    package let burst: Double
    /// How many more each second.
    package let perSecond: Double

    /// A limit.
    package init(burst: Double, perSecond: Double) {
        self.burst = burst
        self.perSecond = perSecond
    }
}

/// Token buckets by key (a person, an address), of a bounded number.
package struct TokenBuckets: Sendable {
    private struct Bucket: Sendable {
        var tokens: Double
        var at: Int64
    }

    private let limit: RateLimit
    private let mostKeys: Int
    private var buckets: [String: Bucket] = [:]

    /// Buckets that all have this limit.
    package init(_ limit: RateLimit, mostKeys: Int = 20_000) {
        self.limit = limit
        self.mostKeys = mostKeys
    }

    /// Takes one token; nil where there was one, otherwise the seconds until there is.
    package mutating func take(_ key: String, at now: Moment) -> Int? {
        let now = now.millisecondsSince1970
        if buckets.count >= mostKeys, buckets[key] == nil { forget(at: now) }
        var bucket = buckets[key] ?? Bucket(tokens: limit.burst, at: now)
        bucket.tokens = refilled(bucket, at: now)
        bucket.at = now
        defer { buckets[key] = bucket }
        guard bucket.tokens < 1 else {
            bucket.tokens -= 1
            return nil
        }
        return max(1, Int(((1 - bucket.tokens) / limit.perSecond).rounded(.up)))
    }

    private func refilled(_ bucket: Bucket, at now: Int64) -> Double {
        min(limit.burst, bucket.tokens + Double(max(0, now - bucket.at)) / 1_000 * limit.perSecond)
    }

    /// Full buckets need not be remembered; if all are in use, all are forgotten rather than memory growing.
    private mutating func forget(at now: Int64) {
        buckets = buckets.filter { refilled($0.value, at: now) < limit.burst }
        if buckets.count >= mostKeys { buckets.removeAll() }
    }
}

/// Token buckets that requests share.
final class RateLimiter: Sendable {
    private let buckets: Mutex<TokenBuckets>

    init(_ limit: RateLimit) { buckets = Mutex(TokenBuckets(limit)) }

    /// Goes on where there is a token for `key`.
    /// - Throws: `TooManyRequests` where there is none.
    func take(_ key: String, at now: Moment) throws(TooManyRequests) {
        if let wait = buckets.withLock({ $0.take(key, at: now) }) { throw TooManyRequests(seconds: wait) }
    }
}

/// More requests than are let through.
struct TooManyRequests: Error, CustomStringConvertible {
    /// After how many seconds the next is.
    let seconds: Int

    var description: String { "Too many requests: try again in \(seconds) s." }
}
