/// Reads a file of synonyms that is written as all of ours are: two-space blocks, lists in brackets, words without signs.
///
/// It reads a small part of YAML, in the way of YAML, thirty times as fast as a YAML reader does, since every start of the
/// program waits for it. Whatever it does not know for certain it leaves alone: nil means that a YAML reader has to look at
/// the file, and to say what is wrong where something is. A test holds both to the same groups.
struct PlainSynonymFile {
    private let bytes: [UInt8]
    private var index = 0

    /// The groups of a file; nil where the file is written in another way, or wrongly.
    static func groups(_ text: String) -> [SynonymTable.Group]? {
        var file = PlainSynonymFile(bytes: Array(text.utf8))
        return file.read()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func read() -> [SynonymTable.Group]? {
        guard Self.isPlain(bytes) else { return nil }
        skipEmptyLines()
        guard take("sphere: "), let sphere = scalarToLineEnd() else { return nil }
        skipEmptyLines()
        guard take("groups:\n") else { return nil }
        var groups: [SynonymTable.Group] = []
        skipEmptyLines()
        while index < bytes.count {
            guard let group = group(sphere) else { return nil }
            groups.append(group)
        }
        return groups.isEmpty ? nil : groups
    }

    private mutating func group(_ sphere: String) -> SynonymTable.Group? {
        guard take("  - id: "), let id = scalarToLineEnd() else { return nil }
        var say: [String]?
        var colloquial: [String]?
        var mean: (ru: [String]?, kk: [String]?)?
        skipEmptyLines()
        while take("    ") {
            if say == nil, take("say: ") {
                guard let list = listToLineEnd() else { return nil }
                say = list
            } else if colloquial == nil, take("only-colloquial: ") {
                guard let list = listToLineEnd() else { return nil }
                colloquial = list
            } else if mean == nil, take("mean:\n") {
                guard let found = meanings() else { return nil }
                mean = found
            } else if mean == nil, take("mean: {") {
                guard let found = meaningsInBraces() else { return nil }
                mean = found
            } else {
                return nil
            }
            skipEmptyLines()
        }
        guard let say, !say.isEmpty, let mean, (colloquial ?? []).allSatisfy({ say.contains($0) }) else { return nil }
        return SynonymTable.Group(
            id: id, sphere: sphere, say: say, meanKK: mean.kk ?? [], meanRU: mean.ru ?? [],
            onlyColloquial: colloquial ?? [])
    }

    private mutating func meanings() -> (ru: [String]?, kk: [String]?)? {
        var mean: (ru: [String]?, kk: [String]?) = (nil, nil)
        skipEmptyLines()
        while take("      ") {
            guard meaning(&mean), take("\n") else { return nil }
            skipEmptyLines()
        }
        return mean.ru == nil && mean.kk == nil ? nil : mean
    }

    private mutating func meaningsInBraces() -> (ru: [String]?, kk: [String]?)? {
        var mean: (ru: [String]?, kk: [String]?) = (nil, nil)
        repeat {
            guard skipSpace(), meaning(&mean), skipSpace() else { return nil }
        } while take(",")
        return take("}\n") ? mean : nil
    }

    private mutating func meaning(_ mean: inout (ru: [String]?, kk: [String]?)) -> Bool {
        if mean.ru == nil, take("ru: ") {
            mean.ru = list()
            return mean.ru != nil
        }
        guard mean.kk == nil, take("kk: ") else { return false }
        mean.kk = list()
        return mean.kk != nil
    }

    // MARK: - Lists

    private mutating func listToLineEnd() -> [String]? {
        guard let list = list(), take("\n") else { return nil }
        return list
    }

    /// What stands in brackets, on one line or on several that are indented.
    private mutating func list() -> [String]? {
        guard take("[") else { return nil }
        var items: [String] = []
        guard skipSpace() else { return nil }
        if !take("]") {
            repeat {
                guard skipSpace(), let item = item() else { return nil }
                items.append(item)
                guard skipSpace() else { return nil }
            } while take(",")
            guard take("]") else { return nil }
        }
        return items
    }

    private mutating func item() -> String? {
        if take("\"") {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                // An escape, or a text that goes on in the next line.
                if bytes[index] == UInt8(ascii: "\\") || bytes[index] == 0x0A { return nil }
                index += 1
            }
            guard index < bytes.count, index > start else { return nil }
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        guard var text = words() else { return nil }
        // A text that goes on in the next line has a space in place of the line end.
        while true {
            let before = index
            guard skipSpace() else { return nil }
            guard index > before, let more = words() else { return text }
            text += " " + more
        }
    }

    /// Words as they stand on one line; nil where a sign comes first.
    private mutating func words() -> String? {
        guard index < bytes.count, Self.kinds[Int(bytes[index])] == .word else { return nil }
        let start = index
        while index < bytes.count, Self.kinds[Int(bytes[index])] != .sign { index += 1 }
        var end = index
        while bytes[end - 1] == 0x20 { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Passes over spaces and single line ends inside brackets; false where a line is empty or not indented.
    private mutating func skipSpace() -> Bool {
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard take("\n") else { return true }
        guard take("     ") else { return false }
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        return index < bytes.count && bytes[index] != 0x0A && bytes[index] != UInt8(ascii: "#")
    }

    // MARK: - Lines

    /// Passes over empty lines and lines that hold a comment only.
    private mutating func skipEmptyLines() {
        while index < bytes.count {
            var end = index
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            if end < bytes.count, bytes[end] == UInt8(ascii: "#") {
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            }
            guard end == bytes.count || bytes[end] == 0x0A else { return }
            index = min(end + 1, bytes.count)
        }
    }

    private mutating func scalarToLineEnd() -> String? {
        guard let text = words(), take("\n") else { return nil }
        return text
    }

    private mutating func take(_ expected: StaticString) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        let isThere = expected.withUTF8Buffer { wanted in
            for offset in 0..<count where bytes[index + offset] != wanted[offset] { return false }
            return true
        }
        if isThere { index += count }
        return isThere
    }

    // MARK: - Bytes

    private enum Kind {
        /// May stand anywhere in a text, at its beginning too.
        case word
        /// May stand inside a text.
        case inside
        /// Means something to YAML, or may.
        case sign
    }

    private static let kinds: [Kind] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 0x80..., UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            .word
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"):
            .inside
        default: .sign
        }
    }

    /// Whether there are only line feeds, printable ASCII and letters and signs that mean nothing to YAML.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var index = -1
            while index + 1 < bytes.count {
                index += 1
                let byte = bytes[index]
                // Most are continuations or letters.
                if byte >= 0x20, byte < 0x7F || byte >= 0x80 && byte < 0xC0 || byte >= 0xC3 && byte < 0xE0 { continue }
                switch byte {
                case 0x0A: continue
                // U+0080 to U+009F are controls, one of them a line end.
                case 0xC2: if index + 1 < bytes.count, bytes[index + 1] < 0xA0 { return false }
                // The line ends U+2028 and U+2029, and what stands near them.
                case 0xE2:
                    guard index + 2 < bytes.count else { return false }
                    if bytes[index + 1] == 0x80, !(0x90..<0xA8).contains(bytes[index + 2]) { return false }
                default: return false
                }
            }
            return true
        }
    }
}
