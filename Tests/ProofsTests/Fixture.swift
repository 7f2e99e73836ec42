import CanonicalJSON
import Crypto
import Foundation
import Journal
import Signatures
import SigningSupport
import WorkingDays

@testable import Proofs

/// The keys of a centre, a receiver and a time stamping authority, and containers made with them.
final class Fixture: Sendable {
    /// When everything happens; every pair is valid then.
    static let day = Moment(millisecondsSince1970: 1_775_000_000_000)

    let pairs: SigningPairs
    let centre: Signer
    let agency: Signer

    init() throws {
        pairs = try SigningPairs()
        centre = try pairs.pair("centre").signer()
        agency = try pairs.pair("agency").signer()
        _ = try pairs.pair("tsa", use: .stamping)
    }

    /// A check by the authority of these pairs.
    func check() throws -> ProofCheck {
        let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
        return ProofCheck(
            centre: authority, receiver: authority, clock: try TimeStampAuthority(file: pairs.path("ca.pem")))
    }

    /// What differs between reports.
    struct Wish {
        var period = "2026-03"
        var revision = 1
        var note = "Ұлытау"
        var position = 17
        var isStamped = false
        var workbook: [UInt8]?
        var pages: [UInt8]?
        var key = "5d2c"
        /// What the receipt says its giver was told; nil for the truth.
        var toldHash: String?
    }

    /// The parts of a report that went the whole way.
    func parts(_ wish: Wish = Wish()) throws -> ProofParts {
        let report = JSON.object([
            "items": .object(["note": .string(wish.note)]), "period": .string(wish.period),
            "revision": .int(Int64(wish.revision)), "schema": .string("bailanys/monthly-report/1"),
        ]).bytes
        let digest = Array(SHA256.hash(data: report))
        let sending = JSON.object([
            "actor": .string("timer"), "name": .string("deliveryStarted"), "occurredAt": .string(Self.day.description),
            "payload": .object([
                "attempt": .int(1),
                "sending": .object([
                    "digest": .string(EventLink.hexadecimal(digest)), "key": .string(wish.key),
                    "path": .string("monthly/\(wish.period)"),
                ]),
            ]),
            "position": .int(Int64(wish.position)), "previous": .string(String(repeating: "0", count: 64)),
            "recordedAt": .string(Self.day.description),
            "stream": .string("delivery/monthly-report-\(wish.period)-\(wish.revision)"), "version": .int(2),
        ]).bytes
        let head = EventLink.hexadecimal(Array(SHA256.hash(data: sending)))
        let receipt = JSON.object([
            "digest": .string("sha-256=:\(Data(digest).base64EncodedString()):"),
            "head": .object(["hash": .string(wish.toldHash ?? head), "position": .int(Int64(wish.position))]),
            "key": .string(wish.key), "kind": .string("monthly"), "number": .string("AR-000001"),
            "period": .string(wish.period), "receivedAt": .string(Self.day.description),
            "revision": .int(Int64(wish.revision)),
        ]).bytes
        let signature = try centre.sign(report, at: Self.day)
        return ProofParts(
            report: report, signature: signature, stamp: wish.isStamped ? try stamp(signature) : nil, receipt: receipt,
            receiptSignature: try agency.sign(receipt, at: Self.day), sending: sending, workbook: wish.workbook,
            pages: wish.pages)
    }

    func stamp(_ bytes: [UInt8]) throws -> [UInt8] {
        let query = try TimeStampQuery(about: bytes, random: [UInt8](1...8))
        return try query.token(inAnswer: pairs.stampingAnswer(to: query.bytes))
    }

    /// Packs parts as the centre does.
    func pack(_ parts: ProofParts) throws -> [UInt8] {
        try ProofContainer(parts, packedBy: centre, at: Self.day).bytes
    }
}

/// Random numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
