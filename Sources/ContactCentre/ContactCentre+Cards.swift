import Crypto
import Foundation
import Journal
import KnowledgeBase

extension ContactCentre {
    /// Takes in the cards of the knowledge folder where its files have changed.
    ///
    /// The digest of the files of the last time lies beside the journal; without it they are only compared again.
    func bringCardsUpToDate(_ knowledge: String, note: (String) -> Void) throws {
        let folder = knowledge + "/services"
        let mark = data.path + "/cards.digest"
        var hasher = SHA256()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            hasher.update(data: Data(name.utf8))
            hasher.update(data: FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        let digest = Data(EventLink.hexadecimal(Array(hasher.finalize())).utf8)
        if FileManager.default.contents(atPath: mark) == digest { return }
        let report = try cards.importFolder(folder, by: Actor("system"), at: now())
        note(
            "cards: \(report.added) added, \(report.changed) changed, \(report.refused.count) refused of the files in \(folder)"
        )
        for problem in report.refused { note("refused \(problem)") }
        try digest.write(to: URL(fileURLWithPath: mark), options: .atomic)
    }
}
