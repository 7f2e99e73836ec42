/// Who serves whom: regions, bodies, services, and the responsible persons of bodies, each with its history.
///
/// Decides: which body or service a code means, what it was called on a day, whether an imported row may be taken in,
/// and what it changes. Refuses to know: cards, requests, complaints; the clocks of 797 §5 and §7 belong to Onboarding,
/// which records a new responsible person through this module in its own transaction.
///
/// - `PublicBody.swift`, `Region.swift`, `PublicService.swift` — what is known; `DatedName.swift` — names by date.
/// - `RegistryTables.swift` — reads the CSV files; `RegistryImport.swift` — compares them with what is known and appends
///   what has changed; `RegistryImportReport.swift` — what came of it; `RegistryFolder.swift` — a whole folder.
/// - `RegistryEvent.swift` — what can happen; `RegistryProjection.swift` — the tables.
/// - `Registry+Bodies.swift`, `Registry+Services.swift`, `Registry+Regions.swift` — what pages and reports read.
/// - `ResponsiblePerson.swift` — who answers for a body; names and contacts are sealed.
import Casework
import GRDB
import Journal

/// The reads and session functions of the registry; see its extensions.
package enum Registry {
    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [RegistryEvent.self]

    /// The tables, to be given to the journal.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [RegistryProjection(catalogue: catalogue)]
    }
}
