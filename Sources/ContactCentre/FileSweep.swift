import Attachments
import Casework
import Journal
import Logging
import ServiceLifecycle

/// Removes once a day the files that somebody brought a week ago and that no event names.
package final class FileSweep: Service {
    private let attachments: AttachmentStore
    private let journal: Journal
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger

    /// How often it looks.
    static let interval = Duration.seconds(86_400)

    /// A sweep that has not started yet.
    package init(
        attachments: AttachmentStore, journal: Journal, sleep: @escaping @Sendable (Duration) async throws -> Void,
        logger: Logger
    ) {
        self.attachments = attachments
        self.journal = journal
        self.sleep = sleep
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.round()
                do { try await self.sleep(Self.interval) } catch { return }
            }
        }
    }

    /// One look at all files.
    package func round() async {
        do {
            let removed = try await attachments.sweep { [journal] digests in
                try await journal.read { try CaseDocuments.named(among: digests, in: $0) }
            }
            if removed > 0 { logger.notice("files.swept", metadata: ["removed": "\(removed)"]) }
        } catch is CancellationError {
            // The program is stopping.
        } catch {
            logger.error("files.sweep.failed", metadata: ["reason": "\(error)"])
        }
    }
}
