import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The rules of today")
struct TodayRulesTests {
    @Test("Each term of ssl-appc, with its paragraph, owner and force")
    func terms() throws {
        let edition = try #require(try Law.rulebooks().edition("ssl-appc@2021-07-01"))
        let terms = edition.procedures.flatMap { procedure in
            procedure.rules.map { rule in
                "\(rule.id): \(rule.cite[.en]), \(rule.owner.rawValue), \(rule.isUnknown ? "unknown" : rule.terms.map { "\($0.term)" }.joined())"
            }
        }
        #expect(
            terms == [
                "review-by-body: LSS art. 25(2), reviewer, 5 working days",
                "review-by-agency: LSS art. 25(2), reviewer, 15 working days",
                "tell-applicant: LSS art. 25(4), reviewer, 3 working days",
                "redirect-complaint: APPC art. 65(1), ucc, 3 working days",
                "answer-appeal: APPC art. 76(1), body, 15 working days",
                "answer-extended-appeal: APPC art. 76(3), body, on the planned date",
                "tell-of-extended-appeal: APPC art. 76(3), body, 3 working days",
                "return-appeal: APPC art. 64(7), body, 3 working days",
                "redirect-appeal: APPC art. 65(1), body, 3 working days",
                "pass-up: APPC art. 91(4), body, 3 working days",
                "decide-act-complaint: APPC art. 99, body, 20 working days",
                "decide-anew: APPC art. 100(2), body, 5 working days",
                "inform-centre: LSS art. 23(2), body, unknown", "inform-corporation: LSS art. 10(13), body, unknown",
            ])
        #expect(edition.registration?.cite[.en] == "APPC art. 64(3)")
        #expect(edition.procedure("complaint-review")?.silence?.cite[.en] == "APPC art. 91(2) and 100(5)")
        // A complaint about an act is never extended (APPC art. 99).
        let extended = edition.procedure("act-complaint")?.rules.filter { $0.extension != nil }
        #expect(extended?.isEmpty == true)
    }

    @Test("What was not found is unknown in every clock of order 83, and nothing is counted by it")
    func unknown() throws {
        let set = try Law.rulebooks()
        let edition = try #require(set.edition("order-83@2016-01-26"))
        let isUnknown = edition.procedures.flatMap(\.rules).allSatisfy { $0.isUnknown }
        #expect(isUnknown)
        let procedure = try #require(edition.procedure("onboarding"))
        let events = try [
            ClockEvent("requestReceived", at: at("2026-03-02 10:00")),
            ClockEvent("responsiblePersonAppointed", at: at("2026-06-02 10:00")),
        ]
        let replayed = procedure.replay(
            events, calendar: try Law.folder.calendar(), zone: .almaty, asOf: try day("2026-12-01"),
            at: try at("2026-12-01 10:00"))
        #expect(replayed.clocks.clocks.isEmpty && replayed.refused.isEmpty)
        #expect(replayed.unknown == ["appoint-responsible-person", "submit-information"])
        // 797 goes on running where it was not replaced by anything that is known.
        let date = try day("2026-03-02")
        #expect(set.procedure("onboarding", on: date)?.edition == "797@2013-08-06")
    }

    @Test("The book is chosen for a procedure: from its first day on, and never by itself")
    func chosen() throws {
        let set = try Law.rulebooks()
        let after = try day("2026-03-02")
        #expect(set.procedure("complaint-review", on: after)?.edition == "complaint-review@2013-04-15")
        let today = try set.choosing("ssl-appc", for: "complaint-review")
        #expect(today.procedure("complaint-review", on: after)?.edition == "ssl-appc@2021-07-01")
        let before = try day("2021-06-30")
        #expect(today.procedure("complaint-review", on: before)?.edition == "complaint-review@2013-04-15")
        #expect(today.procedure("information-change", on: after)?.edition == "797@2013-08-06")
        #expect(throws: RulebookLoadError.self) { try set.choosing("797", for: "complaint-review") }
        #expect(throws: RulebookLoadError.self) { try set.choosing("none", for: "complaint-review") }
        #expect(set.editions(of: "complaint-review").map(\.book) == ["complaint-review", "ssl-appc"])
    }

    @Test(
        "A return is decided within three working days: the redirection or its refusal stops the clock, and it begins anew"
    )
    func redirect() throws {
        var review = try TestCase(
            "complaint-review", in: try Law.rulebooks().choosing("ssl-appc", for: "complaint-review"))
        try review.happens("complaintRegistered", "2026-09-07 10:00", ["reviewer": "body"], date: "2026-09-07")
        try review.happens("complaintReturnProposed", "2026-09-08 10:00")
        #expect(review.due("redirect-complaint") == "2026-09-11")
        try review.happens("complaintReturnDeclined", "2026-09-11 23:59")
        #expect(review.status("redirect-complaint") == .met)
        try review.happens("complaintReturnProposed", "2026-09-12 10:00")
        #expect(review.due("redirect-complaint") == "2026-09-16")
        try review.happens(
            "complaintTransferred", "2026-09-17 10:00", ["reviewer": "body", "registeredOn": "2026-09-17"])
        #expect(review.status("redirect-complaint") == .breached)
        #expect(review.due("review-by-body") == "2026-09-24")
    }

    @Test("A transfer of an old entry, without a day of registration, counts from its own day as it did")
    func oldTransfer() throws {
        var review = try TestCase("complaint-review")
        try review.happens("complaintRegistered", "2026-11-29 11:00", ["reviewer": "body"], date: "2026-11-30")
        try review.happens("complaintTransferred", "2026-11-29 12:00", ["reviewer": "body"])
        #expect(review.due("review-by-body") == "2026-12-04")
        try review.happens(
            "complaintTransferred", "2026-11-29 13:00", ["reviewer": "body", "registeredOn": "2026-11-30"])
        #expect(review.due("review-by-body") == "2026-12-07")
    }
}
