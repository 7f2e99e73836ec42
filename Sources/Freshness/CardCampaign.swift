import Casework
import WorkingDays

/// A campaign was begun: the list of cards by bodies stands from now on.
package struct CardCampaignBegun: Codable, Hashable, Sendable {
    /// Which cards were chosen.
    package var selection: CardSelection
    /// The last day on which answers are asked for.
    package var lastDay: CivilDate
    /// The cards by bodies.
    package var bodies: [CampaignBody]
}

/// A campaign was ended by hand; from now on its links change nothing.
package struct CardCampaignEnded: Codable, Hashable, Sendable {
    /// Why.
    package var reason: String
}

/// Somebody looked at the names of those who answered for a body; recorded before they are shown.
package struct CardSignersRevealed: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// What for; holds no names.
    package var purpose: String
}

/// What can happen to a campaign, stream `cardCampaign/2026-000001`.
package enum CardCampaignEvent: EventContent, Equatable {
    /// It was begun.
    case cardCampaignBegun(CardCampaignBegun)
    /// It was ended.
    case cardCampaignEnded(CardCampaignEnded)
    /// The names of those who answered were looked at.
    case cardSignersRevealed(CardSignersRevealed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case cardCampaignBegun, cardCampaignEnded, cardSignersRevealed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .cardCampaignBegun(let event): Tagged(.cardCampaignBegun, event)
        case .cardCampaignEnded(let event): Tagged(.cardCampaignEnded, event)
        case .cardSignersRevealed(let event): Tagged(.cardSignersRevealed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardCampaignBegun: .cardCampaignBegun(try content())
        case .cardCampaignEnded: .cardCampaignEnded(try content())
        case .cardSignersRevealed: .cardSignersRevealed(try content())
        }
    }
}

/// The kind of case “campaign”: no clock of law runs for it, its last day is the coordinator's.
package enum CardCampaign: CaseKind {
    /// What is known of a campaign.
    package struct State: Hashable, Sendable {
        /// What it asks; nil where there is no such campaign.
        package internal(set) var begun: CardCampaignBegun?
        /// Whether it was ended.
        package internal(set) var isEnded = false
    }

    /// What can be asked of a campaign.
    package enum Command: Sendable {
        /// Begins it.
        case begin(CardCampaignBegun)
        /// Ends it.
        case end(reason: String)
        /// Records a look at the names of those who answered for a body.
        case look(body: String, purpose: String)
    }

    package static let streamKind = "cardCampaign"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: CardCampaignEvent, stamp: EventStamp) {
        switch event {
        case .cardCampaignBegun(let begun): state.begun = begun
        case .cardCampaignEnded: state.isEnded = true
        case .cardSignersRevealed: break
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<CardCampaignEvent>] {
        if case .begin(let begun) = command {
            guard state.begun == nil else {
                throw FreshnessRefusal.campaignExists("This campaign was begun already.")
            }
            guard begun.lastDay > context.today else {
                throw FreshnessRefusal.campaignLastDay("Give a last day after today.", field: "until")
            }
            return [Happening(.cardCampaignBegun(begun), at: context.now)]
        }
        guard let begun = state.begun else {
            throw FreshnessRefusal.campaignUnknown("There is no such campaign: check the number.")
        }
        switch command {
        case .begin: return []
        case .end(let reason):
            guard !state.isEnded else { throw FreshnessRefusal.campaignEnded("The campaign was ended already.") }
            guard reason.contains(where: { !$0.isWhitespace }) else {
                throw FreshnessRefusal.campaignNoReason("Say why the campaign is ended.", field: "reason")
            }
            return [Happening(.cardCampaignEnded(CardCampaignEnded(reason: reason)), at: context.now)]
        case .look(let body, let purpose):
            guard begun.bodies.contains(where: { $0.body == body }) else {
                throw FreshnessRefusal.campaignNotAsked("This campaign asks nothing of that body.")
            }
            guard purpose.contains(where: { !$0.isWhitespace }) else {
                throw FreshnessRefusal.campaignNoReason("Say what the names are needed for.", field: "purpose")
            }
            let look = CardSignersRevealed(body: body, purpose: purpose)
            return [Happening(.cardSignersRevealed(look), at: context.now)]
        }
    }
}
