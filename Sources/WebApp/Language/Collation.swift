import Foundation
import Languages

/// The order of words in a language: Ә after А, І after Ы, where plain comparison puts them at the end.
enum Collation {
    private static let locales: [Language: Locale] = [
        .kk: Locale(identifier: "kk_KZ"), .ru: Locale(identifier: "ru_KZ"), .en: Locale(identifier: "en_GB"),
    ]

    /// Whether one text comes before another.
    static func isBefore(_ left: String, _ right: String, _ language: Language) -> Bool {
        left.compare(right, locale: locales[language]) == .orderedAscending
    }
}
