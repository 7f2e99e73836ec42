import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("What becomes known late, and what the law does not allow")
struct LateKnownTests {
    private static let head =
        "number,filed_at,kind,service,body,region,language,name,iin,phone,email,address,subject,answered_at,outcome,extended_days,extended_at,told_at,transferred_to,transferred_at,withdrawn_at\n"

    private func line(
        body: String, answered: String = "", outcome: String = "", days: String = "", extended: String = "",
        told: String = "", to: String = "", transferred: String = ""
    ) -> String {
        Self.head
            + "F1,2026-10-05 10:00,order,S1,\(body),75,kk,Тест Тестов,900101400001,+7700,a@b.kz,\"Алматы, 1\",сөз,\(answered),\(outcome),\(days),\(extended),\(told),\(to),\(transferred),\n"
    }

    private func names(_ world: World) async throws -> [String] {
        try await world.casework.history(of: StreamID("complaint/2026-000001")).map(\.event.content.name)
    }

    @Test(
        "An extension that the law does not allow is a finding; the complaint and its answer go in, the term stands",
        arguments: [
            // The State Corporation may not extend; too late; too many days.
            ("G75", "3", "2026-10-07 10:00", "extension-not-allowed"),
            ("MJ", "3", "2026-10-13 10:00", "extension-too-late"),
            ("MJ", "11", "2026-10-07 10:00", "extension-beyond-limit"),
        ], [true, false])
    func unlawful(_ example: (String, String, String, String), _ isNew: Bool) async throws {
        let (body, days, at, breach) = example
        let world = try await World()
        if !isNew { #expect(try world.run(line(body: body)).refused.isEmpty) }
        let text = line(
            body: body, answered: "2026-10-14 12:00", outcome: "partly", days: days, extended: at,
            told: "2026-10-14 09:00")
        let (report, refused) = try world.run(text)
        #expect(refused.isEmpty && report.added + report.updated == 1)
        let record = try world.record("2026-000001")
        #expect(record.status == .answered && record.extendedBy == 0)
        let due = try day("2026-10-12")
        #expect(record.dueOn == due)
        #expect(try await names(world).contains("unlawfulStepFound"))
        let state = try await world.casework.load(Complaint.self, id: "2026-000001").state
        #expect(state.unlawful.map(\.event) == [UnlawfulStepFound(breach: breach, body: body, days: Int(days) ?? 0)])
        #expect(try world.clocks("2026-000001").map(\.rule) == ["review-by-body"])
        // The same line again changes nothing.
        let before = try world.events()
        #expect(try world.run(text).report.unchanged == 1)
        #expect(try world.events() == before)
    }

    @Test("A lawful extension is one, whether told by the forum or by an officer")
    func lawful() async throws {
        let world = try await World()
        _ = try world.run(line(body: "MJ", days: "3", extended: "2026-10-07 10:00"))
        #expect(try await names(world) == ["complaintRegistered", "complaintExtended"])
        #expect(try world.record("2026-000001").extendedBy == 3)
    }

    @Test("Told in time and known only after the answer: the breach of telling is gone", arguments: [true, false])
    func told(_ byForum: Bool) async throws {
        let world = try await World()
        let answered = ("2026-10-19 10:00", "satisfied")
        _ = try world.run(
            line(
                body: "MJ", answered: answered.0, outcome: answered.1, days: "5", extended: "2026-10-07 10:00"))
        func told() throws -> ClockRow? { try world.clocks("2026-000001").first { $0.rule == "tell-applicant" } }
        #expect(try told()?.status == .breached)
        if byForum {
            let (report, refused) = try world.run(
                line(
                    body: "MJ", answered: answered.0, outcome: answered.1, days: "5", extended: "2026-10-07 10:00",
                    told: "2026-10-08 10:00"))
            #expect(refused.isEmpty && report.updated == 1)
        } else {
            try await world.desk.tellApplicant(
                "2026-000001", by: "forum", happenedAt: try at("2026-10-08 10:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
        #expect(try told()?.status == .met)
        #expect(try world.record("2026-000001").status == .answered)
        // What would have happened after the end stays refused.
        await #expect(throws: Refusal.self) {
            try await world.desk.tellApplicant(
                "2026-000001", by: "forum", happenedAt: try at("2026-10-20 10:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
    }

    @Test("Handed on before the answer and known only after it: the other body answered, in its own term")
    func transferred() async throws {
        let world = try await World()
        _ = try world.run(line(body: "MJ", answered: "2026-10-14 10:00", outcome: "satisfied"))
        #expect(try world.clocks("2026-000001").first?.status == .breached)
        let (report, refused) = try world.run(
            line(
                body: "MJ", answered: "2026-10-14 10:00", outcome: "satisfied", to: "A75",
                transferred: "2026-10-08 10:00"))
        #expect(refused.isEmpty && report.updated == 1)
        let record = try world.record("2026-000001")
        let due = try day("2026-10-15")
        #expect(record.body == "A75" && record.status == .answered && record.dueOn == due)
        #expect(try world.clocks("2026-000001").first?.status == .met)
        // A later correction still knows the order in which it all happened.
        try await world.desk.correctClosing(
            "2026-000001", to: try at("2026-10-16 10:00"), reason: "typed wrongly", by: world.actor,
            at: try at("2026-12-30 09:00"))
        #expect(try world.clocks("2026-000001").first?.status == .breached)
    }

    @Test("Handed on after its term had run out: the former body would be charged otherwise, so it is refused")
    func formerTerm() async throws {
        let world = try await World()
        _ = try world.run(line(body: "MJ", answered: "2026-10-16 10:00", outcome: "satisfied"))
        await #expect(throws: Refusal.self) {
            try await world.desk.transfer(
                "2026-000001", to: "A75", reason: "not ours", happenedAt: try at("2026-10-14 10:00"), by: world.actor,
                at: try at("2026-12-30 09:00"))
        }
        #expect(try world.record("2026-000001").body == "MJ")
    }
}
