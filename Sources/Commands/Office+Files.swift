import CanonicalJSON
import Foundation
import Journal

extension Office {
    /// A value that stands as JSON in a file, or on the standard input where there is none.
    /// - Throws: `CommandFailure` that names the file and the field, and says what to do.
    func decode<Value: Decodable>(_ type: Value.Type, fromFile file: String?) throws -> Value {
        let name = file ?? "the standard input"
        do {
            return try CanonicalCoding.decode(type, from: try bytes(ofFile: file))
        } catch DecodingError.keyNotFound(let key, let context) {
            let field = Self.field(context.codingPath + [key])
            throw CommandFailure("\(name): the field “\(field)” is missing: add it.")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw CommandFailure(
                "\(name): the field “\(Self.field(context.codingPath))” is of another kind: see --help.")
        } catch DecodingError.dataCorrupted(let context) {
            let place =
                context.codingPath.isEmpty ? "it is no JSON" : "the field “\(Self.field(context.codingPath))” is wrong"
            throw CommandFailure("\(name): \(place) (\(context.debugDescription)): correct it, see --help.")
        }
    }

    private func bytes(ofFile file: String?) throws -> [UInt8] {
        guard let file else {
            guard output is StandardOutput else {
                throw CommandFailure("A server works on the data folder: put the JSON into a file and name it.")
            }
            return Array(try FileHandle.standardInput.read(upToCount: Self.largestJSON) ?? Data())
        }
        return try contents(of: file, upTo: Self.largestJSON)
    }

    /// The bytes of a file that a person named and that is read whole.
    /// - Parameter limit: in bytes; the same as on a page or in the JSON interface.
    func contents(of file: String, upTo limit: Int) throws -> [UInt8] {
        do {
            return try RegularFile.bytes(at: path(file), upTo: limit, followsLinks: true)
        } catch {
            if case .tooLarge = error { throw CommandFailure("\(error)", .tooLarge) }
            throw CommandFailure("\(error)", .notFound)
        }
    }

    /// The largest JSON that a command takes, in bytes.
    private static let largestJSON = 1 << 20

    private static func field(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    }
}
