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
    private let longest = 1 << 20
    private var strays = 0
    private var brackets = 0
    /// What is no export is given up after so many pieces in a row that are no objects, and so many brackets.
    private static let mostStrays = 1_000

    init(name: String, nextChunk: @escaping () throws -> [UInt8]?) {
        self.name = name
        self.nextChunk = nextChunk
    }

    /// The next object and the line on which it begins; nil at the end.
    ///
    /// What stands between objects and is neither space, a comma nor a bracket is given as if it were an object, up to
    /// the end of its line, so that the parser refuses it with its line.
    /// - Throws: `CSVError` where an object is too long, is not closed, or the file cannot be read.
    mutating func next() throws -> (bytes: [UInt8], line: Int)? {
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
                return try object()
            default:
                strays += 1
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

    private mutating func object() throws -> (bytes: [UInt8], line: Int) {
        let first = line
        var bytes: [UInt8] = []
        var depth = 0
        var isText = false
        var isEscaped = false
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
                if depth == 0 { return (bytes, first) }
            }
            if bytes.count > longest {
                throw CSVError(file: name, line: first, problem: .rowTooLong(limit: longest))
            }
        }
        throw CSVError(
            file: name, line: first, problem: .refused("The object that begins here is never closed: close it."))
    }

    private mutating func stray() throws -> (bytes: [UInt8], line: Int) {
        var bytes: [UInt8] = []
        while let byte = try peek(), byte != UInt8(ascii: "\n"), bytes.count < 1_000 {
            bytes.append(byte)
            position += 1
        }
        return (bytes, line)
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
