import Languages
import TestSupport
import Testing
import WorkingDays

@testable import Rulebook

@Suite("The rulebooks of the repository")
struct RulebookFilesTests {
    @Test("All load, and every clocked duty of 797 is there with its term")
    func duties() throws {
        let set = try Law.rulebooks()
        #expect(
            set.editions.map(\.id) == [
                "452@2017-01-01", "78@2021-07-01", "797@2013-08-06", "complaint-review@2013-04-15",
                "order-83@2016-01-26", "ssl-appc@2021-07-01",
            ])
        var terms: [String: String] = [:]
        for rule in set.editions.prefix(4).flatMap(\.procedures).flatMap(\.rules) {
            terms[rule.id] =
                "\(rule.cite[.en]) \(rule.owner.rawValue) \(rule.force.rawValue) \(rule.terms.last?.term.description ?? "")"
        }
        #expect(
            terms == [
                "send-request": "§4 ucc statutory on the planned date",
                "accept-service": "§3 ucc internal-target on the planned date",
                "appoint-responsible-person": "§5 body statutory 2 working days",
                "submit-information": "§5 responsible-person statutory 3 working days",
                "enter-information": "§5 ucc internal-target 1 working day",
                "update-information": "§6 responsible-person statutory 3 working days",
                "notify-responsible-person": "§7 body statutory 3 working days",
                "hold-training": "§8 body statutory 5 working days",
                "sign-protocol": "§8 ucc internal-target 2 working days",
                "start-consulting": "§9 ucc waiting after 5 working days",
                "answer-additional-request": "§10, §11 body internal-target 3 working days",
                "inform-agency": "§12 ucc internal-target 1 working day",
                "deliver-quarterly-report": "§14 ucc statutory 10 calendar days",
                "deliver-violation-report": "point 12 of order 452 it-body statutory 15th of next month",
                "deliver-corporation-report": "point 62 of order 78 it-body statutory 25th of next month",
                "deliver-electronic-report": "point 62 of order 78 it-body statutory 25th of next month",
                "deliver-monthly-report": "§18 ucc statutory 5th of next month",
                "train-agency": "§19 ucc internal-target 10 working days",
                "explain-discrepancy": "§20 ucc statutory at once",
                "review-by-body": "LSS art. 25 reviewer statutory 5 working days",
                "review-by-agency": "LSS art. 25 reviewer statutory 15 working days",
                "tell-applicant": "LSS art. 25 reviewer statutory 3 working days",
            ])
    }

    @Test("Each known event is used by a clock or is a step without one, and each procedure has its events")
    func events() throws {
        let used = try Law.rulebooks().editions.flatMap(\.procedures).reduce(into: Set<String>()) { names, procedure in
            names.formUnion(procedure.rules.flatMap(\.events))
        }
        #expect(KnownEvents.all.subtracting(used) == ["protocolSigned"])
        for procedure in try Law.rulebooks().editions.flatMap(\.procedures) {
            let known = Set(KnownEvents.byProcedure[procedure.id] ?? [])
            #expect(procedure.rules.allSatisfy { $0.events.isSubset(of: known) }, "\(procedure.id)")
        }
    }

    @Test("797 runs by default after its end, and says that it is not in force")
    func afterItsEnd() throws {
        let edition = try #require(try Law.rulebooks().edition(book: "797", on: day("2026-03-19")))
        #expect(edition.runsByDefault)
        #expect(try !edition.isInForce(on: day("2026-03-19")))
        #expect(try edition.isInForce(on: day("2014-03-19")))
    }

    @Test(
        "Vector 24: a filing after office hours or on a day off is registered on the next working day",
        arguments: [
            ("2026-09-04 19:20", "2026-09-07", RegistrationRule.Ground.evening),
            ("2026-09-05 11:00", "2026-09-07", .dayOff),
            ("2026-09-04 18:29", "2026-09-04", .officeHours), ("2026-09-04 18:30", "2026-09-07", .evening),
            ("2026-09-04 00:05", "2026-09-04", .officeHours), ("2026-03-20 19:00", "2026-03-26", .evening),
        ])
    func registration(filed: String, expected: String, ground: RegistrationRule.Ground) throws {
        var review = try TestCase("complaint-review")
        let rule = try #require(
            try Law.rulebooks().edition(book: "complaint-review", on: day("2026-01-01"))?.registration)
        let registration = try rule.registration(filedAt: at(filed), calendar: review.calendar, zone: .almaty)
        #expect(registration.date.description == expected)
        #expect(registration.ground == ground)
        if expected == "2026-09-07" {
            try review.happens("complaintRegistered", filed, ["reviewer": "body"], date: expected)
            #expect(review.due("review-by-body") == "2026-09-14")
        }
    }
}

@Suite("Explanations of proofs")
struct ProofExplanationTests {
    @Test("A proof is told in each language with every skipped day and its basis", arguments: Language.allCases)
    func told(language: Language) throws {
        let proof = try Law.folder.calendar().due(.workingDays(2), from: day("2026-03-19"), zone: .almaty).proof
        let lines = ProofExplanation(proof).lines(in: language)
        #expect(lines.count == 2 + 7 + 1)
        #expect(lines[3].contains("Наурыз мейрамы") && lines[3].contains("267-II"))
        let expected: [Language: (String, String)] = [
            .kk: ("Мерзім: 2 жұмыс күні", "Соңғы күні: 2026 жылғы 26 наурыз, бейсенбі"),
            .ru: ("Срок: 2 рабочих дня", "Последний день срока: 26 марта 2026 года, четверг"),
            .en: ("Term: 2 working days", "Last day: Thursday 26 March 2026"),
        ]
        #expect(lines.first == expected[language]?.0)
        #expect(lines.last == expected[language]?.1)
    }

    @Test("A provisional date says so in each language", arguments: Language.allCases)
    func provisional(language: Language) throws {
        let proof = try Law.folder.calendar().due(.workingDays(2), from: day("2027-02-08")).proof
        #expect(ProofExplanation(proof).lines(in: language).last == ProofTexts(language: language).provisional)
    }

    @Test(
        "Russian numerals agree",
        arguments: [
            (1, "1 рабочий день"), (2, "2 рабочих дня"), (5, "5 рабочих дней"), (11, "11 рабочих дней"),
            (21, "21 рабочий день"),
        ])
    func numerals(count: Int, text: String) {
        #expect(ProofTexts(language: .ru).term(.workingDays(count)) == text)
    }
}
