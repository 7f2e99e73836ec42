import KnowledgeBase
import Logging
import ServiceLifecycle

/// Reads the words of the cards and those by which complaints are read as soon as the program runs, so that the first
/// caller's question need not wait for it.
///
/// A question that comes before waits until it is done, a fraction of a second.
struct SearchPreparation: Service {
    let cards: CardDesk
    let readings: ReadingDesk
    let logger: Logger

    func run() async throws {
        do {
            try await cards.prepare()
        } catch {
            logger.error("search.preparation.failed", metadata: ["reason": "\(error)"])
        }
        do {
            try await readings.prepare()
        } catch {
            logger.error("reading.preparation.failed", metadata: ["reason": "\(error)"])
        }
        do { try await gracefulShutdown() } catch { return }
    }
}
