import CSV
import Casework
import Journal
import Languages
import TestSupport
import Testing
import WorkingDays

@testable import Registry

@Suite("Import of the registry")
struct ImportTests {
    static let regions = "code,name_kk,name_ru,valid_from,valid_to,successor,predecessor\n71,Астана,Астана,,,,\n"
    static let names = "code,from,to,name_kk,name_ru\n"
    static let bodyColumns = "code,name_kk,name_ru,kind,level,parent,region,valid_from,valid_to,successor\n"
    static let providers = "name_ru,name_kk\nМинистерство,Министрлік\n"
    static let serviceColumns = "code,register_code,egov_code,name_kk,name_ru,owner,provider,channels,sphere\n"

    static func bodies(_ rows: String, names: String = "") -> [RegistryFile: String] {
        [
            .regions: regions, .regionNames: Self.names, .bodies: bodyColumns + rows, .bodyNames: Self.names + names,
        ]
    }

    @Test(
        "A row that does not fit is refused with its line, field and what to do, and the others go in",
        arguments: [
            ("B,Б,Б,ministry,,,71,,,", "kind", "“ministry” is not known: write one of central"),
            ("B,Б,Б,local,,,71,,,", "level", "Local bodies, and only they, have a level"),
            ("B,Б,Б,central,region,,71,,,", "level", "Local bodies, and only they, have a level"),
            ("B,,Б,central,,,71,,,", "name_kk", "The field is empty"),
            ("B,Б,Б,central,,,99,,,", "region", "There is no region “99”"),
            ("B,Б,Б,central,,,,,,", "region", "The field is empty"),
            ("B,Б,Б,central,,X,71,,,", "parent", "There is no body “X”"),
            ("B,Б,Б,central,,B,71,,,", "parent", "The parent leads back to itself (B → B)"),
            ("B,Б,Б,central,,,71,,,A", "successor", "There is a successor and no last day"),
            ("B,Б,Б,central,,,71,,2020-01-01,X", "successor", "There is no body “X”"),
            ("B,Б,Б,central,,,71,2020-13-01,,", "valid_from", "“2020-13-01” is no date"),
            ("B,Б,Б,central,,,71,2020-01-02,2020-01-01,", "valid_to", "2020-01-01 is before 2020-01-02"),
            ("B/2,Б,Б,central,,,71,,,", "code", "“B/2” is no code"),
            ("A,Б,Б,central,,,71,,,", "code", "“A” is given on line 2 already"),
            ("B,Б,Б,central,,,71,,", nil, "The row has 9 fields and there are 10 columns"),
            ("B,Б\"Б,Б,central,,,71,,,", "name_kk", "There is a quote inside a field"),
        ] as [(String, String?, String)])
    func refusedRow(row: String, field: String?, reason: String) async throws {
        let centre = try await Centre()
        let files = Self.bodies("A,А,А,central,,,71,,,\n\(row)\nC,В,В,central,,A,71,,,\n")
        let report = try centre.take(files)
        let refused = try #require(report.refused.first)
        #expect(report.refused.count == 1)
        #expect(refused.file == "bodies.csv")
        #expect(refused.line == 3)
        #expect(refused.field == field)
        #expect(refused.reason.hasPrefix(reason))
        #expect(report.added.map(\.code) == ["71", "A", "C"])
        #expect(try centre.read { db in try Registry.bodies(in: db).map(\.code) } == ["A", "C"])
        #expect(try centre.take(files).added == [])
    }

    @Test("A circle of parents is refused whole, and so is who stands under it")
    func circle() async throws {
        let centre = try await Centre()
        let report = try centre.take(
            Self.bodies(
                "A,А,А,central,,B,71,,,\nB,Б,Б,central,,C,71,,,\nC,В,В,central,,A,71,,,\nD,Г,Г,central,,A,71,,,\n"))
        #expect(report.refused.map(\.line) == [2, 3, 4, 5])
        #expect(report.refused[0].reason.contains("A → B → C → A"))
        #expect(report.added.map(\.code) == ["71"])
    }

    @Test("A circle that would close over what is known already is refused")
    func circleOverKnown() async throws {
        let centre = try await Centre()
        try centre.take(Self.bodies("A,А,А,central,,,71,,,\nB,Б,Б,central,,A,71,,,\n"))
        let report = try centre.take(Self.bodies("A,А,А,central,,B,71,,,\n"))
        #expect(report.refused.map(\.field) == ["parent"])
        #expect(report.absent.map(\.code) == ["B"])
        #expect(try centre.read { db in try Registry.body("A", in: db)?.parent } == nil)
    }

    @Test(
        "Names that leave a day without a name, or give it two, are refused with the body",
        arguments: [
            ("A,,2019-01-01,Е,Е\nA,2019-01-03,,А,А\n", "No name is given between 2019-01-01 and 2019-01-03"),
            ("A,,2019-01-01,Е,Е\nA,2019-01-01,,А,А\n", "The names until 2019-01-01 and from 2019-01-01 overlap"),
            ("A,,,Е,Е\nA,2019-01-01,,А,А\n", "Two names are both open"),
            ("A,,2019-01-01,Е,Е\nA,2019-01-02,,Ж,Ж\n", "The last name is not the one in bodies.csv, line 2"),
        ])
    func brokenNames(names: String, reason: String) async throws {
        let centre = try await Centre()
        let report = try centre.take(Self.bodies("A,А,А,central,,,71,,,\n", names: names))
        #expect(report.refused.count == 1)
        #expect(report.refused.first?.file == "body-names.csv")
        #expect(report.refused.first?.reason.hasPrefix(reason) == true)
        #expect(report.added.map(\.code) == ["71"])
    }

    @Test("A name for nobody is refused")
    func strayName() async throws {
        let centre = try await Centre()
        let report = try centre.take(Self.bodies("A,А,А,central,,,71,,,\n", names: "X,,,Е,Е\n"))
        #expect(report.refused.map(\.file) == ["body-names.csv"])
        #expect(report.refused.map(\.line) == [2])
        #expect(report.added.map(\.code) == ["71", "A"])
    }

    @Test("A change is told field by field and becomes one event; an end is an event of its own")
    func change() async throws {
        let centre = try await Centre()
        try centre.take(Self.bodies("A,А,А,central,,,71,,,\nB,Б,Б,central,,,71,,,\n"))
        let report = try centre.take(
            Self.bodies(
                "A,А,А жаңа,central,,,71,,2025-06-30,B\nB,Б,Б,central,,,71,,,\n"))
        #expect(report.added == [])
        #expect(report.unchanged == 2)
        #expect(
            report.changed.map(\.changes) == [
                [
                    FieldChange(field: "name_ru", old: "А", new: "А жаңа"),
                    FieldChange(field: "valid_to", old: "", new: "2025-06-30"),
                    FieldChange(field: "successor", old: "", new: "B"),
                ]
            ])
        #expect(report.description.contains("changed body A: valid_to: “” → “2025-06-30”"))
        let history = try await centre.casework.history(of: StreamID("body/A"))
        #expect(history.map(\.recorded.name) == ["bodyRegistered", "bodyChanged", "bodyClosed"])
        let body = try #require(try centre.read { db in try Registry.body("A", in: db) })
        #expect(body.successor == "B")
        #expect(body.name.ru == "А жаңа")
        #expect(!body.exists(on: try #require(CivilDate("2025-07-01"))))
        #expect(body.exists(on: try #require(CivilDate("2025-06-30"))))
        let before = try centre.journal.projectionContents()
        try centre.journal.rebuild()
        #expect(try centre.journal.projectionContents() == before)
    }

    @Test("A body that is renamed keeps its past name by its day")
    func renamed() async throws {
        let centre = try await Centre()
        try centre.take(Self.bodies("A,Ескі,Старое,central,,,71,,,\n"))
        let report = try centre.take(
            Self.bodies(
                "A,Жаңа,Новое,central,,,71,,,\n",
                names: "A,2024-01-01,,Жаңа,Новое\nA,,2023-12-31,Ескі,Старое\n"))
        #expect(report.changed.first?.changes.map(\.field) == ["name_kk", "name_ru", "names"])
        try centre.read { db throws in
            let old = try #require(CivilDate("2023-12-31"))
            #expect(try Registry.name(of: "A", on: old, .ru, in: db) == "Старое")
            #expect(try Registry.name(of: "A", on: old.adding(days: 1), .kk, in: db) == "Жаңа")
            #expect(try Registry.name(of: "X", on: old, .kk, in: db) == nil)
        }
    }

    @Test(
        "A service that does not fit is refused",
        arguments: [
            ("S2,,,А,А,X,Министерство,portal,family", "owner", "There is no body “X”"),
            ("S2,,,А,А,A,Никто,portal,family", "provider", "providers.csv does not name “Никто”"),
            ("S2,,,А,А,A,Министерство,pigeon,family", "channels", "“pigeon” is not known"),
            ("S2,,,А,А,A,Министерство,portal,Семья", "sphere", "“Семья” is no sphere"),
        ])
    func refusedService(row: String, field: String, reason: String) async throws {
        let centre = try await Centre()
        var files = Self.bodies("A,А,А,central,,,71,,,\n")
        files[.providers] = Self.providers
        files[.services] = Self.serviceColumns + "S1,,,А,А,A,Министерство,portal;psc,family\n\(row)\n"
        let report = try centre.take(files)
        #expect(report.refused.map(\.field) == [field])
        #expect(report.refused.first?.line == 3)
        #expect(report.refused.first?.reason.hasPrefix(reason) == true)
        #expect(report.added.map(\.code) == ["71", "A", "S1"])
        // Only the services again, with another Kazakh name of the provider.
        let again = try centre.take([
            .providers: "name_ru,name_kk\nМинистерство,Ведомство\n",
            .services: Self.serviceColumns + "S1,,,А,А,A,Министерство,portal;psc,family\n",
        ])
        #expect(again.changed.map(\.code) == ["S1"])
        #expect(again.changed.first?.changes.map(\.field) == ["provider name_kk"])
    }

    @Test("A file as a whole that cannot be read changes nothing")
    func wholeFile() async throws {
        let centre = try await Centre()
        let head = try centre.journal.head()
        #expect(throws: CSVError.self) { try centre.take([.bodies: Self.bodyColumns]) }
        #expect(throws: CSVError.self) { try centre.take([.bodies: "code\n", .bodyNames: Self.names]) }
        #expect(throws: CSVError.self) { try centre.take(Self.bodies("A,\"А,А,central,,,71,,,\n")) }
        #expect(throws: CSVError.self) {
            try centre.take([.bodies: "colour," + Self.bodyColumns, .bodyNames: Self.names])
        }
        #expect(try centre.journal.head() == head)
    }
}
