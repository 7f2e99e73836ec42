import CSV

/// Cuts a stream of JSON into its outermost objects: `[{…}, {…}]` or one object after the other.
///
/// It only counts braces outside of texts; whether an object is JSON is decided when it is parsed. Memory is bounded by
/// one piece and one object.
struct JSONObjectReader {
    /// The name of the file, for messages.
    let name: String
    private let nextChunk: () throws -> [UInt8]?
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    private var strays = 0
    /// How many objects and stray pieces were given.
    private var count = 0
    private var brackets = 0
    /// What is no export is given up after so many pieces in a row that are no objects, and so many brackets.
    private static let mostStrays = 1_000

    init(name: String, nextChunk: @escaping () throws -> [UInt8]?) {
        self.name = name
        self.nextChunk = nextChunk
    }

    /// One object of the export, or what stands in the place of one.
    struct Piece {
        /// What it says; empty where it is too long.
        let bytes: [UInt8]
        /// The line on which it begins, from 1.
        let line: Int
        /// Its place among the objects, from 1; a line can hold many.
        let number: Int
        /// Whether it is longer than allowed; it was passed over.
        var isTooLong = false
    }

    /// The longest object, in bytes.
    static let longest = 1 << 20

    /// The next object; nil at the end.
    ///
    /// What stands between objects and is neither space, a comma nor a bracket is given as if it were an object, up to
    /// a comma, the next object or the end of its line, so that the parser refuses it and the object after it is read.
    /// - Throws: `CSVError` where an object is not closed, or the file cannot be read.
    mutating func next() throws -> Piece? {
        while let byte = try peek() {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","), 0xEF, 0xBB, 0xBF:
                position += 1
            case UInt8(ascii: "["), UInt8(ascii: "]"):
                position += 1
                brackets += 1
                if brackets > Self.mostStrays { throw noExport() }
            case UInt8(ascii: "{"):
                (strays, brackets) = (0, 0)
                count += 1
                return try object()
            default:
                strays += 1
                count += 1
                if strays > Self.mostStrays { throw noExport() }
                return try stray()
            }
        }
        return nil
    }

    private func noExport() -> CSVError {
        CSVError(
            file: name, line: line,
            problem: .refused("Up to here there is no object for long: this is no export as JSON; look at the file."))
    }

    private mutating func object() throws -> Piece {
        let first = line
        var bytes: [UInt8] = []
        var depth = 0
        var isText = false
        var isEscaped = false
        var isTooLong = false
        while let byte = try peek() {
            position += 1
            bytes.append(byte)
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isText = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return Piece(bytes: bytes, line: first, number: count, isTooLong: isTooLong) }
            }
            if bytes.count > Self.longest { isTooLong = true }
            if isTooLong { bytes.removeAll() }
        }
        throw CSVError(
            file: name, line: first, problem: .refused("The object that begins here is never closed: close it."))
    }

    private mutating func stray() throws -> Piece {
        var bytes: [UInt8] = []
        var isText = false
        while let byte = try peek(), byte != UInt8(ascii: "\n"), bytes.count < 1_000 {
            if !isText, !bytes.isEmpty, [UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "]")].contains(byte) {
                break
            }
            if byte == UInt8(ascii: "\""), bytes.last != UInt8(ascii: "\\") { isText.toggle() }
            bytes.append(byte)
            position += 1
        }
        return Piece(bytes: bytes, line: line, number: count)
    }

    private mutating func peek() throws -> UInt8? {
        if position == buffer.count {
            buffer = try nextChunk() ?? []
            position = 0
            if buffer.isEmpty { return nil }
        }
        return buffer[position]
    }
}
