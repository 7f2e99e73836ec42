import ArgumentParser
import Casework
import ContactCentre
import Correspondence
import WebApp

extension ViolationsCommand {
    /// `bailanys violations confirm`.
    struct Confirm: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Confirm that an entry is a violation; its body is told at once.",
            discussion: """
                Example: bailanys violations confirm onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03 \
                --words "letter 5-1/33"
                """)
        @OptionGroup var step: ViolationStepOptions
        @Option(help: "Words beside it; they name nobody.") var words: String?
        @Option(help: "A document that shows it.") var document: String?

        var options: OfficeOptions { step.options }

        func run(in office: Office) async throws {
            let document = try await office.attach(document.map { [$0] } ?? []).first
            try await step.perform(.confirm(words: words, document: document), in: office)
        }
    }

    /// `bailanys violations excuse`.
    struct Excuse: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "excuse", abstract: "Excuse an entry with a ground of schedules/violations.",
            discussion: """
                Example: bailanys violations excuse onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03 \
                --ground system-failure --document act.pdf
                """)
        @OptionGroup var step: ViolationStepOptions
        @Option(help: "The code of the ground.") var ground: String
        @Option(help: "Words beside it; they name nobody.") var words: String?
        @Option(help: "A document that shows it.") var document: String?

        var options: OfficeOptions { step.options }

        func run(in office: Office) async throws {
            let document = try await office.attach(document.map { [$0] } ?? []).first
            try await step.perform(.excuse(ground: ground, words: words, document: document), in: office)
        }
    }

    /// `bailanys violations tell`.
    struct Tell: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "tell", abstract: "Tell the body of an entry: it gets a link and a term for its reply.",
            discussion: """
                Where no mail can leave, the page of the entry has the link to be handed over.
                Example: bailanys violations tell onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03
                """)
        @OptionGroup var step: ViolationStepOptions

        var options: OfficeOptions { step.options }

        func run(in office: Office) async throws {
            let id = try ViolationStepOptions.id(step.entry)
            let version = try await office.centre.violations.tell(id, by: office.actor, at: office.now)
            try await step.tell(id, version, in: office)
        }
    }

    /// `bailanys violations withdraw`.
    struct Withdraw: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Take back what was decided on an entry, with its reason.",
            discussion: """
                Example: bailanys violations withdraw onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03 \
                --reason "the act was of another case"
                """)
        @OptionGroup var step: ViolationStepOptions
        @Option(help: "Why.") var reason: String

        var options: OfficeOptions { step.options }

        func run(in office: Office) async throws { try await step.perform(.withdraw(reason: reason), in: office) }
    }

    /// `bailanys violations close`.
    struct Close: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Confirm the closing of an entry whose ground is gone.",
            discussion: """
                Where a change of the calendar put the term in doubt, its clock is reviewed with it: kept in time.
                Example: bailanys violations close onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03 \
                --reason "decree 5"
                """)
        @OptionGroup var step: ViolationStepOptions
        @Option(help: "Why.") var reason: String

        var options: OfficeOptions { step.options }

        func run(in office: Office) async throws { try await step.perform(.close(reason: reason), in: office) }
    }
}
