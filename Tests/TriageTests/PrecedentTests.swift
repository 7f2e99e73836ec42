import Complaints
import ContactCentre
import Foundation
import TestSupport
import Testing
import Triage
import WorkingDays

@Suite("What was decided before speaks for what is proposed next")
struct PrecedentTests {
    private static let key = KeyedHash(key: (7, 8))
    private static let asked =
        "Второй месяц Караганда ждёт подключения теплосчётчика по заявке через портал, статус заморожен"
    private static let alike = [
        "Жду подключения теплосчётчика второй месяц, заявка через портал, статус заморожен. Караганда. Пищухин Р.",
        "Подключения теплосчётчика нет второй месяц! Статус заявки через портал заморожен, Караганда. Сойкин Л.",
        "Статус заявки заморожен, подключения теплосчётчика через портал жду второй месяц, Караганда. Тайжанова Б.",
    ]

    /// A decision by the words' own person, so many days before the question.
    private func decision(
        _ text: String, person: String? = nil, daysAgo: Int = 10, kind: String = "other", service: String = "S0001"
    ) throws -> Precedents.Decision {
        let words = DuplicateSignature(text, try TriageFixture.read(text), key: Self.key)
        return Precedents.Decision(
            person: person ?? text, day: try TriageFixture.date.adding(days: -daysAgo), words: words,
            taken: [.kind: kind, .service: service])
    }

    private func read(_ decisions: [Precedents.Decision], _ text: String = Self.asked) throws -> ComplaintReading {
        let home = try TriageFixture.home.get()
        var reader = home.reader
        reader.precedents = Precedents(decisions, key: Self.key, rule: home.reader.learning)
        let (date, asked) = (try TriageFixture.date, reader)
        return try home.withSearch { search in try asked.read(text, on: date, search: search) }
    }

    @Test("Two people's words decided alike put that first, with how often and how sure; one alone does not")
    func decisive() throws {
        let plain = try TriageFixture.read(Self.asked)
        #expect(plain.kind.value != .other && plain.services.first?.value != "S0001" && plain.precedents.isEmpty)
        let one = try read([decision(Self.alike[0])])
        #expect(one.precedents[.kind]?.times == 1 && one.precedents[.kind]?.isDecisive == false)
        #expect(one.kind.value == plain.kind.value && one.services.map(\.value) == plain.services.map(\.value))
        let two = try read([decision(Self.alike[0]), decision(Self.alike[1])])
        #expect(two.precedents[.service]?.times == 2 && two.precedents[.service]?.of == 2)
        #expect(two.kind.value == .other && two.services.first?.value == "S0001" && two.services.count <= 5)
        #expect(abs((two.services.first?.confidence ?? 0) - 2.5 / 3) < 0.001)
        let all = try Self.alike.map { try decision($0) }
        let three = try read(all)
        #expect((three.services.first?.confidence ?? 0) > (two.services.first?.confidence ?? 1))
    }

    @Test("Decisions that differ, of one person, of long ago or of later words are not heeded; half a year halves them")
    func limits() throws {
        let split = try read([
            decision(Self.alike[0]), decision(Self.alike[1]),
            decision(Self.alike[2], kind: "employees", service: "S0002"),
        ])
        #expect(split.precedents[.kind]?.isDecisive == false && split.precedents[.kind]?.of == 3)
        let same = try read([decision(Self.alike[0], person: "1"), decision(Self.alike[1], person: "1")])
        #expect(same.precedents[.kind]?.of == 1)
        for days in [731, -1] {
            let none = try read([decision(Self.alike[0], daysAgo: days), decision(Self.alike[1], daysAgo: days)])
            #expect(none.precedents.isEmpty)
        }
        let old = try read([
            decision(Self.alike[0], daysAgo: 700, kind: "employees", service: "S0002"), decision(Self.alike[1]),
            decision(Self.alike[2]),
        ])
        #expect(old.precedents[.service]?.value == "S0001" && old.precedents[.service]?.isDecisive == true)
    }

    @Test(
        "Other words, another key and what only tells who somebody is find nothing; that it is a complaint is not learnt"
    )
    func others() throws {
        let decisions = try Self.alike.map { try decision($0) }
        let text = "В ЦОНе Костаная нахамили при выдаче удостоверения. Пищухин Р."
        #expect(try read(decisions, text).precedents.isEmpty)
        let home = try TriageFixture.home.get()
        var reader = home.reader
        reader.precedents = Precedents(decisions, key: KeyedHash(key: (9, 9)), rule: home.reader.learning)
        let (date, asked) = (try TriageFixture.date, reader)
        let foreign = try home.withSearch { search in try asked.read(Self.asked, on: date, search: search) }
        #expect(foreign.precedents.isEmpty)
    }

    @Test("Learning from other labelled texts makes no measure of our own texts worse by more than a hundredth")
    func measured() throws {
        let home = try TriageFixture.home.get()
        let date = try TriageFixture.date
        let folder = Repository.path + "/Tests/Fixtures/"
        func evaluation(_ learnt: String?) throws -> TriageEvaluation {
            try home.withSearch { search in
                try TriageEvaluation(
                    file: folder + "complaints.jsonl", reader: home.reader, on: date, learningFrom: learnt,
                    search: search)
            }
        }
        let comparison = TriageComparison(
            before: try evaluation(nil), after: try evaluation(folder + "complaints-messy.jsonl"))
        for measure in comparison.measures where !measure.name.hasPrefix("milliseconds") {
            #expect((measure.after ?? 0) >= (measure.before ?? 0) - 0.01, "\(measure.name)")
        }
        #expect(comparison.table.contains("better: ") && comparison.table.contains("worse: "))
        // Learning from the very labels shows that the comparison sees what gets better.
        let known = TriageComparison(
            before: try evaluation(nil), after: try evaluation(folder + "complaints.jsonl"))
        #expect(known.changes.allSatisfy { $0.isBetter })
    }
}
