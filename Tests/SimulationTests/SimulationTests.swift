import Foundation
import Synchronization
import Testing

/// Years of a contact centre by dice. A seed that breaks an invariant is told, and played again alone:
///
///     BAILANYS_SIMULATION=17 swift test --filter SimulationTests
@Suite("Years at random, each played again by its seed")
struct SimulationTests {
    /// The seed that is played again; nil for all.
    private static let again = ProcessInfo.processInfo.environment["BAILANYS_SIMULATION"].flatMap { UInt64($0) }

    /// Plays seeds on both cores.
    private func play(
        _ seeds: [UInt64], _ life: @escaping @Sendable (UInt64) async throws -> Set<String>
    ) async -> Set<String> {
        let progress = Progress(seeds)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
                group.addTask {
                    while let seed = progress.next() {
                        do {
                            progress.happened(try await life(seed))
                        } catch {
                            Issue.record("\(error is Broken ? "" : "seed \(seed): ")\(error)")
                        }
                    }
                }
            }
        }
        return progress.things
    }

    /// Which seeds are left, and what has happened in those that were played.
    private final class Progress: Sendable {
        private let seeds: Mutex<[UInt64]>
        private let done = Mutex<Set<String>>([])

        init(_ seeds: [UInt64]) { self.seeds = Mutex(seeds.reversed()) }

        var things: Set<String> { done.withLock { $0 } }

        func next() -> UInt64? { seeds.withLock { $0.popLast() } }

        func happened(_ things: Set<String>) { done.withLock { $0.formUnion(things) } }
    }

    @Test("A thousand seeds of a year and more against the pure core: after each step every invariant holds")
    func pure() async {
        let seeds = Self.again.map { [$0] } ?? Array(1...1_000)
        let done = await play(seeds) { seed in
            let life = try PureLife(seed: seed)
            while life.step < 150 { try life.live() }
            return life.done
        }
        guard Self.again == nil else { return }
        #expect(
            done == [
                "answer lost", "decree", "delivered", "downtime", "extended", "given up and sent again",
                "held", "in time", "jump ahead", "jump back", "killed while sending", "late", "not extended",
                "receiver down", "restart", "sealed", "transferred", "withdrawn",
            ])
    }

    @Test("Eight seeds of months on a real journal, cut off in the middle of things: what was acknowledged is there")
    func real() async {
        let seeds = Self.again.map { [$0] } ?? Array(1...8)
        let done = await play(seeds) { seed in
            let life = try await RealLife(seed: seed)
            while life.step < 60 { try await life.live() }
            try life.end()
            return life.done
        }
        guard Self.again == nil else { return }
        #expect(done == ["cut", "cut while sending", "delivered", "held", "reopened"])
    }
}
