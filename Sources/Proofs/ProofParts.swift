import CanonicalJSON
import Signatures
import WorkingDays

/// What stands in a container.
package struct ProofParts: Hashable, Sendable {
    /// The bytes of the report as they were sent, with contacts opened.
    package var report: [UInt8]
    /// The signature that went with the report: detached CMS over `report`, DER.
    package var signature: [UInt8]
    /// The time stamp token over `signature`, DER; nil where none was given in time.
    package var stamp: [UInt8]?
    /// The receipt as it came.
    package var receipt: [UInt8]
    /// Its giver's signature: detached CMS over `receipt`, DER.
    package var receiptSignature: [UInt8]
    /// The record of the event by which the sending began: the bytes whose SHA-256 is the head that the receipt repeats.
    package var sending: [UInt8]
    /// The report as a workbook for people; it proves nothing by itself.
    package var workbook: [UInt8]?
    /// The report on pages, PDF, for people; it proves nothing by itself.
    package var pages: [UInt8]?

    /// Parts of a container.
    package init(
        report: [UInt8], signature: [UInt8], stamp: [UInt8]?, receipt: [UInt8], receiptSignature: [UInt8],
        sending: [UInt8], workbook: [UInt8]? = nil, pages: [UInt8]? = nil
    ) {
        self.report = report
        self.signature = signature
        self.stamp = stamp
        self.receipt = receipt
        self.receiptSignature = receiptSignature
        self.sending = sending
        self.workbook = workbook
        self.pages = pages
    }
}

/// The names of the parts, in the order in which they stand in the file.
enum ProofPart: String, CaseIterable {
    case mimetype
    case about = "about.json"
    case report = "report.json"
    case workbook = "report.xlsx"
    case pages = "report.pdf"
    case signature = "proof/report.p7s"
    case stamp = "proof/report.tst"
    case receipt = "proof/receipt.json"
    case receiptSignature = "proof/receipt.p7s"
    case sending = "proof/sending.json"
    case manifest = "META-INF/ASiCManifest001.xml"
    case manifestSignature = "META-INF/signature001.p7s"

    /// Whether a container is one without it.
    var isOptional: Bool { self == .workbook || self == .pages || self == .stamp }

    /// Whether the signed list names it.
    var isListed: Bool { self != .mimetype && self != .manifest && self != .manifestSignature }

    var mediaType: String {
        switch self {
        case .workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pages: "application/pdf"
        case .signature, .receiptSignature, .manifestSignature: "application/pkcs7-signature"
        case .stamp: "application/vnd.etsi.timestamp-token"
        case .manifest: "text/xml"
        case .mimetype: "text/plain"
        default: "application/json"
        }
    }
}

/// What the packer says of a container, under the signature.
struct ProofAbout: Hashable {
    static let schema = "bailanys/proof/1"

    /// When it was packed, by the packer's clock.
    var packedAt: Moment
    /// The SHA-256 of the packer's certificate, in hexadecimal digits.
    var packer: String

    var bytes: [UInt8] {
        JSON.object([
            "packedAt": .string(packedAt.description), "packer": .string(packer), "schema": .string(Self.schema),
        ]).bytes
    }

    init(packedAt: Moment, packer: String) {
        self.packedAt = packedAt
        self.packer = packer
    }

    init(_ bytes: [UInt8]) throws(ProofRefusal) {
        // What is no JSON has no schema either.
        guard let json = try? JSON(parsing: bytes), json["schema"]?.string == Self.schema,
            let packedAt = json["packedAt"]?.string.flatMap(Moment.init), let packer = json["packer"]?.string
        else { throw .parts("“\(ProofPart.about.rawValue)” is not one of this edition") }
        self.init(packedAt: packedAt, packer: packer)
        guard self.bytes == bytes else { throw .parts("“\(ProofPart.about.rawValue)” says more than it may") }
    }
}
