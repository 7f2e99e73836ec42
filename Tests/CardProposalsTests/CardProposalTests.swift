import CardProposals
import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import KnowledgeBase
import Onboarding
import PersonalData
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// A request to the owner of a card, received, with a responsible person: the form can be submitted.
private final class World: TestWorld, Sendable {
    let centre: TestCentre
    let cards: CardDesk
    let onboarding: OnboardingDesk
    let proposals: CardProposalDesk
    static let id = OnboardingDesk.id(plan: "2026", line: "1", body: "MIA")
    static let code = "S0288"

    init() async throws {
        centre = try await TestCentre(
            Registry.eventTypes + CardDesk.eventTypes + OnboardingDesk.eventTypes + CardProposals.eventTypes,
            adopted: "2025-11-01 09:00"
        ) { catalogue in
            Registry.projections(catalogue) + [
                CardProjection(catalogue: catalogue), OnboardingProjection(catalogue: catalogue),
            ] + CardProposals.projections(catalogue)
        }
        let casework = centre.casework
        cards = CardDesk(casework: casework, knowledge: SearchKnowledge())
        onboarding = OnboardingDesk(casework: casework) { code, db in
            try CardRecord.fetch(code, in: db).map { CardStanding(service: $0.card.code, edition: $0.edition) }
        }
        proposals = CardProposalDesk(casework: casework)
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: actor, at: try at("2026-01-05 09:00:00"))
        _ = try cards.importFolder(
            Repository.path + "/knowledge/services", by: actor, at: try at("2026-01-05 09:30:00"))
        let line = PlanLineApproved(
            plan: "2026", line: "1", service: Self.code, body: "MIA", requestOn: try #require(CivilDate("2026-01-06")),
            approval: "act 1")
        try await step(.approve(line, at: try at("2026-01-05 10:00:00")), "2026-01-05 10:00:00")
        try await step(
            .send(RequestSent(number: "1", channel: "mail"), at: try at("2026-01-06 10:00:00")), "2026-01-06 10:00:00")
        try await step(
            .receive(RequestReceived(proof: "№ 5"), at: try at("2026-01-07 10:00:00")), "2026-01-07 10:00:00")
        try await step(
            .appoint(ResponsiblePersonAppointed(), at: try at("2026-01-08 10:00:00")), "2026-01-08 10:00:00")
    }

    func step(_ command: InformationRequestCommand, _ moment: String) async throws {
        try await onboarding.perform(command, on: Self.id, by: actor, at: try at(moment))
    }

    func draft() async throws -> CardDraft {
        try #require(
            try await journal.read { try CardProposalDesk.draft(of: Self.id, service: Self.code, in: $0) })
    }

    func record() async throws -> CardRecord { try #require(try await cards.card(Self.code)) }

    func latest() async throws -> CardProposalRecord? {
        try await journal.read { try CardProposalRecord.latest(of: Self.id, in: $0) }
    }

    /// Fills in all that is asked for and keeps it.
    func fill(_ moment: String, fee: String = "0,5 МРП") async throws -> CardDraft {
        var form = try await draft().form
        let missing = form.missing
        form.take(CardFormField.ofBody) { place in
            if place == "channels.rows" || place == "channels.portal" { return "1" }
            if place.hasSuffix(".rows"), missing.contains(where: { $0.place.hasPrefix(place.dropLast(5)) }) {
                return "1"
            }
            if place.hasPrefix("fee.") { return fee }
            return missing.contains { $0.place == place } ? "толтырылды / заполнено" : nil
        }
        let draft = CardDraft(form: form, edition: try await record().edition, savedAt: try at(moment))
        try await cards.keep(draft, as: CardDrafts.id(request: Self.id), by: actor)
        return draft
    }

    func submit(_ draft: CardDraft, _ moment: String, isSigned: Bool = true) async throws {
        try await proposals.submit(
            InformationSubmitted(isSignedByHead: isSigned, isComplete: true), try CardProposalDesk.digest(of: draft),
            of: Self.id, by: actor, at: try at(moment))
    }

    func state() async throws -> InformationRequestState {
        try await casework.load(InformationRequest.self, id: Self.id).state
    }
}

@Suite("Forms of cards that bodies submit")
struct CardProposalTests {
    @Test(
        "A form goes from the body to the card: submitted, returned with remarks, submitted again, accepted by one key")
    func way() async throws {
        let world = try await World()
        let before = try await world.record()
        let first = try await world.fill("2026-01-09 10:00:00")
        try await world.submit(first, "2026-01-09 11:00:00")
        #expect(try await world.latest()?.state == .waiting)
        #expect(try await world.journal.read { try CardDrafts.fetch(CardDrafts.id(request: World.id), in: $0) } == nil)
        #expect(try await world.record() == before, "a draft edition changes nothing that operators see")

        try await world.proposals.giveBack(
            1, remarks: [CardProposalRemark(field: "fee", text: "Назовите пункт закона")], StepNote(text: "fee"),
            of: World.id, by: world.actor, at: try at("2026-01-12 10:00:00"))
        #expect(try await world.state().returns == 1)
        let returned = try #require(try await world.latest())
        #expect(returned.state == .returned && returned.remarks.map(\.field) == ["fee"])
        // What was returned is what the body goes on with.
        #expect(try await world.draft().form.text(of: .fee).ru == "0,5 МРП")

        let second = try await world.fill("2026-01-13 10:00:00", fee: "0,5 МРП, статья 615")
        try await world.submit(second, "2026-01-13 11:00:00")
        let edition = try await world.proposals.accept(
            2, against: before.edition, of: World.id, by: world.actor, at: try at("2026-01-14 10:00:00"))
        let after = try await world.record()
        #expect(after.edition == edition && edition == before.edition + 1)
        #expect(after.card.fee?.ru == "0,5 МРП, статья 615" && after.origin == .submission)
        #expect(after.confirmedBy == "MIA" && after.content == .confirmed)
        #expect(try await world.state().entered == InformationEntered(card: World.code, edition: edition))
        #expect(try await world.latest()?.state == .accepted)
        _ = try world.journal.rebuild { _ in }
        #expect(try await world.latest()?.edition == edition)
    }

    @Test("Nobody submits what he did not see, nor a form that lacks what 797 asks for")
    func guarded() async throws {
        let world = try await World()
        let seen = try await world.fill("2026-01-09 10:00:00")
        let later = try await world.fill("2026-01-09 10:05:00", fee: "1 МРП")
        await #expect(throws: (any Error).self) { try await world.submit(seen, "2026-01-09 11:00:00") }
        #expect(try await world.state().submittedAt == nil)
        var form = later.form
        form.take([.fee]) { ["fee.kk": ""][$0] }
        let bare = CardDraft(form: form, edition: later.edition, savedAt: later.savedAt)
        try await world.cards.keep(bare, as: CardDrafts.id(request: World.id), by: world.actor)
        await #expect(throws: CardFormFaults(faults: [CardFormFault(place: "fee.kk", kind: .missing)])) {
            try await world.submit(bare, "2026-01-09 11:00:00")
        }
        #expect(try await world.latest() == nil)
        #expect(try await world.draft().form == form, "nothing of it is lost")
    }

    @Test("Without the head's signature it is returned at once, and the form can be submitted again as it was")
    func unsigned() async throws {
        let world = try await World()
        let draft = try await world.fill("2026-01-09 10:00:00")
        try await world.submit(draft, "2026-01-09 11:00:00", isSigned: false)
        #expect(try await world.latest()?.state == .returned)
        #expect(try await world.draft().form == draft.form)
    }

    @Test("What the centre changed meanwhile is not undone by a draft that did not touch it")
    func overtaken() async throws {
        let world = try await World()
        let before = try await world.record()
        let draft = try await world.fill("2026-01-09 10:00:00")
        var changed = before.card
        changed.contacts = CardText(kk: "1414, тәулік бойы", ru: "1414, круглосуточно")
        try await world.cards.perform(
            .edit(changed, source: "x", origin: .coordinator, expecting: before.edition, renews: false),
            on: World.code, by: world.actor, at: try at("2026-01-09 10:30:00"))
        await #expect(throws: (any Error).self) { try await world.submit(draft, "2026-01-09 11:00:00") }
        let moved = try await world.draft()
        #expect(moved.edition == before.edition + 1)
        #expect(moved.form.text(of: .contacts).ru == "1414, круглосуточно")
        #expect(moved.form.text(of: .fee).ru == "0,5 МРП")
    }

    @Test("Acts on a form that was answered, or against a card that has changed since, are refused whole")
    func stale() async throws {
        let world = try await World()
        let before = try await world.record()
        try await world.submit(try await world.fill("2026-01-09 10:00:00"), "2026-01-09 11:00:00")
        var changed = before.card
        changed.contacts = CardText(kk: "1414", ru: "1414")
        try await world.cards.perform(
            .edit(changed, source: "x", origin: .coordinator, expecting: before.edition, renews: false),
            on: World.code, by: world.actor, at: try at("2026-01-09 12:00:00"))
        await #expect(throws: (any Error).self) {
            _ = try await world.proposals.accept(
                1, against: before.edition, of: World.id, by: world.actor, at: try at("2026-01-12 10:00:00"))
        }
        #expect(try await world.state().entered == nil)
        // By hand, as it was always done: the form is settled with it.
        try await world.step(
            .enter(
                InformationEntered(card: World.code, edition: before.edition + 1),
                into: nil, at: try at("2026-01-12 10:00:00")), "2026-01-12 10:00:00")
        #expect(try await world.latest()?.state == .accepted)
        await #expect(throws: (any Error).self) {
            try await world.proposals.giveBack(
                1, remarks: [], StepNote(text: "x"), of: World.id, by: world.actor,
                at: try at("2026-01-12 11:00:00"))
        }
    }
}
