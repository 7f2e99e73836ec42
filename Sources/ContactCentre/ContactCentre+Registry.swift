import Journal
import Registry

extension ContactCentre {
    /// Takes in the bodies, regions and services of the knowledge folder where its files have changed.
    func bringRegistryUpToDate(_ knowledge: String, note: (String) -> Void) throws {
        let report = try RegistryFolder.import(folder: knowledge, into: casework, by: Actor("system"), at: now())
        guard let report else { return }
        note(
            "registry: \(report.added.count) added, \(report.changed.count) changed, \(report.refused.count) refused of the files in \(knowledge)"
        )
        for row in report.refused { note("refused \(row)") }
    }
}
