import WorkingDays

/// How the pull of the forum stands: where it goes on, how the last one went, which entries could not be taken. Nothing of a
/// person stands in it.
package struct ForumState: PullState, Hashable {
    /// An entry that could not be taken.
    package struct Refused: Codable, Hashable, Sendable {
        /// Its number on the forum.
        package let number: String
        /// What is wrong with it.
        package let reason: String
        /// When it was pulled.
        package let at: Moment
    }

    /// Where the next pull goes on; nil: at the beginning.
    package internal(set) var cursor: String?
    /// When the forum was asked last.
    package internal(set) var askedAt: Moment?
    /// When it last answered with all that there was.
    package internal(set) var answeredAt: Moment?
    /// Why the last pull failed; nil where it did not.
    package internal(set) var fault: String?
    /// How many submissions have come by it.
    package internal(set) var received = 0
    /// How many came by the last pull.
    package internal(set) var lastReceived = 0
    /// What could not be taken, the latest last.
    package internal(set) var refused: [Refused] = []

    /// Remembers an entry that could not be taken; the oldest is forgotten where there are too many.
    mutating func refuse(_ number: String, _ reason: String, at now: Moment) {
        refused.removeAll { $0.number == number }
        refused.append(Refused(number: number, reason: reason, at: now))
        if refused.count > ForumPull.mostRefused { refused.removeFirst(refused.count - ForumPull.mostRefused) }
    }
}
