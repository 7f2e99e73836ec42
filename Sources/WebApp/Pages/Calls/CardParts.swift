import KnowledgeBase
import Languages
import Markup

/// The parts of a card that a caller asks for, in the order in which they are asked.
enum CardPart: String, CaseIterable, Sendable {
    case documents, term, fee, place, result, recipients, schedule, refusal, basis, complaint, contacts, provider

    /// The identity of its place on the page.
    var place: String { "part-" + rawValue }

    /// The parts that answer most calls.
    static let answer: [CardPart] = [.documents, .term, .fee, .place, .result]
    /// What is asked next.
    static let more: [CardPart] = [.refusal, .basis, .complaint, .recipients, .schedule, .contacts, .provider]

    /// What it is called.
    var label: TextKey {
        switch self {
        case .documents: "card.documents"
        case .term: "card.term"
        case .fee: "card.fee"
        case .place: "card.place"
        case .result: "card.result"
        case .recipients: "card.recipients"
        case .schedule: "card.schedule"
        case .refusal: "card.refusal"
        case .basis: "card.basis"
        case .complaint: "card.complaint"
        case .contacts: "card.contacts"
        case .provider: "card.provider"
        }
    }

    /// What the card says in exactly a language; empty where it says nothing.
    func lines(_ card: Card, _ language: Language) -> [String] {
        switch self {
        case .documents: Self.list(card.documents, language)
        case .refusal: Self.list(card.refusalGrounds, language)
        case .term: Self.text(card.term, language)
        case .fee: Self.text(card.fee, language)
        case .place: Self.text(card.place, language)
        case .result: Self.text(card.result, language)
        case .recipients: Self.text(card.recipients, language)
        case .schedule: Self.text(card.schedule, language)
        case .basis: Self.text(card.legalBasis, language)
        case .complaint: Self.text(card.complaint, language)
        case .contacts: Self.text(card.contacts, language)
        case .provider: Self.text(card.provider, language)
        }
    }

    /// Whether it is a list with a line for each thing.
    var isList: Bool { self == .documents || self == .refusal }

    private static func list(_ list: LocalizedList?, _ language: Language) -> [String] {
        (language == .kk ? list?.kk : list?.ru) ?? []
    }

    private static func text(_ text: CardText?, _ language: Language) -> [String] {
        guard let text = language == .kk ? text?.kk : text?.ru, !text.isEmpty else { return [] }
        return [text]
    }
}

/// In which languages a card is shown.
enum CardShowing: String, CaseIterable, Sendable {
    case kk, ru, both

    /// The languages, the reader's own first.
    func languages(_ reader: Language) -> [Language] {
        switch self {
        case .kk: [.kk]
        case .ru: [.ru]
        case .both: reader == .kk ? [.kk, .ru] : [.ru, .kk]
        }
    }
}

/// The body of a card, part by part, in one language or in both side by side.
struct CardParts: Sendable {
    let card: Card
    let languages: [Language]
    /// The parts of which one language says something newer than the other.
    var unequal: Set<CardPart> = []

    /// What is for us and not on the caller's sheet.
    private static let office: Set<CardPart> = [.basis, .provider, .recipients]

    func draw(_ parts: [CardPart], into html: inout HTML, _ view: View) {
        html.div(.class(languages.count > 1 ? "pairs is-double" : "pairs")) { html in
            for part in parts where languages.contains(where: { !part.lines(card, $0).isEmpty }) {
                html.div(.id(part.place), .class(Self.office.contains(part) ? "pair is-office" : "pair")) { html in
                    for language in languages { cell(part, language, &html, view) }
                }
            }
        }
    }

    private func cell(_ part: CardPart, _ language: Language, _ html: inout HTML, _ view: View) {
        let own = view.in(language)
        let lines = part.lines(card, language)
        html.section(.class("pair-cell"), .lang(language), Attribute("data-copy", flag: !lines.isEmpty)) { html in
            html.h3(text: own.t(part.label))
            if unequal.contains(part) {
                html.p(.class("pair-mark")) { html in
                    html.icon(.warning)
                    html.text(own.t("card.unequal"))
                }
            }
            if lines.isEmpty {
                html.p(.class("note"), text: own.t("card.notInLanguage"))
            } else if part.isList {
                html.ul { html in for line in lines { html.li(text: line) } }
            } else {
                for line in lines { html.p(text: line) }
            }
        }
    }

    /// The parts that are said in no language.
    var missing: [CardPart] {
        (CardPart.answer + [.refusal]).filter { part in
            Language.allCases.allSatisfy { $0 == .en || part.lines(card, $0).isEmpty }
        }
    }
}
