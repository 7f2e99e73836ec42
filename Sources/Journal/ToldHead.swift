/// A head of the journal that somebody outside was told, so that he can find out whether the past was written anew.
package struct ToldHead: Hashable, Sendable, Codable {
    /// The position of the event that was the last one then, from 1.
    package var position: Int64
    /// Its hash, 64 lower-case hexadecimal digits.
    package var hash: String

    /// A head from its parts; nil where the position is none or the hash is no SHA-256 in lower-case hexadecimal digits.
    package init?(position: Int64, hash: String) {
        guard position >= 1, hash.utf8.count == 64,
            hash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.position = position
        self.hash = hash
    }

    /// The head of a journal that has events.
    package init(_ head: JournalHead) {
        position = head.position
        hash = EventLink.hexadecimal(head.hash)
    }
}

/// What a journal says to a head that somebody was told.
package enum ToldHeadFinding: Hashable, Sendable {
    /// The event at that position has that hash: all that was told is still there.
    case held
    /// Another event stands at that position: the journal was written anew after it was told.
    case other(hash: String)
    /// The journal ends before that position: what was told of is gone.
    case ended(at: Int64)
    /// The chain is broken before that position, so nobody can say.
    case unknown(brokenAt: Int64)

    /// Whether the journal still holds what was told.
    package var isHeld: Bool { self == .held }
}

/// Holds heads that were told against a chain while it is walked from its first event.
package struct ToldHeadCheck: Sendable {
    private let wanted: [Int64: Set<ToldHead>]
    private var found: [ToldHead: ToldHeadFinding] = [:]

    /// A check of these heads.
    package init(_ told: some Sequence<ToldHead>) {
        wanted = Dictionary(grouping: told, by: \.position).mapValues { Set($0) }
    }

    /// Takes in the next event that is rightly chained.
    package mutating func pass(_ head: JournalHead) {
        guard let told = wanted[head.position] else { return }
        let here = EventLink.hexadecimal(head.hash)
        for one in told { found[one] = one.hash == here ? .held : .other(hash: here) }
    }

    /// What was found of each head, once the chain has ended.
    /// - Parameters:
    ///   - last: the position of the last event that is rightly chained.
    ///   - broken: the position at which the chain is broken; nil where it is whole.
    package func findings(last: Int64, brokenAt broken: Int64?) -> [ToldHead: ToldHeadFinding] {
        var findings = found
        for told in wanted.values.joined() where findings[told] == nil {
            findings[told] = broken.map { .unknown(brokenAt: $0) } ?? .ended(at: last)
        }
        return findings
    }
}
