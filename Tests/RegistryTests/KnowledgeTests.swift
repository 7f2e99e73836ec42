import CSV
import Foundation
import GRDB
import Journal
import Languages
import TestSupport
import Testing
import WorkingDays

@testable import Registry

@Suite("The registry of knowledge/")
struct KnowledgeTests {
    @Test("Every row of the files goes in, and each entry is read back as the row said")
    func everything() async throws {
        let centre = try await Centre()
        let report = try #require(try centre.takeKnowledge())
        #expect(report.refused == [])
        #expect(report.changed == [])
        let tables = try RegistryTables(RegistryFolder.read(folder: Centre.knowledge))
        #expect(tables.bodies.count > 300)
        #expect(tables.services.count > 400)
        #expect(report.added.count == tables.bodies.count + tables.services.count + tables.regions.count)
        try centre.read { db throws in
            for incoming in tables.bodies {
                #expect(try Registry.body(incoming.entry.code, in: db) == incoming.entry)
            }
            for incoming in tables.services {
                #expect(try Registry.service(incoming.entry.code, in: db) == incoming.entry)
            }
            for incoming in tables.regions {
                #expect(try Registry.region(incoming.entry.code, in: db) == incoming.entry)
            }
        }
    }

    @Test("The same files again write nothing, whether the digest is compared or the rows")
    func again() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        let head = try centre.journal.head()
        #expect(try centre.takeKnowledge() == nil)
        let tables = try RegistryTables(RegistryFolder.read(folder: Centre.knowledge))
        let report = try centre.transact { session in try Registry.take(tables, in: session) }
        #expect(report.isEmpty)
        #expect(report.refused == [])
        #expect(report.absent == [])
        #expect(report.unchanged == tables.bodies.count + tables.services.count + tables.regions.count)
        #expect(try centre.journal.head() == head)
        #expect(try RegistryFolder.preview(folder: Centre.knowledge, in: centre.casework).isEmpty)
    }

    @Test("A changed file of the folder is taken in, and each import is listed")
    func changedFolder() async throws {
        let centre = try await Centre()
        for file in RegistryFile.allCases {
            try FileManager.default.copyItem(
                atPath: Centre.knowledge + "/" + file.rawValue, toPath: centre.folder.file(file.rawValue))
        }
        func take() throws -> RegistryImportReport? {
            try RegistryFolder.import(
                folder: centre.folder.path, into: centre.casework, by: centre.actor, at: centre.now)
        }
        _ = try take()
        let path = centre.folder.file("services.csv")
        let row = "S9999,,,Сынақ қызметі,Пробная услуга,MFA,Министерство иностранных дел?,portal,family,no,\n"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + row).write(toFile: path, atomically: true, encoding: .utf8)
        let refused = try #require(try take())
        #expect(refused.refused.map(\.field) == ["provider"])
        #expect(try take() == nil)
        try (text + row.replacing("Министерство иностранных дел?", with: "Суды"))
            .write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try take()?.added.map(\.code) == ["S9999"])
        let imports = try centre.read { db in try Registry.imports(in: db) }
        #expect(imports.map(\.added).prefix(2) == [1, 0])
        #expect(imports.map(\.refused) == [0, 1, 0])
    }

    @Test("The tables made anew from the journal are the same")
    func rebuild() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        let before = try centre.journal.projectionContents()
        try centre.journal.rebuild()
        #expect(try centre.journal.projectionContents() == before)
    }

    @Test(
        "The capital has the name of the day, and so has its akimat",
        arguments: [
            ("2013-08-06", "Город Астана", "Акимат города Астана"),
            ("2019-03-22", "Город Астана", "Акимат города Астана"),
            ("2019-03-23", "Город Нур-Султан", "Акимат города Нур-Султан"),
            ("2022-09-17", "Город Нур-Султан", "Акимат города Нур-Султан"),
            ("2022-09-18", "Город Астана", "Акимат города Астана"),
        ])
    func names(day: String, city: String, akimat: String) async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        let date = try #require(CivilDate(day))
        try centre.read { db throws in
            #expect(try Registry.region("71", in: db)?.name(on: date).ru == city)
            #expect(try Registry.name(of: "A71", on: date, .ru, in: db) == akimat)
            #expect(try Registry.bodyNames(on: date, in: db)["A71"]?.ru == akimat)
            #expect(try Registry.body("A71", in: db)?.name(on: date).ru == akimat)
        }
    }

    @Test(
        "The country has 16, 17, then 20 regions",
        arguments: [("2013-08-06", 16), ("2018-06-18", 16), ("2018-06-19", 17), ("2022-06-07", 17), ("2022-06-08", 20)])
    func regions(day: String, count: Int) async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        let date = try #require(CivilDate(day))
        #expect(try centre.read { db in try Registry.regions(on: date, in: db).count } == count)
    }

    @Test("The IT body of a day is found by following the successors")
    func successors() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        let days = ["2014-01-01": "MTK", "2015-01-01": "MID2", "2019-02-25": "MDDIAI", "2026-01-01": "MAIDD"]
        try centre.read { db throws in
            for (day, code) in days {
                let date = try #require(CivilDate(day))
                #expect(try Registry.bodyInCharge(of: "MTK", on: date, in: db)?.code == code)
            }
            #expect(try Registry.bodyInCharge(of: "NONE", on: CivilDate(dayNumber: 20_000), in: db) == nil)
        }
    }

    @Test("Bodies are chosen by kind, level, region, parent, day and a part of a name")
    func bodies() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        try centre.read { db throws in
            var regional = BodyFilter(kinds: [.local])
            regional.level = .region
            #expect(try Registry.bodyCount(regional, in: db) == 20)
            regional.existsOn = CivilDate("2018-01-01")
            #expect(try Registry.bodies(regional, in: db).count == 16)

            var inAstana = BodyFilter(kinds: [.local, .psc, .agencyTerritorial])
            inAstana.region = "71"
            let codes = try Registry.bodies(inAstana, in: db).map(\.code)
            #expect(Set(codes).isSuperset(of: ["A71", "G71", "T71"]))
            #expect(codes == codes.sorted())

            var branches = BodyFilter()
            branches.parent = "GC"
            #expect(try Registry.bodies(branches, in: db).allSatisfy { $0.kind == .psc && $0.parent == "GC" })

            var search = BodyFilter()
            search.text = "нур-султан АКИМАТ"
            #expect(try Registry.bodies(search, in: db).map(\.code) == ["A71"])
            search.text = "туркистан облысы акимдиги"
            #expect(try Registry.bodies(search, in: db).map(\.code).contains("A61"))
            search.text = "akimat xyz"
            #expect(try Registry.bodies(search, in: db) == [])

            var pages = BodyFilter()
            pages.order = .kk
            let all = try Registry.bodies(pages, in: db)
            pages.limit = 10
            pages.offset = 5
            #expect(try Registry.bodies(pages, in: db) == Array(all[5..<15]))
        }
    }

    @Test("What stands above a body is found")
    func hierarchy() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        try centre.read { db throws in
            #expect(try Registry.ancestors(of: "G71", in: db).map(\.code) == ["GC", "MAIDD"])
            #expect(try Registry.ancestors(of: "MFA", in: db) == [])
        }
    }

    @Test("Services are chosen by owner, sphere, channel and a part of a name or code")
    func services() async throws {
        let centre = try await Centre()
        try centre.takeKnowledge()
        try centre.read { db throws in
            let service = try #require(try Registry.service("S0001", in: db))
            #expect(service.owner == "MD")
            #expect(service.channels == [.portal])
            #expect(service.provider.kk != service.provider.ru)
            var filter = ServiceFilter()
            filter.owner = "KGD"
            #expect(try Registry.services(filter, in: db).count == 38)
            #expect(try Registry.services(filter, in: db).allSatisfy { $0.owner == "KGD" })
            filter = ServiceFilter()
            filter.channel = .psc
            #expect(try Registry.services(filter, in: db).allSatisfy { $0.channels.contains(.psc) })
            filter = ServiceFilter()
            filter.text = "ОТСРОЧКИ призыва"
            #expect(try Registry.services(filter, in: db).map(\.code) == ["S0004"])
            filter.text = "pass31_mo"
            #expect(try Registry.services(filter, in: db).map(\.code) == ["S0004"])
            #expect(try Registry.spheres(in: db).map(\.services).reduce(0, +) == Registry.serviceNames(in: db).count)
            #expect(try Registry.serviceNames(in: db)["S0001"]?.ru == service.name.ru)
        }
    }

    @Test("Every kind, level and channel has a name in each language")
    func labels() {
        let labels =
            BodyKind.allCases.flatMap { [$0.label, $0.groupLabel] } + LocalLevel.allCases.map(\.label)
            + ServiceChannel.allCases.map(\.label)
        for label in labels {
            for language in Language.allCases { #expect(label.exactly(language) != nil) }
            #expect(label.kk != label.ru)
        }
    }

    @Test("A folder without one of the files is refused with its name")
    func missingFile() async throws {
        let centre = try await Centre()
        let error = #expect(throws: CSVError.self) {
            try RegistryFolder.import(
                folder: centre.folder.path, into: centre.casework, by: centre.actor, at: centre.now)
        }
        #expect(error?.file == "regions.csv")
    }
}
