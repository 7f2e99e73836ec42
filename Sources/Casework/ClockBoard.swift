import GRDB
import Journal
import Rulebook
import WorkingDays

/// The table of all clocks of all cases, from which worklists and timeliness are read, and the ledger of those that were late.
///
/// Both are one projection: an entry of the ledger is drafted by the change that finds a clock late, from the clock as it
/// stood, which only this table knows.
package struct ClockBoard: ProjectionWithCounts {
    package let name = "clocks"
    package let version = 8
    package let tables = ["clock", ClockCounts.byMonth.name, ViolationTable.name, ViolationTable.counts.name]
    private let catalogue: EventCatalogue
    private let zone: CivilZone

    /// The board over the events that a catalogue can read; days of decisions are told in `zone`.
    package init(catalogue: EventCatalogue, zone: CivilZone = .almaty) {
        self.catalogue = catalogue
        self.zone = zone
    }

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
        try ViolationTable.create(in: db)
    }

    private func change(_ event: RecordedEvent, in db: Database, counting counts: inout Counts) throws {
        guard catalogue.knows(event.name) else { return }
        let read = try catalogue.read(event)
        if let happened = read.content as? ViolationEvent {
            return try note(happened, event, in: db, counting: &counts)
        }
        if read.changes.isEmpty { return }
        let facts = read.content.facts
        for change in read.changes {
            guard var line = try ClockLine.fetch(change.clock, of: event.stream, in: db) else {
                try ClockLine(startedBy: change, facts: facts)?.save(of: event.stream, in: db)
                continue
            }
            let before = line
            line.apply(change, facts: facts)
            try line.save(of: event.stream, in: db)
            guard change.concernsLedger(from: before, to: line) else { continue }
            let known = try ViolationTable.fetch(change.clock, of: event.stream, in: db)
            var entries = known
            entries.follow(change, of: event.stream, from: before, to: line, in: event.version)
            try ViolationTable.replace(known, by: entries, in: db, counting: &counts)
        }
    }

    /// Notes what a person, or a body, did with an entry of the ledger.
    private func note(
        _ happened: ViolationEvent, _ event: RecordedEvent, in db: Database, counting counts: inout Counts
    ) throws {
        guard let known = try Violation.fetch(happened.id(in: event.stream), in: db) else { return }
        var entry = known
        entry.apply(happened, on: zone.civilDate(of: event.recordedAt), in: event.version)
        try ViolationTable.replace([known], by: [entry], in: db, counting: &counts)
    }

    /// The events of a new case become finished rows at once.
    package func apply(_ events: [RecordedEvent], in db: Database, counting counts: inout Counts) throws {
        guard let first = events.first else { return }
        guard first.version == 1 else {
            guard events.contains(where: { catalogue.knows($0.name) }) else { return }
            try ClockCounts.add(-1, of: first.stream, in: db, to: &counts)
            for event in events { try change(event, in: db, counting: &counts) }
            return try ClockCounts.add(1, of: first.stream, in: db, to: &counts)
        }
        var lines: [ClockLine] = []
        var entries: [Violation] = []
        for event in events where catalogue.knows(event.name) {
            let read = try catalogue.read(event)
            if let happened = read.content as? ViolationEvent {
                let day = zone.civilDate(of: event.recordedAt)
                entries.take(happened, of: first.stream, on: day, in: event.version)
                continue
            }
            if read.changes.isEmpty { continue }
            let facts = read.content.facts
            for change in read.changes {
                if let index = lines.firstIndex(where: { $0.clock.rule == change.clock }) {
                    let before = lines[index]
                    lines[index].apply(change, facts: facts)
                    guard change.concernsLedger(from: before, to: lines[index]) else { continue }
                    entries.follow(change, of: first.stream, from: before, to: lines[index], in: event.version)
                } else if let line = ClockLine(startedBy: change, facts: facts) {
                    lines.append(line)
                }
            }
        }
        try ViolationTable.replace([], by: entries, in: db, counting: &counts)
        for line in lines {
            try line.save(of: first.stream, in: db)
            ClockCounts.add(
                1, due: line.clock.due.description, body: line.body, force: line.clock.force.rawValue,
                status: line.clock.status.rawValue, to: &counts)
        }
    }
}
