import ArgumentParser
import CanonicalJSON
import CardSearch
import ContactCentre
import Foundation
import KnowledgeBase
import Languages
import WebApp
import WorkingDays

/// `bailanys search`: cards, however the words are typed.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find service cards, explain a result, measure the search.",
        subcommands: [Find.self, Explain.self, Evaluate.self], defaultSubcommand: Find.self)

    /// `bailanys search "…"`.
    struct Find: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "find", abstract: "Find cards (the default).",
            discussion: """
                The words may be Kazakh or Russian, in either alphabet, with slips, or typed with the wrong keyboard.
                Example: bailanys search find потерял паспорт
                Example: bailanys search ghfdf --json
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The words.") var words: [String]
        @Option(help: "At most so many.") var limit = 5
        @Flag(help: "Search exactly as typed.") var exactly = false
        @Option(help: "The code of the caller's region: its cards come before another region's.") var region: String?
        @Flag(help: "Withdrawn cards too.") var withdrawn = false

        func run(in office: Office) async throws {
            var query = SearchQuery(
                words.joined(separator: " "), limit: limit, callerRegion: region, isExact: exactly, readsQuestion: true)
            query.filters.states = CardState.visible(managesCards: withdrawn, seesDrafts: true).map(\.rawValue)
            let (answer, cards) = try await office.centre.cards.search(query)
            if json { return office.output.line(Self.json(answer, cards, office.centre.cards.events).text) }
            for card in cards {
                office.output.line(
                    "\(card.code)\t\(card.state.rawValue)\t\(card.title.kk ?? "–") / \(card.title.ru ?? "–")"
                )
            }
            if cards.isEmpty { office.output.note("Nothing was found.") }
            if !cards.isEmpty, !answer.isSure { office.output.note("None of these is surely what was meant.") }
            if let choice = answer.choice {
                let options = choice.options.map { "\($0.label.ru) (\($0.id))" }.joined(separator: ", ")
                office.output.note("\(choice.question.ru) \(options)")
            }
            for event in answer.events.compactMap({ office.centre.cards.events[$0] }) {
                office.output.note("life event \(event.code): \(event.title.kk) / \(event.title.ru)")
            }
        }

        /// What the words were read as, and the cards with why they were found.
        static func json(_ answer: SearchAnswer, _ cards: [FoundCard], _ events: LifeEvents) -> JSON {
            let hits = zip(answer.hits, cards).map { hit, card in
                JSON.object([
                    "code": .string(card.code), "state": .string(card.state.rawValue),
                    "title": .members(["kk": .text(card.title.kk), "ru": .text(card.title.ru)]),
                    "score": .int(Int64((hit.score * 1000).rounded())),
                    "reasons": .array(
                        hit.reasons.map {
                            .object(["field": .string($0.field), "words": .array($0.words.map { .string($0) })])
                        }),
                    "answer": card.answer?.json ?? .null,
                ])
            }
            let reading = answer.reading.map {
                JSON.object([
                    "typed": .string($0.typed), "readAs": .string($0.readAs), "through": .string($0.through.rawValue),
                ])
            }
            return .object([
                "hits": .array(hits), "isWeak": .bool(answer.isWeak), "isSure": .bool(answer.isSure),
                "choice": answer.choice?.json ?? .null, "events": answer.eventsJSON(events), "reading": .array(reading),
            ])
        }
    }

    /// `bailanys search explain`.
    struct Explain: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Show what the words were read as, and why each card was found.",
            discussion: "Example: bailanys search explain tolkujat")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The words.") var words: [String]

        func run(in office: Office) async throws {
            let (answer, cards) = try await office.centre.cards.search(
                SearchQuery(words.joined(separator: " "), limit: 5, readsQuestion: true))
            if json { return office.output.line(Find.json(answer, cards, office.centre.cards.events).text) }
            for reading in answer.reading {
                office.output.line("\(reading.typed) → \(reading.readAs) (\(reading.through.rawValue))")
            }
            for (hit, card) in zip(answer.hits, cards) {
                office.output.line(
                    "\(card.code) \(String(format: "%.2f", hit.score)) \(card.title.text(.ru)?.text ?? "")")
                for reason in hit.reasons {
                    office.output.line("    \(reason.field): \(reason.words.joined(separator: ", "))")
                }
            }
            if answer.isWeak { office.output.note("The words are covered poorly.") }
        }
    }

    /// `bailanys search eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Measure the search on judged queries, in a temporary store.",
            discussion: """
                Cards are JSON lines, queries a table of qid, class, query and id:grade pairs. Relevant is grade 2 or more.
                With --answers the questions of a table (id, kind, question, cards, fact) are asked of the knowledge folder's cards.
                Example: bailanys search eval --cards cards.jsonl --queries queries.tsv --half-typed
                Example: bailanys search eval --answers questions.tsv
                """)
        @OptionGroup var folders: Folders
        @Option(parsing: .upToNextOption, help: "The files of cards.") var cards: [String] = []
        @Option(help: "The file of queries.") var queries: String?
        @Option(help: "A file of questions, each with the card and the fact that answer it.") var answers: String?
        @Flag(help: "Without the table of synonyms.") var noSynonyms = false
        @Option(
            help:
                "Steps to switch off, for an ablation: \(SearchQuery.Step.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        var without: [String] = []
        @Flag(help: "Cut the last word of each query in half.") var halfTyped = false
        @Flag(help: "Answer in JSON.") var json = false
        @Option(name: .customLong("run"), help: "Write one JSON line per query: its qid and the ids in order.")
        var runFile: String?

        func validate() throws {
            for step in without where SearchQuery.Step(rawValue: step) == nil {
                throw ValidationError("--without “\(step)” is no step of the search.")
            }
            guard answers != nil || queries != nil && !cards.isEmpty else {
                throw ValidationError("Give --cards and --queries, or --answers.")
            }
        }

        func run() throws {
            var off = Set(without.compactMap(SearchQuery.Step.init(rawValue:)))
            if noSynonyms { off.insert(.synonyms) }
            if let answers { return try evaluate(answers: answers, off: off) }
            var options = SearchEvaluation.Options()
            options.off = off
            options.halvesLastWord = halfTyped
            let report = try SearchEvaluation.run(
                cards: cards.map(Folders.absolute), queries: Folders.absolute(queries ?? ""),
                knowledge: try SearchKnowledge.load(folder: folders.knowledge + "/search"), options: options)
            print(json ? report.json : report.table)
            try write(report.runLines)
        }

        private func evaluate(answers: String, off: Set<SearchQuery.Step>) throws {
            let path = Folders.absolute(answers)
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            let folder = folders.knowledge + "/services"
            let cards = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
                .sorted()
                .map { name in
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                    return try CardFile.read(bytes, file: name).card
                }
            let report = try AnswerEvaluation.run(
                AskedQuestion.read(name: path, text: text), cards: cards,
                knowledge: SearchKnowledge.load(folder: folders.knowledge + "/search"),
                on: CivilZone.almaty.civilDate(of: .current), off: off)
            print(json ? report.json.text : report.table)
            try write(report.runLines)
        }

        private func write(_ lines: String) throws {
            if let runFile { try OutputFile.replace(Folders.absolute(runFile), with: lines.utf8) }
        }
    }
}
