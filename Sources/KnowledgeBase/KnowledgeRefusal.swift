import Casework

/// Why a command on cards, gaps, synonyms and saved queries is refused; each has its words in the string tables.
package enum KnowledgeRefusal: String, RefusalCode {
    case formTooLarge = "card.formTooLarge"
    case cardChanged = "card.changed"
    case cardNoDocument = "card.noDocument"
    case cardNoReason = "card.noReason"
    case cardNotWithdrawn = "card.notWithdrawn"
    case cardOtherCode = "card.otherCode"
    case cardSame = "card.same"
    case cardStale = "card.stale"
    case cardUnknown = "card.unknown"
    case cardUnknownBody = "card.unknownBody"
    case cardOtherBody = "card.otherBody"
    case cardEmpty = "card.empty"
    case cardUnknownField = "card.unknownField"
    case cardWithdrawn = "card.withdrawn"
    case gapEmpty = "gap.empty"
    case gapEnded = "gap.ended"
    case gapExists = "gap.exists"
    case gapNoEdition = "gap.noEdition"
    case gapNoReason = "gap.noReason"
    case gapNoRequest = "gap.noRequest"
    case gapUnknown = "gap.unknown"
    case gapUnknownCode = "gap.unknownCode"
    case queryCard = "query.card"
    case queryWords = "query.words"
    case synonymChanged = "synonym.changed"
    case synonymColloquial = "synonym.colloquial"
    case synonymId = "synonym.id"
    case synonymLong = "synonym.long"
    case synonymMean = "synonym.mean"
    case synonymNoReason = "synonym.noReason"
    case synonymSame = "synonym.same"
    case synonymSay = "synonym.say"
    case synonymUnknown = "synonym.unknown"

    /// What is not there.
    package static let missing: Set<Self> = [.cardUnknown, .gapUnknown, .synonymUnknown]
}
