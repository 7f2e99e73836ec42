import ArgumentParser
import Blocking
import CanonicalJSON
import CardBlanks
import Casework
import ContactCentre
import Foundation
import KnowledgeBase
import Languages
import WebApp
import WorkingDays

extension CardsCommand.Import {
    /// Takes in filled forms, XLSX or CSV: all or nothing, each fault with its file and cell.
    func takeBlanks(_ path: String, in office: Office) async throws {
        let texts = try Texts()
        let words = CardBlankTexts.words(texts)
        let report = try await Blocking.long.run { [submission, preview] in
            try CardBlankFolder.take(
                path, words, into: office.centre.cards, origin: submission ? .submission : .coordinator,
                isDone: !preview, by: office.actor, at: office.now)
        }
        for problem in report.problems {
            office.output.note("\(problem.file): \(problem.address.map { $0 + ": " } ?? "")\(problem.words(texts))")
        }
        let isRecorded = report.problems.isEmpty && !preview
        office.answer(
            try JSON(encoding: report),
            "\(report.changed) changed, \(report.unchanged) unchanged, \(report.problems.count) faults: \(isRecorded ? "recorded" : "nothing was recorded")."
        )
        if !report.problems.isEmpty { throw ExitCode(1) }
    }
}

extension CardBlankFolder.Problem {
    /// What is wrong, in English, as commands say it.
    fileprivate func words(_ texts: Texts) -> String {
        if let fault {
            return "\(place ?? ""): " + CardBlankTexts.words(of: fault, texts)
        }
        if let unread { return "“\(text ?? "")”: " + CardBlankTexts.words(of: unread, texts) }
        return reason ?? ""
    }
}
