import Casework
import Forms
import Foundation
import GRDB
import Journal
import Rulebook
import WorkingDays

/// What making a sealed report again has shown.
package struct ReportRemake: Sendable, Equatable {
    /// The digest that was sealed.
    package let sealed: String
    /// The digest of what was made now from the same events.
    package let remade: String
    /// The digest of the copy that is kept; nil where it is lost.
    package let kept: String?

    /// Whether all are the same.
    package var isSame: Bool { sealed == remade && sealed == kept }
}

extension ReportDesk {
    /// Makes a sealed revision again, from the events up to its position alone, in a journal of its own.
    ///
    /// - Parameters:
    ///   - folder: an empty folder for the second journal; the caller removes it.
    ///   - projections: those of the contact centre.
    /// - Throws: `Refusal` where there is no such revision.
    package func remake(
        _ period: ReportPeriod, revision: Int, in folder: String, projections: [any Projection]
    ) async throws -> ReportRemake {
        let report = try await report(period)
        guard let sealed = report.state.sealed.first(where: { $0.revision == revision }) else {
            throw ReportRefusal.unknown("The report of \(period) has no revision \(revision).")
        }
        let copy = try Journal(path: folder + "/journal.db", projections: projections)
        defer { try? copy.close() }  // the folder is thrown away
        let lines = try LineFile(path: folder + "/events.jsonl")
        try casework.journal.export(through: sealed.position) { try lines.append($0) }
        try lines.rewind()
        try copy.import { try lines.next() }
        let past = Casework(
            journal: copy, catalogue: casework.catalogue, rulebooks: casework.rulebooks, calendars: CalendarKeeper(),
            zone: casework.zone)
        let then = try await past.load(Kind.self, id: period.description)
        let bytes = try copy.readNow { db in
            guard let clock = then.clocks[form.making.clock] else { throw CaseworkError.noSuchCase(then.stream) }
            return try ReportDraft(
                form.counting(sealed.counting), period, revision: revision, position: sealed.position, clock: clock,
                calendar: past.calendars.calendar(in: db), in: db
            ).bytes
        }
        return ReportRemake(
            sealed: sealed.digest, remade: ReportDigest.of(bytes), kept: try await document(sealed).map(ReportDigest.of)
        )
    }
}

/// Lines on the disk, written once and read once, so that a large journal needs little memory.
private final class LineFile {
    private let path: String
    private var handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0

    init(path: String) throws {
        self.path = path
        let isCreated = FileManager.default.createFile(
            atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard isCreated else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func append(_ line: [UInt8]) throws {
        buffer += line
        if buffer.count > 1 << 20 { try flush() }
    }

    private func flush() throws {
        try handle.write(contentsOf: Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }

    func rewind() throws {
        try flush()
        try handle.close()
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    func next() throws -> [UInt8]? {
        while true {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            buffer.removeSubrange(..<start)
            start = 0
            guard let chunk = try handle.read(upToCount: 1 << 18), !chunk.isEmpty else { return nil }
            buffer.append(contentsOf: chunk)
        }
    }
}
