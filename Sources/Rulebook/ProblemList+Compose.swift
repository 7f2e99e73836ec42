import Yams

extension ProblemList {
    /// The root node of a file, or nil after noting why the text is not YAML.
    /// - Parameter what: what the file should hold, for the message: "a rulebook".
    package mutating func compose(_ text: String, _ what: String) -> Node? {
        if let line = YAMLAliases.firstLine(in: text) {
            add(line, "An alias stands here: write out what it stands for.")
            return nil
        }
        do {
            if let root = try Yams.compose(yaml: text) { return root }
            add(1, "The file is empty: write \(what), or remove it.")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            add(
                context.mark.line,
                "\(names) is given twice in one block (each name stands once): rename or remove one.")
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            add(mark.line, "The text is not YAML (\(problem)): correct the line or the indentation near it.")
        } catch {
            add(1, "The text is not YAML that can be read (\(error)): save it as UTF-8 and check it.")
        }
        return nil
    }
}
