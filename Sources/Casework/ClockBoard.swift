import GRDB
import Journal
import Rulebook
import WorkingDays

/// The table of all clocks of all cases, from which worklists and timeliness are read.
package struct ClockBoard: Projection {
    package let name = "clocks"
    package let version = 6
    package let tables = ["clock"]
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
                CREATE INDEX clockOpen ON clock (due) WHERE endedOn IS NULL;
                CREATE INDEX clockByMonth ON clock (due, body, force, status);
                CREATE INDEX clockByBody ON clock (body, due) WHERE status = 'breached' OR endedOn IS NULL;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard catalogue.knows(event.name) else { return }
        let read = try catalogue.read(event)
        guard !read.changes.isEmpty else { return }
        let facts = read.content.facts
        for change in read.changes { try apply(change, of: event.stream, facts: facts, in: db) }
    }

    /// The events of a new case become finished rows at once.
    package func apply(_ events: [RecordedEvent], in db: Database) throws {
        guard events.count > 1, let first = events.first, first.version == 1 else {
            for event in events { try apply(event, in: db) }
            return
        }
        var lines: [ClockLine] = []
        for event in events where catalogue.knows(event.name) {
            let read = try catalogue.read(event)
            if read.changes.isEmpty { continue }
            let facts = read.content.facts
            for change in read.changes {
                if let index = lines.firstIndex(where: { $0.rule == change.clock }) {
                    lines[index].apply(change, facts: facts)
                } else if change.kind == .started || change.kind == .restarted {
                    lines.append(ClockLine(change, facts: facts))
                }
            }
        }
        for line in lines { try insert(line, of: first.stream, in: db) }
    }

    private static let insertion = """
        INSERT INTO clock (stream, rule, owner, force, body, service, dayZero, term, firstDue, due, target, proof,
          isProvisional, status, startedAt, endedOn, breachedOn, extendedBy, isFlagged, earlierBreach, lapsedFrom, lapsedThrough,
          flaggedLapses)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private func insert(_ line: ClockLine, of stream: StreamID, in db: Database) throws {
        try db.insertRow(Self.insertion) { row in
            row.bind(stream.rawValue)
            row.bind(line.rule)
            row.bind(line.owner?.rawValue)
            row.bind(line.force?.rawValue)
            row.bind(line.body)
            row.bind(line.service)
            row.bind(line.dayZero?.description)
            row.bind(line.term?.description)
            row.bind(line.firstDue?.description)
            row.bind(line.due?.description)
            row.bind(line.target?.description)
            row.bind(line.proof)
            row.bind(line.isProvisional)
            row.bind(line.status.rawValue)
            row.bind(line.startedAt.millisecondsSince1970)
            row.bind(line.endedOn?.description)
            row.bind(line.breachedOn?.description)
            row.bind(line.extendedBy)
            row.bind(line.isFlagged)
            row.bind(line.earlierBreach?.description)
            row.bind(line.lapsedFrom?.description)
            row.bind(line.lapsedThrough?.description)
            row.bind(line.flaggedLapses)
        }
    }

    private func apply(_ change: ClockChange, of stream: StreamID, facts: [String: String], in db: Database) throws {
        if let lapse = change.lapse { return try apply(change, toLapse: lapse, of: stream, in: db) }
        switch change.kind {
        case .started, .restarted: try start(change, of: stream, facts: facts, in: db)
        case .stopped:
            try update(
                "status = ?, endedOn = ?, \(Self.judged)",
                [change.outcome == .late ? "breached" : "met", change.on.description] + change.judgement,
                change, stream, db)
        case .extended:
            try update(
                """
                due = ?, dayZero = ?, term = ?, target = ?, proof = ?, extendedBy = extendedBy + ?, isProvisional = ?,
                  status = CASE WHEN ? THEN 'running' ELSE status END, \(Self.judged)
                """,
                [
                    change.due?.description, change.zero?.description, change.term?.description,
                    change.target?.description, change.proof, change.days ?? 0, change.isProvisional,
                    change.outcome == .met,
                ] + change.judgement,
                change, stream, db)
        case .suspended: try update("status = 'suspended'", [], change, stream, db)
        case .resumed:
            try update(
                "status = 'running', due = ?, dayZero = ?, term = ?, target = ?, proof = ?, isProvisional = ?",
                [
                    change.due?.description, change.zero?.description, change.term?.description,
                    change.target?.description, change.proof, change.isProvisional,
                ], change, stream, db)
        case .cancelled where change.isAnnulment:
            try update(
                """
                status = 'cancelled', endedOn = ?, breachedOn = NULL, earlierBreach = NULL, isFlagged = 0,
                  lapsedFrom = NULL, lapsedThrough = NULL, flaggedLapses = ''
                """, [change.on.description], change, stream, db)
        case .cancelled:
            // A breach that was recorded stays one, unless what cancels it had happened in time.
            let outcome = change.outcome?.rawValue
            try update(
                """
                status = CASE WHEN ? = 'late' OR (? IS NULL AND status = 'breached') THEN 'breached' ELSE 'cancelled' END,
                  endedOn = ?, \(Self.judged)
                """, [outcome, outcome, change.on.description] + change.judgement, change, stream, db)
        case .breached:
            try update(
                "status = 'breached', breachedOn = coalesce(breachedOn, ?)", [change.on.description], change, stream, db
            )
        case .recalculated:
            try update(
                "due = ?, target = ?, proof = ?, isProvisional = ?",
                [change.due?.description, change.target?.description, change.proof, change.isProvisional],
                change, stream, db)
        case .flagged: try update("isFlagged = 1", [], change, stream, db)
        case .reviewed:
            // Judged by the date that was recorded, before it makes room for that of the calendar in force.
            try update(Self.judged, change.judgement, change, stream, db)
            if let due = change.due {
                try update(
                    "due = ?, target = ?, proof = ?, isProvisional = ?",
                    [due.description, change.target?.description, change.proof, change.isProvisional],
                    change, stream, db)
            }
            let outcome = change.outcome?.rawValue
            try update(
                """
                isFlagged = 0, status = CASE
                  WHEN ? = 'met' AND status = 'breached' THEN CASE WHEN endedOn IS NULL THEN 'running' ELSE 'met' END
                  WHEN ? = 'late' AND status IN ('met', 'running') THEN 'breached' ELSE status END
                """, [outcome, outcome], change, stream, db)
        }
    }

    private func start(_ change: ClockChange, of stream: StreamID, facts: [String: String], in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO clock (stream, rule, owner, force, body, service, dayZero, term, firstDue, due, target, proof,
                  isProvisional, status, startedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (stream, rule) DO UPDATE SET owner = excluded.owner, force = excluded.force,
                  body = coalesce(excluded.body, body), service = coalesce(excluded.service, service),
                  dayZero = excluded.dayZero, term = excluded.term, firstDue = excluded.firstDue, due = excluded.due,
                  target = excluded.target, proof = excluded.proof, isProvisional = excluded.isProvisional,
                  status = excluded.status, startedAt = excluded.startedAt, endedOn = NULL,
                  breachedOn = CASE WHEN ? THEN NULL ELSE \(Self.noted) END, extendedBy = 0, isFlagged = 0,
                  earlierBreach = CASE WHEN ? THEN NULL ELSE \(Self.noted) END,
                  lapsedFrom = CASE WHEN \(Self.lapses) THEN min(coalesce(lapsedFrom, dayZero), dayZero)
                    ELSE lapsedFrom END,
                  lapsedThrough = CASE WHEN \(Self.lapses) THEN max(coalesce(lapsedThrough, ''), coalesce(endedOn, ?))
                    ELSE lapsedThrough END,
                  flaggedLapses = CASE WHEN \(Self.lapses) AND isFlagged THEN flaggedLapses || due || ' '
                    ELSE flaggedLapses END
                """)
        let due = change.due?.description
        try statement.execute(
            arguments: [
                stream.rawValue, change.clock, change.owner?.rawValue, change.force?.rawValue, facts["body"],
                facts["service"], change.zero?.description, change.term?.description, due, due,
                change.target?.description, change.proof, change.isProvisional,
                change.term?.isWaiting == true ? "waiting" : "running", change.at.millisecondsSince1970,
                change.forgetsBreach,
            ] + StatementArguments(change.judgement + [change.forgetsBreach] + change.judgement)
                + StatementArguments(change.lapsing + change.lapsing + [change.on.description] + change.lapsing))
    }

    /// The first day on which a term is noted as exceeded: kept, taken down, or, where a breach was noted although the
    /// thing had happened in time, taken back for this round of the clock alone. Its values are `ClockChange.judgement`.
    private static let noted = """
        CASE ? WHEN 'late' THEN min(coalesce(breachedOn, ?), ?)
          WHEN 'met' THEN earlierBreach ELSE breachedOn END
        """
    /// Whether a clock that begins anew leaves a former term behind that had run out; its values are `ClockChange.lapsing`.
    private static let lapses = "(? AND (? OR (status = 'breached' AND endedOn IS NOT NULL)))"

    /// A flag on a former term, or the decision on it.
    private func apply(
        _ change: ClockChange, toLapse lapse: CivilDate, of stream: StreamID, in db: Database
    ) throws {
        let without = "replace(flaggedLapses, ?, '')"
        try update(
            "flaggedLapses = " + (change.kind == .flagged ? "\(without) || ?" : without),
            Array(repeating: "\(lapse) ", count: change.kind == .flagged ? 2 : 1), change, stream, db)
    }

    private static let judged = "breachedOn = \(noted)"

    private func update(
        _ assignments: String, _ values: [(any DatabaseValueConvertible)?], _ change: ClockChange, _ stream: StreamID,
        _ db: Database
    ) throws {
        let sql = "UPDATE clock SET \(assignments) WHERE stream = ? AND rule = ?"
        let arguments = StatementArguments(values + [stream.rawValue, change.clock])
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension ClockChange {
    /// Whether a clock that begins anew forgets an earlier breach: where the breach came of a mistake of ours, a wrong
    /// address or a wrong entry, and where another body has the duty from now on, to which it must not be charged.
    /// Information that came late and was returned stays late.
    var forgetsBreach: Bool { ["wrong-address", "entry-corrected", "transferred"].contains(reason) }

    /// The values of `ClockBoard.lapses`.
    fileprivate var lapsing: [(any DatabaseValueConvertible)?] {
        [kind == .restarted && reason == Self.handedOn, outcome == .late]
    }

    /// The values of `ClockBoard.noted`.
    fileprivate var judgement: [(any DatabaseValueConvertible)?] {
        [outcome?.rawValue, on.description, on.description]
    }
}
