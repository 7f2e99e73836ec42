import Languages

/// Parts of a card of which one language was changed and the other has not followed.
package enum CardTwins {
    /// The parts that are newer in one language after an edition, with that language; keywords are for the search and need no pair.
    /// - Parameter known: those that were so before.
    package static func newer(
        _ card: Card, after old: Card, known: [String: Language] = [:]
    ) -> [String: Language] {
        var newer = known
        for (before, after) in zip(old.items, card.items) where after.field != Card.CodingKeys.keywords.rawValue {
            let known = newer[after.field]
            switch (before.kk != after.kk, before.ru != after.ru) {
            case _ where after.kk.isEmpty || after.ru.isEmpty: newer[after.field] = nil
            case (true, true): newer[after.field] = nil
            case (true, false): newer[after.field] = known == .ru ? nil : .kk
            case (false, true): newer[after.field] = known == .kk ? nil : .ru
            case (false, false): continue
            }
        }
        return newer
    }
}
