import ArgumentParser
import CanonicalJSON
import Journal
import WebApp

// How a command answers, for a person and for a script; the one place that knows which of the two is asked for.
extension Office {
    /// Answers once: an object for a script, lines for a person.
    func answer(_ json: JSON, _ lines: String...) { answer(json, lines: lines) }

    /// Answers once, with as many lines as there are.
    func answer(_ json: JSON, lines: [String]) {
        if writesJSON { return output.line(json.text) }
        for line in lines { output.line(line) }
    }

    /// Answers with a list: an object a line for a script, a line each for a person, as fast as it is read.
    func list<Entry>(
        _ entries: some Sequence<Entry>, _ json: (Entry) throws -> JSON, line: (Entry) -> String
    ) async throws {
        for entry in entries {
            try await output.room()
            output.line(writesJSON ? try json(entry).text : line(entry))
        }
    }

    /// Says that something was recorded of a case, which has so many entries now.
    func recorded(_ stream: StreamID, version: Int) {
        answer(.object(["case": .string(stream.rawValue), "version": .number(version)]), "Recorded.")
    }
}

extension JSON {
    /// The canonical text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A value that has a JSON form of its own.
    /// - Throws: an error of the encoding.
    init(encoding value: some Encodable) throws { try self.init(parsing: CanonicalCoding.encode(value)) }
}
