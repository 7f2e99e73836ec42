import Languages

/// The fields of the form of a card (the appendix of 797), in the order in which they are filled in.
package enum CardFormField: String, CaseIterable, Hashable, Sendable {
    case title, summary, recipients, channels, documents, term, fee, result
    case refusalGrounds = "refusal-grounds"
    case place = "where"
    case schedule
    case legalBasis = "legal-basis"
    case complaint, contacts, provider
    case stated = "facts"
    case registerCode = "register-code"
    case egovCode = "egov-code"
    case keywords, sphere, owner, region, content

    /// How a field is filled in.
    package enum Kind: Hashable, Sendable {
        /// A text in Kazakh and in Russian.
        case text
        /// Lines in Kazakh and in Russian, each answering the other.
        case list
        /// Any of the channels.
        case channels
        /// Facts, each a row.
        case facts
        /// One word without a language.
        case word
    }

    /// How it is filled in.
    package var kind: Kind {
        switch self {
        case .title, .summary, .recipients, .term, .fee, .result, .place, .schedule, .legalBasis, .complaint, .contacts,
            .provider:
            .text
        case .documents, .refusalGrounds, .keywords: .list
        case .channels: .channels
        case .stated: .facts
        case .registerCode, .egovCode, .sphere, .owner, .region, .content: .word
        }
    }

    /// The fields that the body fills in (797 §5); the others are the centre's own: the search, the register, how sure it is.
    package static let ofBody: [CardFormField] = [
        .title, .summary, .recipients, .channels, .documents, .term, .fee, .result, .refusalGrounds, .place, .schedule,
        .legalBasis, .complaint, .contacts, .provider, .stated, .registerCode,
    ]

    /// Whether the appendix of 797 asks for it: without it the information is incomplete (§5).
    package var isAsked: Bool {
        switch self {
        case .title, .recipients, .channels, .documents, .term, .fee, .result, .refusalGrounds, .place, .schedule,
            .legalBasis, .complaint, .contacts, .provider:
            true
        case .summary, .stated, .registerCode, .egovCode, .keywords, .sphere, .owner, .region, .content: false
        }
    }

    /// The field of a place of the form, such as `documents.2.ru`; nil where it is none of the form.
    package init?(place: some StringProtocol) {
        self.init(rawValue: String(place.prefix { $0 != "." }))
    }

    // MARK: - What of a card it is

    func text(of card: Card) -> CardText? {
        switch self {
        case .title: card.title
        case .summary: card.summary
        case .recipients: card.recipients
        case .term: card.term
        case .fee: card.fee
        case .result: card.result
        case .place: card.place
        case .schedule: card.schedule
        case .legalBasis: card.legalBasis
        case .complaint: card.complaint
        case .contacts: card.contacts
        case .provider: card.provider
        default: nil
        }
    }

    func put(_ text: CardText?, into card: inout Card) {
        switch self {
        case .title: card.title = text ?? CardText()
        case .summary: card.summary = text
        case .recipients: card.recipients = text
        case .term: card.term = text
        case .fee: card.fee = text
        case .result: card.result = text
        case .place: card.place = text
        case .schedule: card.schedule = text
        case .legalBasis: card.legalBasis = text
        case .complaint: card.complaint = text
        case .contacts: card.contacts = text
        case .provider: card.provider = text
        default: break
        }
    }

    func list(of card: Card) -> LocalizedList? {
        switch self {
        case .documents: card.documents
        case .refusalGrounds: card.refusalGrounds
        case .keywords: card.keywords
        default: nil
        }
    }

    func put(_ list: LocalizedList?, into card: inout Card) {
        switch self {
        case .documents: card.documents = list
        case .refusalGrounds: card.refusalGrounds = list
        case .keywords: card.keywords = list
        default: break
        }
    }

    func word(of card: Card) -> String? {
        switch self {
        case .registerCode: card.registerCode
        case .egovCode: card.egovCode
        case .sphere: card.sphere
        case .owner: card.owner
        case .region: card.region
        case .content: card.content.rawValue
        default: nil
        }
    }
}
