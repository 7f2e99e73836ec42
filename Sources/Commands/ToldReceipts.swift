import Agency
import Blocking
import CanonicalJSON
import ContactCentre
import Foundation
import Journal
import Signatures
import WebApp
import WorkingDays

/// The receipts of a folder that say what their givers were told of a journal.
struct ToldReceipts: Sendable {
    /// One of them.
    struct Receipt: Sendable, Hashable {
        /// The receipt's number.
        var number: String
        /// The name of the file in which it stands.
        var file: String
        /// The head that its giver was told.
        var head: ToldHead
    }

    /// The receipts that repeat a head.
    private(set) var receipts: [Receipt] = []
    /// How many say nothing of a journal; editions before December 2026 told no head.
    private(set) var silent = 0
    /// Receipts that prove nothing, and why.
    private(set) var refused: [String] = []
    /// Whether their signatures were checked.
    let areSigned: Bool

    /// The largest receipt that is read, in bytes; as large as an answer of a receiver may be.
    private static let sizeLimit = 64 << 10

    /// The heads to look for.
    var heads: Set<ToldHead> { Set(receipts.map(\.head)) }

    /// Reads `*.json` with the `*.p7s` beside them, and stores of the reference receiver; what else lies there is passed over.
    /// - Parameters:
    ///   - folder: its absolute path.
    ///   - authority: the PEM file of those who vouch for whoever signs receipts; nil to take them as they are.
    /// - Throws: `CommandFailure` where there is no folder, or no receipt in it that says anything.
    static func read(_ folder: String, authority: String?) async throws -> ToldReceipts {
        let authority = try authority.map { try SignatureAuthority(file: $0) }
        let copies = try await Blocking.brief.run { try Self.copies(in: folder) }
        var found = ToldReceipts(areSigned: authority != nil)
        for copy in copies { await found.add(copy, authority) }
        guard !found.receipts.isEmpty || !found.refused.isEmpty else {
            throw CommandFailure(
                "No receipt in \(folder) says what its giver was told of the journal: name a folder with those of “bailanys report receipts”, or with the Agency's store.",
                .notFound)
        }
        return found
    }

    /// A receipt as it lies there.
    private struct Copy: Sendable {
        var file: String
        var document: [UInt8]
        var signature: [UInt8]?
    }

    private static func copies(in folder: String) throws -> [Copy] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            // Whether it is missing, no folder or closed to us makes no difference to what is to be done.
            throw CommandFailure("\(folder) is no folder that can be read: name the folder of the receipts.", .notFound)
        }
        return try names.sorted().flatMap { name -> [Copy] in
            let path = folder + "/" + name
            if name.hasSuffix(".json") {
                guard let size = FileFacts.size(ofFile: path), size <= Int64(sizeLimit) else { return [] }
                let document = try RegularFile.bytes(at: path, upTo: sizeLimit, followsLinks: false)
                let signature = String(path.dropLast(5)) + ".p7s"
                guard FileFacts.isTaken(signature) else { return [Copy(file: name, document: document)] }
                let cms = try RegularFile.bytes(
                    at: signature, upTo: SignatureAuthority.sizeLimit, followsLinks: false)
                return [Copy(file: name, document: document, signature: cms)]
            }
            guard name.hasSuffix(".db") || name.hasSuffix(".sqlite"), (FileFacts.size(ofFile: path) ?? 0) > 0 else {
                return []
            }
            return try AgencyArchive.receipts(inStore: path).map {
                Copy(file: name, document: $0.document, signature: $0.signature)
            }
        }
    }

    private mutating func add(_ copy: Copy, _ authority: SignatureAuthority?) async {
        // What is no JSON, or has no number and digest, is another file than a receipt.
        guard let json = try? JSON(parsing: copy.document), let number = json["number"]?.string,
            json["digest"]?.string != nil, let received = json["receivedAt"]?.string.flatMap(Moment.init)
        else { return }
        if let authority {
            do throws(SignatureRefusal) {
                guard let signature = copy.signature else { throw .wrong("it is not signed") }
                _ = try await authority.check(signature, over: copy.document, at: received)
            } catch {
                return refused.append("\(number) (\(copy.file)) proves nothing: \(error)")
            }
        }
        guard let head = json["head"], head != .null else { return silent += 1 }
        guard let position = head["position"]?.int, let hash = head["hash"]?.string,
            let told = ToldHead(position: position, hash: hash)
        else { return refused.append("\(number) (\(copy.file)) repeats a head that is none.") }
        receipts.append(Receipt(number: number, file: copy.file, head: told))
    }

    private init(areSigned: Bool) { self.areSigned = areSigned }
}

extension ToldReceipts {
    /// Whether the journal is not the one that their givers were told of, or one of them proves nothing.
    func isContradicted(_ found: [ToldHead: ToldHeadFinding]) -> Bool {
        !refused.isEmpty || receipts.contains { found[$0.head]?.isHeld != true }
    }

    /// What was found, in sentences.
    func lines(_ found: [ToldHead: ToldHeadFinding]) -> [String] {
        let held = receipts.count { found[$0.head]?.isHeld == true }
        let signed = areSigned ? "signed " : ""
        var lines = receipts.compactMap { receipt in
            found[receipt.head].flatMap { Self.words(receipt, $0) }
        }
        lines += refused
        lines.append("\(held) of \(receipts.count) \(signed)receipts: the journal still holds what was told then.")
        if silent > 0 { lines.append("\(silent) receipts say nothing of the journal.") }
        if !areSigned {
            lines.append("Whether the receipts are genuine was not checked: name their signers with --authority.")
        }
        return lines
    }

    private static func words(_ receipt: Receipt, _ finding: ToldHeadFinding) -> String? {
        let told =
            "\(receipt.number) (\(receipt.file)): its giver was told that position \(receipt.head.position) has the hash \(receipt.head.hash)"
        return switch finding {
        case .held: nil
        case .other(let hash): "\(told), and here it has \(hash): THE JOURNAL WAS WRITTEN ANEW after it was told."
        case .ended(let last): "\(told), and the journal ends at \(last): what was told of is gone."
        case .unknown(let broken): "\(told); nobody can say, since the chain is broken at \(broken)."
        }
    }

    /// What was found, for a script.
    func members(_ found: [ToldHead: ToldHeadFinding]) -> [String: JSON] {
        [
            "areSigned": .bool(areSigned), "silent": .int(Int64(silent)),
            "refused": .array(refused.map { .string($0) }),
            "receipts": .array(
                receipts.map { receipt in
                    let (finding, hash): (String, String?) =
                        switch found[receipt.head] {
                        case .held: ("held", receipt.head.hash)
                        case .other(let hash): ("other", hash)
                        case .ended: ("ended", nil)
                        case .unknown, nil: ("unknown", nil)
                        }
                    return .object([
                        "number": .string(receipt.number), "file": .string(receipt.file),
                        "position": .int(receipt.head.position), "told": .string(receipt.head.hash),
                        "found": .string(finding), "hash": .text(hash),
                    ])
                }),
        ]
    }
}
