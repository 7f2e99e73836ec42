import Journal
import KnowledgeBase

extension ContactCentre {
    /// Takes in the cards of the knowledge folder where its files have changed.
    ///
    /// The journal knows the digest of the last import in which nothing was refused; wrong files are named at each start.
    func bringCardsUpToDate(_ knowledge: String, note: (String) -> Void) throws {
        let folder = knowledge + "/services"
        let report = try cards.importFolder(folder, onlyWhenChanged: true, by: Actor("system"), at: now())
        guard let report else { return }
        note(
            "cards: \(report.added) added, \(report.changed) changed, \(report.kept.count) kept, \(report.refused.count) faults in the files in \(folder)"
        )
        for problem in report.kept { note("kept \(problem)") }
        for problem in report.refused { note("refused \(problem)") }
    }
}
