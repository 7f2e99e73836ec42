import Foundation
import Signatures
import SigningSupport
import Testing

@testable import Proofs

@Suite("Changed containers")
struct ProofMutationTests {
    let fixture: Fixture

    init() throws {
        fixture = try Fixture()
    }

    /// What a hand, a disk or a wire can do to a file.
    private static func damaged(_ file: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var changed = file
        let place = Int.random(in: 0..<file.count, using: &numbers)
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: changed.remove(at: place)
        case 1: changed.insert(UInt8.random(in: 0...255, using: &numbers), at: place)
        case 2: changed.removeLast(Int.random(in: 1...min(200, file.count - 1), using: &numbers))
        case 3:
            changed += (0..<Int.random(in: 1...40, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
        case 4: changed[place] = changed[place] == 0x20 ? 0x21 : 0x20
        default: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        }
        return changed
    }

    /// What somebody can do who knows the format and has no key: parts changed, dropped, doubled, swapped, packed anew.
    private static func repacked(
        _ file: [UInt8], with other: [UInt8], _ numbers: inout SeededNumbers
    ) throws -> (file: [UInt8], part: String) {
        var archive = try StoredArchive(file)
        let foreign = try StoredArchive(other)
        let place = Int.random(in: archive.entries.indices, using: &numbers)
        let part = archive.entries[place].name
        switch Int.random(in: 0..<8, using: &numbers) {
        case 0: archive.entries.remove(at: place)
        case 1:
            archive.entries.insert(archive.entries[place], at: Int.random(in: archive.entries.indices, using: &numbers))
        case 2:
            let bytes = foreign.entries.first { $0.name == part }?.bytes ?? []
            archive.entries[place].bytes = bytes == archive.entries[place].bytes ? bytes + [0] : bytes
        case 3:
            let next = (place + 1) % archive.entries.count
            archive.entries.swapAt(place, next)
        case 4: archive.entries[place].name += "x"
        default:
            guard !archive.entries[place].bytes.isEmpty else { return (archive.bytes + [0], part) }
            let byte = Int.random(in: archive.entries[place].bytes.indices, using: &numbers)
            archive.entries[place].bytes[byte] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        }
        // The list is what it would have to be for these parts; only the signature over it cannot be made.
        if Bool.random(using: &numbers), part != ProofPart.manifest.rawValue {
            let known = archive.entries.compactMap { entry in
                ProofPart(rawValue: entry.name).map { (part: $0, bytes: entry.bytes) }
            }
            if let list = archive.entries.firstIndex(where: { $0.name == ProofPart.manifest.rawValue }) {
                archive.entries[list].bytes = ProofManifest.bytes(of: known)
            }
        }
        return (archive.bytes, part)
    }

    @Test("Of 10,000 changed containers none is accepted")
    func none() async throws {
        var wish = Fixture.Wish()
        wish.isStamped = true
        wish.workbook = Array("workbook".utf8)
        wish.pages = Array("%PDF-pages".utf8)
        let file = try fixture.pack(fixture.parts(wish))
        wish.note = "other"
        wish.position = 18
        let other = try fixture.pack(fixture.parts(wish))
        let check = try fixture.check()
        var numbers = SeededNumbers(state: 1414)
        var accepted: [String] = []
        var count = 0
        while count < 10_000 {
            let (changed, what) =
                count < 8_000
                ? (Self.damaged(file, &numbers), "damage") : try Self.repacked(file, with: other, &numbers)
            guard changed != file else { continue }
            count += 1
            do throws(ProofRefusal) {
                _ = try await check.check(changed)
                accepted.append("\(count): \(what)")
            } catch {}
        }
        #expect(accepted.isEmpty, "\(accepted.count): \(accepted.prefix(20))")
    }
}
