/// Reads the rows of one file, one after the other.
///
/// ```swift
/// var reader = try CSVReader(name: "bodies.csv", columns: ["code", "name_kk"]) { try file.read(upToCount: 65_536) }
/// while let row = try reader.next() { print(row.line, row["code"]) }
/// ```
package struct CSVReader {
    /// How much is read before a file is refused.
    package struct Limits: Sendable, Hashable {
        /// The longest row in bytes, its quotes and separators not counted.
        package var row: Int
        /// The longest file in bytes.
        package var file: Int

        /// A mebibyte for a row and a gibibyte for a file, unless said otherwise.
        package init(row: Int = 1 << 20, file: Int = 1 << 30) {
            self.row = row
            self.file = file
        }
    }

    /// The name of the file, for messages.
    package let name: String
    let limits: Limits
    let nextChunk: () throws -> [UInt8]?
    var header: CSVHeader
    var separator = UInt8(ascii: ",")
    /// What was read from the source and is not parsed yet begins at `position`.
    var buffer: [UInt8] = []
    var position = 0
    var readBytes = 0
    var isAtEnd = false
    /// The line on which the next row begins.
    var line = 1

    /// Reads the first line and finds the columns.
    ///
    /// - Parameters:
    ///   - name: the name of the file, for messages.
    ///   - required: the columns that must be there, in any order.
    ///   - optional: the columns that may be there besides; nil allows any, which are then only there to be asked for.
    ///   - limits: how much is read at most.
    ///   - nextChunk: gives the next bytes of the file; nil or nothing at its end. The end is asked for once.
    /// - Throws: `CSVError` about the first line, or that the file cannot be read.
    package init(
        name: String, columns required: [String], optional: [String]? = nil, limits: Limits = Limits(),
        nextChunk: @escaping () throws -> [UInt8]?
    ) throws(CSVError) {
        self.name = name
        self.limits = limits
        self.nextChunk = nextChunk
        header = CSVHeader(file: name, names: [])
        try findSeparator()
        var names: [String] = []
        while names.isEmpty {
            guard let record = try readRecord() else { throw CSVError(file: name, line: 1, problem: .empty) }
            if !record.isBlank { names = CSVRow(record, header: header).texts.map(Self.trimmed) }
        }
        let first = line - 1
        for (index, column) in names.enumerated() where names[..<index].contains(column) {
            throw CSVError(file: name, line: first, column: column, problem: .repeatedColumn(column))
        }
        let missing = required.filter { !names.contains($0) }
        if !missing.isEmpty { throw CSVError(file: name, line: first, problem: .missingColumns(missing)) }
        if let optional {
            let known = required + optional
            let unknown = names.filter { !known.contains($0) }
            if !unknown.isEmpty {
                throw CSVError(file: name, line: first, problem: .unknownColumns(unknown, known: known))
            }
        }
        header = CSVHeader(file: name, names: names)
    }

    /// Reads a table that is in memory as a whole.
    /// - Throws: as the other initialiser.
    package init(
        name: String, columns required: [String], optional: [String]? = nil, limits: Limits = Limits(),
        bytes: [UInt8]
    ) throws(CSVError) {
        var rest: [UInt8]? = bytes
        try self.init(name: name, columns: required, optional: optional, limits: limits) {
            defer { rest = nil }
            return rest
        }
    }

    /// The columns, in their order in the file.
    package var columns: [String] { header.names }

    /// The place of a column, or nil where the file does not have it.
    package func column(_ name: String) -> CSVColumn? { header.places[name].map { CSVColumn(index: $0) } }

    /// The next row; nil at the end. Lines with nothing on them are passed over.
    /// - Throws: `CSVError`; unless it is final, the next call goes on with the row after.
    package mutating func next() throws(CSVError) -> CSVRow? {
        while let record = try readRecord() {
            if record.isBlank { continue }
            guard record.ends.count == header.names.count else {
                let problem = CSVError.Problem.fieldCount(found: record.ends.count, expected: header.names.count)
                throw CSVError(file: name, line: record.line, problem: problem)
            }
            return CSVRow(record, header: header)
        }
        return nil
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isSpace)
        return String(start.prefix(start.count - start.reversed().prefix(while: isSpace).count))
    }
}

extension CSVRow {
    init(_ record: CSVRecord, header: CSVHeader) {
        self.init(line: record.line, header: header, bytes: record.bytes, ends: record.ends)
    }
}
