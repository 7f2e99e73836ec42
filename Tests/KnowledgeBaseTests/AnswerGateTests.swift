import CardSearch
import Foundation
import TestSupport
import Testing
import WorkingDays

@testable import KnowledgeBase

/// The questions of `Tests/Fixtures/questions.tsv` and, by a hand that had not seen the cues, of `questions-third.tsv` over the
/// cards of this repository: no change of cues, synonyms, cards or ranking may lose what is reached.
@Suite("Questions are answered")
struct AnswerGateTests {
    static let measured = Result { try measure("questions.tsv") }
    static let third = Result { try measure("questions-third.tsv") }

    private static func measure(_ name: String) throws -> AnswerEvaluation {
        let file = Repository.path + "/Tests/Fixtures/" + name
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        let folder = Repository.path + "/knowledge/services"
        let cards = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
            .map { name in
                try CardFile.read(Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)), file: name).card
            }
        return try AnswerEvaluation.run(
            AskedQuestion.read(name: file, text: text), cards: cards,
            knowledge: SearchKnowledge.load(folder: Repository.path + "/knowledge/search"),
            on: #require(CivilDate("2026-11-30")))
    }

    /// The half of the third set whose misses nobody has read: the even numbers.
    private static func unread() throws -> AnswerEvaluation {
        AnswerEvaluation(
            runs: try third.get().runs.filter { Int($0.question.id.dropFirst()).map { $0 % 2 == 0 } ?? false })
    }

    @Test("The right card stands first in nine of ten")
    func cards() throws { #expect(try Self.measured.get().cardShare >= 0.9) }

    @Test("The right fact stands in the first hit's line where the card has it, in 95 of 100")
    func facts() throws { #expect(try Self.measured.get().factShare >= 0.95) }

    @Test("Card and fact are both right in 85 of 100")
    func both() throws { #expect(try Self.measured.get().rightShare >= 0.85) }

    @Test("A fact is shown for what no card answers in at most one of ten")
    func nothingFalse() throws { #expect(try Self.measured.get().falseShare <= 0.1) }

    @Test("So are the questions of a hand that had not seen the cues")
    func thirdSet() throws {
        let third = try Self.third.get()
        #expect(third.cardShare >= 0.93)
        #expect(third.rightShare >= 0.88)
        #expect(third.falseShare <= 0.1)
    }

    @Test("In the half of them that nobody has read no more is lost than was when it was first asked")
    func unreadHalf() throws {
        let unread = try Self.unread()
        #expect(unread.cardShare >= 0.91)
        #expect(unread.rightShare >= 0.82)
        #expect(unread.falseShare <= 0.1)
    }

    @Test("A line that cannot be read is named with its number")
    func faultyLine() {
        let text = "id\tkind\tquestion\tcards\tfact\na\tru\tb\tS0001\tprice\n"
        let fault = #expect(throws: EvaluationFault.self) { try AskedQuestion.read(name: "q.tsv", text: text) }
        #expect(fault?.line == 2)
        #expect(fault?.message.contains("fee") == true)
    }
}
