import Crypto
import SwiftASN1
import WorkingDays
@_spi(CMS) @_spi(FixedExpiryValidationTime) import X509

/// Who vouches for those whose time stamps (RFC 3161) are accepted.
package struct TimeStampAuthority: Sendable {
    /// A time stamp that was accepted.
    package struct Stamp: Hashable, Sendable {
        /// When the bytes were there, by the authority's clock.
        package var moment: Moment
        /// Whom the certificate of the stamp names.
        package var name: String
        /// The SHA-256 of that certificate, in hexadecimal digits.
        package var fingerprint: String
        /// The rules by which the authority says it stamps, an object identifier with dots.
        package var policy: String
    }

    private let roots: CertificateStore?

    /// The authorities in a PEM file.
    /// - Throws: ``SigningFault/fileUnreadable(_:)``, ``SigningFault/certificateRefused(file:reason:)``.
    package init(file: String) throws(SigningFault) {
        roots = CertificateStore(try PEMCertificates.read(SigningFiles.bytes(of: file), file: file))
    }

    private init() { roots = nil }

    /// Whoever stamped: what is checked is the stamp itself, and not who stands behind its key.
    package static let anybody = TimeStampAuthority()

    /// Whether nobody is asked who stands behind a stamp.
    package var isAnybody: Bool { roots == nil }

    /// Checks a time stamp token over bytes; the certificate must have been valid when it stamped.
    /// - Returns: the moment, and who stamped.
    /// - Throws: ``TimeStampRefusal``.
    package func check(_ token: [UInt8], over bytes: [UInt8]) async throws(TimeStampRefusal) -> Stamp {
        guard token.count <= SignatureAuthority.sizeLimit * 2 else {
            throw .wrong("it is larger than \(SignatureAuthority.sizeLimit * 2) bytes")
        }
        let message = try SignedMessage(token)
        let content = try TimeStampContent(token: message)
        guard content.imprint == Array(SHA256.hash(data: bytes)) else { throw .wrong("it is one over other bytes") }
        try message.requireContentSigned()
        let signer = try StampingCertificate.find(in: message)
        let signature = try DERReading.reading { () throws in try message.overAttributes(by: signer) }
        let result = await CMS.isValidSignature(
            dataBytes: message.signedAttributes, signatureBytes: signature,
            trustRoots: roots ?? CertificateStore([signer])
        ) {
            if roots == nil {
                OneselfPolicy(moment: content.moment)
            } else {
                RFC5280Policy(fixedExpiryValidationTime: content.moment.date)
            }
            StampingCertificate.Policy()
        }
        switch result {
        case .success: break
        case .failure(.unableToValidateSigner):
            throw .wrong("the authority does not vouch for the certificate “\(signer.subject)” at \(content.moment)")
        case .failure(.invalidCMSBlock(let invalid)): throw .wrong(invalid.reason)
        }
        let fingerprint = try DERReading.reading { () throws in try Signer.fingerprint(of: signer) }
        return Stamp(
            moment: content.moment, name: signer.subject.description, fingerprint: fingerprint, policy: content.policy)
    }
}

/// What a time stamp says (TSTInfo, RFC 3161 §2.4.2).
struct TimeStampContent {
    let policy: String
    let imprint: [UInt8]
    let moment: Moment
    let nonce: [UInt8]?

    private static let kind: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

    init(token: SignedMessage) throws(TimeStampRefusal) {
        self = try DERReading.reading { () throws -> TimeStampContent in try TimeStampContent(reading: token) }
    }

    private init(reading token: SignedMessage) throws {
        guard token.contentType == Self.kind else { throw TimeStampRefusal.wrong("it is no time stamp") }
        var parts = try DERReading.parts(of: DER.parse(token.content))
        guard try DERReading.integer(DERReading.next(&parts)) == [1] else {
            throw TimeStampRefusal.wrong("it is of another version")
        }
        policy = try ASN1ObjectIdentifier(derEncoded: DERReading.next(&parts)).description
        var imprint = try DERReading.parts(of: DERReading.next(&parts))
        guard try DigestAlgorithm(DERReading.next(&imprint)) == .sha256 else {
            throw TimeStampRefusal.wrong("it is one over another digest than SHA-256")
        }
        self.imprint = Array(try ASN1OctetString(derEncoded: DERReading.next(&imprint)).bytes)
        _ = try DERReading.integer(DERReading.next(&parts))  // the serial number
        let time = try DERReading.next(&parts)
        guard time.identifier == .generalizedTime, case .primitive(let digits) = time.content,
            let moment = Self.moment(String(decoding: digits, as: UTF8.self))
        else { throw TimeStampRefusal.wrong("its time cannot be read") }
        self.moment = moment
        var nonce: [UInt8]?
        while let part = parts.next() { if part.identifier == .integer { nonce = try DERReading.integer(part) } }
        self.nonce = nonce
    }

    /// The moment of `YYYYMMDDhhmmss[.f…]Z`, to the millisecond.
    static func moment(_ text: String) -> Moment? {
        let bytes = Array(text.utf8)
        guard bytes.last == UInt8(ascii: "Z"), bytes.count >= 15,
            bytes.prefix(14).allSatisfy({ (48...57).contains($0) })
        else { return nil }
        func digits(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let fraction = bytes[14..<(bytes.count - 1)]
        guard fraction.isEmpty || (fraction.first == UInt8(ascii: ".") && fraction.count > 1),
            fraction.dropFirst().allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let milliseconds = String(decoding: Array(fraction.dropFirst().prefix(3)), as: UTF8.self)
        return Moment(
            "\(digits(0..<4))-\(digits(4..<6))-\(digits(6..<8))T\(digits(8..<10)):\(digits(10..<12)):\(digits(12..<14)).\(milliseconds)\(String(repeating: "0", count: 3 - milliseconds.utf8.count))Z"
        )
    }
}

/// The certificate that stamps: the one that the stamp itself names (RFC 5035), given for nothing but time stamps.
enum StampingCertificate {
    private static let named: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 2, 47]
    private static let namedBySHA1: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 2, 12]

    /// Finds it among those that came with the stamp.
    static func find(in message: SignedMessage) throws(TimeStampRefusal) -> Certificate {
        try DERReading.reading { () throws -> Certificate in
            let hash: ([UInt8]) -> [UInt8]
            let wanted: [UInt8]
            if let attribute = message.attributes[named] {
                var parts = try first(attribute)
                var node = try DERReading.next(&parts)
                // SHA-256 is not written out.
                let digest: DigestAlgorithm = node.identifier == .sequence ? try DigestAlgorithm(node) : .sha256
                if node.identifier == .sequence { node = try DERReading.next(&parts) }
                wanted = Array(try ASN1OctetString(derEncoded: node).bytes)
                hash = digest.hash
            } else if let attribute = message.attributes[namedBySHA1] {
                var parts = try first(attribute)
                wanted = Array(try ASN1OctetString(derEncoded: DERReading.next(&parts)).bytes)
                hash = { Array(Insecure.SHA1.hash(data: $0)) }
            } else {
                throw TimeStampRefusal.wrong("it does not name its certificate")
            }
            for certificate in message.certificates {
                var writer = DER.Serializer()
                try writer.serialize(certificate)
                guard hash(writer.serializedBytes) == wanted else { continue }
                guard Policy.isForStamps(certificate) else {
                    throw TimeStampRefusal.wrong(
                        "the certificate “\(certificate.subject)” was not given for time stamps alone")
                }
                return certificate
            }
            throw TimeStampRefusal.wrong("the certificate that it names did not come with it")
        }
    }

    /// The first of the certificates that an attribute names.
    private static func first(_ attribute: ASN1Node) throws -> ASN1NodeCollection.Iterator {
        var parts = try DERReading.parts(of: attribute)
        var list = try DERReading.parts(of: DERReading.next(&parts))
        return try DERReading.parts(of: DERReading.next(&list))
    }

    /// RFC 3161 §2.3: the extended use is critical and names time stamps alone.
    struct Policy: VerifierPolicy {
        let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

        func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
            Self.isForStamps(chain.leaf)
                ? .meetsPolicy : .failsToMeetPolicy(reason: "the certificate was not given for time stamps alone")
        }

        static func isForStamps(_ certificate: Certificate) -> Bool {
            do {
                guard let use = try certificate.extensions.extendedKeyUsage else { return false }
                return Array(use) == [.timeStamping]
            } catch {
                // A use that cannot be read is not known to be one for time stamps.
                return false
            }
        }
    }
}
