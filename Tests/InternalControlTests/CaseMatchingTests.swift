import InternalControl
import TestSupport
import Testing
import WorkingDays

/// Numbers by chance that are the same for the same seed.
private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

@Suite("Which case of a body's list is which complaint of ours")
struct CaseMatchingTests {
    static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

    static func ours(
        _ id: String, _ filed: String = "2026-02-10", forum: String? = nil, service: String? = "S1",
        person: String? = nil, kind: String = "order", body: String = "MJ", first: String? = nil, hour: Int = 10,
        registered: String? = nil, due: String = "2026-03-10", closed: String? = "2026-02-20",
        status: String = "answered", duplicateOf: String? = nil, counted: Bool = true
    ) -> CentreCase {
        CentreCase(
            CauseWitness(
                id: id, kind: kind, body: body, firstBody: first, filedOn: day(filed), filedHour: hour,
                registeredOn: day(registered ?? filed), dueOn: day(due), closedOn: closed.map(day), status: status,
                isDuplicate: duplicateOf != nil), forum: forum, service: service, person: person,
            duplicateOf: duplicateOf, countedIn: counted ? CivilMonth(day(filed)) : nil)
    }

    static func theirs(
        _ own: String, _ filed: String = "2026-02-10", forum: String? = nil, number: String? = nil,
        service: String? = "S1", person: String? = nil, counted: String? = nil, kind: String? = nil,
        source: BodyCaseSource? = nil
    ) -> BodyCase {
        BodyCase(
            own: own, forum: forum, number: number, filedOn: day(filed), countedOn: counted.map(day),
            service: service, kind: kind, source: source, person: person)
    }

    static func compare(
        _ list: [BodyCase], _ complaints: [CentreCase], told: Int? = nil, row: String = "16", months: Bool = true
    ) throws -> CaseComparison {
        let rules = try World.rules.get()
        let context = CaseComparison.Context(
            pair: try #require(rules.pair(of: "78-1mk", row: row)), rules: rules, body: "MJ",
            covered: ["MJ", "KMS"], first: day("2026-01-01"), last: day("2026-03-31"), told: told ?? list.count,
            tellsMonths: months)
        return CaseComparison(list, complaints, in: context)
    }

    @Test("Our number is surer than the forum's, that surer than person, service and day; each case is used once")
    func order() {
        let complaints = [
            Self.ours("2026-000001", person: "p"), Self.ours("2026-000002", forum: "F2", person: "p"),
            Self.ours("2026-000003", "2026-02-12", person: "p"), Self.ours("2026-000004", person: "q", closed: nil),
        ]
        let list = [
            Self.theirs("a", person: "p"), Self.theirs("b", forum: "F2", person: "p"),
            Self.theirs("c", number: "2026-000001", person: "p"), Self.theirs("d", service: nil, person: "q"),
        ]
        let found = CaseMatching(list, complaints)
        #expect(
            found.pairs.map { "\($0.theirs.own)=\($0.ours.facts.id) \($0.basis.rawValue)" } == [
                "a=2026-000003 personServiceNear", "b=2026-000002 forum", "c=2026-000001 number",
                "d=2026-000004 personDay",
            ])
        #expect(found.theirs.isEmpty && found.ours.isEmpty)
    }

    @Test(
        "Nobody's case is matched by service and day alone, nor beyond the tolerance, nor against another number of the forum"
    )
    func never() {
        let list = [
            Self.theirs("a"), Self.theirs("b", "2026-02-14", person: "p"), Self.theirs("c", forum: "F8", person: "q"),
            Self.theirs("d", number: "2026-000099", person: "r"), Self.theirs("e", service: "S2", person: "s"),
        ]
        let complaints = [
            Self.ours("2026-000001"), Self.ours("2026-000002", "2026-02-10", person: "p"),
            Self.ours("2026-000003", forum: "F9", person: "q"), Self.ours("2026-000004", person: "r"),
            Self.ours("2026-000005", person: "s"),
        ]
        let found = CaseMatching(list, complaints)
        #expect(found.pairs.isEmpty)
        #expect(found.theirs.count == 5 && found.ours.count == 5)
    }

    @Test(
        "In any order the same, one to one, and the open cases add up to the difference of the numbers",
        arguments: 1...60)
    func property(seed: UInt64) throws {
        var chance = Chance(state: seed &* 7_919)
        func pick<Value>(_ values: [Value]) -> Value { values[Int(chance.next() % UInt64(values.count))] }
        let days = ["2025-12-30", "2026-01-15", "2026-02-10", "2026-02-11", "2026-03-30", "2026-03-31", "2026-04-01"]
        let people: [String?] = [nil, "p", "q", "r", "s"]
        var complaints: [CentreCase] = []
        for number in 1...(10 + Int(chance.next() % 20)) {
            let status = pick(["answered", "answered", "open", "withdrawn", "annulled"])
            let (day, kind, body) = (pick(days), pick(["order", "employees", "other"]), pick(["MJ", "KMS", "KGD"]))
            let counts =
                status != "annulled" && kind != "other" && body != "KGD" && day.hasPrefix("2026") && day != "2026-04-01"
            complaints.append(
                Self.ours(
                    "2026-\(100_000 + number)", day, forum: pick([nil, "F\(number)"]), service: pick(["S1", "S2"]),
                    person: pick(people), kind: kind, body: body, hour: pick([10, 19]), status: status,
                    duplicateOf: status == "annulled" ? pick([nil, "2026-100001"]) : nil, counted: counts))
        }
        var list: [BodyCase] = []
        for line in 1...(8 + Int(chance.next() % 20)) {
            let known = pick(complaints)
            list.append(
                Self.theirs(
                    "вх-\(line)", pick([known.facts.filedOn.description, pick(days)]),
                    forum: pick([nil, known.forum, "F999"]), number: pick([nil, nil, known.facts.id]),
                    service: pick([known.service, "S2", nil]), person: pick([known.person, pick(people)]),
                    counted: pick([nil, "2026-02-01"]), kind: pick([nil, "other"]),
                    source: pick([nil, .forum, .office])))
        }
        let told = list.count + Int(chance.next() % 5) - 2
        let found = try Self.compare(list, complaints, told: told)
        let again = try Self.compare(list.shuffled(using: &chance), complaints.shuffled(using: &chance), told: told)
        #expect(found.agreed == again.agreed && found.open == again.open)
        let matching = CaseMatching(list, complaints)
        #expect(Set(matching.pairs.map(\.theirs.own)).count == matching.pairs.count)
        #expect(Set(matching.pairs.map(\.ours.facts.id)).count == matching.pairs.count)
        #expect(matching.pairs.count + matching.theirs.count == list.count)
        #expect(Set(found.open.map(\.key)).count == found.open.count)
        #expect(found.difference == told - found.counted)
        let rules = try World.rules.get()
        for one in found.open { if let cause = one.cause { #expect(rules.cause(cause)?.allows(one.side) == true) } }
    }

    @Test(
        "What only the body counts gets the cause that speaks for it",
        arguments: [
            ("annulled", theirs("a", number: "2026-000001"), [ours("2026-000001", status: "annulled", counted: false)]),
            (
                "duplicate", theirs("a", number: "2026-000001"),
                [ours("2026-000001", status: "annulled", duplicateOf: "2026-000009", counted: false)]
            ),
            ("category", theirs("a", number: "2026-000001"), [ours("2026-000001", kind: "other", counted: false)]),
            (
                "transferred", theirs("a", number: "2026-000001"),
                [ours("2026-000001", body: "KGD", first: "MJ", counted: false)]
            ),
            (
                "owner-or-answerer", theirs("a", number: "2026-000001"),
                [ours("2026-000001", body: "KGD", counted: false)]
            ),
            (
                "registration-day", theirs("a", "2025-12-31", number: "2026-000001"),
                [ours("2026-000001", "2025-12-31", registered: "2026-01-05", counted: false)]
            ),
            (
                "cut-off", theirs("a", "2026-03-31", number: "2026-000001"),
                [ours("2026-000001", "2026-04-01", counted: false)]
            ),
            ("missing-ours", theirs("a", forum: "F1"), []), ("missing-ours", theirs("a", source: .centre), []),
            ("other-channel", theirs("a", source: .office), []), ("other-channel", theirs("a"), []),
            ("wrong-period", theirs("a", "2026-04-02"), []), ("category", theirs("a", kind: "other"), []),
        ] as [(String, BodyCase, [CentreCase])])
    func causesOfTheirs(cause: String, line: BodyCase, complaints: [CentreCase]) throws {
        let found = try Self.compare([line], complaints)
        #expect(found.open.map(\.cause) == [cause])
        #expect(found.open.first?.side == .theirs && found.open.first?.facts.isEmpty == false)
    }

    @Test(
        "What only we count gets the cause that speaks for it",
        arguments: [
            ("withdrawn", ours("2026-000001", status: "withdrawn")), ("missing-theirs", ours("2026-000001")),
            ("registration-day", ours("2026-000001", "2026-03-31", registered: "2026-04-01")),
            ("cut-off", ours("2026-000001", "2026-03-31", hour: 19)),
            ("transferred", ours("2026-000001", first: "KGD")),
            ("hierarchy", ours("2026-000001", body: "KMS")), ("category", ours("2026-000001", kind: "employees")),
        ] as [(String, CentreCase)])
    func causesOfOurs(cause: String, complaint: CentreCase) throws {
        let found = try Self.compare([], [complaint])
        #expect(found.open.map(\.cause) == [cause])
        #expect(found.difference == -1)
    }

    @Test(
        "A violation that the body counts by its late answer, a case of another month, a second line of the same case, a list that is no sum of the form"
    )
    func others() throws {
        let late = try Self.compare(
            [Self.theirs("a", number: "2026-000001")],
            [Self.ours("2026-000001", due: "2025-12-20", closed: "2026-02-03", counted: false)], row: "18")
        #expect(late.open.first?.cause == "late-dating")
        let moved = try Self.compare(
            [Self.theirs("a", number: "2026-000001", counted: "2026-03-02")], [Self.ours("2026-000001")])
        #expect(
            moved.open.map(\.side) == [.moved] && moved.open.first?.cause == "month-quarter" && moved.difference == 0)
        let twice = try Self.compare(
            [Self.theirs("a", person: "p"), Self.theirs("b", person: "p")], [Self.ours("2026-000001", person: "p")])
        #expect(
            twice.open.map(\.cause) == ["duplicate"] && twice.open.first?.facts.contains(CaseFact(.same, "a")) == true)
        let rest = try Self.compare([Self.theirs("a", number: "2026-000001")], [Self.ours("2026-000001")], told: 4)
        #expect(rest.open.map(\.key) == ["form"] && rest.open.first?.units == 3 && rest.difference == 3)
        let fewer = try Self.compare([Self.theirs("a", number: "2026-000001")], [Self.ours("2026-000001")], told: 0)
        #expect(fewer.open.first?.side == .ours && fewer.difference == -1)
    }
}
