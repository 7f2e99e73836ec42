import GRDB
import Journal
import Rulebook
import WorkingDays

/// The table of all clocks of all cases, from which worklists and timeliness are read.
package struct ClockBoard: ProjectionWithCounts {
    package let name = "clocks"
    package let version = 7
    package let tables = ["clock", ClockCounts.byMonth.name]
    private let catalogue: EventCatalogue

    /// The board over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE clock (
                  stream TEXT NOT NULL,
                  rule TEXT NOT NULL,
                  owner TEXT NOT NULL,
                  force TEXT NOT NULL,
                  body TEXT,
                  service TEXT,
                  dayZero TEXT NOT NULL,
                  term TEXT NOT NULL,
                  firstDue TEXT NOT NULL,
                  due TEXT NOT NULL,
                  target TEXT,
                  proof TEXT NOT NULL,
                  isProvisional INTEGER NOT NULL,
                  status TEXT NOT NULL,
                  startedAt INTEGER NOT NULL,
                  endedOn TEXT,
                  breachedOn TEXT,
                  extendedBy INTEGER NOT NULL DEFAULT 0,
                  isFlagged INTEGER NOT NULL DEFAULT 0,
                  earlierBreach TEXT,
                  -- Former terms that had run out when another body got the duty: the days on which they depend, and the
                  -- last days of those in doubt.
                  lapsedFrom TEXT,
                  lapsedThrough TEXT,
                  flaggedLapses TEXT NOT NULL DEFAULT '',
                  -- `ClockStanding`: a passed internal target is missed, only a term of law is breached.
                  standing TEXT NOT NULL GENERATED ALWAYS AS (
                    CASE WHEN status = 'breached' AND force <> 'statutory' THEN 'missed' ELSE status END) VIRTUAL,
                  PRIMARY KEY (stream, rule)
                ) STRICT, WITHOUT ROWID;
                """ + ClockCounts.indexes)
        try ClockCounts.byMonth.create(in: db)
    }

    private func change(_ event: RecordedEvent, in db: Database) throws {
        guard catalogue.knows(event.name) else { return }
        let read = try catalogue.read(event)
        if read.changes.isEmpty { return }
        let facts = read.content.facts
        for change in read.changes {
            guard var line = try ClockLine.fetch(change.clock, of: event.stream, in: db) else {
                try ClockLine(startedBy: change, facts: facts)?.save(of: event.stream, in: db)
                continue
            }
            line.apply(change, facts: facts)
            try line.save(of: event.stream, in: db)
        }
    }

    /// The events of a new case become finished rows at once.
    package func apply(_ events: [RecordedEvent], in db: Database, counting counts: inout Counts) throws {
        guard let first = events.first else { return }
        guard first.version == 1 else {
            guard events.contains(where: { catalogue.knows($0.name) }) else { return }
            try ClockCounts.add(-1, of: first.stream, in: db, to: &counts)
            for event in events { try change(event, in: db) }
            return try ClockCounts.add(1, of: first.stream, in: db, to: &counts)
        }
        var lines: [ClockLine] = []
        for event in events where catalogue.knows(event.name) {
            let read = try catalogue.read(event)
            if read.changes.isEmpty { continue }
            let facts = read.content.facts
            for change in read.changes {
                if let index = lines.firstIndex(where: { $0.clock.rule == change.clock }) {
                    lines[index].apply(change, facts: facts)
                } else if let line = ClockLine(startedBy: change, facts: facts) {
                    lines.append(line)
                }
            }
        }
        for line in lines {
            try line.save(of: first.stream, in: db)
            ClockCounts.add(
                1, due: line.clock.due.description, body: line.body, force: line.clock.force.rawValue,
                status: line.clock.status.rawValue, to: &counts)
        }
    }
}
