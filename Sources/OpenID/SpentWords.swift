import WorkingDays

/// What counts once: remembered until it could not count any more anyway. In memory, bounded.
struct SpentWords: Sendable {
    private var ends: [String: Int64] = [:]
    private let memory: Int64
    private let most: Int

    /// A memory of so many milliseconds and so many words.
    init(memory: Int64, most: Int = 50_000) {
        self.memory = memory
        self.most = most
    }

    /// Spends a word; false where it was spent before, or nothing more can be remembered.
    mutating func spend(_ word: String, at now: Moment) -> Bool {
        let moment = now.millisecondsSince1970
        if ends.count >= most { ends = ends.filter { $0.value > moment } }
        guard ends.count < most, ends[word].map({ $0 <= moment }) ?? true else { return false }
        ends[word] = moment + memory
        return true
    }
}
