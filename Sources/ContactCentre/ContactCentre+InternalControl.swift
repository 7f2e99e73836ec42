import Attachments
import Blocking
import Casework
import Crypto
import Filings
import InternalControl
import Journal
import PersonalData
import Spreadsheets
import WorkingDays

extension ContactCentre {
    /// What the check says to a kept file as the filing of a body; workbooks are read off the threads that answer people.
    /// - Parameter state: the filing as it stands, for what was filed before.
    /// - Throws: `Refusal`; `AttachmentError` where there is no such file.
    package func readFiling(_ id: FilingID, file: String, _ state: FilingState) async throws -> FilingReport {
        let before = try await internalControl.earlier(id, state, than: file)
        return try await Blocking.long.run { [internalControl, attachments] in
            try internalControl.check(
                id, ByteSource(path: attachments.place(of: file)),
                after: before.map { try ByteSource(path: attachments.place(of: $0)) })
        }
    }

    /// What the check says to a file that is not kept, as the filing of a body.
    /// - Parameters:
    ///   - digest: that of the file where it is known; what was filed before is another one.
    ///   - state: the filing as it stands, for what was filed before.
    /// - Throws: `Refusal`.
    package func checkFiling(
        _ id: FilingID, _ source: ByteSource, digest: String = "", _ state: FilingState
    ) async throws -> FilingReport {
        let before = try await internalControl.earlier(id, state, than: digest)
        return try await Blocking.long.run { [internalControl, attachments] in
            try internalControl.check(
                id, source, after: before.map { try ByteSource(path: attachments.place(of: $0)) })
        }
    }

    /// Reads a file as the body's list of the cases of a discrepancy. Nothing of it is kept: an identity in it is the vault's keyed number
    /// from the first moment, the same by which complaints are filed.
    /// - Returns: what was read, and the SHA-256 of the file.
    /// - Throws: `Refusal` where it is no table, or there is no such discrepancy.
    package func readBodyList(
        of number: String, _ source: ByteSource
    ) async throws -> (outcome: BodyListReader.Outcome, file: String) {
        let services = try await journal.read { [internalControl] in try internalControl.listedServices(in: $0) }
        let today = casework.today(now())
        return try await Blocking.long.run { [internalControl, vault] in
            let outcome = try internalControl.readList(source, of: number, on: today, services: services) {
                vault.person(knownBy: "iin:" + $0).rawValue
            }
            let bytes = try source.bytes(at: 0, count: source.count)
            return (outcome, EventLink.hexadecimal(Array(SHA256.hash(data: bytes))))
        }
    }

    /// Reads a kept file as the filing of a body and takes it, or sends it back with its faults; discrepancies with our numbers
    /// begin at once (797 §20).
    /// - Parameters:
    ///   - file: the digest of the file.
    ///   - expected: the version of the filing that the person saw.
    /// - Returns: what came of it, and what the check found.
    /// - Throws: `Refusal`; `JournalError.conflict`.
    package func takeFiling(
        _ id: FilingID, file: String, channel: FilingNote.Channel, reference: String?, reason: String?,
        at moment: Moment, by actor: Actor, now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> (outcome: FilingOutcome, report: FilingReport) {
        let report = try await readFiling(id, file: file, internalControl.filing(id).state)
        let note = try internalControl.note(
            id, report, file: file, channel: channel, reference: reference, reason: reason)
        let outcome = try await internalControl.take(
            id, note, at: moment, by: actor, now: now, expecting: expected, once: key)
        return (outcome, report)
    }
}
