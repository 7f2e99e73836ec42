import CSV
import CanonicalJSON
import Foundation

/// A line that was not taken in.
package struct ApplicationProblem: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file.
    package let file: String
    /// The line in it, from 1; in what is sent over the interface the place in the list.
    package let line: Int
    /// The column or member; nil where it is the line as a whole.
    package let field: String?
    /// What is wrong, and what to do.
    package let reason: String

    package var description: String {
        "\(file), line \(line)\(field.map { ", \($0)" } ?? ""): \(reason)"
    }
}

/// A file of applications: a CSV table, or JSON with an object on each line.
package struct ApplicationFile: Sendable {
    /// How it is written.
    package enum Format: String, CaseIterable, Sendable {
        /// A table with the columns of `ApplicationField`.
        case csv
        /// An object on each line.
        case jsonl
    }

    /// What stands on a line: a record, or what is wrong with it.
    typealias Line = (line: Int, record: Result<Application, ApplicationFault>)

    /// Its name, for messages.
    package let name: String
    /// How it is written.
    package let format: Format
    private let open: @Sendable () throws -> (() throws -> [UInt8]?)

    /// A file on disk, read in pieces.
    /// - Parameters:
    ///   - format: how it is written; by the ending of the name unless given.
    ///   - name: how it is called in messages; the last part of the path unless given.
    package init(path: String, format: Format? = nil, name: String? = nil) {
        let name = name ?? String(path.split(separator: "/").last ?? "")
        self.name = name
        self.format = format ?? (name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") ? .jsonl : .csv)
        open = {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw CSVError(file: name, line: 0, problem: .unreadable("it is missing or may not be read"))
            }
            return { try file.read(upToCount: 1 << 18).map { Array($0) } }
        }
    }

    /// Bytes in memory.
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

    /// The lines from the first on, one after the other.
    /// - Throws: `CSVError` where the file or its head cannot be read, or nothing after a line can.
    func lines() throws -> () throws -> Line? {
        switch format {
        case .csv:
            let required = ApplicationField.required.map(\.rawValue)
            var reader = try CSVReader(
                name: name, columns: required,
                optional: ApplicationField.allCases.map(\.rawValue).filter { !required.contains($0) },
                limits: .init(file: 1 << 36), nextChunk: try open())
            let columns = ApplicationField.allCases.compactMap { field in
                reader.column(field.rawValue).map { (field, $0) }
            }
            return {
                do throws(CSVError) {
                    guard let row = try reader.next() else { return nil }
                    let texts = Dictionary(uniqueKeysWithValues: columns.map { ($0, String(row[$1])) })
                    return (row.line, Self.result { () throws(ApplicationFault) in try ApplicationFields.read(texts) })
                } catch {
                    if error.isFinal { throw error }
                    return (error.line, .failure(ApplicationFault(error.column ?? "", error.reason)))
                }
            }
        case .jsonl:
            var reader = LineReader(nextChunk: try open())
            return {
                while let (number, bytes) = try reader.next() {
                    guard bytes.contains(where: { $0 > 0x20 }) else { continue }
                    guard bytes.count <= LineReader.longest else {
                        return (
                            number,
                            .failure(ApplicationFault("", "The line is longer than \(LineReader.longest) bytes."))
                        )
                    }
                    return (number, Self.read(bytes))
                }
                return nil
            }
        }
    }

    /// A record in bytes of JSON.
    static func read(_ bytes: [UInt8]) -> Result<Application, ApplicationFault> {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            return .failure(ApplicationFault("", error.description))
        }
        return result { () throws(ApplicationFault) in try ApplicationFields.read(json) }
    }

    /// A record that was sent.
    static func read(_ json: JSON) -> Result<Application, ApplicationFault> {
        result { () throws(ApplicationFault) in try ApplicationFields.read(json) }
    }

    private static func result(
        _ read: () throws(ApplicationFault) -> Application
    ) -> Result<Application, ApplicationFault> {
        do throws(ApplicationFault) { return .success(try read()) } catch { return .failure(error) }
    }
}

/// Cuts a stream into lines; what is longer than a line may be is passed over and told by its length.
private struct LineReader {
    /// The longest line, in bytes.
    static let longest = 65_536

    private let nextChunk: () throws -> [UInt8]?
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0

    init(nextChunk: @escaping () throws -> [UInt8]?) { self.nextChunk = nextChunk }

    mutating func next() throws -> (Int, [UInt8])? {
        var line: [UInt8] = []
        var isEmpty = true
        while true {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                keep(buffer[start..<end], in: &line)
                start = end + 1
                number += 1
                return (number, line)
            }
            if start < buffer.count { isEmpty = false }
            keep(buffer[start...], in: &line)
            guard let chunk = try nextChunk(), !chunk.isEmpty else {
                (buffer, start) = ([], 0)
                guard !isEmpty || !line.isEmpty else { return nil }
                number += 1
                return (number, line)
            }
            (buffer, start) = (chunk, 0)
        }
    }

    private func keep(_ piece: ArraySlice<UInt8>, in line: inout [UInt8]) {
        line += piece.prefix(max(0, Self.longest + 1 - line.count))
    }
}
