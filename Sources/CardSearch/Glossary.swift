/// Kazakh words and phrases and the Russian ones that say the same, from `knowledge/search/glossary.csv`.
package struct Glossary: Hashable, Sendable {
    /// One pair.
    package struct Pair: Hashable, Sendable {
        /// The Kazakh word or phrase.
        package var kk: String
        /// The Russian word or phrase.
        package var ru: String
    }

    /// The pairs.
    package var pairs: [Pair]

    /// A glossary of pairs.
    package init(pairs: [Pair] = []) { self.pairs = pairs }

    /// Reads lines `kk,ru;ru,note` under the heading `kk,ru,note`; a field with a comma stands in quotes.
    ///
    /// - Throws: `SearchDataFault` with every faulty line.
    package static func load(name: String, text: String) throws(SearchDataFault) -> Glossary {
        var pairs: [Pair] = []
        var faults: [SearchDataFault.Place] = []
        func fault(_ line: Int, _ message: String) {
            faults.append(SearchDataFault.Place(file: name, line: line, message: message))
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.last == "\r" ? line.dropLast() : line
            if index == 0 {
                if line != "kk,ru,note" { fault(1, "the first line must be `kk,ru,note`.") }
                continue
            }
            if line.isEmpty || line.hasPrefix("#") { continue }
            let fields = fields(line)
            guard fields.count == 2 || fields.count == 3 else {
                fault(
                    index + 1,
                    "a line has the Kazakh, the Russian and a note, parted by commas; this has \(fields.count).")
                continue
            }
            let russian = fields[1].split(separator: ";").map { trimmed(String($0)) }.filter { !$0.isEmpty }
            let kazakh = trimmed(fields[0])
            if kazakh.isEmpty || russian.isEmpty {
                fault(index + 1, "the Kazakh and the Russian must both be there.")
                continue
            }
            pairs += russian.map { Pair(kk: kazakh, ru: $0) }
        }
        if !faults.isEmpty { throw SearchDataFault(places: faults) }
        return Glossary(pairs: pairs)
    }

    private static func fields(_ line: Substring) -> [String] {
        guard line.utf8.contains(UInt8(ascii: "\"")) else {
            return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    private static func trimmed(_ text: String) -> String {
        guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
