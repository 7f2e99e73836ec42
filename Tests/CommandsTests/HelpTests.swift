import ArgumentParser
import Testing

@testable import Commands

@Suite("The help of the command line")
struct HelpTests {
    /// A command and the words that lead to it.
    struct Leaf: Sendable, CustomTestStringConvertible {
        let words: [String]
        let type: any ParsableCommand.Type

        var testDescription: String { words.joined(separator: " ") }

        /// Its help, each sentence on one line.
        var help: String { Bailanys.helpMessage(for: type, columns: 10_000) }

        /// The commands of its examples, as a shell would take them apart.
        var examples: [[String]] {
            help.split(separator: "\n").compactMap { line in
                let line = line.drop(while: \.isWhitespace)
                guard line.hasPrefix("Example: ") else { return nil }
                return Self.words(of: line.dropFirst("Example: ".count))
            }
        }

        /// The words of a command line, up to where its streams are redirected.
        private static func words(of line: Substring) -> [String] {
            var (words, word, isQuoted): ([String], String?, Bool) = ([], nil, false)
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                    word = word ?? ""
                } else if character == " ", !isQuoted {
                    if let word { words.append(word) }
                    word = nil
                } else {
                    word = (word ?? "") + String(character)
                }
            }
            if let word { words.append(word) }
            return Array(words.prefix { $0 != "<" && $0 != ">" && $0 != "|" })
        }
    }

    /// All commands that do something.
    static let leaves: [Leaf] = {
        func leaves(of type: any ParsableCommand.Type, after words: [String]) -> [Leaf] {
            let below = type.configuration.subcommands
            guard !below.isEmpty else { return [Leaf(words: words, type: type)] }
            return below.flatMap { leaves(of: $0, after: words + [$0.configuration.commandName ?? ""]) }
        }
        return leaves(of: Bailanys.self, after: ["bailanys"])
    }()

    @Test(
        "Help of a command that there is not is an error; of one that there is, it is not",
        arguments: [
            (["help", "nonsense"], false), (["help", "journal", "nonsense"], false), (["help"], true),
            (["help", "journal", "verify"], true), (["help", "serve", "--help"], true),
            (["journal", "nonsense"], true),
        ] as [([String], Bool)])
    func topics(_ arguments: [String], _ isRight: Bool) throws {
        if isRight { return try Bailanys.requireTopic(arguments) }
        #expect(throws: ValidationError.self) { try Bailanys.requireTopic(arguments) }
    }

    @Test("all commands are found")
    func found() {
        #expect(Self.leaves.count > 70)
        #expect(Set(Self.leaves.map(\.testDescription)).count == Self.leaves.count)
    }

    @Test("every command says what it does, and shows an example that is understood", arguments: leaves)
    func example(leaf: Leaf) throws {
        #expect(leaf.type.configuration.abstract.hasSuffix("."))
        #expect(!leaf.examples.isEmpty, "no example in:\n\(leaf.help)")
        for example in leaf.examples {
            // These two are meant where their group stands alone.
            let isDefault = [["bailanys", "search", "find"], ["bailanys", "rulebook", "list"]].contains(leaf.words)
            let own = example.starts(with: leaf.words) || isDefault
            #expect(own, "the example is of another command: \(example)")
            do {
                let command = try Bailanys.parseAsRoot(Array(example.dropFirst()))
                #expect(type(of: command) == leaf.type, "\(example)")
            } catch {
                Issue.record("\(example): \(Bailanys.message(for: error))")
            }
        }
    }

    @Test(
        "every command that works on the data folder, and those that compute, answer in JSON where it is asked for",
        arguments: leaves)
    func json(leaf: Leaf) {
        let without: Set = ["bailanys serve", "bailanys agency", "bailanys demo generate"]
        #expect(leaf.help.contains("--json") || without.contains(leaf.testDescription))
    }

    @Test("every group of commands says what it is for")
    func groups() {
        for type in Bailanys.all {
            #expect(!type.configuration.abstract.isEmpty)
        }
        #expect(Bailanys.configuration.discussion.contains("Exit codes"))
    }
}
