import CanonicalJSON
import TestSupport
import Testing

@testable import Commands

@Suite("Campaigns on the command line")
struct CampaignCommandTests {
    private static let asked = ["--kind", "body", "--body", "MNE", "--until", "2026-04-02"]

    @Test("a campaign is previewed without a trace, begun, listed, shown by its bodies, and ended once with a reason")
    func life() async throws {
        let office = try await CallerOffice()
        let preview = try await office.run(["cards", "campaign", "begin"] + Self.asked + ["--preview"])
        #expect(preview.lines == ["MNE\t4\tpaper"] && preview.notes == ["1 bodies, 4 cards, 2 of them empty."])
        #expect(try await office.run("cards", "campaign", "list").lines.isEmpty)
        #expect(try await office.run(["cards", "campaign", "begin"] + Self.asked).lines == ["2026-000001"])
        let listed = try await office.run("cards", "campaign", "list").lines
        #expect(listed == ["2026-000001\tbody\t2026-04-02\t1\t4\t0\t0\trunning"])
        let shown = try await office.run("cards", "campaign", "show", "2026-000001", "--standing", "unopened").lines
        #expect(shown == ["MNE\t4\t0\t4\t0\t0\t–"])
        #expect(try await office.run("cards", "campaign", "show", "2026-000001", "--standing", "done").lines.isEmpty)
        let ended = try await office.run("cards", "campaign", "end", "2026-000001", "--reason", "test").lines
        #expect(ended == ["2026-000001 has ended."])
        #expect(try await office.json("cards", "campaign", "list").first?["endReason"]?.string == "test")
        let again = try await office.fails(["cards", "campaign", "end", "2026-000001", "--reason", "test"])
        #expect(again.contains("ended already"), "\(again)")
    }

    @Test(
        "what cannot be begun or is not there is refused with what to do",
        arguments: [
            (["begin", "--kind", "some", "--until", "2026-04-02"], "--kind takes all, unconfirmed, sphere, body"),
            (["begin", "--kind", "all", "--until", "soon"], "is no date: write it as 2026-04-30"),
            (["begin", "--kind", "all", "--until", "2026-03-01"], "Give a last day after today"),
            (["begin", "--kind", "unconfirmed", "--until", "2026-04-02"], "Give a number of months from 1 to 60"),
            (["show", "2026-000001"], "There is no campaign 2026-000001"),
            (["end", "2026-000001", "--reason", "x"], "There is no such campaign"),
        ])
    func refused(command: [String], said: String) async throws {
        let office = try await CallerOffice()
        let words = try await office.fails(["cards", "campaign"] + command)
        #expect(words.contains(said), "\(words)")
    }
}
