import CanonicalJSON
import GRDB
import Journal
import Synchronization
import WorkingDays

/// The event by which a calendar comes into force.
package enum CalendarEvent: EventContent, Equatable {
    /// A calendar was adopted, whole.
    case calendarAdopted(CalendarAdopted)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case calendarAdopted
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .calendarAdopted(let event): Tagged(.calendarAdopted, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .calendarAdopted: .calendarAdopted(try content())
        }
    }
}

/// A whole calendar, the reason for it and its number.
package struct CalendarAdopted: Codable, Equatable, Sendable {
    /// 1 for the first calendar, then counting up.
    package let edition: Int
    /// Why it was adopted.
    package let reason: String
    /// The first covered year.
    package let firstYear: Int
    /// The last covered year.
    package let lastYear: Int
    /// All days that differ from the plain week.
    package let exceptions: [CalendarException]
}

/// One adopted calendar in the list of all.
package struct CalendarEdition: Sendable, Hashable {
    /// Its number.
    package let edition: Int
    /// When it was adopted.
    package let adoptedAt: Moment
    /// Who adopted it.
    package let actor: String
    /// Why.
    package let reason: String
    /// The fingerprint of the calendar.
    package let digest: String
}

/// The calendars that were adopted, so that no due date depends on a file that somebody edited.
package struct CalendarBook: Projection {
    package let name = "calendars"
    package let version = 1
    package let tables = ["calendarEdition"]
    private let catalogue: EventCatalogue

    /// The book over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE calendarEdition (
                  edition INTEGER PRIMARY KEY, adoptedAt INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
                  digest TEXT NOT NULL, firstYear INTEGER NOT NULL, lastYear INTEGER NOT NULL, exceptions TEXT NOT NULL
                ) STRICT
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.name == "calendarAdopted",
            case .calendarAdopted(let adopted)? = try catalogue.read(event).content as? CalendarEvent
        else { return }
        let calendar = try WorkingCalendar(
            exceptions: adopted.exceptions, years: adopted.firstYear...adopted.lastYear)
        try db.execute(
            sql: "INSERT INTO calendarEdition VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                adopted.edition, event.recordedAt.millisecondsSince1970, event.actor.rawValue, adopted.reason,
                calendar.digest, adopted.firstYear, adopted.lastYear,
                String(decoding: try CanonicalCoding.encode(adopted.exceptions), as: UTF8.self),
            ])
    }
}

/// Gives the calendar in force; reads it once for each edition.
package final class CalendarKeeper: Sendable {
    private let cached = Mutex<(edition: Int, digest: String, calendar: WorkingCalendar)?>(nil)

    /// A keeper that has read nothing yet.
    package init() {}

    /// The calendar in force.
    /// - Throws: `CaseworkError.noCalendar` where none has been adopted.
    package func calendar(in db: Database) throws -> WorkingCalendar {
        // Known by its content as well: an edition may have been seen in a transaction that was undone.
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT edition, digest FROM calendarEdition ORDER BY edition DESC LIMIT 1"))
        guard let row else { throw CaseworkError.noCalendar }
        let (edition, digest): (Int, String) = (row[0], row[1])
        if let cached = cached.withLock({ $0 }), cached.edition == edition, cached.digest == digest {
            return cached.calendar
        }
        let calendar = try calendar(edition: edition, in: db)
        cached.withLock { $0 = (edition, digest, calendar) }
        return calendar
    }

    /// The number of the calendar in force, nil where there is none.
    package func edition(in db: Database) throws -> Int? {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT max(edition) FROM calendarEdition"))
    }

    /// An adopted calendar by its number.
    /// - Throws: `CaseworkError.noCalendar` where there is none of that number.
    package func calendar(edition: Int, in db: Database) throws -> WorkingCalendar {
        let row = try Row.fetchOne(
            db, sql: "SELECT firstYear, lastYear, exceptions FROM calendarEdition WHERE edition = ?",
            arguments: [edition])
        guard let row else { throw CaseworkError.noCalendar }
        let exceptions = try CanonicalCoding.decode(
            [CalendarException].self, from: Array((row["exceptions"] as String).utf8))
        let first: Int = row["firstYear"]
        let last: Int = row["lastYear"]
        return try WorkingCalendar(exceptions: exceptions, years: first...last)
    }

    /// The edition whose days applied before the last change that stands; nil where nothing stands that could be undone.
    ///
    /// An undoing adopts the days of that edition again and so takes the change off: a second one goes further back
    /// instead of making again what was undone.
    package func editionBefore(_ edition: Int, in db: Database) throws -> Int? {
        var standing: [CalendarEdition] = []
        for next in try editions(in: db).reversed() where next.edition <= edition {
            if standing.count > 1, standing[standing.count - 2].digest == next.digest {
                standing.removeLast()
            } else if standing.last?.digest != next.digest {
                standing.append(next)
            }
        }
        return standing.dropLast().last?.edition
    }

    /// All adopted calendars, the latest first.
    package func editions(in db: Database) throws -> [CalendarEdition] {
        try Row.fetchAll(db, sql: "SELECT * FROM calendarEdition ORDER BY edition DESC").map { row in
            CalendarEdition(
                edition: row["edition"], adoptedAt: Moment(millisecondsSince1970: row["adoptedAt"]),
                actor: row["actor"], reason: row["reason"], digest: row["digest"])
        }
    }
}
