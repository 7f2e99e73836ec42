import Crypto
import SwiftASN1
@_spi(CMS) import X509

/// A signed message (CMS SignedData, RFC 5652 §5) with one signer and its content inside, as a time stamp is one; the library
/// reads only those whose content is plain data.
struct SignedMessage {
    /// The kind of the content.
    let contentType: ASN1ObjectIdentifier
    /// The content.
    let content: [UInt8]
    /// The certificates that came with it.
    let certificates: [Certificate]
    let digest: DigestAlgorithm
    let algorithm: Certificate.SignatureAlgorithm
    let signature: ASN1OctetString
    /// The attributes that are signed, as they are hashed.
    let signedAttributes: [UInt8]
    /// The values of the attributes by their kind.
    let attributes: [ASN1ObjectIdentifier: ASN1Node]

    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
    private static let contentTypeAttribute: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 3]
    private static let digestAttribute: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 4]

    /// Reads one; nothing of it is checked yet.
    /// - Throws: ``TimeStampRefusal/wrong(_:)``.
    init(_ bytes: [UInt8]) throws(TimeStampRefusal) {
        self = try DERReading.reading { () throws -> SignedMessage in try SignedMessage(parsing: bytes) }
    }

    private init(parsing bytes: [UInt8]) throws {
        var outer = try DERReading.parts(of: DER.parse(bytes))
        guard try ASN1ObjectIdentifier(derEncoded: DERReading.next(&outer)) == Self.signedData else {
            throw TimeStampRefusal.wrong("it is no signed message")
        }
        var wrapped = try DERReading.parts(of: DERReading.next(&outer))
        var parts = try DERReading.parts(of: DERReading.next(&wrapped))
        _ = try DERReading.integer(DERReading.next(&parts))
        _ = try DERReading.next(&parts)  // the digests of all signers; the only signer names its own
        var encapsulated = try DERReading.parts(of: DERReading.next(&parts))
        contentType = try ASN1ObjectIdentifier(derEncoded: DERReading.next(&encapsulated))
        var inner = try DERReading.parts(of: DERReading.next(&encapsulated))
        content = Array(try ASN1OctetString(derEncoded: DERReading.next(&inner)).bytes)
        var rest = try DERReading.next(&parts)
        var certificates: [Certificate] = []
        if rest.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific) {
            certificates = try DERReading.all(of: rest).map { try Certificate(derEncoded: $0) }
            rest = try DERReading.next(&parts)
        }
        self.certificates = certificates
        if rest.identifier == ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific) {
            rest = try DERReading.next(&parts)
        }
        let signers = try DERReading.all(of: rest)
        guard signers.count == 1 else { throw TimeStampRefusal.wrong("it has \(signers.count) signers") }
        var signer = try DERReading.parts(of: signers[0])
        _ = try DERReading.integer(DERReading.next(&signer))
        _ = try DERReading.next(&signer)  // who: the signed attributes name the certificate by its digest
        digest = try DigestAlgorithm(DERReading.next(&signer))
        let signed = try DERReading.next(&signer)
        guard signed.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific) else {
            throw TimeStampRefusal.wrong("it has no signed attributes")
        }
        // RFC 5652 §5.4: they are hashed as a set, whatever tag they carry in the message.
        signedAttributes = [0x31] + signed.encodedBytes.dropFirst()
        attributes = try Self.attributes(of: signed)
        algorithm = try digest.signatureAlgorithm(DERReading.next(&signer))
        signature = try ASN1OctetString(derEncoded: DERReading.next(&signer))
    }

    /// The certificates that came with a signature, its content inside or apart; none where it cannot be read, which whoever
    /// checks the signature will say.
    static func certificates(in bytes: [UInt8]) -> [Certificate] {
        let found = try? DERReading.reading { () throws -> [Certificate] in
            var outer = try DERReading.parts(of: DER.parse(bytes))
            _ = try DERReading.next(&outer)
            var wrapped = try DERReading.parts(of: DERReading.next(&outer))
            var parts = try DERReading.parts(of: DERReading.next(&wrapped))
            while let part = parts.next() {
                guard part.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific) else { continue }
                return try DERReading.all(of: part).map { try Certificate(derEncoded: $0) }
            }
            return []
        }
        return found ?? []
    }

    private static func attributes(of node: ASN1Node) throws -> [ASN1ObjectIdentifier: ASN1Node] {
        try DERReading.all(of: node).reduce(into: [:]) { found, attribute in
            var parts = try DERReading.parts(of: attribute)
            let kind = try ASN1ObjectIdentifier(derEncoded: DERReading.next(&parts))
            let values = try DERReading.all(of: DERReading.next(&parts))
            guard values.count == 1, found.updateValue(values[0], forKey: kind) == nil else {
                throw TimeStampRefusal.wrong("an attribute of it has not exactly one value")
            }
        }
    }

    /// Sees that the signature covers the content; by whom it is, is asked apart.
    func requireContentSigned() throws(TimeStampRefusal) {
        try DERReading.reading { () throws in
            guard let kind = attributes[Self.contentTypeAttribute],
                try ASN1ObjectIdentifier(derEncoded: kind) == contentType,
                let value = attributes[Self.digestAttribute],
                try Array(ASN1OctetString(derEncoded: value).bytes) == digest.hash(content)
            else { throw TimeStampRefusal.wrong("its content is not what was signed") }
        }
    }

    /// The same signature as one over the attributes alone, by this certificate, in a form that the library checks.
    func overAttributes(by certificate: Certificate) throws -> [UInt8] {
        try CMS.sign(
            signatureBytes: signature, signatureAlgorithm: algorithm,
            additionalIntermediateCertificates: certificates.filter { $0 != certificate }, certificate: certificate)
    }
}
