/// The signature as bytes, to be sealed; the order of the parts is fixed and numbered.
extension DuplicateSignature {
    /// Which parts there are, in which order; another number is another edition, which this one does not read.
    private static let edition: UInt8 = 1

    /// Its bytes: the edition, whether he wrote before, then each part with its count.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [Self.edition, again ? 1 : 0]
        func put(_ number: UInt64) {
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
        }
        for part in [
            identifiers.sorted(), names.sorted(), figures.sorted(), words.sorted(), services,
            region.map { [$0] } ?? [], places.sorted(), bodies.sorted(),
        ] {
            put(UInt64(part.count))
            part.forEach(put)
        }
        return bytes
    }

    /// Reads what `bytes` wrote; nil for another edition and for what is no signature.
    package init?(bytes: [UInt8]) {
        guard bytes.count >= 2, bytes[0] == Self.edition else { return nil }
        var at = 2
        func number() -> UInt64? {
            guard at + 8 <= bytes.count else { return nil }
            defer { at += 8 }
            return (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
        }
        var parts: [[UInt64]] = []
        for _ in 0..<8 {
            guard let count = number(), count <= UInt64((bytes.count - at) / 8) else { return nil }
            parts.append((0..<Int(count)).compactMap { _ in number() })
        }
        guard at == bytes.count else { return nil }
        self.init(
            identifiers: Set(parts[0]), names: Set(parts[1]), figures: Set(parts[2]), words: Set(parts[3]),
            services: parts[4], region: parts[5].first, places: Set(parts[6]), bodies: Set(parts[7]),
            again: bytes[1] == 1)
    }
}
