import Foundation
import Languages
import Printing
import TestSupport
import Testing
import WorkingDays

@testable import Correspondence

@Suite("Letters, their templates and pages")
struct LetterTests {
    private let folder = TemporaryFolder()
    private static let real = Repository.path + "/schedules/letters"

    private static func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }

    @Test("every template of the repository fills in, and nothing of a field is left", arguments: LetterKind.allCases)
    func templates(kind: LetterKind) throws {
        let values = Dictionary(uniqueKeysWithValues: kind.fields.map { ($0, Self.same("‹\($0)›")) })
        let letter = try LetterTemplates.load(folder: Self.real).letter(kind, values)
        for text in [letter.kk, letter.ru] {
            for part in [text.addressee, text.subject, text.text] {
                #expect(!part.isEmpty && !part.contains("{") && !part.contains("}"))
            }
        }
    }

    @Test("a field without a value is refused with the file and the line of the template")
    func missingValue() throws {
        let templates = try LetterTemplates.load(folder: Self.real)
        let error = #expect(throws: LetterTemplateError.self) {
            let values = ["body": "МЭ", "through": "02.04.2026", "refusals": "1)"]
            _ = try templates.letter(.notice, values.mapValues(Self.same))
        }
        #expect(error?.problems.count == 1)
        #expect(error?.description.contains("notice.yaml:10: the field {from}") == true, "\(error?.description ?? "")")
    }

    @Test("an unknown field, an unknown key and a missing language are all named, with their lines")
    func wrongFiles() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.real) {
            try FileManager.default.copyItem(atPath: Self.real + "/" + name, toPath: folder.file(name))
        }
        let text = """
            kind: request
            cite: 797 §4
            colour: red
            kk:
              addressee: "{body}"
              subject: "{servise}"
              text: |
                Бір.

                Екі {phone}.
            """
        try text.write(toFile: folder.file("request.yaml"), atomically: true, encoding: .utf8)
        let error = #expect(throws: LetterTemplateError.self) { _ = try LetterTemplates.load(folder: folder.path) }
        let said = error?.description ?? ""
        for part in [
            "request.yaml:3: the key “colour”", "request.yaml:6: the field {servise}",
            "request.yaml:10: the field {phone}", "the language ru is missing",
        ] {
            #expect(said.contains(part), "\(part) in \(said)")
        }
    }

    @Test("braces within a value stay what they are")
    func braces() throws {
        let templates = try LetterTemplates.load(folder: Self.real)
        let values = ["body": "{from}", "from": "10.03.2026", "through": "02.04.2026", "refusals": "1) {body}"]
        let letter = try templates.letter(.notice, values.mapValues(Self.same))
        #expect(
            letter.ru.text.contains("в течение одного месяца (10.03.2026 – 02.04.2026). Отказал орган: {from}. Отказы:")
        )
        #expect(letter.ru.text.contains("\n1) {body}\n"))
    }

    @Test(
        "the PDF is A4, its text can be read back in both languages, its fonts are embedded, and it is the same twice",
        .enabled(if: PDFReader.isInstalled, "pdftotext (poppler-utils) is not installed"))
    func pdf() throws {
        let templates = try LetterTemplates.load(folder: Self.real)
        let values = Dictionary(
            uniqueKeysWithValues: LetterKind.request.fields.map { ($0, Self.same("ӘҒҚҢӨҰҮҺІ \($0)")) })
        let text = try templates.letter(.request, values)
        let letter = PrintedLetter(
            kind: .request, number: "17/2026", date: try #require(CivilDate("2026-03-19")), kk: text.kk, ru: text.ru,
            attachments: [String(repeating: "a", count: 64)])
        let bytes = try LetterPDF.bytesNow(of: letter, templates.letterhead)
        #expect(bytes.starts(with: Array("%PDF-".utf8)))
        #expect(try LetterPDF.bytesNow(of: letter, templates.letterhead) == bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file("letter.pdf")))
        let read = try Self.run(PDFReader.path, ["-layout", folder.file("letter.pdf"), "-"])
            .replacing("\u{A0}", with: " ")
        for part in [
            "№ 17/2026", "19.03.2026", "Бірыңғай байланыс орталығы", "Единый контакт-центр", "ӘҒҚҢӨҰҮҺІ", "1 / 2",
            "2 / 2",
        ] {
            #expect(read.contains(part), "\(part)")
        }
        #expect(try Self.run("/usr/bin/pdfinfo", [folder.file("letter.pdf")]).contains("A4"))
        let fonts = try Self.run("/usr/bin/pdffonts", [folder.file("letter.pdf")])
        #expect(fonts.contains("DejaVu"))
        #expect(!fonts.contains(" no  yes"))
    }

    @Test(
        "a line of a letter never ends between what belongs together",
        arguments: [
            ("от 19.03.2026, дело № 26-1", "от 19.03.2026, дело_№_26-1"), ("пунктом 4 Правил", "пунктом_4 Правил"),
            ("(2026, строка 12), далее", "(2026, строка_12), далее"), ("5 ноября 2026 г. и", "5_ноября 2026_г. и"),
            ("2026 ж. 5 қараша, іс № 7", "2026_ж. 5_қараша, іс_№_7"), ("12 тармағы, 3 жол", "12_тармағы, 3_жол"),
            ("к 5 работникам в 2026", "к 5 работникам в 2026"), ("п. 5, ст. 12", "п._5, ст._12"),
            ("от 5, марта ждали", "от 5, марта ждали"), ("", ""), (" а  б ", " а  б "),
        ])
    func unbroken(text: String, expected: String) {
        #expect(UnbrokenText.text(text) == expected.replacing("_", with: "\u{A0}"))
    }

    @Test(
        "a long letter goes over several pages and loses no line",
        .enabled(if: PDFReader.isInstalled, "pdftotext (poppler-utils) is not installed"))
    func longLetter() throws {
        let templates = try LetterTemplates.load(folder: Self.real)
        let lines = (1...120).map { "Абзац нөмірі \($0)." }.joined(separator: "\n\n")
        let text = LetterText(addressee: "А", subject: "Б", text: lines)
        let letter = PrintedLetter(
            kind: .reminder, number: nil, date: try #require(CivilDate("2026-03-19")), kk: text, ru: text)
        try Data(try LetterPDF.bytesNow(of: letter, templates.letterhead))
            .write(to: URL(fileURLWithPath: folder.file("long.pdf")))
        let read = try Self.run(PDFReader.path, [folder.file("long.pdf"), "-"])
        for number in 1...120 { #expect(read.contains("Абзац нөмірі \(number).")) }
    }

    private static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite("Links of bodies and calendars")
struct LinkAndCalendarTests {
    private let now = Moment(millisecondsSince1970: 1_773_900_000_000)

    @Test("a token opens its own link until its end; any other character, key or hour opens nothing")
    func token() {
        let key = BodyLinkKey(Array(repeating: 7, count: 32))
        let end = now.adding(milliseconds: 1_000)
        let token = key.token(for: "abc123", until: end)
        #expect(key.id(of: token, at: now) == "abc123")
        #expect(key.id(of: token, at: end) == nil)
        #expect(BodyLinkKey(Array(repeating: 8, count: 32)).id(of: token, at: now) == nil)
        let later = token.replacing(
            String(end.millisecondsSince1970, radix: 36), with: String(end.millisecondsSince1970 + 9_000, radix: 36))
        #expect(key.id(of: later, at: now) == nil)
        for index in token.indices {
            // The last digit of base64 carries two bits of nothing, and has one spelling all the same.
            for letter in "abcdefghxyzABCDXYZ0123456789-_" where letter != token[index] {
                var changed = token
                changed.replaceSubrange(index...index, with: String(letter))
                #expect(key.id(of: changed, at: now) != "abc123", "\(changed)")
            }
        }
        for wrong in ["", ".", "..", "a.b.c", "abc123." + String(repeating: "z", count: 300)] {
            #expect(key.id(of: wrong, at: now) == nil)
        }
    }

    @Test("the key is made once, stays the same, and only its owner reads it")
    func keyFile() throws {
        let folder = TemporaryFolder()
        let first = try BodyLinkKey.open(folder.file("k")) { Array(repeating: 3, count: $0) }
        let second = try BodyLinkKey.open(folder.file("k")) { Array(repeating: 4, count: $0) }
        #expect(first.token(for: "a", until: now) == second.token(for: "a", until: now))
        let rights = try FileManager.default.attributesOfItem(atPath: folder.file("k"))[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test("calendar lines have at most 75 octets, end with CRLF, are cut at no character, and unfold to what was meant")
    func calendar() throws {
        let day = try #require(CivilDate("2026-12-31"))
        let summary =
            "Жауапты адамды тағайындау; мерзімі, «ұзақ» \\ / назначение ответственного лица"
            + String(repeating: "ұ", count: 90)
        let event = ICalendarText.Event(
            uid: "onboarding-1-x@bailanys", on: day, stamp: now, summary: summary, description: "бір\nекі")
        let text = ICalendarText(name: "Мерзімдер", events: [event]).text
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = text.components(separatedBy: "\r\n")
        for line in lines { #expect(line.utf8.count <= 75 && !line.contains("\n") && !line.contains("\u{FFFD}")) }
        let unfolded = text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
        #expect(unfolded.contains("DTSTART;VALUE=DATE:20261231"))
        #expect(unfolded.contains("DTEND;VALUE=DATE:20270101"))
        #expect(unfolded.contains("DTSTAMP:20260319T060000Z"))
        #expect(unfolded.contains("DESCRIPTION:бір\\nекі"))
        let found = unfolded.first { $0.hasPrefix("SUMMARY:") }?.dropFirst(8) ?? ""
        let meant = found.replacingOccurrences(of: "\\;", with: ";").replacingOccurrences(of: "\\,", with: ",")
            .replacingOccurrences(of: "\\\\", with: "\\")
        #expect(meant == summary)
    }
}
