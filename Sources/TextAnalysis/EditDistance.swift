/// How far two words are apart: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
package enum EditDistance {
    /// The distance between two words, or nil when it is greater than `limit`. Words over 64 letters are never near.
    package static func between(
        _ first: UnsafeBufferPointer<UInt16>, _ second: UnsafeBufferPointer<UInt16>, limit: Int
    ) -> Int? {
        guard abs(first.count - second.count) <= limit, first.count <= 64, second.count <= 64 else { return nil }
        let width = second.count + 1
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: width * 3) { rows -> Int? in
            for column in 0..<width { rows[column] = column }
            var previous = 2 * width
            var current = 0
            var next = width
            for row in 0..<first.count {
                rows[next] = row + 1
                var best = row + 1
                for column in 0..<second.count {
                    let isSame = first[row] == second[column]
                    var cost = min(
                        rows[current + column] + (isSame ? 0 : 1),
                        min(rows[current + column + 1], rows[next + column]) + 1)
                    if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                        cost = min(cost, rows[previous + column - 1] + 1)
                    }
                    rows[next + column + 1] = cost
                    best = min(best, cost)
                }
                if best > limit { return nil }
                (previous, current, next) = (current, next, previous)
            }
            let distance = rows[current + second.count]
            return distance <= limit ? distance : nil
        }
    }

    /// The distance between two words, or nil when it is greater than `limit`.
    package static func between(_ first: Letters, _ second: Letters, limit: Int) -> Int? {
        first.withUnsafeBufferPointer { a in second.withUnsafeBufferPointer { b in between(a, b, limit: limit) } }
    }
}
