import Casework
import GRDB
import WorkingDays

/// A change of the calendar that somebody asks for: one day, or back to the edition before.
///
/// It travels from the form through the preview to the confirmation as fields, so that nothing is kept in between; the
/// edition it was made on is checked when it is adopted.
struct CalendarProposal: Sendable {
    /// What is asked for.
    enum Change: Sendable {
        /// This day is to be that; nil for an ordinary day of its week.
        case day(CivilDate, CalendarException?)
        /// The calendar before the last change is to apply again.
        case undo
    }

    let change: Change
    /// The edition on which it was made.
    let edition: Int

    /// What a day can be.
    enum DayKind: String, CaseIterable, Sendable {
        case holiday, transferredDayOff, workingDay, ordinary

        var exception: CalendarException.Kind? {
            switch self {
            case .holiday: .holiday
            case .transferredDayOff: .transferredDayOff
            case .workingDay: .workingDay
            case .ordinary: nil
            }
        }
    }

    /// A field of the form that is empty or wrong.
    enum Problem: String, Error, CaseIterable, Sendable {
        case date, kind, nameKK, nameRU, basisKK, basisRU, edition
    }

    /// Reads the form.
    /// - Throws: `Problem`, the first field that has to be mended.
    init(_ form: Form, today: CivilDate) throws(Problem) {
        guard let edition = Int(form["edition"]) else { throw .edition }
        self.edition = edition
        if form["act"] == "undo" {
            change = .undo
            return
        }
        guard let date = CivilDate(form["date"]) else { throw .date }
        guard let kind = DayKind(rawValue: form["kind"]) else { throw .kind }
        guard let exception = kind.exception else {
            change = .day(date, nil)
            return
        }
        guard !form["nameKK"].isEmpty else { throw .nameKK }
        guard !form["nameRU"].isEmpty else { throw .nameRU }
        guard !form["basisKK"].isEmpty else { throw .basisKK }
        guard !form["basisRU"].isEmpty else { throw .basisRU }
        change = .day(
            date,
            CalendarException(
                date: date, kind: exception, nameKK: form["nameKK"], nameRU: form["nameRU"],
                basisKK: form["basisKK"], basisRU: form["basisRU"], knownSince: today,
                isProvisional: form["provisional"] == "yes"))
    }

    /// The calendar that is proposed.
    /// - Throws: `CalendarError`; `SiteError` where there is nothing to undo.
    func calendar(_ keeper: CalendarKeeper, in db: Database) throws -> WorkingCalendar {
        switch change {
        case .day(let date, let exception): return try keeper.calendar(in: db).replacing(date, with: exception)
        case .undo:
            guard let earlier = try keeper.editionBefore(edition, in: db) else {
                throw SiteError(.conflict, "There has been no change that could be undone.")
            }
            return try keeper.calendar(edition: earlier, in: db)
        }
    }

    /// The fields that carry it on.
    var fields: [(name: String, value: String)] {
        var fields = [("edition", "\(edition)")]
        switch change {
        case .undo: fields.append(("act", "undo"))
        case .day(let date, let exception):
            let kind = DayKind.allCases.first { $0.exception == exception?.kind } ?? .ordinary
            fields += [("date", "\(date)"), ("kind", kind.rawValue)]
            if let exception {
                fields += [
                    ("nameKK", exception.nameKK), ("nameRU", exception.nameRU), ("basisKK", exception.basisKK),
                    ("basisRU", exception.basisRU),
                    ("provisional", exception.isProvisional ? "yes" : ""),
                ]
            }
        }
        return fields
    }
}
