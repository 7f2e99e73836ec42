import Languages
import Testing

@testable import KnowledgeBase

@Suite("Differences between editions")
struct CardDifferenceTests {
    private func card(_ documents: [String], fee: String? = nil, owner: String = "MD") throws -> Card {
        var card = try CardFile.read(CardFolder.card(), file: "").card
        card.documents?.ru = documents
        card.fee?.ru = fee
        card.owner = owner
        return card
    }

    @Test(
        "Lists are compared point by point",
        arguments: [
            (["а", "б"], ["а", "в", "б"], ["+в"]), (["а", "б"], ["б"], ["-а"]), (["а", "б"], ["а", "в"], ["-б+в"]),
            (["а"], ["а"], []), ([], ["а", "б"], ["+а", "+б"]), (["а", "б"], ["б", "а"], ["-а", "+а"]),
        ])
    func points(_ old: [String], _ new: [String], _ expected: [String]) throws {
        let differences = CardDifference.between(try card(old), try card(new))
        let words = differences.map { ($0.old.map { "-\($0)" } ?? "") + ($0.new.map { "+\($0)" } ?? "") }
        #expect(words == expected)
        #expect(differences.allSatisfy { $0.field == "documents" && $0.language == .ru })
    }

    @Test("Texts and codes are compared whole")
    func texts() throws {
        let differences = CardDifference.between(try card([], fee: "1"), try card([], fee: nil, owner: "KGD"))
        #expect(
            differences == [
                CardDifference(field: "fee", language: .ru, old: "1", new: nil),
                CardDifference(field: "owner", language: nil, old: "MD", new: "KGD"),
            ])
    }
}
