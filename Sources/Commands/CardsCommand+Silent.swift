import ArgumentParser
import CanonicalJSON
import CardSearch
import ContactCentre
import KnowledgeBase
import Languages
import WebApp

extension CardsCommand {
    /// `bailanys cards silent`.
    struct Silent: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "silent",
            abstract: "List the cards that cannot answer term, fee, documents or place, those asked for most first.",
            discussion: """
                A line is: code, how often it was asked in vain, how often it was asked, what it says nothing of, and of what it \
                has words only (a term without a number, a fee without a sum), title.
                Example: bailanys cards silent --fact term --limit 20
                Example: bailanys cards silent --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "Only what cannot answer this: \(CardSilence.asked.map(\.rawValue).joined(separator: ", ")).")
        var fact: String?
        @Option(help: "At most so many.") var limit = 100

        func validate() throws {
            if let fact, !CardSilence.asked.map(\.rawValue).contains(fact) {
                throw ValidationError(
                    "--fact “\(fact)” is none of \(CardSilence.asked.map(\.rawValue).joined(separator: ", ")).")
            }
            guard limit > 0 else { throw ValidationError("--limit must be above 0.") }
        }

        func run(in office: Office) async throws {
            let cards = try await office.centre.cards.silentCards(
                fact.flatMap(ServiceFact.init(rawValue:)), limit: limit)
            try await office.list(cards, \.json) { card in
                func names(_ facts: [ServiceFact]) -> String { facts.map(\.rawValue).joined(separator: ",") }
                let silence = card.record.silence
                return
                    "\(card.record.card.code)\t\(card.askedInVain)\t\(card.asked)\t\(names(silence.missing))\t\(names(silence.vague))\t\(card.record.card.title.text(.ru)?.text ?? "")"
            }
        }
    }
}
