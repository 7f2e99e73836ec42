/// A day on which the calendar differs from the plain week of Monday to Friday.
package struct CalendarException: Hashable, Sendable, Codable {
    /// What the day is instead.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A national or state holiday, or a day off of the Labour Code.
        case holiday
        /// A day off moved here from a holiday that fell on a day off, or by an act of transfer.
        case transferredDayOff = "transferred_day_off"
        /// A day that is worked although it is a weekend or would be off.
        case workingDay = "working_day"
    }

    /// The day.
    package var date: CivilDate
    /// What it is.
    package var kind: Kind
    /// Its name in Kazakh.
    package var nameKK: String
    /// Its name in Russian.
    package var nameRU: String
    /// The act that makes it so, in Kazakh.
    package var basisKK: String
    /// The act that makes it so, in Russian.
    package var basisRU: String
    /// Since when it could be known.
    package var knownSince: CivilDate
    /// Whether it is an estimate that an act may still change.
    package var isProvisional: Bool

    private enum CodingKeys: String, CodingKey {
        case date, kind
        case nameKK = "kk"
        case nameRU = "ru"
        case basisKK, basisRU, knownSince
        case isProvisional = "provisional"
    }

    /// An exception from its parts.
    package init(
        date: CivilDate, kind: Kind, nameKK: String, nameRU: String, basisKK: String, basisRU: String,
        knownSince: CivilDate, isProvisional: Bool = false
    ) {
        self.date = date
        self.kind = kind
        self.nameKK = nameKK
        self.nameRU = nameRU
        self.basisKK = basisKK
        self.basisRU = basisRU
        self.knownSince = knownSince
        self.isProvisional = isProvisional
    }

    /// Reads an exception; one of a calendar that was adopted before bases were given in two languages has one for both.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let before = try decoder.container(keyedBy: EarlierKeys.self).decodeIfPresent(String.self, forKey: .basis)
        func basis(_ key: CodingKeys) throws -> String {
            try before ?? container.decode(String.self, forKey: key)
        }
        self.init(
            date: try container.decode(CivilDate.self, forKey: .date),
            kind: try container.decode(Kind.self, forKey: .kind),
            nameKK: try container.decode(String.self, forKey: .nameKK),
            nameRU: try container.decode(String.self, forKey: .nameRU), basisKK: try basis(.basisKK),
            basisRU: try basis(.basisRU), knownSince: try container.decode(CivilDate.self, forKey: .knownSince),
            isProvisional: try container.decode(Bool.self, forKey: .isProvisional))
    }

    private enum EarlierKeys: String, CodingKey { case basis }
}
