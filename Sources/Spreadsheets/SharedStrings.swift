import Foundation

/// Reads `sharedStrings.xml`: the runs of a text are put together, readings of Japanese are left out.
final class SharedStringsParser: XMLListener {
    /// The longest block of texts that is kept.
    static let byteLimit = 48 << 20

    /// The texts that were asked for, by their places.
    private(set) var strings: [Int: String] = [:]
    /// Whether they were more than is kept.
    private(set) var isFull = false
    private let wanted: Set<Int>
    private var place = 0
    private var size = 0
    private var current: [UInt8] = []
    private var isText = false
    private var phonetic = 0

    /// - Parameter wanted: the places of the texts that cells name; all others are passed over.
    init(wanted: Set<Int>) { self.wanted = wanted }

    var isDone: Bool { isFull || strings.count == wanted.count }

    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        if name.equals("si") {
            current.removeAll(keepingCapacity: true)
        } else if name.equals("rPh") {
            phonetic += 1
        } else if name.equals("t") {
            isText = phonetic == 0 && wanted.contains(place)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isText, current.count < SheetParser.textLimit { current += bytes }
    }

    func end(_ name: UnsafePointer<CChar>) {
        if name.equals("t") {
            isText = false
        } else if name.equals("rPh") {
            phonetic -= 1
        } else if name.equals("si") {
            if wanted.contains(place) {
                size += current.count
                isFull = size > Self.byteLimit
                strings[place] = String(decoding: current, as: UTF8.self).unescapedXLSX
            }
            place += 1
        }
    }
}

extension String {
    /// The text with the characters that XLSX writes as `_x000D_`.
    var unescapedXLSX: String {
        guard contains("_x") else { return self }
        var (result, rest) = ("", self[...])
        while let start = rest.range(of: "_x") {
            let digits = rest[start.upperBound...].prefix(4)
            let after = rest[start.upperBound...].dropFirst(4)
            if digits.count == 4, after.first == "_", let code = UInt32(digits, radix: 16),
                let scalar = UnicodeScalar(code)
            {
                result += rest[..<start.lowerBound]
                result.unicodeScalars.append(scalar)
                rest = after.dropFirst()
            } else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
            }
        }
        return result + rest
    }
}
