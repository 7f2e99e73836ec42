import Foundation
import Languages
import Testing
import WebApp
import WorkingDays

@Suite("The words on the screen")
struct StringTableTests {
    private let texts: Texts

    init() throws { texts = try Texts() }

    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/WebApp")

    /// The names of texts that stand in the source files as literals.
    private static func literals() throws -> Set<String> {
        var found: Set<String> = []
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(of: /"([a-z][A-Za-z0-9]*\.[A-Za-z0-9_]+)"/) { found.insert(String(match.1)) }
        }
        return found.filter { name in
            // Names of files and of log messages have the same shape.
            !name.hasPrefix("security.")
                && ![".css", ".js", ".svg", ".json", ".yaml", ".csv"].contains(where: name.hasSuffix)
        }
    }

    private static let families = Set(
        TextFamily.all.flatMap { family in
            family.members.map { family.prefix + "." + $0 }
        })

    @Test("every text has a wording in each language", arguments: Language.allCases)
    func complete(language: Language) throws {
        let all = Set(texts.tables.values.flatMap(\.keys))
        let missing = all.subtracting(texts.tables[language, default: [:]].keys)
        #expect(missing.isEmpty, "missing in \(language.rawValue).json: \(missing.sorted())")
        for (key, entry) in texts.tables[language, default: [:]] {
            if case .plain(let text) = entry { #expect(!text.isEmpty, "\(key) is empty") }
        }
    }

    @Test("every text that the program names is in the tables, and every text of the tables is named")
    func known() throws {
        let named = try Self.literals().union(Self.families)
        let tabled = Set(texts.tables[.en, default: [:]].keys)
        #expect(named.subtracting(tabled).isEmpty, "unknown: \(named.subtracting(tabled).sorted())")
        #expect(tabled.subtracting(named).isEmpty, "unused: \(tabled.subtracting(named).sorted())")
    }

    @Test("every code by which any module refuses has words, and no code stands outside of the modules' lists")
    func refusals() throws {
        let files = FileManager.default.enumerator(
            at: Self.sources.deletingLastPathComponent(), includingPropertiesForKeys: nil)
        var codes: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let source = try String(contentsOf: file, encoding: .utf8)
            let isBare = source.contains(#/\bRefusal\(\s*"/#)
            #expect(!isBare, "\(file.lastPathComponent) refuses with a bare text: give its module's list a code")
            guard source.contains(": String, RefusalCode {") else { continue }
            for match in source.matches(of: /case \w+ = "([^"]+)"/) { codes.insert(String(match.1)) }
        }
        #expect(codes.count > 140)
        let without = codes.filter { !Self.families.contains("refusal." + $0) }
        #expect(without.isEmpty, "no words for \(without.sorted())")
    }

    @Test("the same values stand in a text in every language, and every language has its plural forms")
    func values() throws {
        func names(_ text: String) -> Set<String> { Set(text.matches(of: /\{([A-Za-z]+)\}/).map { String($0.1) }) }
        for key in texts.tables[.en, default: [:]].keys {
            var values: Set<Set<String>> = []
            for language in Language.allCases {
                switch texts.tables[language]?[key] {
                case .plain(let text): values.insert(names(text))
                case .plural(let forms):
                    #expect(Set(forms.keys) == PluralForm.forms(of: language), "\(key) in \(language.rawValue)")
                    for text in forms.values { values.insert(names(text)) }
                case nil: break
                }
            }
            #expect(values.count == 1, "\(key): \(values)")
        }
    }

    @Test("no Kazakh text is a Russian one left untranslated, and none has letters of the wrong script")
    func translated() throws {
        for (key, entry) in texts.tables[.kk, default: [:]] {
            guard case .plain(let kk) = entry, case .plain(let ru)? = texts.tables[.ru]?[key] else { continue }
            if kk.count > 20 { #expect(kk != ru, "\(key)") }
            for text in [kk, ru] {
                // A Latin letter inside a Cyrillic word is a slip of the keyboard.
                #expect(text.firstMatch(of: /[\p{Cyrillic}][A-Za-z]|[A-Za-z][\p{Cyrillic}]/) == nil, "\(key): \(text)")
            }
        }
    }

    @Test("a value that holds braces is not read again")
    func braces() {
        #expect(texts.text("home.greeting", .en, ["name": "{name}"]) == "Hello, {name}")
    }
}

@Suite("Numbers, plurals and dates")
struct FormatTests {
    @Test(
        "Russian tells one, few and many apart",
        arguments: [
            (0, PluralForm.many), (1, .one), (2, .few), (4, .few), (5, .many), (11, .many), (12, .many), (14, .many),
            (21, .one), (22, .few), (25, .many), (101, .one), (111, .many), (112, .many), (1_001, .one), (-1, .one),
        ])
    func russian(count: Int, form: PluralForm) {
        #expect(PluralForm.of(count, in: .ru) == form)
        #expect(PluralForm.of(count, in: .kk) == .other)
        #expect(PluralForm.of(count, in: .en) == (count.magnitude == 1 ? .one : .other))
    }

    @Test(
        "thousands are parted by a no-break space",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1\u{A0}000"), (1_234_567, "1\u{A0}234\u{A0}567"),
            (-12_000, "−12\u{A0}000"),
            (-5, "−5"),
        ])
    func numbers(number: Int, text: String) { #expect(NumberText.whole(number) == text) }

    @Test("a fraction has a comma, in English a point")
    func fractions() {
        #expect(NumberText.tenths(ofThousandths: 12_345, .ru) == "12,3")
        #expect(NumberText.tenths(ofThousandths: 12_350, .en) == "12.4")
        #expect(NumberText.tenths(ofThousandths: -40, .kk) == "0,0")
        #expect(NumberText.percent(2, of: 3) == "67\u{A0}%")
        #expect(NumberText.percent(0, of: 0) == nil)
    }

    @Test("dates read as they should in each language")
    func dates() throws {
        let texts = try Texts()
        let date = try #require(CivilDate("2026-03-09"))
        #expect(DateText.short(date) == "09.03.2026")
        let expected: [(Language, String, String)] = [
            (.kk, "2026\u{A0}ж. 9\u{A0}наурыз", "дүйсенбі"), (.ru, "9\u{A0}марта 2026\u{A0}г.", "понедельник"),
            (.en, "9 March 2026", "Monday"),
        ]
        for (language, long, weekday) in expected {
            let text = DateText(texts: texts, language: language, zone: .almaty)
            #expect(text.long(date) == long)
            #expect(text.weekday(date) == weekday)
        }
        let moment = try #require(Moment("2026-03-09T20:05:00Z"))
        let text = DateText(texts: texts, language: .kk, zone: .almaty)
        #expect(text.short(moment) == "10.03.2026\u{A0}01:05")
    }

    @Test("a bucket lets its burst through, then as many as time gives back")
    func tokenBuckets() {
        var buckets = TokenBuckets(RateLimit(burst: 2, perSecond: 0.5), mostKeys: 3)
        let start = Moment(millisecondsSince1970: 1_000_000)
        #expect(buckets.take("a", at: start) == nil)
        #expect(buckets.take("a", at: start) == nil)
        #expect(buckets.take("a", at: start) == 2)
        #expect(buckets.take("b", at: start) == nil)
        #expect(buckets.take("a", at: start.adding(milliseconds: 1_999)) == 1)
        #expect(buckets.take("a", at: start.adding(milliseconds: 2_000)) == nil)
        for key in 0..<1_000 { _ = buckets.take("\(key)", at: start) }
    }

    @Test(
        "what came from outside is a path of this site or nothing",
        arguments: [
            ("/", true), ("/cards/1?q=%D1%8F", true), ("//x", false), ("/\\x", false), ("https://x", false),
            ("", false),
            ("/a b", false), ("/\u{430}", false), ("/\n", false), ("x", false),
        ])
    func localPaths(text: String, isTaken: Bool) { #expect((LocalPath(text) != nil) == isTaken) }

    @Test("addresses are encoded, and empty values are left out of the query")
    func addresses() {
        #expect(SitePath.asset("a/b?.css").path == "/assets/a%2Fb%3F.css")
        #expect(SitePath.asset(.parameter("name")).path == "/assets/:name")
        #expect(SitePath.home.with(["q": "ж&=", "page": nil, "x": ""]) == "/?q=%D0%B6%26%3D")
    }

    @Test("a form reads what browsers send")
    func forms() {
        let form = Form(urlEncoded: "a=1+2&b=%D0%B6&a=3&c&d=%ZZ&=x&e=%20x%20")
        #expect(form["a"] == "1 2")
        #expect(form.all("a") == ["1 2", "3"])
        #expect(form["b"] == "ж" && form["c"].isEmpty && form["d"].isEmpty && form["nothing"].isEmpty)
        #expect(form["e"] == "x" && form.exactly("e") == " x ")
    }
}
