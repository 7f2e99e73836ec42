import Complaints
import Languages
import TestSupport
import Testing
import WorkingDays

@Suite("Who must answer a complaint of today")
struct RoutingTodayTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var kind = ComplaintKind.order
        var service: String?
        var region: String?
        var place: String?
        var named: String?
        let body: String
        let rule: String
    }

    /// Bodies and services as they are spoken of below; the table is the repository's.
    static let facts = RoutingFacts(bodies: central + regional, services: services)

    private static let central: [RoutingFacts.Body] = [
        .init(code: "ME", kind: "central", region: "republic"),
        .init(code: "MA", kind: "central", region: "republic"),
        .init(code: "MIA", kind: "central", region: "republic"),
        .init(code: "KMS", kind: "central", parent: "MIA", region: "republic"),
        .init(code: "MLSP", kind: "central", region: "republic"),
        .init(code: "APS", kind: "agency", region: "republic"),
        .init(code: "GC", kind: "psc", region: "republic"),
        .init(code: "ECC", kind: "ucc", region: "republic"),
    ]

    private static let regional: [RoutingFacts.Body] = ["71", "75"].flatMap { region -> [RoutingFacts.Body] in
        [
            .init(code: "G" + region, kind: "psc", parent: "GC", region: region),
            .init(code: "T" + region, kind: "agency-territorial", parent: "APS", region: region),
            .init(code: "A" + region, kind: "local", level: "region", region: region),
            .init(code: "D" + region + "1", kind: "local", level: "district", parent: "A" + region, region: region),
        ]
    }

    private static let services: [RoutingFacts.Service] = [
        .init(code: "SCHOOL", owner: "ME", provider: "Организации образования", channels: ["portal", "office"]),
        .init(code: "LAND", owner: "MA", provider: "Управления (отделы) земельных отношений"),
        .init(code: "AKIM", owner: "ME", provider: "Акимы"),
        .init(code: "CLINIC", owner: "ME", provider: "Медицинские организации"),
        .init(code: "HOME", owner: "MIA", provider: "Подразделения миграционной службы", channels: ["portal", "psc"]),
        .init(code: "PENSION", owner: "MLSP", provider: "Государственная корпорация", channels: ["portal", "psc"]),
        .init(code: "HIGH", owner: "ME", provider: "Вузы"),
    ]

    static let cases: [Case] = [
        Case(
            testDescription: "a school", service: "SCHOOL", region: "71", body: "A71",
            rule: "institution-of-local-bodies"),
        Case(
            testDescription: "a clinic", service: "CLINIC", region: "75", body: "A75",
            rule: "institution-of-local-bodies"),
        Case(
            testDescription: "a land department", service: "LAND", region: "75", body: "A75",
            rule: "service-of-local-bodies"),
        Case(testDescription: "an akim", service: "AKIM", region: "75", body: "A75", rule: "service-of-local-bodies"),
        Case(
            testDescription: "a school, nobody knows where", service: "SCHOOL", body: "ME", rule: "owner-of-the-service"
        ),
        Case(
            testDescription: "a university: its ministry", service: "HIGH", region: "75", body: "ME",
            rule: "owner-of-the-service"),
        Case(
            testDescription: "the law itself: who writes it", kind: .other, service: "PENSION", region: "71",
            place: "psc",
            body: "MLSP", rule: "the-rules-themselves"),
        Case(
            testDescription: "the law itself, of a local service", kind: .other, service: "LAND", region: "71",
            body: "MA",
            rule: "the-rules-themselves"),
        Case(
            testDescription: "a refusal of the police, handed in at the centre", kind: .standard, service: "HOME",
            region: "71", place: "psc", body: "MIA@71", rule: "decision-of-a-central-body"),
        Case(
            testDescription: "the queue for it", kind: .order, service: "HOME", region: "71", place: "psc", body: "G71",
            rule: "reception-at-psc"),
        Case(
            testDescription: "a refusal of the akimat, handed in at the centre", kind: .standard, service: "LAND",
            region: "75", place: "psc", body: "A75", rule: "decision-of-a-local-body"),
        Case(
            testDescription: "the Corporation's own decision", kind: .standard, service: "PENSION", region: "71",
            place: "psc", body: "G71", rule: "reception-at-psc"),
        Case(
            testDescription: "a clerk of the centre in Astana, only the service and the region are known",
            kind: .employees,
            service: "HOME", region: "71", body: "G71", rule: "employees-where-received"),
        Case(
            testDescription: "a clerk of the centre in Astana", kind: .employees, service: "HOME", region: "71",
            place: "psc", body: "G71", rule: "reception-at-psc"),
        Case(
            testDescription: "a clerk of a centre nobody knows where", kind: .employees, service: "HOME", place: "psc",
            body: "GC", rule: "reception-somewhere"),
        Case(
            testDescription: "a policeman at his own office", kind: .employees, service: "HOME", region: "71",
            place: "office", body: "MIA@71", rule: "owner-of-the-service"),
        Case(
            testDescription: "the portal fails: no territorial body", service: "HOME", region: "71", place: "portal",
            body: "MIA", rule: "owner-of-the-service"),
        Case(
            testDescription: "the migration police of Astana", kind: .employees, region: "71", named: "KMS",
            body: "KMS@71",
            rule: "named-body"),
        Case(
            testDescription: "the migration police by its address", named: "KMS@75", body: "KMS@75", rule: "named-body"),
        Case(
            testDescription: "a committee in general", kind: .other, region: "71", named: "KMS", body: "KMS",
            rule: "named-body"),
        Case(
            testDescription: "employees of a rural akim: the district, one step up", kind: .employees,
            named: "D711@rural", body: "D711", rule: "employees-of-rural-akim"),
        Case(
            testDescription: "what a rural akim did", kind: .standard, named: "D711@rural", body: "D711@rural",
            rule: "named-body"),
        Case(
            testDescription: "employees of a district: the region", kind: .employees, named: "D711", body: "A71",
            rule: "employees-of-district"),
        Case(
            testDescription: "a department about itself", kind: .employees, named: "T71", body: "APS",
            rule: "about-a-department-of-the-agency"),
        Case(
            testDescription: "a department, whatever it did", kind: .order, region: "71", named: "T71", body: "APS",
            rule: "about-a-department-of-the-agency"),
        Case(testDescription: "the contact centre itself", named: "ECC", body: "ECC", rule: "named-body"),
        Case(testDescription: "only a region", region: "71", body: "T71", rule: "local-by-region"),
        Case(testDescription: "nothing is known", kind: .other, body: "APS", rule: "otherwise"),
    ]

    @Test("Each decision has its body, its unit, its rule and its paragraph", arguments: cases)
    func routes(_ example: Case) throws {
        let answer = try Self.book().route(Self.question(example), by: Self.facts)
        #expect(answer.address.description == example.body)
        #expect(answer.rule == example.rule)
        #expect(answer.edition == "complaints@2021-07-01")
        for words in [answer.why, try #require(answer.cite)] {
            #expect(!words.kk.isEmpty && !words.ru.isEmpty && words.en?.isEmpty == false)
        }
    }

    @Test("What was filed before keeps the table of its day, and the setting may keep it longer")
    func editions() throws {
        let school = try RoutingQuestion(kind: .order, service: "SCHOOL", region: "71", on: day("2021-06-30"))
        let before = try Self.book().route(school, by: Self.facts)
        #expect(before.body == "ME" && before.edition == "complaints@2013-04-15" && before.cite == nil)
        var today = school
        today.date = try day("2026-05-04")
        #expect(try Self.book().route(today, by: Self.facts).body == "A71")
        #expect(try Self.book(choosing: "complaints@2013-04-15").route(today, by: Self.facts).body == "ME")
        #expect(throws: RoutingFileError.self) { try Self.book(choosing: "complaints@1999-01-01") }
    }

    @Test("Two tables for one day, or a day without one, do not load")
    func overlap() throws {
        let tables = try Self.book().editions
        #expect(throws: RoutingFileError.self) { try RoutingBook([tables[1], tables[1]]) }
        #expect(throws: RoutingFileError.self) { try RoutingBook([]) }
        #expect(try RoutingBook([tables[1], tables[0]]).editions.map(\.edition) == tables.map(\.edition))
    }

    @Test("What would change the answer is told, each body once, the region in any case")
    func alternatives() throws {
        let table = try Self.book().table(on: day("2026-05-04"))
        let queue = try RoutingQuestion(
            kind: .order, service: "HOME", region: "71", place: "psc", on: day("2026-05-04"))
        let told = table.alternatives(to: queue, by: Self.facts)
        #expect(
            told.map { "\($0.change): \($0.answer.address)" } == [
                "place office: MIA@71", "place portal: MIA", "region 75: G75",
            ])
        var almaty = queue
        almaty.region = "75"
        #expect(table.alternatives(to: almaty, by: Self.facts).contains { $0.change == .region("71") })
        for example in Self.cases {
            let question = try Self.question(example)
            let given = try table.route(question, by: Self.facts).address
            let others = table.alternatives(to: question, by: Self.facts).map(\.answer.address)
            #expect(!others.contains(given) && Set(others).count == others.count && others.count <= 4)
        }
    }

    @Test("Over a department, over central bodies and over their territorial ones the right Agency stands")
    func agency() throws {
        let date = try day("2026-05-04")
        #expect(Self.facts.agency(over: "MIA", region: "71", on: date)?.code == "APS")
        #expect(Self.facts.agency(over: "MIA", unit: "71", region: "75", on: date)?.code == "T71")
        #expect(Self.facts.agency(over: "A71", region: nil, on: date)?.code == "T71")
        #expect(Self.facts.agency(over: "T71", region: "71", on: date)?.code == "APS")
        #expect(Self.facts.agency(over: "APS", region: "71", on: date)?.code == "APS")
    }

    static func book(choosing chosen: String? = nil) throws -> RoutingBook {
        try RoutingBook.load(folder: Repository.path + "/schedules/routing", choosing: chosen)
    }

    static func question(_ example: Case) throws -> RoutingQuestion {
        RoutingQuestion(
            kind: example.kind, service: example.service, region: example.region, place: example.place,
            named: example.named, on: try day("2026-05-04"))
    }
}
