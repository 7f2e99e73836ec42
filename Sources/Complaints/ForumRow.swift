import Languages
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
    /// Its place among the objects of a file of JSON, from 1; nil in a table.
    package var object: Int?
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
    /// Which object of a file of JSON it is, from 1; nil in a table.
    package var object: Int?
    /// The column to mend, where it is one.
    package let field: String?
    /// What is wrong and what to do.
    package let reason: String
    /// What is wrong, for pages in other languages; nil where the rules of complaints refuse it.
    package var fault: Fault?
    /// The code of the rule that refuses it, `complaint.inFuture`; nil for a fault of the line itself.
    package var refusal: String?

    /// What can be wrong with a line itself.
    package enum Fault: String, CaseIterable, Hashable, Sendable {
        /// The line does not have the form of its format.
        case form
        /// A time that cannot be read.
        case time
        /// The registry does not know it, or it is not of its kind or too long.
        case value
        /// One of two columns that belong together is empty.
        case together
        /// There is no number.
        case numberMissing
        /// The number cannot be one.
        case number
        /// There is no time of filing.
        case filedAtMissing
        /// No kind of complaint.
        case kind
        /// No outcome.
        case outcome
        /// No number of working days.
        case days
        /// Told of an extension that is not there.
        case toldWithoutExtension
        /// Answered and withdrawn.
        case answeredAndWithdrawn
        /// Recorded before with another value.
        case contradiction
        /// An earlier line of the same complaint was refused.
        case earlierRefused
        /// No body is found that must answer.
        case nowhere
        /// Characters that cannot be seen and deceive the reader.
        case characters
        /// No calendar covers the days of it.
        case calendar
        /// Anything else.
        case other
    }

    package var description: String {
        "\(file):\(line): \(object.map { "object \($0): " } ?? "")\(field.map { "\($0): " } ?? "")\(reason)"
    }
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
        func problem(_ column: ForumColumn, _ fault: ForumProblem.Fault, _ reason: String) -> ForumProblem {
            ForumProblem(file: file, line: source.line, field: column.rawValue, reason: reason, fault: fault)
        }
        func text(_ column: ForumColumn) -> String? {
            let text = source[column]
            return text.isEmpty ? nil : text
        }
        func moment(_ column: ForumColumn) throws(ForumProblem) -> Moment? {
            guard let text = text(column) else { return nil }
            guard let moment = Moment(text) ?? ForumRow.localTime(text, zone: zone) else {
                throw problem(
                    column, .time,
                    "This is no time: write it as 2026-03-19T14:05:00+05:00, or 2026-03-19 14:05 local time.")
            }
            return moment
        }
        func together(_ first: ForumColumn, _ second: ForumColumn) throws(ForumProblem) {
            if text(first) != nil, text(second) == nil {
                throw problem(second, .together, "“\(first.rawValue)” is given and this is not: give both, or neither.")
            }
            if text(first) == nil, text(second) != nil {
                throw problem(first, .together, "“\(second.rawValue)” is given and this is not: give both, or neither.")
            }
        }
        self.source = source
        line = source.line
        for column in ForumColumn.allCases where source[column].deceives {
            throw problem(
                column, .characters,
                "There are control characters in it, or such as turn the direction of reading: remove them.")
        }
        guard let number = text(.number) else {
            throw problem(
                .number, .numberMissing,
                "The number of the forum is missing: without it the line cannot be told from others.")
        }
        guard number.utf8.count <= 64, number.unicodeScalars.allSatisfy({ ForumRow.isPlain($0) }) else {
            throw problem(
                .number, .number, "The number has white space, control characters or more than 64 bytes: correct it.")
        }
        self.number = number
        guard let filedAt = try moment(.filedAt) else {
            throw problem(.filedAt, .filedAtMissing, "The time of filing is missing: give it.")
        }
        guard let kind = ComplaintKind(rawValue: source[.kind]) else {
            throw problem(.kind, .kind, "The kind must be order, standard, employees or other: correct it.")
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
                throw problem(
                    .outcome, .outcome, "The outcome must be satisfied, partly, rejected or explained: correct it.")
            }
            answer = (outcome, at)
        }
        if let at = try moment(.extendedAt) {
            guard let days = Int(source[.extendedDays]), days > 0 else {
                throw problem(.extendedDays, .days, "This is no whole number of working days: correct it.")
            }
            extensionOfTerm = (days, at)
        }
        toldAt = try moment(.toldAt)
        if toldAt != nil, extensionOfTerm == nil {
            throw problem(
                .toldAt, .toldWithoutExtension,
                "The applicant is told of an extension, and none is given: give both, or neither.")
        }
        if let at = try moment(.transferredAt) { transfer = (source[.transferredTo], at) }
        withdrawnAt = try moment(.withdrawnAt)
        if withdrawnAt != nil, answer != nil {
            throw problem(
                .withdrawnAt, .answeredAndWithdrawn,
                "The complaint cannot be both answered and withdrawn: leave one of the two empty.")
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
