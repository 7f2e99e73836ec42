import Crypto
import SwiftASN1
import X509

/// Reading DER part by part, for what the libraries have no types for.
enum DERReading {
    /// Does some reading; whatever goes wrong in it is one refusal.
    static func reading<Value>(_ body: () throws -> Value) throws(TimeStampRefusal) -> Value {
        do {
            return try body()
        } catch let refusal as TimeStampRefusal {
            throw refusal
        } catch {
            throw .wrong("it cannot be read (\(error))")
        }
    }

    /// The parts of a node that has some, to be taken one by one.
    static func parts(of node: ASN1Node) throws -> ASN1NodeCollection.Iterator {
        guard case .constructed(let nodes) = node.content else {
            throw TimeStampRefusal.wrong("a part of it is not built as it must be")
        }
        return nodes.makeIterator()
    }

    /// All parts of a node.
    static func all(of node: ASN1Node) throws -> [ASN1Node] {
        var iterator = try parts(of: node)
        var nodes: [ASN1Node] = []
        while let node = iterator.next() { nodes.append(node) }
        return nodes
    }

    /// The next part, which must be there.
    static func next(_ parts: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
        guard let node = parts.next() else { throw TimeStampRefusal.wrong("a part of it is missing") }
        return node
    }

    /// The bytes of a whole number, highest first.
    static func integer(_ node: ASN1Node) throws -> [UInt8] {
        guard node.identifier == .integer, case .primitive(let bytes) = node.content, !bytes.isEmpty else {
            throw TimeStampRefusal.wrong("a number in it is none")
        }
        return Array(bytes)
    }

    /// What an authority says in words, shortened, without control characters.
    static func words(in parts: ASN1NodeCollection.Iterator) -> String {
        var parts = parts
        guard let text = parts.next(), text.identifier == .sequence, let lines = try? all(of: text) else { return "" }
        // Texts that cannot be read are not worth a failure of their own: the status stands beside them.
        let said = lines.compactMap { try? String(ASN1UTF8String(derEncoded: $0)) }.joined(separator: " ")
        return String(String(said.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }).prefix(200))
    }
}

/// The digests that signed messages use.
enum DigestAlgorithm: CaseIterable {
    case sha256, sha384, sha512

    var identifier: ASN1ObjectIdentifier {
        switch self {
        case .sha256: [2, 16, 840, 1, 101, 3, 4, 2, 1]
        case .sha384: [2, 16, 840, 1, 101, 3, 4, 2, 2]
        case .sha512: [2, 16, 840, 1, 101, 3, 4, 2, 3]
        }
    }

    /// The digest of an algorithm identifier.
    init(_ node: ASN1Node) throws {
        var parts = try DERReading.parts(of: node)
        let identifier = try ASN1ObjectIdentifier(derEncoded: DERReading.next(&parts))
        guard let known = Self.allCases.first(where: { $0.identifier == identifier }) else {
            throw TimeStampRefusal.wrong("its digest \(identifier) is not SHA-256, SHA-384 or SHA-512")
        }
        self = known
    }

    func hash(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }

    /// The algorithm of a signature with this digest: RSA, whether it names the digest or not, or ECDSA.
    func signatureAlgorithm(_ node: ASN1Node) throws -> Certificate.SignatureAlgorithm {
        var parts = try DERReading.parts(of: node)
        let identifier = try ASN1ObjectIdentifier(derEncoded: DERReading.next(&parts))
        let rsa: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]
        let found: (rsa: ASN1ObjectIdentifier, ecdsa: ASN1ObjectIdentifier) =
            switch self {
            case .sha256: ([1, 2, 840, 113549, 1, 1, 11], [1, 2, 840, 10045, 4, 3, 2])
            case .sha384: ([1, 2, 840, 113549, 1, 1, 12], [1, 2, 840, 10045, 4, 3, 3])
            case .sha512: ([1, 2, 840, 113549, 1, 1, 13], [1, 2, 840, 10045, 4, 3, 4])
            }
        let isRSA = identifier == rsa || identifier == found.rsa
        guard isRSA || identifier == found.ecdsa else {
            throw TimeStampRefusal.wrong(
                "its signature \(identifier) is neither RSA nor ECDSA with the digest it names")
        }
        return switch self {
        case .sha256: isRSA ? .sha256WithRSAEncryption : .ecdsaWithSHA256
        case .sha384: isRSA ? .sha384WithRSAEncryption : .ecdsaWithSHA384
        case .sha512: isRSA ? .sha512WithRSAEncryption : .ecdsaWithSHA512
        }
    }
}
