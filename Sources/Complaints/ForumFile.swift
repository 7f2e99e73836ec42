import CSV
import CanonicalJSON
import Foundation

/// An export of the forum: a CSV table, or JSON as one array or one object on a line.
package struct ForumFile: Sendable {
    /// How it is written.
    package enum Format: String, CaseIterable, Sendable {
        /// A table with the columns of `ForumColumn`.
        case csv
        /// An array of objects, or objects one after the other, with the same names.
        case json
    }

    /// Its name, for messages.
    package let name: String
    /// How it is written.
    package let format: Format
    private let open: @Sendable () throws -> (() throws -> [UInt8]?)

    /// A file on disk, read in pieces; `/dev/stdin` works too.
    /// - Parameter name: how it is called in messages; the last part of the path unless given.
    package init(path: String, format: Format? = nil, name: String? = nil) {
        let name = name ?? String(path.split(separator: "/").last ?? "")
        self.name = name
        self.format = format ?? (name.hasSuffix(".json") || name.hasSuffix(".jsonl") ? .json : .csv)
        open = {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw CSVError(file: name, line: 0, problem: .unreadable("it is missing or may not be read"))
            }
            return { try file.read(upToCount: 1 << 18).map { Array($0) } }
        }
    }

    /// Bytes in memory, for instance of an upload.
    package init(bytes: [UInt8], format: Format, name: String) {
        self.name = name
        self.format = format
        open = {
            var rest: [UInt8]? = bytes
            return {
                defer { rest = nil }
                return rest
            }
        }
    }

    /// The lines from the first on.
    /// - Throws: `CSVError` where the file or its first line cannot be read.
    func lines() throws -> ForumLines {
        let (counter, nextChunk) = (ByteCounter(), try open())
        func counted() throws -> [UInt8]? {
            let chunk = try nextChunk()
            counter.bytes += Int64(chunk?.count ?? 0)
            return chunk
        }
        switch format {
        case .csv:
            let reader = try CSVReader(
                name: name, columns: ForumColumn.required.map(\.rawValue),
                optional: ForumColumn.allCases.filter { !ForumColumn.required.contains($0) }.map(\.rawValue)
                    + ForumColumn.added,
                limits: .init(file: 1 << 36), nextChunk: counted)
            return ForumLines(csv: reader, counter)
        case .json: return ForumLines(json: JSONObjectReader(name: name, nextChunk: counted), counter)
        }
    }
}

/// How many bytes of a file were read; of one thread.
final class ByteCounter {
    var bytes: Int64 = 0
}

/// The lines of one export, one after the other.
struct ForumLines {
    private enum Source {
        case csv(CSVReader, [CSVColumn?], isMended: Bool)
        case json(JSONObjectReader)
    }

    private var source: Source
    private let name: String
    private let counter: ByteCounter

    /// How many bytes were read so far, of which the last may be of lines to come.
    var bytesRead: Int64 { counter.bytes }

    init(csv reader: CSVReader, _ counter: ByteCounter) {
        self.counter = counter
        // An error file that was mended has marks before what a table program would take for a formula.
        let isMended = ForumColumn.added.allSatisfy { reader.column($0) != nil }
        source = .csv(reader, ForumColumn.allCases.map { reader.column($0.rawValue) }, isMended: isMended)
        name = reader.name
    }

    init(json reader: JSONObjectReader, _ counter: ByteCounter) {
        self.counter = counter
        source = .json(reader)
        name = reader.name
    }

    /// The next line, nil at the end; a line that is wrong in itself carries its problem.
    /// - Throws: `CSVError` where nothing after it can be read.
    mutating func next() throws -> ForumLine? {
        switch source {
        case .csv(var reader, let columns, let isMended):
            defer { source = .csv(reader, columns, isMended: isMended) }
            do throws(CSVError) {
                guard let row = try reader.next() else { return nil }
                let texts = columns.map { column in column.map { String(row[$0]) } ?? "" }
                return ForumLine(
                    line: row.line, texts: isMended ? texts.map(CSVWriter.restored) : texts, problem: nil)
            } catch {
                if error.isFinal { throw error }
                return wrong(error.line, error.column, error.reason)
            }
        case .json(var reader):
            defer { source = .json(reader) }
            guard let piece = try reader.next() else { return nil }
            var line =
                piece.isTooLong
                ? wrong(
                    piece.line, nil,
                    CSVError(
                        file: name, line: piece.line, problem: .rowTooLong(limit: JSONObjectReader.longest)
                    ).reason)
                : read(piece.bytes, line: piece.line)
            line.object = piece.number
            return line
        }
    }

    private func wrong(_ line: Int, _ field: String?, _ reason: String) -> ForumLine {
        ForumLine(
            line: line, texts: [],
            problem: ForumProblem(file: name, line: line, field: field, reason: reason, fault: .form))
    }

    private func read(_ bytes: [UInt8], line: Int) -> ForumLine {
        let members: [String: JSON]
        do {
            guard let object = try JSON(parsing: bytes).object else {
                return wrong(line, nil, "This is no object: write {\"number\": …}.")
            }
            members = object
        } catch {
            return wrong(line, nil, error.description)
        }
        var texts = [String](repeating: "", count: ForumColumn.allCases.count)
        for (key, value) in members {
            guard let column = ForumColumn(rawValue: key) else {
                if ForumColumn.added.contains(key) { continue }
                return wrong(
                    line, nil,
                    "“\(key.prefix(40))” is no known member: use \(ForumColumn.names.joined(separator: ", ")).")
            }
            switch value {
            case .string(let text): texts[column.index] = text
            case .int(let number): texts[column.index] = String(number)
            case .null: break
            case .bool, .array, .object: return wrong(line, key, "A text or a number should stand here: correct it.")
            }
        }
        return ForumLine(line: line, texts: texts, problem: nil)
    }
}
