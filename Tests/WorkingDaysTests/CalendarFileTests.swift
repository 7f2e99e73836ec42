import Foundation
import Testing
import WorkingDays

@Suite("Calendar files")
struct CalendarFileTests {
    private static let header = "date,kind,name_kk,name_ru,basis_kk,basis_ru,known_since,provisional\n"

    private func problems(_ text: String, name: String = "schedules/calendar/2026.csv") -> [String] {
        do {
            _ = try CalendarFile(bytes: Array(text.utf8), name: name)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("Quoted fields, remarks, a byte order mark and both line ends are read")
    func reads() throws {
        let text =
            "\u{FEFF}" + Self.header
            + "# remark\r\n2026-01-01,holiday,Жаңа жыл,Новый год,Заң,\"Law \"\"On Holidays\"\", art. 1\",2025-01-01,no\r\n"
        let file = try CalendarFile(bytes: Array(text.utf8), name: "2026.csv")
        #expect(file.year == 2026)
        #expect(file.exceptions.map(\.basisRU) == ["Law \"On Holidays\", art. 1"])
    }

    @Test("A calendar that was adopted when bases had one language is still read")
    func earlierForm() throws {
        let json = """
            {"basis":"Law","date":"2013-01-01","kind":"holiday","kk":"Жаңа жыл","knownSince":"2012-12-01","provisional":true,\
            "ru":"Новый год"}
            """
        let exception = try JSONDecoder().decode(CalendarException.self, from: Data(json.utf8))
        #expect(exception.basisKK == "Law" && exception.basisRU == "Law")
        #expect(exception.nameKK == "Жаңа жыл" && exception.isProvisional)
        let again = try JSONDecoder().decode(CalendarException.self, from: JSONEncoder().encode(exception))
        #expect(again == exception)
    }

    @Test("Every problem is reported with file, line, field and advice")
    func reportsAll() {
        let text =
            Self.header
            + "2026-13-01,holiday,а,б,заң,law,2025-01-01,no\n2026-01-02,feast,а,б,заң,law,2025-01-01,no\n"
            + "2026-01-05,holiday,,б,заң,law,soon,maybe\n2025-01-06,holiday,а,б,заң,law,2025-01-01,no\n2026-01-07,holiday,а\n"
            + "2026-01-08,holiday,а,б,заң,law,2025-01-01,no\n2026-01-08,holiday,а,б,заң,law,2025-01-01,no\n"
        let found = problems(text)
        #expect(found.count == 8)
        #expect(found[0].hasPrefix("schedules/calendar/2026.csv:2: date: "))
        #expect(found[1].contains("holiday, transferred_day_off, working_day"))
        #expect(found[2].hasPrefix("schedules/calendar/2026.csv:4: name_kk: "))
        #expect(found[5].contains("move the line to its year's file"))
        #expect(found[6].hasPrefix("schedules/calendar/2026.csv:6: The line has 3 fields"))
        #expect(found[7].contains("already given on line 7"))
    }

    @Test(
        "A file that is no calendar is refused",
        arguments: [
            ("", "2026.csv"), ("date,kind\n", "2026.csv"), (header, "holidays.csv"),
            (header + "2026-01-01,holiday,\"open", "2026.csv"),
        ])
    func refused(text: String, name: String) {
        #expect(!problems(text, name: name).isEmpty)
    }
}
