/// Chance that repeats: the same seed gives the same numbers on every machine (SplitMix64).
struct DemoRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for one thing among many, for instance for one person.
    init(seed: UInt64, _ kind: UInt64, _ index: UInt64) {
        state = seed
        state = next() ^ (kind &* 0x9E37_79B9_7F4A_7C15)
        state = next() ^ index
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 below `limit`.
    mutating func below(_ limit: Int) -> Int { limit > 1 ? Int(truncatingIfNeeded: next() % UInt64(limit)) : 0 }

    /// A number from 0 below 1.
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// Whether something happens that happens so often.
    mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

    /// One of several.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// The place of one of several, each as often as its share of the sums says.
    mutating func place(bySums sums: [Double]) -> Int {
        let aim = fraction() * (sums.last ?? 0)
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > aim { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Running sums of weights, for `DemoRandom.place(bySums:)`.
func sums(of weights: [Double]) -> [Double] {
    var total = 0.0
    return weights.map { weight in
        total += weight
        return total
    }
}
