import Accounts
import CardSearch
import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// Where in a card words were found.
enum FoundIn: String, CaseIterable, Sendable {
    case title, description, documents, keywords, rest, code

    /// The part of a card that a field of the search belongs to.
    init(field: String) {
        switch field {
        case "titleKK", "titleRU", "title": self = .title
        case "descriptionKK", "descriptionRU": self = .description
        case "documents", "documentsKK", "documentsRU": self = .documents
        case "keywords", "keywordsKK", "keywordsRU": self = .keywords
        case "code": self = .code
        default: self = .rest
        }
    }
}

/// What the search found: how the words were read, the cards, and the way on where there is nothing.
struct SearchResults: Sendable {
    let answer: SearchAnswer
    let cards: [FoundCard]
    /// The names of the bodies that answer for the cards.
    let owners: [String: Localized]
    /// The words as typed.
    let words: String
    /// The days on which the terms that were asked for end where the caller applies today, by the codes of the cards.
    var ends: [String: CivilDate] = [:]
    /// The life events that the words tell of.
    var events: [LifeEvent] = []

    func draw(into html: inout HTML, _ view: View) {
        html.p(.class("finder-reading"), .role("status")) { html in
            html.span(.class("visually-hidden"), text: view.t("search.count", count: cards.count) + ". ")
            reading(&html, view)
        }
        if cards.isEmpty {
            html.div(.class("empty")) { html in
                html.p(.class("empty-title"), text: view.t("search.nothing"))
                html.p(text: view.t("search.nothingHelp"))
            }
        } else {
            LifeEventLinks(events: events).draw(into: &html, view)
            if let choice = answer.choice { ChoiceBox(choice: choice).draw(into: &html, view) }
            if !answer.isSure {
                html.p(.class("finder-unsure"), text: view.t(isNothing ? "search.nearest" : "search.unsure"))
            }
            list(&html, view)
        }
        if view.may(.recordContacts) { nothing(&html, view) }
    }

    /// “ghfdf → права (keyboard layout) → водительское удостоверение (synonym)”: at most three words, what was done to
    /// the letters first, then the meaning.
    private func reading(_ html: inout HTML, _ view: View) {
        let steps = answer.reading.filter { $0.typed != $0.readAs }.sorted {
            Self.weight($0.through) < Self.weight($1.through)
        }
        let firsts = steps.filter { step in !steps.contains { $0.readAs == step.typed } }
        var shown: Set<String> = []
        for first in firsts where shown.count < 3 && shown.insert(first.typed).inserted {
            html.span(.class("reading for-notes")) { html in
                html.text(first.typed)
                var next: Reading? = first
                while let step = next, shown.count < 6 {
                    html.span(.class("reading-arrow"), text: " → ")
                    html.strong(text: Self.short(step.readAs))
                    html.span(.class("reading-how"), text: " " + view.name("reading", step.through))
                    next = steps.first { $0.typed == step.readAs && shown.insert($0.typed).inserted }
                }
            }
        }
    }

    private static func weight(_ through: Reading.Through) -> Int {
        switch through {
        case .layoutRussian, .layoutKazakh, .layoutEnglish, .numberRow, .transliteration, .code: 0
        case .synonym: 1
        case .glossary: 2
        case .spelling: 3
        case .family, .lexicon, .beginning: 4
        }
    }

    /// The first of several words.
    private static func short(_ words: String) -> String {
        guard let end = words.firstIndex(where: { $0 == ";" || $0 == "," }) else { return words }
        return words[..<end] + "…"
    }

    /// Whether the words were not understood or no card has most of them: then the cards are only the nearest there are.
    private var isNothing: Bool { !answer.isSure && answer.isWeak }

    /// A card that is not consulted on is paler; where it is not sure that a card was meant, none looks like an answer.
    private func style(_ card: FoundCard) -> String {
        let isUnsure = answer.question.fact != nil && card.answer == nil || !answer.isSure
        return (card.state == .live ? "hit" : "hit is-idle") + (isUnsure ? " is-unsure" : "")
    }

    private func list(_ html: inout HTML, _ view: View) {
        let highlighter = Highlighter(answer)
        html.ol(.class(isNothing ? "hits is-nearest" : "hits"), Attribute("data-unsure", flag: isNothing)) { html in
            for (index, card) in cards.enumerated() {
                html.li(.class(style(card))) { html in
                    let line = AnswerLine(
                        card: card, fact: answer.question.fact, end: ends[card.code], isFirst: index == 0)
                    titles(card, line.place, highlighter, &html, view)
                    if isNothing { return }
                    line.draw(into: &html, view)
                    let hit = answer.hits[index]
                    let found = Self.found(hit.reasons)
                    if !hit.isShownByTitle { snippet(card, highlighter, &html, view) }
                    html.p(.class("hit-meta")) { html in
                        html.code(text: card.code)
                        if let owner = owners[card.owner] { html.span(text: owner[view.language]) }
                        if !found.isEmpty {
                            let places = found.map { view.name("foundIn", $0) }.joined(separator: ", ")
                            html.span(.class("for-notes"), text: view.t("search.foundIn", ["places": places]))
                        }
                        if card.state != .live {
                            html.span(.class("hit-state"), text: view.name("cardState", card.state))
                        }
                    }
                }
            }
        }
    }

    /// The title in the reader's language as a link, the other one below it, each with its mark.
    private func titles(
        _ card: FoundCard, _ place: String?, _ highlighter: Highlighter, _ html: inout HTML, _ view: View
    ) {
        let order: [Language] = view.language == .kk ? [.kk, .ru] : [.ru, .kk]
        var isFirst = true
        for language in order {
            guard let (text, own) = card.title.text(language), own == language else { continue }
            html.p(.class(isFirst ? "hit-title" : "hit-other")) { html in
                html.languageMark(language, view)
                if isFirst {
                    html.a(
                        .href(SitePath.card(.value(card.code)).path + (place.map { "#" + $0 } ?? "")), .lang(language),
                        Attribute("data-hit", flag: true)
                    ) { html in html.marked(text, highlighter) }
                } else {
                    html.span(.lang(language)) { html in html.marked(text, highlighter) }
                }
            }
            isFirst = false
        }
    }

    private func snippet(_ card: FoundCard, _ highlighter: Highlighter, _ html: inout HTML, _ view: View) {
        guard let (text, language) = card.summary?.text(view.language) else { return }
        let part = highlighter.snippet(of: text, words: 22)
        html.p(.class("hit-snippet"), .lang(language)) { html in html.marked(part, highlighter) }
    }

    private func nothing(_ html: inout HTML, _ view: View) {
        html.p(.class(cards.isEmpty || answer.isWeak ? "finder-gap is-strong" : "finder-gap")) { html in
            html.text(view.t(cards.isEmpty ? "search.gapEmpty" : "search.gapWeak"))
            html.button(
                .type("submit"), Attribute("form", "finder"), Attribute("formaction", SitePath.callGap.path),
                .class("button is-small"), Attribute("data-key", "gap")
            ) { html in
                html.text(view.t("search.gap"))
                html.shortcut("F8")
            }
        }
    }

    private static func found(_ reasons: [Reason]) -> [FoundIn] {
        var found: [FoundIn] = []
        for reason in reasons {
            let place = FoundIn(field: reason.field)
            if !found.contains(place) { found.append(place) }
        }
        return Array(found.prefix(3))
    }
}

extension HTML {
    /// The mark of a language: two or three letters, with its name for the ear.
    mutating func languageMark(_ language: Language, _ view: View) {
        span(.class("lang-mark")) { html in
            html.span(.ariaHidden, text: language == .kk ? "ҚАЗ" : language == .ru ? "РУС" : "ENG")
            html.span(.class("visually-hidden"), text: view.name("languageName", language) + ": ")
        }
    }

    /// A text with the words marked that answer a query.
    mutating func marked(_ text: String, _ highlighter: Highlighter) {
        for piece in highlighter.pieces(of: text) {
            if piece.isMarked { mark(text: piece.text) } else { self.text(piece.text) }
        }
    }
}
