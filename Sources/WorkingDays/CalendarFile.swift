/// A calendar of one year as it is kept in `schedules/calendar/<year>.csv`.
///
/// The columns are date, kind, name_kk, name_ru, basis_kk, basis_ru, known_since, provisional; the first line names
/// them. A field with a comma or a quote stands in quotes, a quote in it is doubled. Lines that start with `#` are remarks.
package struct CalendarFile: Hashable, Sendable {
    /// The year the file is about, from its name.
    package let year: Int
    /// Its exceptions, in the order of the file.
    package let exceptions: [CalendarException]

    /// The first line of every file.
    package static let columns = [
        "date", "kind", "name_kk", "name_ru", "basis_kk", "basis_ru", "known_since", "provisional",
    ]

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - name: the path of the file, which ends in `<year>.csv`.
    /// - Throws: `CalendarFileError` with every problem in the file.
    package init(bytes: [UInt8], name: String) throws(CalendarFileError) {
        var problems: [CalendarFileError.Problem] = []
        func report(_ line: Int, _ field: String?, _ message: String) {
            problems.append(CalendarFileError.Problem(file: name, line: line, field: field, message: message))
        }
        let stem = name.split(separator: "/").last.map(String.init) ?? name
        guard stem.hasSuffix(".csv"), let year = Int(stem.dropLast(4)), CivilDate.writableYears.contains(year) else {
            throw CalendarFileError(
                problems: [
                    .init(
                        file: name, line: 0, field: nil,
                        message: "The name must be the year and .csv, as in 2026.csv: rename the file.")
                ])
        }
        var exceptions: [CalendarException] = []
        var seen: [CivilDate: Int] = [:]
        var hasHeader = false
        for record in CalendarFile.records(bytes) {
            if record.fields.count == 1, record.fields[0].isEmpty || record.fields[0].hasPrefix("#") { continue }
            if record.isUnclosed {
                report(record.line, nil, "A quote is opened and never closed: close it.")
                continue
            }
            if !hasHeader {
                hasHeader = true
                if record.fields != CalendarFile.columns {
                    let columns = CalendarFile.columns.joined(separator: ",")
                    report(record.line, nil, "The first line must name the columns: write \(columns).")
                }
                continue
            }
            guard record.fields.count == CalendarFile.columns.count else {
                let found = record.fields.count
                report(
                    record.line, nil,
                    "The line has \(found) fields and must have \(CalendarFile.columns.count): put a field with a comma in quotes."
                )
                continue
            }
            guard let exception = CalendarFile.exception(record.fields, { report(record.line, $0, $1) }) else {
                continue
            }
            if exception.date.year != year {
                report(
                    record.line, "date", "\(exception.date) is not a day of \(year): move the line to its year's file.")
            }
            if let first = seen[exception.date] {
                report(record.line, "date", "\(exception.date) is already given on line \(first): keep one of the two.")
            }
            seen[exception.date] = record.line
            exceptions.append(exception)
        }
        if !hasHeader { report(1, nil, "The file is empty: write the line of columns, then one line for each day.") }
        guard problems.isEmpty else { throw CalendarFileError(problems: problems) }
        self.year = year
        self.exceptions = exceptions
    }

    /// One line turned into an exception; nil after reporting what is wrong with it.
    private static func exception(
        _ fields: [String], _ report: (String, String) -> Void
    ) -> CalendarException? {
        let date = CivilDate(fields[0])
        if date == nil { report("date", "\"\(fields[0])\" is not a date: write it as 2026-03-19.") }
        let kind = CalendarException.Kind(rawValue: fields[1])
        if kind == nil {
            let kinds = CalendarException.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            report("kind", "\"\(fields[1])\" is not a kind of day: write one of \(kinds).")
        }
        for (index, column) in [(2, "name_kk"), (3, "name_ru"), (4, "basis_kk"), (5, "basis_ru")]
        where fields[index].isEmpty {
            report(column, "The field is empty: people read it as the reason of a date, fill it in.")
        }
        let known = CivilDate(fields[6])
        if known == nil { report("known_since", "\"\(fields[6])\" is not a date: write since when the day was known.") }
        if fields[7] != "yes", fields[7] != "no" {
            report("provisional", "\"\(fields[7])\" is neither yes nor no: write yes for an estimate.")
        }
        guard let date, let kind, let known, fields[7] == "yes" || fields[7] == "no" else { return nil }
        return CalendarException(
            date: date, kind: kind, nameKK: fields[2], nameRU: fields[3], basisKK: fields[4], basisRU: fields[5],
            knownSince: known, isProvisional: fields[7] == "yes")
    }

    /// One record of the file and the line on which it starts.
    private struct Record {
        var line: Int
        var fields: [String]
        var isUnclosed = false
    }

    /// Splits the bytes into records and fields.
    private static func records(_ bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        var record = Record(line: 1, fields: [])
        var field: [UInt8] = []
        var isQuoted = false
        var line = 1
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func endField() {
            record.fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        func endRecord() {
            endField()
            records.append(record)
            record = Record(line: line, fields: [])
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == byte:
                field.append(byte)
                index += 1
            case UInt8(ascii: "\"") where isQuoted || field.isEmpty:
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: endField()
            case UInt8(ascii: "\r") where !isQuoted: continue
            case UInt8(ascii: "\n") where !isQuoted: endRecord()
            default: field.append(byte)
            }
        }
        record.isUnclosed = isQuoted
        if !field.isEmpty || !record.fields.isEmpty || isQuoted { endRecord() }
        return records
    }
}

/// Everything that is wrong with a calendar file.
package struct CalendarFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One problem: where it is and what to do.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The path of the file.
        package let file: String
        /// The line, from 1; 0 when it is about the whole file.
        package let line: Int
        /// The column, when it is about one.
        package let field: String?
        /// What is wrong and what to do.
        package let message: String

        package var description: String {
            "\(file)\(line > 0 ? ":\(line)" : "")\(field.map { ": " + $0 } ?? ""): \(message)"
        }
    }

    /// The problems, in the order of the lines.
    package let problems: [Problem]

    /// An error of these problems, of one file or of several.
    package init(problems: [Problem]) {
        self.problems = problems
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension WorkingCalendar {
    /// The calendar that the files of several years make together.
    ///
    /// Throws as `init(exceptions:years:)`.
    package init(files: [CalendarFile]) throws(CalendarError) {
        try self.init(exceptions: files.flatMap(\.exceptions), years: files.map(\.year))
    }
}
