import Signatures
import WorkingDays

/// A container of proofs as a file: ASiC-E with CAdES (ETSI EN 319 162-1).
package struct ProofContainer: Sendable {
    /// The media type of the file, which is also what its first part says.
    package static let mediaType = "application/vnd.etsi.asic-e+zip"
    /// The end of the file's name.
    package static let fileExtension = "asice"
    /// The largest file that is read, in bytes; a report has 64 MiB at most.
    package static let sizeLimit = 160 << 20

    /// The file.
    package let bytes: [UInt8]

    /// Packs parts, and signs the list of them.
    /// - Throws: `SigningFault` where the packer's certificate is not valid then.
    package init(_ parts: ProofParts, packedBy signer: Signer, at moment: Moment) throws(SigningFault) {
        var all: [(part: ProofPart, bytes: [UInt8])] = [
            (.mimetype, Array(Self.mediaType.utf8)),
            (.about, ProofAbout(packedAt: moment, packer: signer.fingerprint).bytes), (.report, parts.report),
        ]
        if let workbook = parts.workbook { all.append((.workbook, workbook)) }
        if let pages = parts.pages { all.append((.pages, pages)) }
        all.append((.signature, parts.signature))
        if let stamp = parts.stamp { all.append((.stamp, stamp)) }
        all += [
            (.receipt, parts.receipt), (.receiptSignature, parts.receiptSignature), (.sending, parts.sending),
        ]
        let manifest = ProofManifest.bytes(of: all)
        all += [(.manifest, manifest), (.manifestSignature, try signer.sign(manifest, at: moment))]
        bytes = StoredArchive(entries: all.map { .init(name: $0.part.rawValue, bytes: $0.bytes) }).bytes
    }
}
