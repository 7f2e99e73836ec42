import Languages
import WorkingDays

/// A body of 797 §2: a state body, a public service centre, another provider, the Agency, the contact centre.
package struct PublicBody: RegistryEntry {
    /// The code, for instance `KGD`.
    package let code: String
    /// What it is.
    package let kind: BodyKind
    /// The level of a local executive body, nil for others.
    package let level: LocalLevel?
    /// The code of the body it belongs to.
    package let parent: String?
    /// The code of its region; `republic` for the whole country.
    package let region: String
    /// Its names, the earliest first; never empty.
    package let names: [DatedName]
    /// The first day of its existence, nil where it is not known.
    package let validFrom: CivilDate?
    /// The last day of its existence, nil while it exists.
    package internal(set) var validTo: CivilDate?
    /// The code of the body that took over from it.
    package internal(set) var successor: String?
    /// A remark of the registry, in English.
    package let note: String?

    /// A body from its parts.
    package init(
        code: String, kind: BodyKind, level: LocalLevel? = nil, parent: String? = nil, region: String,
        names: [DatedName], validFrom: CivilDate? = nil, validTo: CivilDate? = nil, successor: String? = nil,
        note: String? = nil
    ) {
        self.code = code
        self.kind = kind
        self.level = level
        self.parent = parent
        self.region = region
        self.names = names
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
        self.note = note
    }

    /// Its present name, or the last one it had.
    package var name: Localized { names.last?.name ?? Localized(kk: code, ru: code) }

    /// Its name on a day.
    package func name(on date: CivilDate) -> Localized { names.name(on: date) ?? name }

    /// Whether it exists on a day.
    package func exists(on date: CivilDate) -> Bool {
        DatedName(from: validFrom, through: validTo, name: name).applies(on: date)
    }

    /// The columns of the table and their texts, for comparing.
    package var fields: [(column: String, text: String)] {
        [
            ("name_kk", name.kk), ("name_ru", name.ru), ("name_en", name.en ?? ""),
            ("names", names.count > 1 ? names.line : ""), ("kind", kind.rawValue), ("level", level?.rawValue ?? ""),
            ("parent", parent ?? ""), ("region", region), ("valid_from", validFrom?.description ?? ""),
            ("valid_to", validTo?.description ?? ""), ("successor", successor ?? ""), ("note", note ?? ""),
        ]
    }
}
