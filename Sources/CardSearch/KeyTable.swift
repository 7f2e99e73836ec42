/// Numbers by key hash, in two flat arrays: what ranking looks up a thousand times a query.
struct KeyTable: Sendable {
    private var hashes: [UInt32] = []
    private var values: [Float] = []
    private var mask = 0
    private(set) var count = 0

    /// A table of hashes and their numbers.
    init(_ entries: [UInt32: Float]) {
        var capacity = 16
        while capacity < entries.count * 2 { capacity *= 2 }
        hashes = [UInt32](repeating: 0, count: capacity)
        values = [Float](repeating: -1, count: capacity)
        mask = capacity - 1
        count = entries.count
        for (hash, value) in entries {
            var slot = Int(hash) & mask
            while values[slot] >= 0 { slot = (slot + 1) & mask }
            hashes[slot] = hash
            values[slot] = max(0, value)
        }
    }

    /// The number of a hash, nil when it is not in the table.
    @inline(__always)
    subscript(hash: UInt32) -> Float? {
        var slot = Int(hash) & mask
        while values[slot] >= 0 {
            if hashes[slot] == hash { return values[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The bytes that the arrays take.
    var byteCount: Int { hashes.count * 8 }
}
