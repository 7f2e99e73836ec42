import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Clocks: onboarding")
struct OnboardingClockTests {
    @Test("Vector 1: the receipt starts two working days, the appointment three more")
    func chain() throws {
        var request = try TestCase("onboarding")
        #expect(try request.happens("requestSent", "2026-03-18 10:00").isEmpty)
        try request.happens("requestReceived", "2026-03-19 10:00")
        #expect(request.due("appoint-responsible-person") == "2026-03-26")
        try request.happens("responsiblePersonAppointed", "2026-03-26 12:00")
        #expect(request.status("appoint-responsible-person") == .met)
        #expect(request.due("submit-information") == "2026-03-31")
    }

    @Test(
        "Vector 6: done at 23:59:59 of the last day is in time, at midnight it is late",
        arguments: [("2026-03-26 23:59:59", ClockChange.Outcome.met), ("2026-03-27 00:00:00", .late)])
    func midnight(at: String, outcome: ClockChange.Outcome) throws {
        var request = try TestCase("onboarding")
        try request.happens("requestReceived", "2026-03-19 10:00")
        let stop = try #require(try request.happens("responsiblePersonAppointed", at).first)
        #expect(stop.outcome == outcome)
        #expect(request.status("appoint-responsible-person") == (outcome == .met ? .met : .breached))
        #expect(request.clocks["appoint-responsible-person"]?.isOpen == false)
    }

    @Test("Vector 9: the rule of a body's duty goes by the body's zone and says so in the proof")
    func zones() throws {
        for (zone, due) in [(CivilZone.aqtobe, "2024-02-22"), (.almaty, "2024-02-23")] {
            var request = try TestCase("onboarding")
            // Half past midnight of 21 February in Almaty, which was at +06:00 then, and 23:30 of 20 February in Aqtobe.
            let changes = try request.happens("requestReceived", "2024-02-20 23:30", bodyZone: zone)
            #expect(request.due("appoint-responsible-person") == due)
            #expect(changes.first?.proof?.contains(" \(zone.name): ") == true)
        }
    }

    @Test("Vector 11: done on a weekend before the last day is in time")
    func weekend() throws {
        var request = try TestCase("onboarding")
        try request.happens("requestReceived", "2026-03-19 10:00")
        let stop = try request.happens("responsiblePersonAppointed", "2026-03-22 10:00").first
        #expect(stop?.outcome == .met)
        #expect(stop?.on.description == "2026-03-22")
    }

    @Test(
        "Vector 15: sent again after a loss keeps the clock; our wrong address restarts it with the reason; no receipt, no clock"
    )
    func sentAgain() throws {
        var kept = try TestCase("onboarding")
        try kept.happens("requestReceived", "2026-04-01 10:00")
        #expect(try kept.happens("requestReceived", "2026-04-02 10:00").isEmpty)
        #expect(kept.due("appoint-responsible-person") == "2026-04-03")

        var restarted = try TestCase("onboarding")
        try restarted.happens("requestReceived", "2026-04-01 10:00")
        let change = try #require(
            try restarted.happens("requestReceived", "2026-04-02 10:00", ["sentAgain": "wrong-address"]).first)
        #expect(change.kind == .restarted)
        #expect(change.reason == "wrong-address")
        #expect(change.was?.description == "2026-04-03")
        let clock = try #require(restarted.clocks["appoint-responsible-person"])
        #expect(clock.due.description == "2026-04-06")
        #expect(clock.round == 2)
        #expect(clock.moves.map(\.by) == [.restarted])

        var never = try TestCase("onboarding")
        try never.happens("requestSent", "2026-04-01 10:00")
        #expect(never.clocks.clocks.isEmpty)
    }

    @Test("Vector 19: of two clocks on a case the stopped one never alarms")
    func stoppedIsSilent() throws {
        var request = try TestCase("onboarding")
        try request.happens("requestReceived", "2026-04-01 10:00")
        try request.happens("responsiblePersonAppointed", "2026-04-02 10:00")
        let later = try at("2026-05-20 00:05")
        let breaches = request.clocks.breaches(asOf: try day("2026-05-20"), at: later)
        #expect(breaches.map(\.clock) == ["submit-information"])
        request.clocks.apply(breaches)
        #expect(request.clocks.breaches(asOf: try day("2026-05-21"), at: later).isEmpty)
        let late = try request.happens("informationSubmitted", "2026-05-22 10:00").first { $0.kind == .stopped }
        #expect(late?.outcome == .late)
        #expect(request.status("submit-information") == .breached)
    }

    @Test("An answer of the last day that is entered after the breach was noted is in time")
    func enteredLater() throws {
        var request = try TestCase("onboarding")
        try request.happens("requestReceived", "2026-04-01 10:00")
        request.clocks.apply(
            request.clocks.breaches(asOf: try day("2026-04-04"), at: try at("2026-04-04 00:01")))
        #expect(request.status("appoint-responsible-person") == .breached)
        #expect(try request.happens("responsiblePersonAppointed", "2026-04-03 17:00").first?.outcome == .met)
        #expect(request.status("appoint-responsible-person") == .met)
    }

    @Test("Vector 25: live only after five working days have passed; before it the event is refused with the date")
    func waiting() throws {
        var request = try TestCase("onboarding")
        try request.happens("protocolCompleted", "2025-12-26 10:00")
        #expect(request.status("start-consulting") == .waiting)
        #expect(throws: ClockError.tooEarly(clock: "start-consulting", allowedFrom: try day("2026-01-08"))) {
            try request.happens("wentLive", "2026-01-07 23:59")
        }
        #expect(request.clocks.breaches(asOf: try day("2026-03-01"), at: try at("2026-03-01 00:00")).isEmpty)
        #expect(try request.happens("wentLive", "2026-01-08 00:00").first?.outcome == .met)
    }

    @Test("The plan gives the date of the request and of the acceptance")
    func plan() throws {
        var request = try TestCase("onboarding")
        let changes = try request.happens(
            "planLineApproved", "2026-02-02 10:00", ["plannedAcceptance": "2026-05-10"], date: "2026-03-22")
        #expect(changes.map(\.clock) == ["send-request", "accept-service"])
        #expect(changes.map { $0.due?.description } == ["2026-03-22", "2026-05-10"])
        #expect(changes.first?.target?.description == "2026-03-20")
        #expect(changes.first?.on.description == "2026-02-02")
        #expect(try request.happens("requestSent", "2026-03-23 10:00").first?.outcome == .late)

        var bare = try TestCase("onboarding")
        #expect(throws: ClockError.missingFact(event: "planLineApproved", fact: "date")) {
            try bare.happens("planLineApproved", "2026-02-02 10:00")
        }
    }

    @Test("Returned information makes the term of submission run anew and cancels what followed from it")
    func returned() throws {
        var request = try TestCase("onboarding")
        try request.happens("responsiblePersonAppointed", "2026-04-01 10:00")
        try request.happens("informationSubmitted", "2026-04-02 10:00")
        #expect(request.status("hold-training") == .running)
        let changes = try request.happens("informationReturned", "2026-04-03 10:00")
        #expect(Set(changes.map(\.kind)) == [.restarted, .cancelled])
        #expect(request.status("submit-information") == .running)
        #expect(request.due("submit-information") == "2026-04-08")
        #expect(request.status("hold-training") == .cancelled)
        try request.happens("informationSubmitted", "2026-04-06 10:00")
        #expect(request.status("submit-information") == .met)
        #expect(request.due("hold-training") == "2026-04-13")
    }

    @Test(
        "Single-clock procedures run from their event to their end",
        arguments: [
            ("information-change", "changeTookEffect", "changeSubmitted", "2026-03-27"),
            ("responsible-person-change", "responsiblePersonLeft", "responsiblePersonNotified", "2026-03-27"),
            ("additional-request", "additionalRequestReceived", "additionalRefused", "2026-03-27"),
            ("refusal-notice", "repeatedRefusal", "agencyInformed", "2026-03-20"),
            ("agency-training", "trainingRequested", "agencyTrainingHeld", "2026-04-07"),
            ("discrepancy", "discrepancyFound", "explanationSent", "2026-03-19"),
            ("quarterly-report", "quarterEnded", "reportDelivered", "2026-04-10"),
            ("monthly-report", "monthEnded", "reportDelivered", "2026-04-05"),
        ])
    func single(procedure: String, from: String, until: String, due: String) throws {
        var event = try TestCase(procedure)
        let isPeriod = procedure.hasSuffix("-report")
        try event.happens(from, isPeriod ? "2026-04-01 00:00" : "2026-03-19 10:00", date: isPeriod ? "2026-03-31" : nil)
        let clock = try #require(event.clocks.clocks.first)
        #expect(clock.due.description == due)
        try event.happens(until, "2026-03-19 12:00")
        #expect(event.clocks.clocks.map(\.status) == [.met])
    }
}

@Suite("Clocks: complaints")
struct ComplaintClockTests {
    @Test(
        "A body has five working days, the Agency fifteen",
        arguments: [("body", "review-by-body", "2026-04-08"), ("agency", "review-by-agency", "2026-04-22")])
    func terms(reviewer: String, clock: String, due: String) throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": reviewer])
        #expect(complaint.clocks.clocks.map(\.rule) == [clock])
        #expect(complaint.due(clock) == due)
    }

    @Test("An extension moves the date, keeps the old one visible and starts the clock of telling the applicant")
    func extended() throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": "body"])
        let changes = try complaint.happens(
            "complaintExtended", "2026-04-07 10:00", ["days": "6", "by": "body", "reason": "inspection on site"])
        #expect(changes.map(\.kind) == [.extended, .started])
        #expect(changes.first?.reason == "inspection on site")
        #expect(complaint.due("review-by-body") == "2026-04-16")
        #expect(complaint.clocks["review-by-body"]?.moves.map(\.from.description) == ["2026-04-08"])
        #expect(complaint.due("tell-applicant") == "2026-04-10")
        try complaint.happens("applicantTold", "2026-04-08 10:00")
        try complaint.happens("complaintExtended", "2026-04-16 10:00", ["days": "4", "by": "body"])
        #expect(complaint.due("review-by-body") == "2026-04-22")
        #expect(complaint.clocks["tell-applicant"]?.round == 2)
        #expect(throws: ClockError.extensionBeyondLimit(clock: "review-by-body", days: 1, left: 0)) {
            try complaint.happens("complaintExtended", "2026-04-17 10:00", ["days": "1", "by": "body"])
        }
    }

    @Test(
        "An extension beyond the law is refused with the reason",
        arguments: [
            (
                ["days": "11", "by": "body"],
                ClockError.extensionBeyondLimit(clock: "review-by-body", days: 11, left: 10)
            ),
            (["days": "5", "by": "provider"], .extensionNotAllowed(clock: "review-by-body", by: "provider")),
            (["days": "5", "by": "agency"], .extensionNotAllowed(clock: "review-by-body", by: "agency")),
            (["by": "body"], .missingFact(event: "complaintExtended", fact: "days")),
            (["days": "0", "by": "body"], .missingFact(event: "complaintExtended", fact: "days")),
            (["days": "5"], .missingFact(event: "complaintExtended", fact: "by")),
        ])
    func refused(facts: [String: String], error: ClockError) throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": "body"])
        #expect(throws: error) { try complaint.happens("complaintExtended", "2026-04-07 10:00", facts) }
    }

    @Test("Neither an answered complaint nor one past its date can be extended")
    func tooLate() throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": "body"])
        let facts = ["days": "5", "by": "body"]
        #expect(throws: ClockError.extensionTooLate(clock: "review-by-body")) {
            try complaint.happens("complaintExtended", "2026-04-09 00:00", facts)
        }
        try complaint.happens("complaintAnswered", "2026-04-08 10:00")
        #expect(throws: ClockError.extensionTooLate(clock: "review-by-body")) {
            try complaint.happens("complaintExtended", "2026-04-08 11:00", facts)
        }
    }

    @Test("A transfer restarts the term for the new reviewer, or hands it to the other clock")
    func transferred() throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": "body"])
        let same = try complaint.happens("complaintTransferred", "2026-04-03 10:00", ["reviewer": "body"])
        #expect(same.map(\.kind) == [.restarted])
        #expect(complaint.due("review-by-body") == "2026-04-10")
        let other = try complaint.happens("complaintTransferred", "2026-04-06 10:00", ["reviewer": "agency"])
        #expect(other.map(\.kind) == [.cancelled, .started])
        #expect(other.last?.reason == "transferred")
        #expect(complaint.status("review-by-body") == .cancelled)
        #expect(complaint.due("review-by-agency") == "2026-04-27")
    }

    @Test("A withdrawn complaint has no running clock left, and a recorded breach stays")
    func withdrawn() throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-01 10:00", ["reviewer": "body"])
        try complaint.happens("complaintExtended", "2026-04-02 10:00", ["days": "1", "by": "body"])
        complaint.clocks.apply(
            complaint.clocks.breaches(asOf: try day("2026-04-08"), at: try at("2026-04-08 00:01")))
        #expect(complaint.status("tell-applicant") == .breached)
        try complaint.happens("complaintWithdrawn", "2026-04-08 10:00")
        #expect(complaint.status("review-by-body") == .cancelled)
        #expect(complaint.status("tell-applicant") == .breached)
        #expect(complaint.clocks.clocks.allSatisfy { !$0.isOpen })
    }

    @Test("Vector 12: registered and answered on the same day off is in time")
    func sameDay() throws {
        var complaint = try TestCase("complaint-review")
        try complaint.happens("complaintRegistered", "2026-04-04 10:00", ["reviewer": "body"])
        #expect(try complaint.happens("complaintAnswered", "2026-04-04 12:00").first?.outcome == .met)
    }

    @Test("An event before the rule came into force is refused")
    func tooOld() throws {
        var complaint = try TestCase("complaint-review")
        #expect(throws: ClockError.notInForce(clock: "review-by-body", dayZero: try day("2013-03-01"))) {
            try complaint.happens("complaintRegistered", "2013-03-01 10:00", ["reviewer": "body"])
        }
    }
}
