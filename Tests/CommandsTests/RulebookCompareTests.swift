import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Editions of the rules compared on the command line")
struct RulebookCompareTests {
    private func register(_ office: CallerOffice) async throws -> String {
        try office.put(
            """
            {"channel":"letter","kind":"order","service":"S0012","region":"71","subject":"сөз",
            "filedAt":"2026-03-12T05:00:00Z","contacts":{"name":"Тест"}}
            """, in: "complaint.json")
        return try #require(
            try await office.json("complaints", "register", "complaint.json").first?["number"]?.string)
    }

    @Test("The same complaint under both editions and by another table, and nothing is recorded")
    func compare() async throws {
        let office = try await CallerOffice()
        let number = try await register(office)
        let all = try await office.run("rulebook", "compare").lines
        #expect(
            all == [
                "complaint-review@2013-04-15 and ssl-appc@2021-07-01: of 1 complaints 0 would differ. Nothing was recorded."
            ])
        let moved = try await office.run("rulebook", "compare", "--table", "complaints@2013-04-15").lines
        #expect(moved.count == 2 && moved[0].hasPrefix("\(number)\tA71\t"), "\(moved)")
        #expect(moved[0].hasSuffix("\tA71 → ME (owner-of-the-service)"), "\(moved)")
        #expect(moved[1].contains("of 1 complaints 1 would differ"))
        let json = try #require(
            try await office.json("rulebook", "compare", "--number", number, "--to", "ssl-appc@2021-07-01").first)
        #expect(json["left"]?["due"]?.string == json["right"]?["due"]?.string && json["differs"]?.bool == false)
        #expect(json["right"]?["edition"]?.string == "ssl-appc@2021-07-01")
    }

    @Test("What there is not is said")
    func missing() async throws {
        let office = try await CallerOffice()
        _ = try await register(office)
        #expect(try await office.fails(["rulebook", "compare", "--to", "x"]).contains("choose one of"))
        #expect(try await office.fails(["rulebook", "compare", "--table", "x"]).contains("complaints@2021-07-01"))
        #expect(try await office.fails(["rulebook", "compare", "--number", "2026-999999"]).contains("no complaint"))
    }
}
