import CanonicalJSON
import Crypto
import Foundation

/// A file that only the holders of some private keys can read.
///
/// A line of JSON, `{"format":"bailanys-sealed-1","recipients":[{"id":…,"key":…,"sealed":…}]}`, then the text in frames of 64 KiB,
/// each AES-256-GCM under a key of this file alone. That key is sealed for each recipient by HPKE (RFC 9180, base mode:
/// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; info “bailanys-sealed-1”); `key` is the encapsulated key. The nonce of
/// a frame is its number from 0 in 11 bytes, big end first, and a byte that is 1 for the last frame: a file that was cut off, or
/// whose frames were moved, does not open. What is authenticated with each frame is the SHA-256 of the first line.
enum SealedFile {
    static let format = "bailanys-sealed-1"
    static let frame = 65_536
    static let tag = 16
    /// The most that the first line may take.
    static let longestLine = 65_536

    static var suite: HPKE.Ciphersuite { .init(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256) }
    static var info: Data { Data(format.utf8) }

    static func nonce(_ number: Int64, isLast: Bool) throws -> AES.GCM.Nonce {
        var bytes = [UInt8](repeating: 0, count: 12)
        for index in 0..<8 { bytes[10 - index] = UInt8(truncatingIfNeeded: number >> (8 * Int64(index))) }
        bytes[11] = isLast ? 1 : 0
        return try AES.GCM.Nonce(data: bytes)
    }
}

/// Seals a text while it is written.
struct SealedWriter {
    private let key = SymmetricKey(size: .bits256)
    private let context: [UInt8]
    private let write: ([UInt8]) throws -> Void
    private var rest: [UInt8] = []
    private var number: Int64 = 0

    /// Begins a file.
    /// - Parameter write: takes its bytes.
    init(for recipients: [RecipientKey], to write: @escaping ([UInt8]) throws -> Void) throws {
        if recipients.isEmpty { throw BackupError.noRecipients }
        let secret = key.withUnsafeBytes { Data($0) }
        let list = try recipients.map { recipient in
            var sender = try HPKE.Sender(
                recipientKey: try recipient.key(), ciphersuite: SealedFile.suite, info: SealedFile.info)
            return JSON.object([
                "id": .string(recipient.id), "sealed": .string(try sender.seal(secret).base64EncodedString()),
                "key": .string(sender.encapsulatedKey.base64EncodedString()),
            ])
        }
        let line = JSON.object(["format": .string(SealedFile.format), "recipients": .array(list)]).bytes
        context = Array(SHA256.hash(data: line))
        self.write = write
        try write(line + [0x0A])
    }

    /// Adds to the text.
    mutating func take(_ bytes: some Sequence<UInt8>) throws {
        rest.append(contentsOf: bytes)
        var start = 0
        while rest.count - start > SealedFile.frame {
            try seal(rest[start..<start + SealedFile.frame], isLast: false)
            start += SealedFile.frame
        }
        if start > 0 { rest.removeFirst(start) }
    }

    /// Ends the file.
    mutating func finish() throws { try seal(rest[...], isLast: true) }

    private mutating func seal(_ frame: ArraySlice<UInt8>, isLast: Bool) throws {
        let box = try AES.GCM.seal(
            frame, using: key, nonce: try SealedFile.nonce(number, isLast: isLast), authenticating: context)
        number += 1
        try write(Array(box.ciphertext) + Array(box.tag))
    }
}

/// Opens a sealed file piece by piece.
struct SealedReader {
    private let key: SymmetricKey
    private let context: [UInt8]
    private let pull: () throws -> [UInt8]?
    private var rest: [UInt8]
    private var number: Int64 = 0
    private var isEnded = false
    private var hasMore = true

    /// Reads the first line and finds the key.
    /// - Parameter pull: the next bytes of the file; nil at its end.
    /// - Throws: `BackupError.wrongKey`; `SealedFileError`.
    init(_ pull: @escaping () throws -> [UInt8]?, with privateKey: BackupPrivateKey) throws {
        var bytes: [UInt8] = []
        while !bytes.contains(0x0A) {
            guard bytes.count < SealedFile.longestLine, let more = try pull() else { throw SealedFileError() }
            bytes += more
        }
        let end = bytes.firstIndex(of: 0x0A) ?? 0
        let line = Array(bytes[..<end])
        // A first line that is no JSON is a file of another kind, which is what is said.
        guard let json = try? JSON(parsing: line), json["format"]?.string == SealedFile.format,
            let recipients = json["recipients"]?.array
        else { throw SealedFileError() }
        let id = privateKey.recipient.id
        guard let mine = recipients.first(where: { $0["id"]?.string == id }),
            let encapsulated = mine["key"]?.string.flatMap({ Data(base64Encoded: $0) }),
            let sealed = mine["sealed"]?.string.flatMap({ Data(base64Encoded: $0) })
        else { throw BackupError.wrongKey }
        do {
            var recipient = try HPKE.Recipient(
                privateKey: privateKey.key, ciphersuite: SealedFile.suite, info: SealedFile.info,
                encapsulatedKey: encapsulated)
            key = SymmetricKey(data: try recipient.open(sealed))
        } catch {
            throw SealedFileError()
        }
        context = Array(SHA256.hash(data: line))
        rest = Array(bytes[(end + 1)...])
        self.pull = pull
    }

    /// The next piece of the text; nil at its end.
    /// - Throws: `SealedFileError` where it was changed or cut off.
    mutating func next() throws -> [UInt8]? {
        if isEnded { return nil }
        let length = SealedFile.frame + SealedFile.tag
        // One byte more tells whether another frame follows.
        while rest.count <= length, hasMore {
            if let more = try pull() { rest += more } else { hasMore = false }
        }
        isEnded = rest.count <= length
        let frame = rest.prefix(length)
        guard frame.count >= SealedFile.tag else { throw SealedFileError() }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: try SealedFile.nonce(number, isLast: isEnded), ciphertext: frame.dropLast(SealedFile.tag),
                tag: frame.suffix(SealedFile.tag))
            let text = Array(try AES.GCM.open(box, using: key, authenticating: context))
            rest.removeFirst(frame.count)
            number += 1
            return text
        } catch {
            throw SealedFileError()
        }
    }
}

/// A sealed file was changed, cut off, or is none.
struct SealedFileError: Error, CustomStringConvertible {
    var description: String { "it is no sealed file, was changed or cut off" }
}
