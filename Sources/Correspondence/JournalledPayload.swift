import CanonicalJSON

/// Reading and writing an event's Codable part as canonical JSON.
extension JSONWriter {
    mutating func coded(_ value: some Encodable) throws { canonical(try CanonicalCoding.encode(value)) }
}
