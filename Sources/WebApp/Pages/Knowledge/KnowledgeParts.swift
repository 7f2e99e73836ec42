import Accounts
import Casework
import ContactCentre
import GRDB
import Journal
import KnowledgeBase
import Languages
import Markup

/// The fields of a card by the names they have in files.
enum CardFieldName: String, CaseIterable, Sendable {
    case code
    case registerCode = "register-code"
    case egovCode = "egov-code"
    case content, title, summary, sphere, owner, region, provider, recipients, channels, documents, term, fee, result
    case refusalGrounds = "refusal-grounds"
    case place = "where"
    case schedule
    case legalBasis = "legal-basis"
    case complaint, contacts, keywords, facts

    static func name(_ field: String, _ view: View) -> String {
        CardFieldName(rawValue: field).map { view.name("cardField", $0) } ?? field
    }
}

/// Where groups of synonyms stand besides the spheres of services.
enum SynonymSphere: String, CaseIterable, Sendable {
    case abbreviations, sport

    static func name(_ code: String, _ view: View) -> String {
        SynonymSphere(rawValue: code).map { view.name("synonymSphere", $0) } ?? Sphere.name(code, view)
    }
}

/// The lists of those who keep the knowledge.
enum KnowledgeTab: CaseIterable {
    case cards, silent, gaps, campaigns, queries, synonyms

    var path: SitePath {
        switch self {
        case .cards: .knowledgeCards
        case .silent: .knowledgeUnanswering
        case .gaps: .knowledgeGaps
        case .campaigns: .knowledgeCampaigns
        case .queries: .knowledgeQueries
        case .synonyms: .knowledgeSynonyms
        }
    }

    var label: TextKey {
        switch self {
        case .cards: "knowledge.cards"
        case .silent: "knowledge.silent"
        case .gaps: "knowledge.gaps"
        case .campaigns: "knowledge.campaigns"
        case .queries: "knowledge.queries"
        case .synonyms: "knowledge.synonyms"
        }
    }
}

extension HTML {
    /// The way between the lists of knowledge.
    mutating func knowledgeTabs(_ current: KnowledgeTab, _ view: View) {
        nav(.class("segments knowledge-tabs"), .ariaLabel(view.t("nav.knowledge"))) { html in
            for tab in KnowledgeTab.allCases {
                html.a(
                    .href(tab.path.path), Attribute("aria-current", "page").when(tab == current),
                    text: view.t(tab.label))
            }
        }
    }

    /// A choice of a list, as links.
    mutating func choices(_ label: String, _ options: [(label: String, address: String, isChosen: Bool)]) {
        nav(.class("segments knowledge-choices"), .ariaLabel(label)) { html in
            for option in options {
                html.a(
                    .href(option.address), Attribute("aria-current", "true").when(option.isChosen),
                    text: option.label)
            }
        }
    }
}

extension CardPart {
    /// The part of the card page that shows a field of a card.
    init?(field: String) {
        switch field {
        case "where": self = .place
        case "refusal-grounds": self = .refusal
        case "legal-basis": self = .basis
        default: self.init(rawValue: field)
        }
    }
}

extension WebRequest {
    /// The states of cards that the reader may see: withdrawn ones are for those who keep cards, drafts too where the
    /// settings say so (797 §3).
    var visibleCardStates: Set<CardState> {
        get throws {
            CardState.visible(
                managesCards: try authority.may(.manageCards),
                seesDrafts: environment.centre.settings.drafts != .keepers)
        }
    }

    /// The names of those who did something; codes where they have none here.
    func names(of actors: some Sequence<String>) async throws -> [String: String] {
        var names: [String: String] = [:]
        for actor in Set(actors) { names[actor] = try await environment.accounts.displayName(of: Actor(actor)) }
        return names
    }

    /// The titles of cards by their codes.
    func titles(of codes: some Sequence<String> & Sendable) async throws -> [String: CardText] {
        let codes = Set(codes)
        return try await environment.centre.journal.read { db in
            try codes.reduce(into: [:]) { $0[$1] = try CardRecord.fetch($1, in: db)?.card.title }
        }
    }
}
