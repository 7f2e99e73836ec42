import Languages

/// The form of a noun that a number asks for (the categories of CLDR).
package enum PluralForm: String, CaseIterable, Hashable, Sendable {
    /// English 1; Russian 1, 21, 31, … but not 11.
    case one
    /// Russian 2-4, 22-24, … but not 12-14.
    case few
    /// Russian 0, 5-20, 25-30, …
    case many
    /// Everything else; Kazakh has no other form after a number.
    case other

    /// The forms that a language tells apart for whole numbers.
    package static func forms(of language: Language) -> Set<PluralForm> {
        switch language {
        case .kk: [.other]
        case .ru: [.one, .few, .many]
        case .en: [.one, .other]
        }
    }

    /// The form that `count` asks for.
    package static func of(_ count: Int, in language: Language) -> PluralForm {
        switch language {
        case .kk: .other
        case .en: count.magnitude == 1 ? .one : .other
        case .ru:
            switch (count.magnitude % 10, count.magnitude % 100) {
            case (_, 11...14): .many
            case (1, _): .one
            case (2...4, _): .few
            default: .many
            }
        }
    }
}
