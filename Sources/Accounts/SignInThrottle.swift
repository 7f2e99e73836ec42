import WorkingDays

/// When too many wrong passwords close an account for a while.
///
/// Pure: it remembers failures per login name and says until when the next attempt is refused. The first five cost
/// nothing; then the wait doubles from half a minute to a quarter of an hour and never grows into a lock-out, since that
/// would let a stranger keep an operator from his work. Names that do not exist are counted alike.
package struct SignInThrottle: Sendable {
    private struct Record: Sendable {
        var failures: Int
        var last: Moment
    }

    private var records: [String: Record] = [:]
    private let free: Int
    private let firstWait: Int64
    private let longestWait: Int64
    private let memory: Int64
    private let mostNames: Int

    /// A throttle.
    /// - Parameters:
    ///   - free: how many failures cost nothing.
    ///   - firstWait: the first wait, in milliseconds; each further failure doubles it.
    ///   - longestWait: the longest wait, in milliseconds.
    ///   - memory: failures are forgotten after so long without another, in milliseconds.
    ///   - mostNames: how many names are remembered at the same time.
    package init(
        free: Int = 5, firstWait: Int64 = 30_000, longestWait: Int64 = 15 * 60_000, memory: Int64 = 60 * 60_000,
        mostNames: Int = 10_000
    ) {
        self.free = free
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.memory = memory
        self.mostNames = mostNames
    }

    /// Until when an attempt at `name` is refused; nil where it is not.
    package func refusedUntil(name: String, at now: Moment) -> Moment? {
        guard let record = records[name], record.failures >= free, !isForgotten(record, at: now) else { return nil }
        let doublings = min(record.failures - free, 16)
        let until = record.last.adding(milliseconds: min(firstWait << doublings, longestWait))
        // No wait is longer than the longest: what lies further ahead comes of a clock that has been set back.
        let ahead = until.millisecondsSince1970 - now.millisecondsSince1970
        return ahead > 0 && ahead <= longestWait ? until : nil
    }

    /// Counts a wrong password.
    package mutating func noteFailure(name: String, at now: Moment) {
        if records.count >= mostNames { records = records.filter { !isForgotten($0.value, at: now) } }
        if records.count >= mostNames, let oldest = records.min(by: { $0.value.last < $1.value.last }) {
            records[oldest.key] = nil
        }
        let before = records[name].flatMap { isForgotten($0, at: now) ? nil : $0.failures } ?? 0
        records[name] = Record(failures: before + 1, last: now)
    }

    /// Forgets the failures of a name, after a right password.
    package mutating func noteSuccess(name: String) { records[name] = nil }

    private func isForgotten(_ record: Record, at now: Moment) -> Bool {
        now.millisecondsSince1970 - record.last.millisecondsSince1970 >= memory
    }
}
