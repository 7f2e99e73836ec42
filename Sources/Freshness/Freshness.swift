/// Keeping cards true: campaigns by which bodies confirm their cards, and what bodies say is wrong with them.
///
/// Decides: which cards a campaign asks for, what a body may answer by its link and when, who is written to and reminded,
/// what a remark of a body becomes. Refuses to know: what a card says (`KnowledgeBase`), how a link is signed and a letter
/// printed (`Correspondence`), how mail leaves (`Delivery`). A card that nobody confirmed is marked, and never taken away.
///
/// - `CardSelection.swift` — which cards; `CampaignPlan.swift` — the list by bodies, before anything is recorded.
/// - `CardCampaign.swift` — begun, ended; `CardObjection.swift` — what a body says is wrong; `CardSigner.swift` — who answers.
/// - `CampaignDesk.swift` and its extensions — the door: begin and end, what a link does, mails, reminders.
/// - `FreshnessProjection.swift` — the tables; `CampaignRecord.swift`, `ObjectionRecord.swift`, `CardFreshness.swift` — reading.
import Casework
import Journal

/// The events and tables of the module, for whoever opens the journal.
package enum Freshness {
    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [
        CardCampaignEvent.self, CardObjectionEvent.self, CardSignerEvent.self, CampaignNoticeEvent.self,
    ]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [FreshnessProjection(catalogue: catalogue)]
    }
}
