import ArgumentParser
import Commands
import TestSupport
import Testing

@Suite("The help of edition 4626e0f")
struct GoldenHelpTests {
    @Test("Every command, argument and option that it had is there, in the same words")
    func help() throws {
        let lines = HelpTests.leaves.flatMap { leaf -> [String] in
            // The line of usage grows with each option; the options themselves stand below it.
            // What `bailanys rulebook` did, it does still: the list is meant where nothing else is said.
            let name = leaf.testDescription == "bailanys rulebook list" ? "bailanys rulebook" : leaf.testDescription
            return leaf.help.split(separator: "\n").filter { !$0.hasPrefix("USAGE:") }.map { line in
                "\(name): \(line.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
            }
        }
        try Golden.compare("help.txt", lines, .nothingLost)
    }
}
