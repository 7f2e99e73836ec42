import Registry
import Rulebook
import Yams

/// Reads a card from YAML and says everything that is wrong with it, each with its line.
package enum CardFile {
    /// A card and where its fields stand.
    package struct Reading: Sendable {
        /// What the file says.
        package let card: Card
        /// The lines of the fields, by their names.
        package let lines: [String: Int]
    }

    /// The card in the bytes of a file.
    /// - Parameter file: the name of the file, which must be the card's code; empty for a pasted text.
    /// - Throws: `CardFileProblems` with every problem and its line.
    package static func read(_ bytes: some Collection<UInt8>, file: String) throws(CardFileProblems) -> Reading {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = firstBadLine(bytes)
            throw CardFileProblems(problems: [
                CardFileProblem(
                    file: file, line: line,
                    message: "the file is not UTF-8: save it in that encoding, without letters of another.")
            ])
        }
        return try read(text, file: file)
    }

    /// The card in a text.
    /// - Throws: `CardFileProblems` with every problem and its line.
    package static func read(_ text: String, file: String) throws(CardFileProblems) -> Reading {
        if let line = YAMLAliases.firstLine(in: text) {
            throw CardFileProblems(problems: [
                CardFileProblem(
                    file: file, line: line, message: "an alias stands here: write out what it stands for.")
            ])
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            let (line, reason) = place(of: error, in: text)
            throw CardFileProblems(problems: [
                CardFileProblem(file: file, line: line, message: "this is no YAML (\(reason)): mend the line.")
            ])
        }
        guard let mapping = node?.mapping else {
            throw CardFileProblems(problems: [
                CardFileProblem(
                    file: file, line: 1, message: "a card is a list of fields such as “code: S0001”: write them.")
            ])
        }
        var reader = CardNodeReader(mapping, file: file)
        let card = reader.card()
        guard let card, reader.problems.isEmpty else { throw CardFileProblems(problems: reader.sorted) }
        return Reading(card: card, lines: reader.lines)
    }

    /// The line of the first byte that is not UTF-8.
    private static func firstBadLine(_ bytes: some Collection<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue("\n"): line += 1
            case .scalarValue: continue
            case .emptyInput, .error: return line
            }
        }
    }

    private static func place(of error: any Error, in text: String) -> (line: Int, reason: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            // The mark is where the list of fields begins; the second field of that name is what has to go.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let repeats = lines.indices.filter { index in keys.contains { lines[index].hasPrefix($0 + ":") } }
            let line = repeats.count > 1 ? repeats[1] + 1 : context.mark.line
            return (line, "the field \(keys.map { "“\($0)”" }.joined(separator: ", ")) stands there twice")
        case .reader(let problem, _, _, _): return (1, problem)
        default: return (1, "\(error)")
        }
    }
}
