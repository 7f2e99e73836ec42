import Casework
import Complaints
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("In whose hands a complaint is")
struct HoldingTests {
    private struct Turn: Sendable {
        let to: ComplaintHolder
        var seen: ComplaintHolder?
        /// The code of the refusal; nil where it is done.
        var refused: String?
    }

    @Test("It is taken, handed over and put back; who asks for what is so already, or saw something else, is refused")
    func turns() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let turns: [Turn] = [
            Turn(to: .nobody, refused: "complaint.notAssigned"), Turn(to: .officer(7)),
            Turn(to: .officer(7), refused: "complaint.alreadyAssigned"),
            Turn(to: .officer(200), refused: "complaint.notOfficer"),
            Turn(to: .officer(8), seen: .nobody, refused: "complaint.inOtherHands"),
            Turn(to: .officer(8), seen: .officer(7)), Turn(to: .nobody, seen: .officer(8)),
            Turn(to: .officer(7), seen: .nobody),
        ]
        let clocks = try world.clocks(number)
        var holder: Int64?
        for turn in turns {
            do {
                try await world.desk.assign(
                    number, to: turn.to, seen: turn.seen, by: world.actor, at: try at("2026-03-03 10:00"))
                #expect(turn.refused == nil)
                holder = turn.to.number
            } catch let refusal as Refusal {
                #expect(refusal.code == turn.refused)
            }
            #expect(try world.record(number).assignee == holder)
        }
        #expect(holder == 7)
        // No clock of the law has heard of it.
        #expect(try world.clocks(number) == clocks)
    }

    @Test("What is over comes into nobody's hands any more, and what was annulled says so; the number must be one")
    func over() async throws {
        let world = try await World()
        let now = try at("2026-03-05 10:00")
        func code(_ number: String) async -> String? {
            let refusal = await #expect(throws: Refusal.self) {
                try await world.desk.assign(number, to: .officer(7), by: world.actor, at: now)
            }
            return refusal?.code
        }
        let answered = try await world.register("2026-03-02 10:00").number
        let annulled = try await world.register("2026-03-02 11:00").number
        try await world.desk.assign(answered, to: .officer(7), by: world.actor, at: now)
        try await world.desk.answer(answered, outcome: .satisfied, happenedAt: now, by: world.actor, at: now)
        try await world.desk.annul(annulled, as: .erroneous, reason: "a test", by: world.actor, at: now)
        #expect(await code(answered) == "complaint.closed")
        #expect(await code(annulled) == "complaint.annulled")
        #expect(await code("2026-000099") == "complaint.unknown")
        #expect(try world.record(answered).assignee == 7)
    }

    @Test("Made again from the journal the table says the same, and a list finds what is in whose hands")
    func rebuilt() async throws {
        let world = try await World()
        let now = try at("2026-03-05 10:00")
        var numbers: [String] = []
        for hour in 10...13 { numbers.append(try await world.register("2026-03-02 \(hour):00").number) }
        try await world.desk.assign(numbers[0], to: .officer(7), by: world.actor, at: now)
        try await world.desk.assign(numbers[1], to: .officer(8), by: world.actor, at: now)
        try await world.desk.assign(numbers[2], to: .officer(8), by: world.actor, at: now)
        try await world.desk.assign(numbers[2], to: .nobody, by: world.actor, at: now)
        // It stays with its officer when it goes to another body.
        try await world.desk.transfer(
            numbers[0], to: "KGD", reason: "taxes", happenedAt: now, by: world.actor, at: now)
        let before = try numbers.map { try world.record($0) }
        try world.journal.rebuild()
        #expect(try numbers.map { try world.record($0) } == before)
        func found(_ holder: ComplaintHolder) throws -> [String] {
            var filter = ComplaintFilter()
            filter.holder = holder
            return try world.journal.readNow { [filter] in try ComplaintRecord.fetch(filter, in: $0).map(\.id) }
        }
        #expect(try found(.officer(7)) == [numbers[0]])
        #expect(try found(.officer(8)) == [numbers[1]])
        #expect(try found(.nobody) == [numbers[3], numbers[2]])
        #expect(try found(.officer(9)) == [])
    }

    @Test("A view is kept for one officer under its name, replaced by its name, and no more than twenty are kept")
    func views() async throws {
        let world = try await World()
        let now = try at("2026-03-05 10:00")
        func keep(_ name: String, _ choice: [String: String], of account: Int64 = 7) async throws {
            try await world.desk.keepView(name, choice, of: account, by: world.actor, at: now)
        }
        func views(of account: Int64) throws -> [ComplaintView] {
            try world.journal.readNow { try ComplaintView.fetch(of: account, in: $0) }
        }
        func code(_ name: String, _ choice: [String: String]) async throws -> String? {
            do {
                try await keep(name, choice)
                return nil
            } catch let refusal as Refusal {
                return refusal.code
            }
        }
        try await keep("  Менің   шағымдарым ", ["assignee": "me"])
        try await keep("Менің шағымдарым", ["assignee": "me", "status": "open"])
        try await keep("Other", ["status": "late"], of: 8)
        #expect(try views(of: 7).map(\.name) == ["Менің шағымдарым"])
        #expect(try views(of: 7).first?.choice == ["assignee": "me", "status": "open"])
        #expect(try await code(" ", ["status": "open"]) == "complaint.viewName")
        #expect(try await code(String(repeating: "ә", count: 61), ["status": "open"]) == "complaint.viewName")
        #expect(try await code("Empty", [:]) == "complaint.viewEmpty")
        for number in 2...20 { try await keep("\(number)", ["status": "open"]) }
        #expect(try await code("21", ["status": "open"]) == "complaint.viewsFull")
        try await keep("20", ["status": "late"])
        try await world.desk.dropView("2", of: 7, by: world.actor, at: now)
        try await world.desk.dropView("Other", of: 7, by: world.actor, at: now)
        let before = try views(of: 7)
        #expect(before.count == 19)
        #expect(try views(of: 8).count == 1)
        try world.journal.rebuild()
        #expect(try views(of: 7) == before)
    }
}
