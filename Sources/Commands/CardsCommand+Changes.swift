import ArgumentParser
import ContactCentre
import Foundation
import KnowledgeBase
import WebApp

extension CardsCommand {
    /// `bailanys cards edit`.
    struct Edit: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "edit", abstract: "Make a new edition of a card from a YAML file.",
            discussion: """
                Every fault of the file is named with its line; nothing is recorded then, and the exit code is 1.
                Example: bailanys cards edit S0288 S0288.yaml --edition 3 --reason "letter 5-7/12" --submission
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Argument(help: "The file.") var file: String
        @Option(help: "The edition that you saw; 0 for a new card.") var edition: Int
        @Option(help: "Why, or the number of the submission.") var reason: String
        @Flag(help: "It is what the body submitted (797 §5, §6).") var submission = false
        @Flag(help: "It brings what the card was out of date for.") var renews = false

        func run(in office: Office) async throws {
            let bytes = try office.contents(of: file, upTo: CardDesk.largestFile)
            do {
                let record = try await office.centre.cards.edit(
                    code, yaml: bytes, source: reason, origin: submission ? .submission : .coordinator,
                    expecting: edition, renews: renews, by: office.actor, at: office.now)
                office.answer(record.summary, "\(code) is at edition \(record.edition).")
            } catch let problems as CardFileProblems {
                for problem in problems.problems {
                    office.output.note("\(file):\(problem.line): \(problem.message)")
                }
                throw ExitCode(1)
            }
        }
    }

    /// `bailanys cards confirm`.
    struct Confirm: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Record that a body confirmed an edition of a card.",
            discussion: """
                Only the present edition can be confirmed: what the body has not seen, it has not confirmed.
                Example: bailanys cards confirm S0288 --edition 3 --body MIA --document "letter 5-7/12 of 2026-03-19"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Option(help: "The edition that the body saw.") var edition: Int
        @Option(help: "The code of the body.") var body: String
        @Option(help: "The letter or submission in which it says so.") var document: String

        func run(in office: Office) async throws {
            let record = try await office.centre.cards.perform(
                .confirm(edition: edition, body: body, document: document), on: code, by: office.actor, at: office.now)
            office.answer(record.summary, "Edition \(record.edition) of \(code) is confirmed by \(body).")
        }
    }

    /// `bailanys cards outdate`.
    struct Outdate: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "outdate", abstract: "Mark a card out of date until the new information comes (797 §6).",
            discussion: "Example: bailanys cards outdate S0288 --reason \"the fee changed\" --fields fee documents")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Option(help: "Why.") var reason: String
        @Option(parsing: .upToNextOption, help: "The fields that are, for instance fee documents.")
        var fields: [String] = []

        func run(in office: Office) async throws {
            let record = try await office.centre.cards.perform(
                .markOutOfDate(fields: fields, reason: reason), on: code, by: office.actor, at: office.now)
            office.answer(record.summary, "\(code) is marked out of date.")
        }
    }

    /// `bailanys cards withdraw`.
    struct Withdraw: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Withdraw a card: operators see it no more.",
            discussion: "Example: bailanys cards withdraw S0288 --reason \"the service was abolished\"")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Option(help: "Why.") var reason: String

        func run(in office: Office) async throws {
            let record = try await office.centre.cards.perform(
                .withdraw(reason: reason), on: code, by: office.actor, at: office.now)
            office.answer(record.summary, "\(code) is withdrawn.")
        }
    }

    /// `bailanys cards restore`.
    struct Restore: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Show a withdrawn card again.",
            discussion: "Example: bailanys cards restore S0288 --reason \"withdrawn by mistake\"")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Option(help: "Why.") var reason: String

        func run(in office: Office) async throws {
            let record = try await office.centre.cards.perform(
                .restore(reason: reason), on: code, by: office.actor, at: office.now)
            office.answer(record.summary, "\(code) is shown again.")
        }
    }
}
