import ServiceLifecycle

/// Does the same small work again and again for as long as the program runs.
struct PeriodicService: Service {
    /// How long it waits between two rounds.
    let interval: Duration
    /// Waits.
    let sleep: @Sendable (Duration) async throws -> Void
    /// One round; it tells its failures itself.
    let round: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                do { try await sleep(interval) } catch { return }
            }
        }
    }
}
