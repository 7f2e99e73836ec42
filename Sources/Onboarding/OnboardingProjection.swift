import Casework
import GRDB
import Journal
import WorkingDays

/// The tables of requests and of the short cases beside them.
package struct OnboardingProjection: Projection {
    package let name = "onboarding"
    package let version = 3
    package let tables = ["informationRequest", "duty", "planSchedule"]
    private let catalogue: EventCatalogue
    private let zone: CivilZone

    /// The tables over the events that a catalogue can read; days are told in `zone`.
    package init(catalogue: EventCatalogue, zone: CivilZone = .almaty) {
        self.catalogue = catalogue
        self.zone = zone
    }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE informationRequest (
                  id TEXT PRIMARY KEY, plan TEXT NOT NULL, line TEXT NOT NULL, service TEXT NOT NULL, body TEXT NOT NULL,
                  unit TEXT, requestOn TEXT NOT NULL, acceptanceOn TEXT, number TEXT, sentOn TEXT, receivedOn TEXT,
                  appointedOn TEXT, submittedOn TEXT, enteredOn TEXT, card TEXT, trainedOn TEXT, completedOn TEXT,
                  liveOn TEXT, returns INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, words TEXT NOT NULL
                ) STRICT;
                CREATE INDEX informationRequestByBody ON informationRequest (body);
                CREATE INDEX informationRequestByService ON informationRequest (service);
                CREATE TABLE duty (
                  id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, service TEXT, begunOn TEXT NOT NULL,
                  endedOn TEXT, endedBy TEXT, ground TEXT, text TEXT NOT NULL, annulledOn TEXT
                ) STRICT;
                CREATE TABLE planSchedule (
                  plan TEXT PRIMARY KEY, draftLines INTEGER NOT NULL DEFAULT 0, draftSource TEXT, act TEXT, approvedOn TEXT
                ) STRICT;
                CREATE INDEX informationRequestByPlan ON informationRequest (plan, line);
                CREATE INDEX dutyByBody ON duty (body, kind, endedOn);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard catalogue.knows(event.name) else { return }
        let day = zone.civilDate(of: event.occurredAt).description
        switch try catalogue.read(event).content {
        case let content as InformationRequestEvent: try take(content, of: event.stream.id, on: day, in: db)
        case let content as DutyEvent: try take(content, of: event.stream, on: day, in: db)
        case let content as PlanEvent: try take(content, of: event.stream.id, on: day, in: db)
        default: return
        }
    }

    private func take(_ event: InformationRequestEvent, of id: String, on day: String, in db: Database) throws {
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?]) throws {
            try db.execute(
                sql: "UPDATE informationRequest SET \(assignments) WHERE id = ?",
                arguments: StatementArguments(values + [id]))
        }
        switch event {
        case .planLineApproved(let line):
            try db.execute(
                sql: """
                    INSERT INTO informationRequest
                      (id, plan, line, service, body, unit, requestOn, acceptanceOn, words, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')
                    """,
                arguments: [
                    id, line.plan, line.line, line.service, line.body, line.unit, line.requestOn.description,
                    line.acceptanceOn?.description, Self.words(id, line.service),
                ])
            try db.execute(
                sql: """
                    INSERT INTO planSchedule (plan, act, approvedOn) VALUES (?, ?, ?)
                    ON CONFLICT (plan) DO UPDATE SET act = excluded.act, approvedOn = excluded.approvedOn
                    """, arguments: [line.plan, line.approval, day])
        case .planLineAmended(let line, _):
            try set(
                "requestOn = ?, acceptanceOn = ?, unit = ?",
                [line.requestOn.description, line.acceptanceOn?.description, line.unit])
        case .requestCancelled: try set("state = 'cancelled'", [])
        case .requestSent(let sent, let subject):
            try set(
                "number = ?, sentOn = ?, state = 'sent', words = ?",
                [sent.number, day, Self.words(id, sent.number, subject.service)])
        case .requestSendingFailed: try set("state = 'sendingFailed'", [])
        case .requestReceived(let received, _):
            let isNew = received.sentAgain == .wrongAddress
            try set(
                "receivedOn = CASE WHEN ? THEN ? ELSE coalesce(receivedOn, ?) END, state = 'received'",
                [isNew, day, day])
        case .responsiblePersonAppointed: try set("appointedOn = ?, state = 'appointed'", [day])
        case .informationSubmitted: try set("submittedOn = ?, state = 'submitted'", [day])
        case .informationReturned:
            try set("submittedOn = NULL, returns = returns + 1, state = 'returned'", [])
        case .informationEntered(let entered, _):
            try set(
                "enteredOn = ?, card = ?, state = CASE state WHEN 'submitted' THEN 'entered' ELSE state END",
                [day, entered.card])
        case .trainingHeld: try set("trainedOn = ?, state = 'trained'", [day])
        case .protocolCompleted: try set("completedOn = ?, state = 'accepted'", [day])
        case .wentLive: try set("liveOn = ?, state = 'live'", [day])
        case .entryCorrected(let corrected, _):
            guard let was = corrected.was, let moment = corrected.moment, let column = Self.column(of: corrected.step)
            else { return }
            // Only the day that the list shows; of two receipts the first stands there.
            try set(
                "\(column) = CASE \(column) WHEN ? THEN ? ELSE \(column) END",
                [zone.civilDate(of: was).description, zone.civilDate(of: moment).description])
        case .protocolSigned, .contactMade: return
        }
    }

    /// What a search looks in, in small letters of any alphabet; SQLite's own `lower` knows the Latin one only.
    private static func words(_ parts: String...) -> String { parts.joined(separator: " ").lowercased() }

    private static func column(of step: String?) -> String? {
        switch step {
        case "requestSent": "sentOn"
        case "requestReceived": "receivedOn"
        case "responsiblePersonAppointed": "appointedOn"
        case "informationSubmitted": "submittedOn"
        case "informationEntered": "enteredOn"
        case "trainingHeld": "trainedOn"
        case "protocolCompleted": "completedOn"
        case "wentLive": "liveOn"
        default: nil
        }
    }

    private func take(_ event: PlanEvent, of plan: String, on day: String, in db: Database) throws {
        switch event {
        case .drafted(let draft):
            try db.execute(
                sql: """
                    INSERT INTO planSchedule (plan, draftLines, draftSource) VALUES (?, ?, ?)
                    ON CONFLICT (plan) DO UPDATE SET draftLines = excluded.draftLines, draftSource = excluded.draftSource
                    """, arguments: [plan, draft.lines.count, draft.source])
        case .approved(let approved):
            try db.execute(
                sql:
                    "UPDATE planSchedule SET draftLines = 0, draftSource = NULL, act = ?, approvedOn = ? WHERE plan = ?",
                arguments: [approved.act, day, plan])
        }
    }

    private func take(_ event: DutyEvent, of stream: StreamID, on day: String, in db: Database) throws {
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?]) throws {
            try db.execute(
                sql: "UPDATE duty SET \(assignments) WHERE id = ?",
                arguments: StatementArguments(values + [stream.rawValue]))
        }
        let note = event.note
        switch event.kind {
        case .dutyCorrected:
            guard let correction = note.corrects else { return }
            let moved = correction.on?.description ?? zone.civilDate(of: correction.moment).description
            if correction.entry != 1 {
                try set("endedOn = ?", [moved])
            } else if correction.on != nil || correction.moment != correction.was {
                // A day that the beginning named stays where only its moment was wrong.
                let was = zone.civilDate(of: correction.was).description
                try set(
                    "begunOn = CASE WHEN ? OR begunOn = ? THEN ? ELSE begunOn END",
                    [correction.on != nil, was, moved])
            }
        case .dutyAnnulled: try set("annulledOn = ?", [day])
        case .refusalAdded: try set("text = text || ? || ?", [DutyNote.nextText, note.text])
        case let kind where DutyEvent.beginnings.contains(kind):
            try db.execute(
                sql: "INSERT INTO duty (id, kind, body, service, begunOn, text) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    stream.rawValue, stream.kind, note.body, note.service, note.on?.description ?? day, note.text,
                ])
        default: try set("endedOn = ?, endedBy = ?, ground = ?", [day, event.name, note.ground])
        }
    }
}
