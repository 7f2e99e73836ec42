import CanonicalJSON
import Journal
import WebApp

extension Office {
    /// A value that stands as JSON in a file, or on the standard input where there is none.
    /// - Parameter read: what the JSON interface reads the same with.
    /// - Throws: `CommandFailure` that names the file and the field, and says what to do.
    func sent<Value>(inFile file: String?, _ read: (JSON) throws -> Value) throws -> Value {
        let name = file ?? "the standard input"
        let bytes = try bytes(ofFile: file)
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw CommandFailure("\(name) is no JSON: \(error): correct it, see --help.", .badRequest)
        }
        do {
            return try read(json)
        } catch {
            throw CommandFailure("\(name): \(error) See --help.")
        }
    }

    private func bytes(ofFile file: String?) throws -> [UInt8] {
        guard let file else { return try input(upTo: Self.largestJSON) }
        return try contents(of: file, upTo: Self.largestJSON)
    }

    /// The bytes of a file that a person named and that is read whole.
    /// - Parameter limit: in bytes; the same as on a page or in the JSON interface.
    func contents(of file: String, upTo limit: Int) throws -> [UInt8] {
        let path = try path(file)
        do {
            return try RegularFile.bytes(at: path, upTo: limit, followsLinks: true)
        } catch {
            if case .tooLarge = error { throw CommandFailure("\(error)", .tooLarge) }
            throw CommandFailure("\(error)", .notFound)
        }
    }

    /// The largest JSON that a command takes, in bytes.
    private static let largestJSON = 1 << 20
}
