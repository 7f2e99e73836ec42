import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Freshness
import Journal
import WebApp
import WorkingDays

extension CardsCommand {
    /// `bailanys cards campaign`.
    struct Campaign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "campaign", abstract: "Ask bodies to confirm their cards, and see who has.",
            subcommands: [Begin.self, List.self, Show.self, End.self])

        /// `bailanys cards campaign begin`.
        struct Begin: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "begin",
                abstract:
                    "Begin a campaign: each body gets one link to all its cards, and a mail where its address is known.",
                discussion: """
                    With --preview nothing is recorded: a line is body, how many cards, mail or paper.
                    Example: bailanys cards campaign begin --kind unconfirmed --months 6 --until 2026-04-30 --preview
                    Example: bailanys cards campaign begin --kind body --body MIA --until 2026-04-30
                    """)
            @OptionGroup var options: OfficeOptions
            @Option(help: "\(CardSelection.Kind.allCases.map(\.rawValue).joined(separator: ", ")).") var kind: String
            @Option(help: "With unconfirmed: for so many months.") var months: Int?
            @Option(help: "With sphere: its code.") var sphere: String?
            @Option(help: "With body: its code.") var body: String?
            @Option(help: "The last day, as 2026-04-30.") var until: String
            @Flag(help: "Only say what would be asked and of whom.") var preview = false

            func validate() throws {
                try Written.word(kind, of: "--kind", CardSelection.Kind.self)
                try lastDay()
            }

            @discardableResult
            private func lastDay() throws -> CivilDate {
                guard let day = CivilDate(until) else {
                    throw ValidationError("--until “\(until)” is no date: write it as 2026-04-30.")
                }
                return day
            }

            func run(in office: Office) async throws {
                let kind: CardSelection.Kind = try Written.word(kind, of: "--kind")
                let selection = CardSelection(kind, months: months, sphere: sphere, body: body)
                let (until, desk) = (try lastDay(), office.centre.campaigns)
                if preview {
                    let plan = try await desk.preview(selection, until: until, at: office.now)
                    let without = Set(plan.withoutAddress)
                    if office.writesJSON { return office.output.line(plan.json.text) }
                    for asked in plan.bodies {
                        office.output.line(
                            "\(asked.body)\t\(asked.cards.count)\t\(without.contains(asked.body) ? "paper" : "mail")")
                    }
                    return office.output.note(
                        "\(plan.bodies.count) bodies, \(plan.cards) cards, \(plan.emptyCards) of them empty.")
                }
                let id = try await desk.begin(selection, until: until, by: office.actor, at: office.now)
                let record = try await office.centre.journal.read { try CampaignRecord.fetch(id, in: $0) }
                office.answer(record?.json ?? .object(["id": .string(id)]), id)
            }
        }

        /// `bailanys cards campaign list`.
        struct List: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "list", abstract: "List campaigns, the latest first.",
                discussion: """
                    A line is: number, which cards, last day, bodies, cards, confirmed, remarks, running or ended.
                    Example: bailanys cards campaign list
                    """)
            @OptionGroup var options: OfficeOptions
            @Option(help: "At most so many.") var limit = 50

            func validate() throws { guard limit > 0 else { throw ValidationError("--limit must be above 0.") } }

            func run(in office: Office) async throws {
                let campaigns = try await office.centre.journal.read { [limit] in
                    try CampaignRecord.fetch(limit: limit, in: $0)
                }
                try await office.list(campaigns, \.json) { campaign in
                    let counts = [campaign.bodies, campaign.cards, campaign.confirmed, campaign.remarks]
                        .map(String.init).joined(separator: "\t")
                    return
                        "\(campaign.id)\t\(campaign.selection.kind.rawValue)\t\(campaign.lastDay)\t\(counts)\t\(campaign.isRunning ? "running" : "ended")"
                }
            }
        }

        /// `bailanys cards campaign show`.
        struct Show: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "show", abstract: "Show what each body has answered in a campaign.",
                discussion: """
                    A line is: body, cards, confirmed, left, remarks, remarks that wait, when it opened its link.
                    Example: bailanys cards campaign show 2026-000001 --standing unanswered
                    """)
            @OptionGroup var options: OfficeOptions
            @Argument(help: "The number, for instance 2026-000001.") var id: String
            @Option(
                help: "Only these: \(CampaignBodyRecord.Standing.allCases.map(\.rawValue).joined(separator: ", ")).")
            var standing: String?

            func validate() throws {
                if let standing { try Written.word(standing, of: "--standing", CampaignBodyRecord.Standing.self) }
            }

            func run(in office: Office) async throws {
                let chosen = standing.flatMap(CampaignBodyRecord.Standing.init(rawValue:))
                let rows = try await office.centre.journal.read { [id] db in
                    try CampaignRecord.fetch(id, in: db).map { _ in
                        try CampaignBodyRecord.fetch(campaign: id, chosen, in: db)
                    }
                }
                guard let rows else {
                    throw CommandFailure("There is no campaign \(id): see “bailanys cards campaign list”.", .notFound)
                }
                let zone = office.centre.casework.zone
                try await office.list(rows, \.json) { asked in
                    let counts = [asked.cards, asked.confirmed, asked.left, asked.remarks, asked.openRemarks]
                        .map(String.init).joined(separator: "\t")
                    return "\(asked.body)\t\(counts)\t\(asked.openedAt.map(zone.iso8601) ?? "–")"
                }
            }
        }

        /// `bailanys cards campaign end`.
        struct End: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "end", abstract: "End a campaign: its links change nothing any more.",
                discussion: "Example: bailanys cards campaign end 2026-000001 --reason \"all have answered\"")
            @OptionGroup var options: OfficeOptions
            @Argument(help: "The number.") var id: String
            @Option(help: "Why.") var reason: String

            func run(in office: Office) async throws {
                try await office.centre.campaigns.end(id, reason: reason, by: office.actor, at: office.now)
                office.answer(.object(["id": .string(id)]), "\(id) has ended.")
            }
        }
    }
}
