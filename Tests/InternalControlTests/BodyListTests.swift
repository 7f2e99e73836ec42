import Forms
import InternalControl
import Languages
import Spreadsheets
import TestSupport
import Testing
import Workbooks
import WorkingDays

@Suite("A body's list of its cases as a file")
struct BodyListTests {
    static let number = "78-1mk_2026-Q1_MJ_16"
    static let services = [BodyListReader.fold("S1"): "S1", BodyListReader.fold("Выдача справки"): "S1"]

    static func read(_ text: String) throws -> BodyListReader.Outcome { try read(ByteSource(Array(text.utf8))) }

    static func read(_ source: ByteSource) throws -> BodyListReader.Outcome {
        try BodyListReader.read(
            source, number, today: CivilDate("2026-04-10") ?? CivilDate(dayNumber: 0), services: services
        ) { "keyed-" + $0.suffix(2) }
    }

    @Test(
        "Heads are codes or the words of either language, days are written as people write them, an IIN is a number from here on"
    )
    func good() throws {
        let codes = """
            own;filed_on;forum;number;service;kind;source;iin;counted_on;answered_on
            вх-2;10.02.2026;F7;2026-000001;Выдача справки;order;1414;850101300123;11.02.2026;20.02.2026
            вх-1;2026-02-10;;;S9;;канцелярия органа;;;
            """
        let outcome = try Self.read(codes)
        let list = try #require(outcome.list)
        #expect(outcome.faults.isEmpty && outcome.unknownServices == 1)
        #expect(list.cases.map(\.own) == ["вх-1", "вх-2"])
        #expect(list.cases[1].person == "keyed-23" && list.cases[1].service == "S1")
        #expect(list.cases[1].source == .centre && list.cases[1].countedOn == CivilDate("2026-02-11"))
        #expect(list.cases[0].source == .office && list.cases[0].service == nil && list.cases[0].person == nil)
        let words = "Номер в органе;День подачи;ИИН\nвх-1;10.02.2026;\n"
        #expect(try Self.read(words).list?.cases.count == 1)
        let kazakh = "Органдағы нөмірі;Берілген күні;Түрі\nа;10.02.2026;өзге\n"
        #expect(try Self.read(kazakh).list?.cases.first?.kind == "other")
    }

    @Test(
        "Each fault is told at its cell, and nothing is taken then",
        arguments: [
            ("a;b\n1;2\n", BodyListFault.Name.noHead, nil),
            ("own;filed_on;ФИО\nв;10.02.2026;Иванов\n", .columnUnknown, "C1"),
            ("own;own;filed_on\nв;г;10.02.2026\n", .columnTwice, "B1"),
            ("own;forum;number\nв;F;2026-000001\n", .columnMissing, nil), ("own;filed_on\n", .noCase, nil),
            ("own;filed_on\n;10.02.2026\n", .missing, "A2"), ("own;filed_on\nв;\n", .missing, "B2"),
            ("own;filed_on\nв;10.02.2026\nв;11.02.2026\n", .ownTwice, "A3"),
            ("own;filed_on\n850101300123;10.02.2026\n", .numberPersonal, "A2"),
            ("own;filed_on;number\nв;10.02.2026;17\n", .centreNumberWrong, "C2"),
            ("own;filed_on\nв;31.02.2026\n", .dayWrong, "B2"), ("own;filed_on\nв;10.02.2027\n", .dayFuture, "B2"),
            ("own;filed_on;kind\nв;10.02.2026;плохо\n", .kindUnknown, "C2"),
            ("own;filed_on;source\nв;10.02.2026;голубь\n", .sourceUnknown, "C2"),
            ("own;filed_on;iin\nв;10.02.2026;85010130012\n", .iinWrong, "C2"),
            ("own;filed_on\nв;10.02.2026;лишнее\n", .columnUnknown, "C2"),
            ("78-1mk_2026-Q1_MF_16;;\nown;filed_on;iin\nв;10.02.2026;\n", .otherDiscrepancy, "A1"),
        ] as [(String, BodyListFault.Name, String?)])
    func faults(text: String, name: BodyListFault.Name, cell: String?) throws {
        let outcome = try Self.read(text)
        #expect(outcome.list == nil)
        #expect(outcome.faults.map(\.name) == [name])
        #expect(outcome.faults.first?.cell == cell)
    }

    @Test("More cases than are read go back as a whole")
    func bounded() throws {
        var text = "own;filed_on\n"
        for line in 0...BodyCaseList.mostCases { text += "в-\(line);10.02.2026\n" }
        let outcome = try Self.read(text)
        #expect(outcome.list == nil && outcome.faults.map(\.name) == [.tooMany])
    }

    @Test(
        "The template is read back as it was filled in, in both languages, and is the same bytes",
        arguments: [Language.kk, .ru])
    func blank(language: Language) throws {
        let forms = try World.forms.get()
        let last = try #require(CivilDate("2026-03-31"))
        let form = try #require(forms.form("78-1mk", on: last))
        let blank = BodyListBlank(
            Self.number, form, row: "16", try #require(ReportPeriod("2026-Q1")), body: Localized(kk: "ӘМ", ru: "МЮ"),
            services: [Localized(kk: "Анықтама беру", ru: "Выдача справки")], told: 3, in: language)
        #expect(try blank.workbook.bytes() == blank.workbook.bytes())
        let empty = try Self.read(ByteSource(try blank.workbook.bytes()))
        #expect(empty.faults.map(\.name) == [.noCase])
        // Filled in as a person does: words of the list, a day, an IIN as text.
        var book = blank.workbook
        let head = 6
        let values: [(Int, WorkbookValue)] = [
            (0, .text("вх-1")), (3, .day(try #require(CivilDate("2026-02-10")))), (5, .text("Выдача справки")),
            (6, .text(language == .kk ? "көрсету тәртібі" : "порядок оказания")), (9, .text("050101300123")),
        ]
        for (column, value) in values { book.sheets[0].put(head + 1, column, value) }
        let outcome = try Self.read(ByteSource(try book.bytes()))
        #expect(outcome.faults == [])
        #expect(
            outcome.list?.cases == [
                BodyCase(
                    own: "вх-1", filedOn: try #require(CivilDate("2026-02-10")), service: "S1", kind: "order",
                    person: "keyed-23")
            ])
    }
}
