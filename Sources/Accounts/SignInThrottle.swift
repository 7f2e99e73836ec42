import WorkingDays

/// What wrong attempts are counted by. Each kind is a case of its own: nothing that is typed can name another's counter.
package enum AttemptKey: Hashable, Sendable {
    /// Passwords for a name from one network.
    case password(name: String, network: String)
    /// Passwords for a name from anywhere but devices that are known.
    case name(String)
    /// Passwords for a name from a device that has let its owner in before.
    case device(name: String, digest: [UInt8])
    /// One-time codes of an account.
    case code(Int64)
    /// The present password of an account, when it is to be changed.
    case present(Int64)

    /// How many failures cost nothing.
    ///
    /// For a name in all they are many: a stranger who knows it must not keep its owner out with a handful of guesses, and
    /// still a thousand networks do not guess a thousand times as fast.
    var free: Int {
        switch self {
        case .name: 100
        case .password, .device, .code, .present: 5
        }
    }
}

/// When too many wrong attempts close a door for a while.
///
/// Pure: it remembers failures by key and says until when the next attempt is refused. The first cost nothing; then the
/// wait doubles from half a minute to a quarter of an hour. Names that do not exist are counted alike.
package struct SignInThrottle: Sendable {
    private struct Record: Sendable {
        var failures: Int
        var last: Moment
    }

    private var records: [AttemptKey: Record] = [:]
    private let firstWait: Int64
    private let longestWait: Int64
    private let memory: Int64
    private let mostKeys: Int

    /// A throttle.
    /// - Parameters:
    ///   - firstWait: the first wait, in milliseconds; each further failure doubles it.
    ///   - longestWait: the longest wait, in milliseconds.
    ///   - memory: failures are forgotten after so long without another, in milliseconds.
    ///   - mostKeys: how many keys are remembered at the same time.
    package init(
        firstWait: Int64 = 30_000, longestWait: Int64 = 15 * 60_000, memory: Int64 = 60 * 60_000,
        mostKeys: Int = 20_000
    ) {
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.memory = memory
        self.mostKeys = mostKeys
    }

    /// Counts an attempt at all of these keys as failed before it is looked at, so that a hundred guesses sent at once do
    /// not all pass; where one of them is closed, nothing is counted.
    /// - Returns: until when the attempt is refused; nil where it may be looked at.
    package mutating func begin(_ keys: [AttemptKey], at now: Moment) -> Moment? {
        if let until = keys.compactMap({ refusedUntil($0, at: now) }).max() { return until }
        for key in keys { noteFailure(key, at: now) }
        return nil
    }

    /// Takes an attempt back that was begun and not looked at: too many were waiting.
    package mutating func takeBack(_ keys: [AttemptKey]) {
        for key in keys {
            guard var record = records[key] else { continue }
            record.failures -= 1
            records[key] = record.failures > 0 ? record : nil
        }
    }

    /// Until when an attempt is refused; nil where it is not.
    package func refusedUntil(_ key: AttemptKey, at now: Moment) -> Moment? {
        guard let record = records[key], record.failures >= key.free, !isForgotten(record, at: now) else { return nil }
        let doublings = min(record.failures - key.free, 16)
        let until = record.last.adding(milliseconds: min(firstWait << doublings, longestWait))
        // No wait is longer than the longest: what lies further ahead comes of a clock that has been set back.
        let ahead = until.millisecondsSince1970 - now.millisecondsSince1970
        return ahead > 0 && ahead <= longestWait ? until : nil
    }

    /// Counts a wrong attempt.
    package mutating func noteFailure(_ key: AttemptKey, at now: Moment) {
        if records.count >= mostKeys { records = records.filter { !isForgotten($0.value, at: now) } }
        if records.count >= mostKeys, let oldest = records.min(by: { $0.value.last < $1.value.last }) {
            records[oldest.key] = nil
        }
        let before = records[key].flatMap { isForgotten($0, at: now) ? nil : $0.failures } ?? 0
        records[key] = Record(failures: before + 1, last: now)
    }

    /// Forgets the failures of keys, after a right attempt.
    package mutating func noteSuccess(_ keys: [AttemptKey]) { for key in keys { records[key] = nil } }

    private func isForgotten(_ record: Record, at now: Moment) -> Bool {
        now.millisecondsSince1970 - record.last.millisecondsSince1970 >= memory
    }
}
