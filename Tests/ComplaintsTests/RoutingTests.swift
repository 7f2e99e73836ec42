import Complaints
import Languages
import TestSupport
import Testing
import WorkingDays

@Suite("Who must answer a complaint")
struct RoutingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var kind = ComplaintKind.order
        var service: String?
        var region: String?
        var place: String?
        var named: String?
        var date = "2026-03-02"
        let body: String
        let rule: String
    }

    static let cases: [Case] = [
        Case(testDescription: "a named body answers", service: "S1", named: "MJ", body: "MJ", rule: "named-body"),
        Case(
            testDescription: "employees of a named ministry", kind: .employees, named: "MJ", body: "MJ",
            rule: "named-body"),
        Case(
            testDescription: "employees of a branch", kind: .employees, named: "G75", body: "G75",
            rule: "employees-of-branch"),
        Case(
            testDescription: "employees of a district: the akimat above", kind: .employees, named: "D751110",
            body: "A75", rule: "employees-of-district"),
        Case(
            testDescription: "reception at a service centre", service: "S1", region: "75", place: "psc", body: "G75",
            rule: "reception-at-psc"),
        Case(
            testDescription: "a service of the State Corporation", service: "S2", region: "75", body: "G75",
            rule: "service-of-the-corporation"),
        Case(
            testDescription: "a service of local bodies", service: "S3", region: "75", body: "A75",
            rule: "service-of-local-bodies"),
        Case(
            testDescription: "a service of local bodies, region unknown", service: "S3", body: "KGD",
            rule: "owner-of-the-service"),
        Case(
            testDescription: "the owner of the service", service: "S1", region: "75", body: "MJ",
            rule: "owner-of-the-service"),
        Case(testDescription: "only a region", region: "75", body: "T75", rule: "local-by-region"),
        Case(testDescription: "a region without a department", region: "99", body: "APS", rule: "otherwise"),
        Case(testDescription: "nothing is known", kind: .other, body: "APS", rule: "otherwise"),
        Case(testDescription: "a body that is no more: its successor", named: "ACA", body: "KNB", rule: "named-body"),
        Case(
            testDescription: "while it was there: itself", named: "ACA", date: "2025-06-30", body: "ACA",
            rule: "named-body"),
        Case(
            testDescription: "a body that nobody knows", service: "S1", named: "XX", body: "MJ",
            rule: "owner-of-the-service"),
    ]

    @Test("The first rule that fits and leads to a body decides", arguments: cases)
    func routes(_ example: Case) throws {
        let table = try RoutingTable.load(path: Repository.path + "/schedules/routing/complaints.yaml")
        let answer = try table.route(
            RoutingQuestion(
                kind: example.kind, service: example.service, region: example.region, place: example.place,
                named: example.named, on: try day(example.date)), by: World.facts)
        #expect(answer.body == example.body)
        #expect(answer.rule == example.rule)
        #expect(answer.edition == "complaints@2013-04-15")
        #expect(!answer.why.kk.isEmpty && !answer.why.ru.isEmpty && answer.why.en?.isEmpty == false)
    }

    @Test("An empty registry routes nothing")
    func nowhere() throws {
        let table = try RoutingTable.load(path: Repository.path + "/schedules/routing/complaints.yaml")
        #expect(throws: RoutingError.nowhere(edition: "complaints@2013-04-15")) {
            try table.route(
                RoutingQuestion(kind: .order, on: try day("2026-03-02")),
                by: RoutingFacts(bodies: [RoutingFacts.Body](), services: []))
        }
    }

    @Test(
        "A wrong table does not load, and the line is named",
        arguments: [
            ("rules: []\n", "routing"),
            ("routing: x\nin-force: {from: 2013-02-30}\n", "in-force"),
            (
                "routing: x\ntitle: {kk: a, ru: b}\nin-force: {from: 2013-04-15}\nrules:\n  - {rule: a, when: {kind: [bad]}, to: MJ, why: {kk: a, ru: b}}\n",
                "t.yaml:5: “bad”"
            ),
            (
                "routing: x\ntitle: {kk: a, ru: b}\nin-force: {from: 2013-04-15}\nrules:\n  - {rule: a, when: {kind: [order]}, to: MJ, why: {kk: a, ru: b}}\n",
                "last rule"
            ),
            ("routing: [", "no YAML"),
        ])
    func wrong(_ yaml: String, _ expected: String) {
        do throws(RoutingFileError) {
            _ = try RoutingTable(yaml: yaml, file: "t.yaml")
            Issue.record("it loaded")
        } catch {
            #expect(error.description.contains(expected), "\(error)")
        }
    }
}
