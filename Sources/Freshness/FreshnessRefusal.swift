import Casework

/// Why a command on a campaign or on a remark of a body is refused; each has its words in the string tables.
package enum FreshnessRefusal: String, RefusalCode {
    case campaignBody = "campaign.body"
    case campaignChanged = "campaign.changed"
    case campaignChannel = "campaign.channel"
    case campaignEnded = "campaign.ended"
    case campaignExists = "campaign.exists"
    case campaignLastDay = "campaign.lastDay"
    case campaignMonths = "campaign.months"
    case campaignNoReason = "campaign.noReason"
    case campaignNotAsked = "campaign.notAsked"
    case campaignNothing = "campaign.nothing"
    case campaignObjected = "campaign.objected"
    case campaignSphere = "campaign.sphere"
    case campaignStale = "campaign.stale"
    case campaignUnknown = "campaign.unknown"
    case objectionCard = "objection.card"
    case objectionEmpty = "objection.empty"
    case objectionField = "objection.field"
    case objectionNoReason = "objection.noReason"
    case objectionSettled = "objection.settled"
    case objectionUnknown = "objection.unknown"
    case signerUnknown = "signer.unknown"

    /// What is not there.
    package static let missing: Set<Self> = [.campaignUnknown, .objectionUnknown]
}
