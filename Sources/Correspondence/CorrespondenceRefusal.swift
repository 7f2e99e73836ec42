import Casework

/// Why a command on letters and links of bodies is refused; each has its words in the string tables.
package enum CorrespondenceRefusal: String, RefusalCode {
    case bodyLinkClosed = "bodyLink.closed"
    case bodyLinkExists = "bodyLink.exists"
    case bodyLinkNoRequest = "bodyLink.noRequest"
    case bodyLinkPast = "bodyLink.past"
    case bodyLinkReasonMissing = "bodyLink.reasonMissing"
    case bodyLinkUnknown = "bodyLink.unknown"
    case channelAddress = "channel.address"
    case channelMissing = "channel.missing"
    case channelOff = "channel.off"
    case channelWebhook = "channel.webhook"
    case letterDropped = "letter.dropped"
    case letterEmpty = "letter.empty"
    case letterExists = "letter.exists"
    case letterFinished = "letter.finished"
    case letterNoCase = "letter.noCase"
    case letterNotFinished = "letter.notFinished"
    case letterReasonMissing = "letter.reasonMissing"
    case letterTooEarly = "letter.tooEarly"
    case letterUnknown = "letter.unknown"

    /// What is not there.
    package static let missing: Set<Self> = [.bodyLinkUnknown, .letterUnknown]
}
