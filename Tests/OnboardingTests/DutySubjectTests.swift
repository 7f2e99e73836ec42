import Casework
import Journal
import PersonalData
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding
@testable import Registry

@Suite("What a step names exists, and is the body's")
struct DutySubjectTests {
    @Test(
        "A short case is only of a known body, of its services, and of the kind of body that owes it",
        arguments: [
            (DutyName.informationChange, "NOPE", "S0288", "2026-03-19", "duty.bodyUnknown"),
            (.informationChange, "MIA", "S0121", "2026-03-19", "duty.otherService"),
            (.informationChange, "MIA", "S9999", "2026-03-19", "duty.serviceUnknown"),
            (.informationChange, "MIA", nil, "2026-03-19", "duty.serviceMissing"),
            (.informationChange, "MIA", "S0288", nil, "duty.dayMissing"),
            (.informationChange, "ECC", nil, "2026-03-19", "duty.bodyKind"),
            (.informationChange, "MIA", "S0288", "2026-03-19", nil),
            // A committee of the ministry, and the other way round.
            (.informationChange, "KGD", "S0300", "2026-03-19", nil),
            (.informationChange, "AKM", "S0288", "2026-03-19", "duty.otherService"),
            (.additionalRequest, "MIA", "S0121", nil, "duty.otherService"), (.additionalRequest, "MIA", nil, nil, nil),
            (.agencyTraining, "KGD", nil, nil, "duty.bodyKind"), (.agencyTraining, "APS", nil, nil, nil),
            (.responsiblePersonChange, "NOPE", nil, nil, "duty.bodyUnknown"),
            (.refusalNotice, "MIA", nil, nil, "duty.followsRefusals"),
        ] as [(DutyName, String, String?, String?, String?)])
    func subject(name: DutyName, body: String, service: String?, on: String?, code: String?) async throws {
        let world = try await World()
        let now = try at("2026-03-19 10:00:00")
        let note = DutyNote(body: body, service: service, text: "x", on: try on.map(day))
        do {
            _ = try await world.desk.begin(name, note, happenedAt: now, by: world.actor, at: now)
            #expect(code == nil)
        } catch let refusal as Refusal {
            #expect(refusal.code == code)
        }
    }

    @Test("A line of the plan makes a service one that the body is asked about; a body that has ended is named no more")
    func plannedAndClosed() async throws {
        let world = try await World()
        let now = try at("2026-03-19 10:00:00")
        let line = PlanLineApproved(
            plan: "2026", line: "9", service: "S0288", body: "AKM", requestOn: try day("2026-03-20"), approval: "act")
        _ = try await world.desk.perform(.approve(line, at: now), on: "2026-9-AKM", by: world.actor, at: now)
        let change = DutyNote(body: "AKM", service: "S0288", text: "x", on: try day("2026-03-19"))
        _ = try await world.desk.begin(.informationChange, change, happenedAt: now, by: world.actor, at: now)
        _ = try world.casework.transactNow(by: world.actor, at: now) { session in
            let closed = BodyClosed(code: "MH", on: try day("2026-03-18"), successor: "MIA")
            try session.append([RegistryEvent.bodyClosed(closed)], to: StreamID("body/MH"), expecting: 1)
            return 0
        }
        let refusal = try await #require(throws: Refusal.self) {
            try await world.desk.begin(
                .additionalRequest, DutyNote(body: "MH", text: "x"), happenedAt: now, by: world.actor, at: now)
        }
        #expect(refusal.code == "duty.bodyClosed")
    }

    @Test(
        "A term of a body runs by the clocks of its region: half past midnight in Almaty was the day before in Aqtobe")
    func zone() async throws {
        let world = try await World()
        let report = try await world.importPlan(
            "line,service,body,request_date,acceptance_date,responsible_unit\n5,S0288,AKM,2014-03-10,,\n6,S0288,MIA,2014-03-10,,\n"
        )
        #expect(report.added == ["2026-5-AKM", "2026-6-MIA"], "\(report.problems)")
        let now = try at("2026-01-10 10:00:00")
        for (id, day) in [("2026-5-AKM", "2014-03-19"), ("2026-6-MIA", "2014-03-20")] {
            for command in [
                InformationRequestCommand.send(
                    RequestSent(number: "1", channel: "mail"), at: try at("2014-03-11 10:00:00")),
                .receive(RequestReceived(proof: "5"), at: try at("2014-03-19 23:30:00")),
            ] {
                _ = try await world.desk.perform(command, on: id, by: world.actor, at: now)
            }
            #expect(try world.clock("appoint-responsible-person", id).dayZero == CivilDate(day))
        }
        let note = DutyNote(body: "AKM", text: "x")
        let duty = try await world.desk.begin(
            .additionalRequest, note, happenedAt: try at("2014-03-19 23:30:00"), by: world.actor, at: now)
        let clock = try world.journal.readNow { try ClockRow.fetch(of: StreamID("additional-request/\(duty)"), in: $0) }
        #expect(clock.first?.dayZero == CivilDate("2014-03-19"))
    }

    @Test(
        "Information is entered into the card of the service, in an edition that exists (797 §5)",
        arguments: [
            ("NOPE", 1, "onboarding.cardUnknown"), ("S0121", 1, "onboarding.otherCard"),
            ("S0288", 99, "onboarding.noEdition"), ("S0288", 0, "onboarding.noEdition"), ("S0288", 2, nil),
        ] as [(String, Int, String?)])
    func card(code: String, edition: Int, refused: String?) async throws {
        let world = try await World()
        try await world.received("2026-03-02 10:00:00")
        try await world.step("2026-03-03 10:00:00", Steps.appoint)
        try await world.step("2026-03-04 10:00:00", Steps.submit())
        do {
            try await world.step("2026-03-05 10:00:00") {
                .enter(InformationEntered(card: code, edition: edition), at: $0)
            }
            #expect(refused == nil)
        } catch let refusal as Refusal {
            #expect(refusal.code == refused)
        }
    }
}

@Suite("Who answers for a body")
struct ResponsiblePersonCaseTests {
    private func sealed(_ name: String, in world: World) throws -> SealedResponsiblePerson {
        let vault = try PersonVault(path: world.folder.file("vault.db"))
        return try ResponsiblePersonDetails(name: name, position: "head", phone: "1").sealed(of: "MIA", in: vault)
    }

    private func persons(in world: World) throws -> [String: ResponsiblePerson] {
        let all = try world.journal.readNow { try Registry.responsiblePersons(of: "MIA", in: $0) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    }

    /// Two requests with a responsible person each.
    private func appointed(in world: World) async throws -> [String] {
        var ids: [String] = []
        for (line, name) in [("1", "Арманов"), ("2", "Болатова")] {
            var planned = Steps.line
            planned.line = line
            let id = "2026-\(line)-MIA"
            let step = planned
            try await world.step("2025-12-01 09:00:00", of: id) { .approve(step, at: $0) }
            try await world.step("2025-12-15 09:00:00", of: id, Steps.send())
            try await world.step("2026-03-02 10:00:00", of: id, Steps.receive)
            let now = try at("2026-03-03 10:00:00")
            try await world.desk.appoint(
                try sealed(name, in: world), order: nil, document: nil, to: id, happenedAt: now, by: world.actor,
                at: now)
            let state = try await world.casework.load(InformationRequest.self, id: id).state
            ids.append(try #require(state.registration))
        }
        return ids
    }

    @Test("Two requests to a body have a responsible person each (797 §5)")
    func oneEach() async throws {
        let world = try await World()
        let ids = try await appointed(in: world)
        #expect(Set(ids).count == 2)
        #expect(try persons(in: world).values.allSatisfy { $0.endedOn == nil })
    }

    @Test("Who left answers no more, and the notice of it ends with the details of the new one only (797 §7)")
    func change() async throws {
        let world = try await World()
        let ids = try await appointed(in: world)
        let left = try at("2026-03-30 10:00:00")
        func begin(_ registration: String?) async throws -> String {
            try await world.desk.begin(
                .responsiblePersonChange, DutyNote(body: "MIA", text: "left", registration: registration),
                happenedAt: left, by: world.actor, at: left)
        }
        for wrong in [nil, "MIA-99"] {
            let refusal = try await #require(throws: Refusal.self) { try await begin(wrong) }
            #expect(refusal.code == "duty.leaverMissing")
        }
        let id = try await begin(ids[0])
        var all = try persons(in: world)
        #expect(try all[ids[0]]?.endedOn == day("2026-03-30") && all[ids[1]]?.endedOn == nil)
        let told = try at("2026-04-01 10:00:00")
        let refusal = try await #require(throws: Refusal.self) {
            try await world.desk.end(
                .responsiblePersonChange, id: id, by: "responsiblePersonNotified", DutyNote(body: "", text: "x"),
                happenedAt: told, by: world.actor, at: told)
        }
        #expect(refusal.code == "duty.personMissing")
        try await world.desk.notifyResponsiblePerson(
            try sealed("Қасымов", in: world), ending: id, DutyNote(body: "", text: "letter 5"),
            since: try day("2026-04-01"), happenedAt: told, by: world.actor, at: told)
        all = try persons(in: world)
        let new = try #require(all[ids[0]]?.replacedBy)
        #expect(all.count == 3 && all[new]?.endedOn == nil && all[ids[1]]?.endedOn == nil)
        let answering = try world.journal.readNow {
            try Registry.responsiblePerson(inPlaceOf: ids[0], on: day("2026-04-02"), in: $0)?.id
        }
        #expect(answering == new)
        try world.expectSameAfterRebuild()
    }

    @Test("An annulled departure: he answers for the body again")
    func annulled() async throws {
        let world = try await World()
        let ids = try await appointed(in: world)
        let left = try at("2026-03-30 10:00:00")
        let id = try await world.desk.begin(
            .responsiblePersonChange, DutyNote(body: "MIA", text: "left", registration: ids[1]), happenedAt: left,
            by: world.actor, at: left)
        try await world.desk.annul(
            .responsiblePersonChange, id: id, reason: "it was another body", by: world.actor, at: left)
        let again = try world.journal.readNow {
            try Registry.responsiblePerson(inPlaceOf: ids[1], on: day("2026-03-31"), in: $0)
        }
        #expect(try again?.since == day("2026-03-30") && again?.endedOn == nil)
    }
}
