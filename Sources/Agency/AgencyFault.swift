import Synchronization

/// A fault that the receiver commits on purpose, for a number of pushes.
package struct AgencyFault: Sendable, Hashable, CustomStringConvertible {
    /// What goes wrong.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// 503 with `Retry-After`, nothing stored.
        case unavailable
        /// No answer, nothing stored.
        case hang
        /// Stored, then no answer.
        case hangAfterStoring = "hang-after-storing"
        /// Stored, then the connection is closed in the middle of the receipt.
        case closeAfterStoring = "close-after-storing"
        /// The receipt comes one byte at a time.
        case slow
        /// Stored, but the receipt names another digest.
        case wrongDigest = "wrong-digest"
    }

    /// What goes wrong.
    package var kind: Kind
    /// For how many pushes.
    package var times: Int
    /// The seconds that `Retry-After` names.
    package var retryAfterSeconds: Int

    /// A fault for so many pushes.
    package init(_ kind: Kind, times: Int = 1, retryAfterSeconds: Int = 1) {
        self.kind = kind
        self.times = times
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// Reads `kind`, `kind:times` or `kind:times:retry-after-seconds`, as the command line writes it.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let kind = parts.first.flatMap({ Kind(rawValue: String($0)) }), parts.count <= 3 else { return nil }
        let numbers = parts.dropFirst().map { Int($0) }
        guard numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else { return nil }
        self.init(
            kind, times: numbers.first.flatMap(\.self) ?? 1,
            retryAfterSeconds: numbers.dropFirst().first.flatMap(\.self) ?? 1)
    }

    package var description: String { "\(kind.rawValue):\(times):\(retryAfterSeconds)" }
}

/// The faults still to come, in order.
final class FaultQueue: Sendable {
    private let faults: Mutex<[AgencyFault]>

    init(_ faults: [AgencyFault]) {
        self.faults = Mutex(faults.filter { $0.times > 0 })
    }

    /// The fault for the push that has just arrived, if any.
    func next() -> AgencyFault? {
        faults.withLock { faults in
            guard let first = faults.first else { return nil }
            if first.times == 1 {
                faults.removeFirst()
            } else {
                faults[0].times -= 1
            }
            return first
        }
    }
}
