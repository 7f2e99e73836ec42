import Crypto
import Journal
import Signatures
import WorkingDays

/// Checks containers of proofs; asks no network, no disk and no clock.
package struct ProofCheck: Sendable {
    /// Who vouches for the centre's signatures; anybody where it is not asked who signed.
    package var centre: SignatureAuthority
    /// Who vouches for the signatures of receipts.
    package var receiver: SignatureAuthority
    /// Who vouches for time stamps.
    package var clock: TimeStampAuthority

    /// A check by these authorities.
    package init(
        centre: SignatureAuthority = .anybody, receiver: SignatureAuthority = .anybody,
        clock: TimeStampAuthority = .anybody
    ) {
        self.centre = centre
        self.receiver = receiver
        self.clock = clock
    }

    /// What a container shows.
    package struct Findings: Hashable, Sendable {
        /// The kind of the report at the receiver: monthly, quarterly.
        package var kind: String
        /// Its period.
        package var period: String
        /// Its revision.
        package var revision: Int64
        /// The SHA-256 of the report, in hexadecimal digits.
        package var digest: String
        /// Who signed the report before it was sent.
        package var signatory: SignatureAuthority.Signatory
        /// When that signature was there, by a time stamping authority; nil without a time stamp.
        package var stamp: TimeStampAuthority.Stamp?
        /// The number of the receipt.
        package var receipt: String
        /// When the receiver took it, by his own clock.
        package var receivedAt: Moment
        /// Who signed the receipt.
        package var receiver: SignatureAuthority.Signatory
        /// The key of the sending, which the receiver confirms.
        package var key: String
        /// The head of the journal that the receiver was told: the event of the sending.
        package var head: ToldHead
        /// When the event was recorded, by the centre's clock.
        package var recordedAt: Moment
        /// Who packed the container.
        package var packer: SignatureAuthority.Signatory
        /// When it was packed, by the packer's clock.
        package var packedAt: Moment
    }

    /// Checks a file.
    /// - Throws: ``ProofRefusal`` with the first thing that is wrong.
    package func check(_ file: [UInt8]) async throws(ProofRefusal) -> Findings {
        let parts = try Self.parts(of: file)
        let about = try ProofAbout(parts[.about] ?? [])
        let packer = try await signatory(
            centre, parts[.manifestSignature], over: parts[.manifest] ?? [], at: about.packedAt, .manifest)
        guard packer.fingerprint == about.packer else { throw .apart("another certificate packed it than it says") }

        let receipt = try ProofReceipt(parts[.receipt] ?? [])
        let receiver = try await signatory(
            receiver, parts[.receiptSignature], over: parts[.receipt] ?? [], at: receipt.receivedAt, .receipt)
        var stamp: TimeStampAuthority.Stamp?
        if let token = parts[.stamp] {
            do throws(TimeStampRefusal) {
                stamp = try await clock.check(token, over: parts[.signature] ?? [])
            } catch {
                throw .stamp(error)
            }
        }
        // The certificate must have been valid when the signature is known to have been there; a stamp that nobody vouches for
        // shows nothing of that.
        let trusted = clock.isAnybody ? nil : stamp
        let report = parts[.report] ?? []
        let signatory = try await signatory(
            centre, parts[.signature], over: report, at: trusted?.moment ?? receipt.receivedAt, .report)
        let digest = Array(SHA256.hash(data: report))
        guard receipt.digest == digest else { throw .apart("the receipt is for another report") }
        try receipt.requireSame(as: report)
        let sending = try ProofSending(parts[.sending] ?? [])
        try sending.require(receipt, digest: EventLink.hexadecimal(digest))
        return Findings(
            kind: receipt.kind, period: receipt.period, revision: receipt.revision,
            digest: EventLink.hexadecimal(digest), signatory: signatory, stamp: stamp, receipt: receipt.number,
            receivedAt: receipt.receivedAt, receiver: receiver, key: receipt.key, head: receipt.head,
            recordedAt: sending.recordedAt, packer: packer, packedAt: about.packedAt)
    }

    private func signatory(
        _ authority: SignatureAuthority, _ signature: [UInt8]?, over bytes: [UInt8], at moment: Moment,
        _ part: ProofPart
    ) async throws(ProofRefusal) -> SignatureAuthority.Signatory {
        do throws(SignatureRefusal) {
            return try await authority.check(signature ?? [], over: bytes, at: moment)
        } catch {
            throw .signature(of: part.rawValue, error)
        }
    }

    /// The parts of a file by their names: exactly those that there are, in their order, and as they are listed.
    static func parts(of file: [UInt8]) throws(ProofRefusal) -> [ProofPart: [UInt8]] {
        let archive = try StoredArchive(file)
        var found: [(part: ProofPart, bytes: [UInt8])] = []
        for entry in archive.entries {
            guard let part = ProofPart(rawValue: entry.name) else {
                throw .parts("“\(entry.name.prefix(60))” does not belong in it")
            }
            found.append((part, entry.bytes))
        }
        let names = found.map(\.part)
        let wanted = ProofPart.allCases.filter { !$0.isOptional || names.contains($0) }
        guard names == wanted else {
            let missing = wanted.filter { !names.contains($0) }.map(\.rawValue)
            throw .parts(
                missing.isEmpty
                    ? "a part is there twice, or not in its place" : "missing: \(missing.joined(separator: ", "))")
        }
        let parts = Dictionary(uniqueKeysWithValues: found.map { ($0.part, $0.bytes) })
        guard parts[.mimetype] == Array(ProofContainer.mediaType.utf8) else {
            throw .notAContainer("it does not say that it is one")
        }
        guard parts[.manifest] == ProofManifest.bytes(of: found) else { throw .list(part: Self.changed(found)) }
        return parts
    }

    /// The first part whose digest the list does not name.
    private static func changed(_ found: [(part: ProofPart, bytes: [UInt8])]) -> String {
        let list = String(decoding: found.first { $0.part == .manifest }?.bytes ?? [], as: UTF8.self)
        let other = found.first { part, bytes in
            guard part.isListed else { return false }
            let line = String(decoding: ProofManifest.bytes(of: [(part, bytes)]), as: UTF8.self)
            let digest = line.split(separator: "<ds:DigestValue>").last?.split(separator: "<").first ?? ""
            return !list.contains(digest)
        }
        return (other?.part ?? .manifest).rawValue
    }
}
