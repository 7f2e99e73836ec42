import Languages
import WorkingDays

/// A region of the country, a city of republican significance, or the republic as a whole.
package struct Region: RegistryEntry {
    /// The first two digits of the territorial classifier, or `republic`.
    package let code: String
    /// Its names, the earliest first; never empty.
    package let names: [DatedName]
    /// The first day of its existence, nil where it is older than the registry.
    package let validFrom: CivilDate?
    /// The last day of its existence, nil while it exists.
    package let validTo: CivilDate?
    /// The code of the region it became part of.
    package let successor: String?
    /// The code of the region it was separated from.
    package let predecessor: String?
    /// A remark of the registry, in English.
    package let note: String?
    /// The zone by which its clocks go, by its name in the tz database; nil where that is the centre's.
    package var zone: String?

    /// The code of the republic as a whole.
    package static let republic = "republic"

    /// Its present name, or the last one it had.
    package var name: Localized { names.last?.name ?? Localized(kk: code, ru: code) }

    /// Its name on a day.
    package func name(on date: CivilDate) -> Localized { names.name(on: date) ?? name }

    /// The columns of the table and their texts, for comparing.
    package var fields: [(column: String, text: String)] {
        [
            ("name_kk", name.kk), ("name_ru", name.ru), ("name_en", name.en ?? ""),
            ("names", names.count > 1 ? names.line : ""), ("valid_from", validFrom?.description ?? ""),
            ("valid_to", validTo?.description ?? ""), ("successor", successor ?? ""),
            ("predecessor", predecessor ?? ""), ("note", note ?? ""),
            ("zone", zone ?? ""),
        ]
    }
}
