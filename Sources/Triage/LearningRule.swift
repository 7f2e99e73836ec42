import Rulebook
import Yams

/// How decisions are heeded: `schedules/routing/learning.yaml`.
package struct LearningRule: Hashable, Sendable {
    /// From this likeness on words are like others, 0...1.
    package let likeness: Double
    /// How many must have been decided alike.
    package let fewest: Int
    /// The share that must have been decided alike, above a half, at most 1.
    package let agreement: Double
    /// After how many days a decision counts half.
    package let halfLife: Int
    /// After how many days a decision counts no more.
    package let oldest: Int
    /// How many of the nearest are asked, one a person.
    package let nearest: Int
    /// How many decisions are known at most, the latest.
    package let most: Int

    /// Reads the file: each number once, nothing else.
    /// - Throws: `TriageFileError` with the line.
    package init(yaml: String, file: String) throws(TriageFileError) {
        let root = try TriageFile.root(yaml: yaml, file: file)
        guard let block = root["learning"], let fields = block.mapping else {
            throw TriageFileError(root["learning"], file: file, "Write “learning” with a block of numbers.")
        }
        for (key, _) in fields where !Self.names.contains(key.string ?? "") {
            throw TriageFileError(
                key, file: file,
                "“\(key.string ?? "")” is no number of it: use \(Self.names.joined(separator: ", ")).")
        }
        func number(
            _ name: String, _ range: ClosedRange<Double>, isWhole: Bool = true
        ) throws(TriageFileError) -> Double {
            guard let node = fields[name] else {
                throw TriageFileError(block, file: file, "“\(name)” is missing.")
            }
            let value = node.int.map(Double.init) ?? (isWhole ? nil : node.float)
            guard let value, range.contains(value) else {
                let (least, most) = (range.lowerBound, range.upperBound)
                throw TriageFileError(
                    node, file: file,
                    isWhole
                        ? "“\(name)” is a whole number from \(Int(least)) to \(Int(most))."
                        : "“\(name)” is a number from \(least) to \(most).")
            }
            return value
        }
        likeness = try number("likeness", 0.05...1, isWhole: false)
        fewest = Int(try number("fewest", 1...100))
        agreement = try number("agreement", 0.5...1, isWhole: false)
        halfLife = Int(try number("half-life", 1...3_650))
        oldest = Int(try number("oldest", 1...3_650))
        nearest = Int(try number("nearest", 1...100))
        most = Int(try number("most", 1...20_000))
        guard fewest <= nearest else {
            throw TriageFileError(
                fields["fewest"], file: file, "“fewest” is more than “nearest”: so many are never asked.")
        }
    }

    private static let names = ["likeness", "fewest", "agreement", "half-life", "oldest", "nearest", "most"]
}
