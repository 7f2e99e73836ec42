import Accounts
import Attachments
import Backup
import Blocking
import CentreSupport
import Foundation
import GRDB
import Journal
import PersonalData
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("Backup and restore")
struct BackupTests {
    private let folder = TemporaryFolder()
    private let key = BackupPrivateKey()
    private let clock = Ticks()

    private final class Ticks: Sendable {
        private let last = Mutex<Int64>(1_795_989_600_000)

        func next() -> Moment {
            Moment(
                millisecondsSince1970: last.withLock { last in
                    last += 60_000
                    return last
                })
        }
    }

    /// Counts, across the calls of a closure that may come from anywhere.
    private final class Count: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }

    private final class Flag: Sendable {
        private let value = Mutex(false)

        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }

    private var backup: String { folder.file("backup") }

    /// A centre at a clock that goes on by a minute with each question.
    private func open(_ name: String = "data") async throws -> ContactCentre {
        try await ContactCentre.open(
            data: try DataFolder(path: folder.file(name)), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { [clock] in clock.next() },
                randomBytes: CentreEnvironment.live.randomBytes),
            passwordCost: .trivial, bringsUpToDate: false, note: { _ in })
    }

    /// Something of everything: an account, a person with a key, an attached file.
    private func fill(_ centre: ContactCentre, _ word: String) async throws {
        _ = try await centre.accounts.createFirst(
            displayName: "First", mustChangePassword: false, by: .commandLine("test"), at: centre.now())
        let person = centre.vault.person(knownBy: word)
        let sealed = try centre.vault.keys(for: [person]).seal(Array(word.utf8), for: person)
        _ = try centre.journal.transactNow(by: Actor("test"), at: centre.now()) { transaction in
            try transaction.append(
                TimeEvent.clockConfirmed(
                    ClockConfirmed(doubt: sealed.rawValue, expected: centre.now(), found: centre.now(), reason: word)),
                to: ContactCentre.clockStream)
        }
        _ = try centre.attachments.saveNow(Array("a file of \(word)\n".utf8), named: "\(word).txt", for: "test")
    }

    @discardableResult
    private func backUp(_ centre: ContactCentre, _ disk: BackupDisk = BackupDisk(), newest: Int = 30) throws
        -> BackupPoint
    {
        try centre.backUp(
            to: backup, for: [key.recipient], keeping: BackupRetention(newest: newest, months: 0), by: Actor("test"),
            disk: disk
        ).point
    }

    private func restore(
        _ point: BackupPoint, _ name: String, key: BackupPrivateKey?, acceptsLoss: Bool = false
    ) throws -> RestoreResult {
        try ContactCentre.restorer(try BackupReader(path: backup)).restore(
            point, to: folder.file(name), key: key, acceptsLoss: acceptsLoss)
    }

    private func files(_ path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    @Test("A data folder of a former edition comes back with the same events, tables, persons and settings")
    func roundTrip() async throws {
        let golden = try Golden.dataFolder()
        try FileManager.default.copyItem(atPath: golden.file("data"), toPath: folder.file("data"))
        let centre = try await open()
        try await fill(centre, "айгерім")
        // The event of the backup itself is younger than the backup.
        let contents = try centre.journal.projectionContents()
        let point = try backUp(centre)
        let mark = try centre.vault.mark()
        let head = try centre.journal.readNow { try SQLiteEventStore(db: $0).link(at: point.manifest.position)?.hash }
        let result = try restore(point, "restored", key: key)
        #expect(result.isSame, "\(result)")
        #expect(result.files == point.manifest.fileCount)
        let restored = try await open("restored")
        #expect(try restored.journal.verify().firstBad == nil)
        #expect(try restored.journal.head().hash == head)
        #expect(try restored.journal.projectionContents() == contents)
        #expect(try restored.vault.mark() == mark)
        #expect(
            FileManager.default.contents(atPath: restored.data.settings)
                == FileManager.default.contents(atPath: centre.data.settings))
        let keys = try restored.vault.existingKeys(for: [restored.vault.person(knownBy: "айгерім")])
        #expect(keys.has(restored.vault.person(knownBy: "айгерім")))
        let names = try await restored.accounts.all(for: .commandLine("test"))
        #expect(names.contains { !$0.loginName.isEmpty })
        #expect(
            try restored.journal.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM document") }
                == centre.journal.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM document") })
        try centre.close()
        try restored.close()
    }

    @Test("The next backup adds the new events and files alone, and the restored centre goes on with it")
    func incremental() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let first = try backUp(centre)
        let before = try files(backup)
        let moments = try before.map {
            try FileManager.default.attributesOfItem(atPath: backup + "/" + $0)[.modificationDate] as? Date
        }
        try await fill(centre, "b")
        let second = try backUp(centre)
        #expect(second.manifest.segments.count == 2)
        #expect(second.manifest.segments.first == first.manifest.segments.first)
        for (name, moment) in zip(before, moments) where name != "lock" {
            #expect(
                try FileManager.default.attributesOfItem(atPath: backup + "/" + name)[.modificationDate] as? Date
                    == moment,
                "\(name) was written again")
        }
        try centre.close()
        #expect(try restore(first, "first", key: key).position == first.manifest.position)
        _ = try restore(second, "second", key: key)
        let restored = try await open("second")
        try await fill(restored, "c")
        #expect(try backUp(restored).manifest.segments.count == 3)
        try restored.close()
        // The centre of the earlier point has another history by now.
        let other = try await open("first")
        try await fill(other, "d")
        try await fill(other, "e")
        try await fill(other, "f")
        try await fill(other, "g")
        let error = #expect(throws: BackupError.self) { try backUp(other) }
        guard case .otherHistory = error else { throw try #require(error) }
        try other.close()
    }

    @Test("Broken off before anything it does on the disk, or with a full disk, it leaves the former backup whole")
    func brokenOff() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let former = try backUp(centre)
        let reader = try BackupReader(path: backup)
        // Once: what is sealed before it is broken off is sealed anew, so that with something new each time the next would
        // always have more to do than it is let do.
        try await fill(centre, "b")
        var (step, isDone) = (0, false)
        while !isDone {
            let count = Count()
            let disk = BackupDisk { [step, count] what in
                // Once broken off, nothing is done any more: not even what would be cleared away.
                if count.next() > step {
                    throw BackupError.system(call: what, path: "", reason: "No space left on device")
                }
            }
            do {
                try backUp(centre, disk)
                isDone = true
            } catch let error as BackupError {
                guard case .system = error else { throw error }
                let newest = try reader.point()
                let found = try reader.verify(newest, key: key)
                #expect(found.faults == [], "after step \(step)")
                #expect(newest.manifest.position >= former.manifest.position)
            }
            step += 1
        }
        #expect(step > 20)
        // What the broken ones have left is gone.
        #expect(try files(backup).filter { $0.contains(".part") || $0.contains(".making") } == [])
        let last = try backUp(centre)
        #expect(try restore(last, "restored", key: key).isSame)
        try centre.close()
    }

    @Test("A flipped byte is found in every file, and nothing is restored")
    func flipped() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let point = try backUp(centre)
        try centre.close()
        let data = folder.file("restored")
        for name in try files(backup) where name != "lock" {
            let path = backup + "/" + name
            let bytes = try #require(FileManager.default.contents(atPath: path))
            for place in Set([0, bytes.count / 2, bytes.count - 1]) {
                var changed = bytes
                changed[place] ^= 1
                try changed.write(to: URL(fileURLWithPath: path))
                let isFound: Bool
                do {
                    let reader = try BackupReader(path: backup)
                    isFound = try !reader.verify(try reader.point()).faults.isEmpty
                } catch {
                    isFound = true
                }
                #expect(isFound, "\(name), byte \(place)")
                #expect(throws: (any Error).self) {
                    try ContactCentre.restorer(try BackupReader(path: backup)).restore(
                        try BackupReader(path: backup).point(), to: data, key: key, acceptsLoss: false)
                }
                #expect(!FileManager.default.fileExists(atPath: data))
            }
            try bytes.write(to: URL(fileURLWithPath: path))
        }
        #expect(try restore(point, "restored", key: key).isSame)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("restoring") })
    }

    @Test(
        "Another's key, no key, a folder that is no backup, another centre's, the data folder itself: refused in words")
    func wrong() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let point = try backUp(centre)
        #expect(throws: BackupError.wrongKey) { try restore(point, "x", key: BackupPrivateKey()) }
        #expect(throws: BackupError.keyNeeded) { try restore(point, "x", key: nil) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("x")))
        #expect(throws: BackupError.notEmpty(path: folder.file("data"))) { try restore(point, "data", key: key) }
        for path in [folder.file("data"), folder.file("data/inside"), folder.path] {
            #expect(throws: BackupError.overlapping(path: path)) {
                try centre.backUp(to: path, for: [key.recipient], by: Actor("test"))
            }
        }
        #expect(throws: BackupError.noRecipients) { try centre.backUp(to: backup, for: [], by: Actor("test")) }
        let other = folder.file("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: other + "/letter.txt"))
        #expect(throws: BackupError.notABackup(path: other)) {
            try centre.backUp(to: other, for: [key.recipient], by: Actor("test"))
        }
        #expect(throws: BackupError.notABackup(path: other)) { try BackupReader(path: other) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: other) == ["letter.txt"])
        let stranger = try await open("stranger")
        let error = #expect(throws: BackupError.self) { try backUp(stranger) }
        guard case .foreign = error else { throw try #require(error) }
        try stranger.close()
        try centre.close()
    }

    @Test("Without the key the journal alone comes back where the loss is accepted, and what is missing is said")
    func withoutKey() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let point = try backUp(centre)
        try centre.close()
        let result = try restore(point, "restored", key: nil, acceptsLoss: true)
        #expect(result.isSame)
        #expect(result.missing.contains { $0.contains("the vault, the accounts, 1 attached files") })
        #expect(try files(folder.file("restored")) == ["journal.db"])
    }

    @Test("Who was erased is erased in what is restored from an earlier point, and gone from the backup after two more")
    func erased() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let person = centre.vault.person(knownBy: "a")
        let early = try backUp(centre)
        #expect(try centre.vault.erase(person))
        for _ in 0..<2 { try backUp(centre) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: backup + "/vault").count == 2)
        _ = try restore(early, "restored", key: key)
        let restored = try await open("restored")
        let keys = try restored.vault.existingKeys(for: [person])
        #expect(keys.isErased(person) && !keys.has(person))
        try restored.close()
        try centre.close()
    }

    @Test("Older points go when they are not kept, with what only they needed; the others stay whole")
    func pruned() async throws {
        let centre = try await open()
        for word in ["a", "b", "c", "d"] {
            try await fill(centre, word)
            try backUp(centre, newest: 2)
        }
        let reader = try BackupReader(path: backup)
        let points = try reader.points().whole
        #expect(points.count == 2)
        for point in points { #expect(try reader.verify(point, key: key).faults == []) }
        try centre.close()
    }

    @Test("While people work, a backup holds one state of the journal, and every event up to it")
    func underWrites() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let isOver = Flag()
        let (written, sign) = AsyncStream.makeStream(of: Int.self)
        let writing = Task {
            defer { sign.finish() }
            var count = 0
            while !isOver.isSet {
                count += 1
                _ = try await centre.journal.transact(by: Actor("test"), at: centre.now()) { [count] transaction in
                    try transaction.append(
                        TimeEvent.clockConfirmed(
                            ClockConfirmed(
                                doubt: "d", expected: transaction.now, found: transaction.now, reason: "\(count)")),
                        to: StreamID(kind: "machine", id: "writer-\(count)"))
                }
                sign.yield(count)
            }
            return count
        }
        var points: [BackupPoint] = []
        var commits = written.makeAsyncIterator()
        for _ in 0..<4 {
            // Once something was written, and while more is: the backup blocks a thread of its own.
            _ = await commits.next()
            points.append(try await Blocking.long.run { try backUp(centre) })
        }
        isOver.set()
        #expect(try await writing.value > 0)
        for (number, point) in points.enumerated() {
            let position = point.manifest.position
            let link = try centre.journal.readNow { try SQLiteEventStore(db: $0).link(at: position) }
            #expect(link.map { EventLink.hexadecimal($0.hash) } == point.manifest.head)
            let result = try restore(point, "restored-\(number)", key: key)
            #expect(result.isSame, "\(result)")
        }
        try centre.close()
    }

    @Test("What was backed up and what a drill found stands in the journal")
    func recorded() async throws {
        let centre = try await open()
        try await fill(centre, "a")
        let point = try backUp(centre)
        let drill = RestoreDrilled(
            point: point.name, position: point.manifest.position, isSame: true, isOpened: false, seconds: 1, faults: [])
        try centre.record(drill, by: Actor("test"))
        try centre.journal.readNow { db in
            guard case .backupMade(let made)? = try ContactCentre.last(ContactCentre.backupStream, in: db)?.event,
                case .restoreDrilled(let drilled)? = try ContactCentre.last(ContactCentre.drillStream, in: db)?.event
            else {
                Issue.record("an event is missing")
                return
            }
            #expect(made.point == point.name && made.head == point.manifest.head)
            #expect(drilled == drill)
        }
        try centre.close()
    }
}
