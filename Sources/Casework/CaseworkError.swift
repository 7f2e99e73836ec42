import Journal
import WorkingDays

/// A word by which a module refuses: stable for programs, with words for people in the string tables.
package protocol RefusalCode: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The words that say that what was asked for is not there.
    static var missing: Set<Self> { get }
}

extension RefusalCode {
    /// No word says so unless a module has one.
    package static var missing: Set<Self> { [] }

    /// The refusal of this code, for instance `throw ComplaintRefusal.noDays("…", field: "days")`.
    /// - Parameters:
    ///   - reason: a full English sentence that says what to do.
    ///   - field: the field to mend, where it is one.
    package func callAsFunction(_ reason: String, field: String? = nil) -> Refusal { Refusal(self, reason, field) }
}

/// Why the law, or what has happened so far, does not allow a command.
///
/// A refusal is an answer, not a failure: nothing has changed, and `reason` says what the person can do.
package struct Refusal: Error, Equatable, CustomStringConvertible {
    /// A short stable word for programs and for the string tables, for instance `complaint.closed`.
    package let code: String
    /// A full English sentence for logs, the command line and the API.
    package let reason: String
    /// The field of the command that has to be mended, where it is one.
    package let field: String?

    /// Whether what was asked for is not there.
    package let isMissing: Bool

    /// A refusal that was recorded with its code and its sentence.
    package init(recorded code: String, _ reason: String) {
        self.init(code, reason)
    }

    /// A refusal by the text of its code, for what is not in a module's list yet; a test finds each of them.
    package init(_ code: String, _ reason: String, field: String? = nil) {
        self.code = code
        self.reason = reason
        self.field = field
        isMissing = false
    }

    fileprivate init<Code: RefusalCode>(_ code: Code, _ reason: String, _ field: String?) {
        self.code = code.rawValue
        self.reason = reason
        self.field = field
        isMissing = Code.missing.contains(code)
    }

    package var description: String { reason }
}

/// What went wrong in the handling of a case.
package enum CaseworkError: Error, Equatable, CustomStringConvertible {
    /// An event cannot be read.
    case unreadable(position: Int64, reason: String)
    /// The case does not exist.
    case noSuchCase(StreamID)
    /// The rulebook that a case was started under is not loaded.
    case noRulebook(procedure: String, date: CivilDate)
    /// No calendar has been adopted yet.
    case noCalendar
    /// A calendar change was asked for on an edition that is no longer the last.
    case calendarHasMoved(edition: Int)

    package var description: String {
        switch self {
        case .unreadable(let position, let reason):
            "The event at position \(position) cannot be read (\(reason)): run `bailanys journal verify`, and use the edition of Bailanys that wrote it."
        case .noSuchCase(let stream): "There is no case “\(stream)”: check the number."
        case .noRulebook(let procedure, let date):
            "No rulebook in schedules/rulebooks covers “\(procedure)” on \(date): add the edition that was in force, or correct the date."
        case .noCalendar:
            "No calendar has been adopted: run `bailanys calendar adopt` with the files of schedules/calendar."
        case .calendarHasMoved(let edition):
            "The calendar is at edition \(edition) by now: look at the preview again and confirm that."
        }
    }
}
