import Complaints
import Languages
import Registry
import TestSupport
import Testing

@Suite("The routing table and the registers")
struct RoutingRegisterTests {
    /// Who provides services and is a central body, or none that another one stands for: the owner of the service answers.
    static let owners: Set<String> = [
        "АО «Единый накопительный пенсионный фонд»",
        "АО «Центр международных программ»",
        "Авиационная администрация Казахстана",
        "Агентство по делам государственной службы",
        "Агентство по регулированию и развитию финансового рынка",
        "Академия правосудия",
        "Ассоциация общественных объединений охотников",
        "Вузы",
        "Газораспределительные организации",
        "Государственный фонд социального страхования",
        "Загранучреждения",
        "Загранучреждения; Департамент консульской службы",
        "Комитет государственного имущества и приватизации",
        "Комитет государственных доходов",
        "Комитет железнодорожного и водного транспорта",
        "Комитет информации",
        "Комитет медицинского и фармацевтического контроля",
        "Комитет по инвестициям",
        "Комитет по обеспечению качества в сфере образования",
        "Комитет по правовой статистике и специальным учетам",
        "Комитет промышленной безопасности",
        "Комитет связи, информатизации и информации",
        "Кредитное бюро",
        "Местные исполнительные органы; Комитет экологического регулирования",
        "Министерство",
        "Министерство здравоохранения",
        "Министерство культуры и информации",
        "Министерство науки и высшего образования",
        "Министерство обороны",
        "Министерство промышленности и строительства",
        "Министерство просвещения",
        "Министерство торговли и интеграции",
        "Министерство транспорта",
        "Министерство туризма и спорта",
        "Министерство энергетики; местные исполнительные органы",
        "Министерство юстиции",
        "Национальный Банк",
        "Национальный институт интеллектуальной собственности",
        "Национальный центр экспертизы лекарственных средств",
        "Портал «электронного правительства»",
        "Судебная администрация",
        "Суды",
        "Фонд социального медицинского страхования",
    ]

    @Test("Each provider of the registry has its place in the table, and the table speaks of no other")
    func providers() throws {
        let (_, services) = try RegistryFolder.entries(folder: Repository.path + "/knowledge")
        let table = try RoutingTodayTests.book().editions[1]
        let grouped = table.providers.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        let named = Set(services.map(\.provider.ru))
        #expect(grouped.subtracting(named).isEmpty)
        #expect(named.subtracting(grouped) == Self.owners)
        #expect(table.rules.allSatisfy { $0.cite != nil })
    }

    @Test("Bodies that work through territorial ones are central bodies of the registry")
    func units() throws {
        let (bodies, services) = try RegistryFolder.entries(folder: Repository.path + "/knowledge")
        let facts = RoutingFacts(bodies: bodies, services: services)
        let units = try #require(try RoutingTodayTests.book().editions[1].units)
        for code in units.bodies { #expect(facts.bodies[code]?.kind == "central", "\(code)") }
    }

    @Test("With the whole registry a clerk of a centre in Astana is never the ministry's", arguments: ["psc", nil])
    func astana(_ place: String?) throws {
        let (bodies, services) = try RegistryFolder.entries(folder: Repository.path + "/knowledge")
        let facts = RoutingFacts(bodies: bodies, services: services)
        let received = services.filter { service in
            facts.services[service.code]?.receivedAt == "psc" && service.owner == "MIA"
        }
        #expect(received.count > 5)
        for service in received {
            let question = RoutingQuestion(
                kind: .employees, service: service.code, region: "71", place: place, on: try day("2026-05-04"))
            let answer = try RoutingTodayTests.book().route(question, by: facts)
            #expect(answer.body == "G71", "\(service.code)")
        }
    }

    @Test("Each exit has its paragraph and its reason in three languages")
    func exits() throws {
        let exits = try RoutingTodayTests.book().editions[1].exits
        #expect(
            exits.map(\.name) == [
                "question", "thanks", "proposal", "withdrawal", "inquiry", "test", "advertising", "abuse", "court",
                "private", "utilities", "police-emergency", "other-law",
            ])
        for exit in exits {
            for words in [exit.cite, exit.why] {
                #expect(!words.kk.isEmpty && !words.ru.isEmpty && words.en?.isEmpty == false)
            }
        }
    }
}
