import Foundation
import TextAnalysis

/// The field of a card in which a word stands.
enum CardField: UInt16, CaseIterable, Sendable {
    case titleRU, titleKK, descriptionRU, descriptionKK, keywords, documents, rest

    /// What a match in the field is worth.
    var weight: Float {
        switch self {
        case .titleRU, .titleKK: 8
        case .keywords: 6
        case .descriptionRU, .descriptionKK: 3
        case .documents: 0.2
        case .rest: 0.1
        }
    }

    /// The name in reasons.
    var name: String {
        switch self {
        case .titleRU: "titleRU"
        case .titleKK: "titleKK"
        case .descriptionRU: "descriptionRU"
        case .descriptionKK: "descriptionKK"
        case .keywords: "keywords"
        case .documents: "documents"
        case .rest: "rest"
        }
    }

    /// Whether the field is a description.
    var isDescription: Bool { self == .descriptionRU || self == .descriptionKK }

    /// Whether the field names the service.
    var isCore: Bool { self == .titleRU || self == .titleKK || self == .keywords }

    /// Whether words of the field are searched first: the others only when these say nothing.
    var isPrimary: Bool { self != .documents && self != .rest }
}

/// A key as 32 bits: what ranking compares instead of letters.
enum KeyHash {
    /// The hash of a key, the same on every machine and in every run.
    static func of(_ key: Letters) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for unit in key {
            hash = (hash ^ UInt32(unit & 0xFF)) &* 16_777_619
            hash = (hash ^ UInt32(unit >> 8)) &* 16_777_619
        }
        hash ^= hash >> 15
        hash = hash &* 2_246_822_519
        return hash ^ (hash >> 13)
    }
}

/// The keys of a card with their fields and places, packed for ranking: 8 bytes each, hash, field, place.
struct CardWords: Sendable {
    /// The packed words.
    private(set) var packed: [UInt64] = []

    /// Adds a key of a field at a place, counted in words.
    mutating func add(_ hash: UInt32, _ field: CardField, _ place: Int) {
        packed.append(
            UInt64(hash) << 32 | UInt64(field.rawValue) << 16 | UInt64(UInt16(truncatingIfNeeded: min(place, 65_535))))
    }

    /// The bytes to keep, little-endian.
    var data: Data { packed.map(\.littleEndian).withUnsafeBytes { Data($0) } }

    /// Calls back for every word in kept bytes.
    @inline(__always)
    static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (_ hash: UInt32, _ field: Int, _ place: Int) -> Void)
    {
        for index in 0..<bytes.count / 8 {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            let field = Int(UInt16(truncatingIfNeeded: word >> 16))
            guard field < CardField.allCases.count else { continue }
            body(UInt32(truncatingIfNeeded: word >> 32), field, Int(UInt16(truncatingIfNeeded: word)))
        }
    }
}
