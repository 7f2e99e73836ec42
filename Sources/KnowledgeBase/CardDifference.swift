import Languages

/// One thing that differs between two editions of a card: a text, a point of a list, a code.
package struct CardDifference: Codable, Hashable, Sendable {
    /// The name of the field: `fee`, `documents`, `owner`.
    package let field: String
    /// The language; nil for fields without one.
    package let language: Language?
    /// What it said; nil where it is new.
    package let old: String?
    /// What it says; nil where it is gone.
    package let new: String?

    /// What differs from one card to another, in the order of the form; lists are compared point by point, so that one
    /// point put between others is one difference.
    package static func between(_ old: Card, _ new: Card) -> [CardDifference] {
        var differences: [CardDifference] = []
        for (before, after) in zip(old.items, new.items) {
            for (language, old, new) in [(Language.kk, before.kk, after.kk), (.ru, before.ru, after.ru)] {
                for (gone, come) in changes(old, new) {
                    differences.append(CardDifference(field: before.field, language: language, old: gone, new: come))
                }
            }
        }
        for (before, after) in zip(old.facts, new.facts) where before.text != after.text {
            func said(_ text: String) -> String? { text.isEmpty ? nil : text }
            differences.append(
                CardDifference(field: before.field, language: nil, old: said(before.text), new: said(after.text)))
        }
        return differences
    }

    /// What went and what came, in order; a point that went where another came is one change.
    private static func changes(_ old: [String], _ new: [String]) -> [(old: String?, new: String?)] {
        guard old != new else { return [] }
        let difference = new.difference(from: old)
        var gone: [Int: String] = [:]
        var come: [Int: String] = [:]
        for change in difference {
            switch change {
            case .remove(let offset, let text, _): gone[offset] = text
            case .insert(let offset, let text, _): come[offset] = text
            }
        }
        var result: [(old: String?, new: String?)] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            switch (gone[left], come[right]) {
            case (let gone?, let come?):
                result.append((gone, come))
                (left, right) = (left + 1, right + 1)
            case (let gone?, nil):
                result.append((gone, nil))
                left += 1
            case (nil, let come?):
                result.append((nil, come))
                right += 1
            case (nil, nil): (left, right) = (left + 1, right + 1)
            }
        }
        return result
    }

    /// The names of the fields that differ between two cards.
    static func fields(_ old: Card, _ new: Card) -> Set<String> { Set(between(old, new).map(\.field)) }
}
