/// Whether a key hash may be one of some, told at a glance: no where it says no, perhaps where it says yes.
///
/// A query has a hundred keys and a card three hundred words, most of which are none of them; a bit for each of 4,096 tails of
/// hashes spares looking them up.
struct KeyFilter: Sendable {
    private var bits = [UInt64](repeating: 0, count: 64)

    /// A filter of these hashes.
    init(_ hashes: some Sequence<UInt32>) {
        for hash in hashes { bits[Int(hash >> 6 & 63)] |= 1 << UInt64(hash & 63) }
    }

    /// Whether a hash may be one of them.
    @inline(__always)
    func mayHave(_ hash: UInt32) -> Bool { bits[Int(hash >> 6 & 63)] & 1 << UInt64(hash & 63) != 0 }
}
