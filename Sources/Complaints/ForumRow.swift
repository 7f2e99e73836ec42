import WorkingDays

/// The columns of the forum's export, the same for CSV and JSON.
package enum ForumColumn: String, CaseIterable, Sendable {
    case number
    case filedAt = "filed_at"
    case kind, service, body, region, place, language, name, iin, phone, email, address, subject
    case answeredAt = "answered_at"
    case outcome
    case extendedDays = "extended_days"
    case extendedAt = "extended_at"
    case toldAt = "told_at"
    case transferredTo = "transferred_to"
    case transferredAt = "transferred_at"
    case withdrawnAt = "withdrawn_at"

    /// The columns without which nothing can be taken in.
    static let required: [ForumColumn] = [.number, .filedAt, .kind]

    /// What an error file adds; passed over when it is taken in again.
    static let added = ["error_line", "error_field", "error"]

    /// The names of all columns.
    package static let names = allCases.map(\.rawValue)
}

/// One line of an export as it was read: its texts by column, or what is wrong with it.
package struct ForumLine: Sendable {
    /// The line of the file on which it begins, from 1.
    package let line: Int
    /// The texts, in the order of `ForumColumn.allCases`; empty where it could not be read.
    package let texts: [String]
    /// What is wrong with it as a line of its format.
    let problem: ForumProblem?

    subscript(column: ForumColumn) -> String { texts.isEmpty ? "" : texts[column.index] }
}

/// Why a line was not taken in; holds no personal data.
package struct ForumProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column to mend, where it is one.
    package let field: String?
    /// What is wrong and what to do.
    package let reason: String

    package var description: String { "\(file):\(line): \(field.map { "\($0): " } ?? "")\(reason)" }
}

extension ForumColumn {
    /// Its place in `allCases`.
    var index: Int { Self.places[self] ?? 0 }
    private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// What a line of the export says.
struct ForumRow: Sendable {
    let line: Int
    let number: String
    let filing: ComplaintFiling
    var answer: (outcome: ComplaintOutcome, at: Moment)?
    var extensionOfTerm: (days: Int, at: Moment)?
    var toldAt: Moment?
    var transfer: (body: String, at: Moment)?
    var withdrawnAt: Moment?
    let source: ForumLine

    /// Reads the texts of a line.
    /// - Throws: `ForumProblem` with the first field that cannot be read.
    init(_ source: ForumLine, file: String, zone: CivilZone) throws(ForumProblem) {
        if let problem = source.problem { throw problem }
        func problem(_ column: ForumColumn, _ reason: String) -> ForumProblem {
            ForumProblem(file: file, line: source.line, field: column.rawValue, reason: reason)
        }
        func text(_ column: ForumColumn) -> String? {
            let text = source[column]
            return text.isEmpty ? nil : text
        }
        func moment(_ column: ForumColumn) throws(ForumProblem) -> Moment? {
            guard let text = text(column) else { return nil }
            guard let moment = Moment(text) ?? ForumRow.localTime(text, zone: zone) else {
                throw problem(
                    column, "This is no time: write it as 2026-03-19T14:05:00+05:00, or 2026-03-19 14:05 local time.")
            }
            return moment
        }
        func together(_ first: ForumColumn, _ second: ForumColumn) throws(ForumProblem) {
            if text(first) != nil, text(second) == nil {
                throw problem(second, "“\(first.rawValue)” is given and this is not: give both, or neither.")
            }
            if text(first) == nil, text(second) != nil {
                throw problem(first, "“\(second.rawValue)” is given and this is not: give both, or neither.")
            }
        }
        self.source = source
        line = source.line
        guard let number = text(.number) else {
            throw problem(
                .number, "The number of the forum is missing: without it the line cannot be told from others.")
        }
        guard number.utf8.count <= 64, number.unicodeScalars.allSatisfy({ ForumRow.isPlain($0) }) else {
            throw problem(.number, "The number has white space, control characters or more than 64 bytes: correct it.")
        }
        self.number = number
        guard let filedAt = try moment(.filedAt) else {
            throw problem(.filedAt, "The time of filing is missing: give it.")
        }
        guard let kind = ComplaintKind(rawValue: source[.kind]) else {
            throw problem(.kind, "The kind must be order, standard, employees or other: correct it.")
        }
        filing = ComplaintFiling(
            forumNumber: number, channel: "forum", kind: kind, service: text(.service), body: text(.body),
            region: text(.region), place: text(.place), language: text(.language), subject: source[.subject],
            contacts: ComplaintContacts(
                name: text(.name), phone: text(.phone), email: text(.email), address: text(.address), iin: text(.iin)),
            filedAt: filedAt)
        try together(.answeredAt, .outcome)
        try together(.extendedDays, .extendedAt)
        try together(.transferredTo, .transferredAt)
        if let at = try moment(.answeredAt) {
            guard let outcome = ComplaintOutcome(rawValue: source[.outcome]) else {
                throw problem(.outcome, "The outcome must be satisfied, partly, rejected or explained: correct it.")
            }
            answer = (outcome, at)
        }
        if let at = try moment(.extendedAt) {
            guard let days = Int(source[.extendedDays]), days > 0 else {
                throw problem(.extendedDays, "This is no whole number of working days: correct it.")
            }
            extensionOfTerm = (days, at)
        }
        toldAt = try moment(.toldAt)
        if toldAt != nil, extensionOfTerm == nil {
            throw problem(.toldAt, "The applicant is told of an extension, and none is given: give both, or neither.")
        }
        if let at = try moment(.transferredAt) { transfer = (source[.transferredTo], at) }
        withdrawnAt = try moment(.withdrawnAt)
        if withdrawnAt != nil, answer != nil {
            throw problem(
                .withdrawnAt, "The complaint cannot be both answered and withdrawn: leave one of the two empty.")
        }
    }

    /// `2026-03-19 14:05`, with seconds or without, with `T` or a space: the time of the zone.
    static func localTime(_ text: String, zone: CivilZone) -> Moment? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16 || bytes.count == 19, bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = number(bytes[11..<13], below: 24), let minute = number(bytes[14..<16], below: 60)
        else { return nil }
        var seconds = 0
        if bytes.count == 19 {
            guard bytes[16] == UInt8(ascii: ":"), let given = number(bytes[17..<19], below: 60) else { return nil }
            seconds = given
        }
        return zone.moment(of: date, hour: hour, minute: minute).adding(milliseconds: Int64(seconds) * 1_000)
    }

    private static func number(_ digits: ArraySlice<UInt8>, below limit: Int) -> Int? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return value < limit ? value : nil
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && !(0x7F...0xA0).contains(scalar.value) && !scalar.properties.isWhitespace
    }
}
