import Blocking
import Logging
import ServiceLifecycle
import UnixSignals
import WebApp
import WorkingDays

/// Takes a new certificate without a restart: as soon as SIGHUP comes, and by itself some seconds after the files have changed.
struct CertificateWatch: Service {
    let keeper: TLSKeeper
    let now: @Sendable () -> Moment
    let logger: Logger

    /// How often the files are looked at unasked.
    static let interval = Duration.seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { await round(isAsked: true) }
                }
                tasks.addTask {
                    while !Task.isCancelled {
                        do { try await Task.sleep(for: Self.interval) } catch { return }
                        await round(isAsked: false)
                    }
                }
            }
        }
    }

    private func round(isAsked: Bool) async {
        let now = now()
        do {
            switch try await Blocking.brief.run({ [keeper] in keeper.round(at: now) }) {
            case .same where isAsked:
                let state = keeper.fault.map { "not taken: \($0)" } ?? "the same"
                logger.notice("tls.looked", metadata: ["certificate": "\(state)"])
            case .same: break
            case .renewed(let name, let until):
                logger.notice("tls.renewed", metadata: ["certificate": "\(name)", "until": "\(until)"])
            case .kept(let fault):
                logger.error("tls.kept", metadata: ["reason": "\(fault)", "shown": "the certificate before it"])
            }
        } catch {
            // Cancelled: the program stops.
        }
    }
}
