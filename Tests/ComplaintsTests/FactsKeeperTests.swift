import Casework
import Complaints
import GRDB
import Journal
import Registry
import Rulebook
import Synchronization
import TestSupport
import Testing
import WorkingDays

@Suite("The registry that routing goes by")
struct FactsKeeperTests {
    /// A journal with a registry and a keeper that counts its readings.
    private final class Centre: TestWorld, Sendable {
        let centre: TestCentre
        let keeper: RoutingFactsKeeper
        private let readings: Counter
        let now = Moment(millisecondsSince1970: 1_773_900_000_000)

        final class Counter: Sendable {
            let count = Mutex(0)
        }

        var times: Int { readings.count.withLock { $0 } }

        init() async throws {
            let counter = Counter()
            readings = counter
            keeper = RoutingFactsKeeper { db in
                counter.count.withLock { $0 += 1 }
                return try RoutingFacts(registry: db)
            }
            centre = try await TestCentre(Registry.eventTypes) { Registry.projections($0) }
        }

        /// Takes in bodies with these codes; the transaction is undone where it is told to fail.
        func take(_ codes: [String], fails: Bool = false, looking: Bool = false) throws {
            struct Failure: Error {}
            let rows = codes.map { "\($0),А,А,central,,,71,,,\n" }.joined()
            let names = Array("code,from,to,name_kk,name_ru\n".utf8)
            let tables = try RegistryTables([
                .regionNames: names, .bodyNames: names,
                .regions: Array(
                    "code,name_kk,name_ru,valid_from,valid_to,successor,predecessor\n71,Астана,Астана,,,,\n".utf8),
                .bodies: Array(
                    "code,name_kk,name_ru,kind,level,parent,region,valid_from,valid_to,successor\n\(rows)".utf8),
            ])
            _ = try casework.transactNow(by: .timer, at: now) { session in
                _ = try Registry.take(tables, in: session)
                if looking { #expect(try self.codes(in: session.db) == codes) }
                if fails { throw Failure() }
                return true
            }
        }

        func codes(in db: Database) throws -> [String] { try keeper.facts(in: db).bodies.keys.sorted() }
    }

    @Test("It is read once for each state of the registry, however often it is asked for inside transactions")
    func once() async throws {
        let centre = try await Centre()
        try centre.take(["A"])
        for _ in 1...5 {
            try await centre.keeper.refresh(from: centre.casework.journal)
            let codes = try await centre.casework.transact(by: .timer, at: centre.now) {
                try centre.codes(in: $0.db)
            }
            #expect(codes == ["A"])
        }
        #expect(centre.times == 1)
    }

    @Test("A change of the registry is seen by the very next transaction")
    func changed() async throws {
        let centre = try await Centre()
        try centre.take(["A"])
        try await centre.keeper.refresh(from: centre.casework.journal)
        try centre.take(["A", "B"], looking: true)
        #expect(try centre.casework.journal.readNow { try centre.codes(in: $0) } == ["A", "B"])
    }

    @Test("What a transaction saw that was undone is not kept")
    func undone() async throws {
        let centre = try await Centre()
        try centre.take(["A"])
        try await centre.keeper.refresh(from: centre.casework.journal)
        #expect(throws: (any Error).self) { try centre.take(["A", "B"], fails: true, looking: true) }
        // The next change stands at the position of the one that was undone.
        try centre.take(["A", "C"])
        try await centre.keeper.refresh(from: centre.casework.journal)
        #expect(try centre.casework.journal.readNow { try centre.codes(in: $0) } == ["A", "C"])
    }
}
