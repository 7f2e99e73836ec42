import CanonicalJSON
import Foundation
import Journal
import TestSupport
import Testing
import WorkingDays

@Suite("Heads of the journal that others were told")
struct ToldHeadTests {
    private func filled(_ payloads: [String]) throws -> TestJournal {
        let test = try TestJournal()
        for (index, payload) in payloads.enumerated() {
            try test.append("event\(index)", to: "x/\(index)", expecting: 0, payload: payload)
        }
        return test
    }

    private func told(_ test: TestJournal) throws -> ToldHead { ToldHead(try test.journal.head()) }

    @Test(
        "A journal that goes on holds what was told; one whose past was written anew is found out, though its chain is right"
    )
    func rewritten() throws {
        let payloads = (0..<6).map { #"{"n":\#($0)}"# }
        let short = try filled(Array(payloads.prefix(3)))
        let head = try told(short)
        #expect(head.position == 3)
        let grown = try filled(payloads)
        #expect(try grown.journal.verify(told: [head]).told == [head: .held])

        // One word of the past, and every hash after it, made anew as the program itself would.
        var other = payloads
        other[1] = #"{"n":77}"#
        let rewritten = try filled(other)
        let found = try rewritten.journal.verify(told: [head])
        #expect(found.firstBad == nil && found.checked == 6)
        guard case .other(let hash)? = found.told[head] else {
            Issue.record("\(String(describing: found.told[head]))")
            return
        }
        #expect(hash != head.hash && hash.count == 64)
        // What was told before the change is still held.
        let first = ToldHead(try filled([payloads[0]]).journal.head())
        #expect(try rewritten.journal.verify(told: [first, head]).told[first] == .held)
    }

    @Test("A journal that ends before what was told, and a broken chain, are told apart")
    func ended() throws {
        let payloads = (0..<6).map { #"{"n":\#($0)}"# }
        let head = try told(filled(payloads))
        let short = try filled(Array(payloads.prefix(4)))
        #expect(try short.journal.verify(told: [head]).told == [head: .ended(at: 4)])
        let broken = try filled(payloads)
        try broken.tamper("DROP TRIGGER eventIsNeverChanged; UPDATE event SET payload = '{}' WHERE position = 3")
        #expect(try broken.journal.verify(told: [head]).told == [head: .unknown(brokenAt: 3)])
        #expect(try broken.journal.verify().told.isEmpty)
    }

    @Test("What is no head is none", arguments: [(0, 64), (-1, 64), (1, 63), (1, 65)])
    func malformed(position: Int64, digits: Int) {
        #expect(ToldHead(position: position, hash: String(repeating: "a", count: digits)) == nil)
        #expect(ToldHead(position: 1, hash: String(repeating: "A", count: 64)) == nil)
        #expect(ToldHead(position: 1, hash: String(repeating: "a", count: 64)) != nil)
    }
}
