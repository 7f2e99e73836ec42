import Foundation
import Yams

/// How much is learnt from use and how fast it is forgotten; `knowledge/search/learning.yaml`.
///
/// - `half-life-days`: after so many days a use counts half.
/// - `opened`, `confirmed`: what it weighs that somebody opened a card, or said that it was the answer.
/// - `forget-after-days`: uses and unanswered queries that were not met for so long are removed.
package struct LearningRules: Codable, Hashable, Sendable {
    /// After so many days a use counts half.
    package var halfLifeDays: Int
    /// What the opening of a card weighs.
    package var opened: Double
    /// What “this was the answer” weighs.
    package var confirmed: Double
    /// After so many days without use a row is removed.
    package var forgetAfterDays: Int

    enum CodingKeys: String, CodingKey, CaseIterable {
        case halfLifeDays = "half-life-days"
        case opened, confirmed
        case forgetAfterDays = "forget-after-days"
    }

    /// What applies where there is no file.
    package static let standard = LearningRules(halfLifeDays: 30, opened: 1, confirmed: 3, forgetAfterDays: 400)

    /// The rules in `learning.yaml` of a folder; the standard ones where there is no such file.
    /// - Throws: `CardFileProblem` that says what to mend.
    package static func load(folder: String) throws -> LearningRules {
        guard let bytes = FileManager.default.contents(atPath: folder + "/learning.yaml") else { return .standard }
        do {
            let rules = try YAMLDecoder().decode(LearningRules.self, from: String(decoding: bytes, as: UTF8.self))
            guard rules.halfLifeDays > 0, rules.forgetAfterDays > 0, rules.opened >= 0, rules.confirmed >= 0 else {
                throw CardFileProblem(
                    file: "learning.yaml", line: 0, message: "days must be above 0 and weights not below 0: mend them.")
            }
            return rules
        } catch let problem as CardFileProblem {
            throw problem
        } catch {
            throw CardFileProblem(
                file: "learning.yaml", line: 0,
                message:
                    "it must give \(CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")) as numbers (\(error))."
            )
        }
    }

    /// What is left of a weight after some time.
    func faded(_ weight: Double, milliseconds: Int64) -> Double {
        guard milliseconds > 0 else { return weight }
        return weight * exp2(-Double(milliseconds) / (Double(halfLifeDays) * 86_400_000))
    }

    /// What one opening weighs: the first card of a list is opened by habit and tells half as much.
    func weight(openedAt rank: Int) -> Double { rank <= 1 ? opened / 2 : opened }
}
